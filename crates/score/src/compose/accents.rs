//! Accents: what is planned to meet the picture is made to be heard.

use super::sketch::Sketch;
use super::{Chair, Plan};
use crate::Role;
use crate::cue::{Hit, Landing};
use crate::part::drum;

/// Gives every planned hit its accent.
pub(super) fn apply(plan: &Plan, written: &mut [(Chair, Vec<Sketch>)]) {
    for hit in plan.cue.hits.iter().filter(|hit| hit.landing != Landing::None) {
        let beat = plan.cue.tempo.beat(hit.at).round();
        if beat >= plan.beat_of(plan.final_bar) {
            continue;
        }
        for (chair, notes) in written.iter_mut() {
            accent(plan, chair, notes, hit, beat);
        }
    }
    for (_, notes) in written.iter_mut() {
        notes.sort_by(|a, b| a.beat.total_cmp(&b.beat).then(a.pitch.cmp(&b.pitch)));
        notes.dedup_by(|b, a| a.pitch == b.pitch && (a.beat - b.beat).abs() < 1e-6);
    }
}

fn accent(plan: &Plan, chair: &Chair, notes: &mut Vec<Sketch>, hit: &Hit, beat: f64) {
    let bar = (beat / crate::BEATS_PER_BAR as f64) as usize;
    let here = |note: &Sketch| (note.beat - beat).abs() < 0.02;
    for note in notes.iter_mut().filter(|note| here(note)) {
        note.force *= 1.0 + 0.2 * hit.weight;
    }
    if !plan.plays(chair.layer, bar) {
        return;
    }
    match chair.layer.role {
        Role::Drums => {
            let cymbal = hit.weight > 0.6 && plan.energy_at(bar) > 0.4;
            let strokes = [Some((drum::KICK, 1.1)), cymbal.then_some((drum::CRASH, 0.6 + 0.4 * hit.weight))];
            for (pitch, force) in strokes.into_iter().flatten() {
                if !notes.iter().any(|note| here(note) && note.pitch == pitch) {
                    notes.push(Sketch { beat, length: 1.0, pitch, force });
                }
            }
        }
        // Whatever is being held is struck anew.
        Role::Chords | Role::Bass if !notes.iter().any(here) => {
            strike_again(notes, beat, 1.0 + 0.2 * hit.weight)
        }
        _ => {}
    }
}

/// Splits the notes that sound across a beat, so that they begin again on it.
fn strike_again(notes: &mut Vec<Sketch>, beat: f64, force: f64) {
    let mut again = Vec::new();
    for note in notes.iter_mut().filter(|note| note.beat < beat - 0.1 && note.end() > beat + 0.1) {
        again.push(Sketch { beat, length: note.end() - beat, pitch: note.pitch, force });
        note.length = beat - note.beat;
    }
    notes.extend(again);
}
