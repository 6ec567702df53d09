//! Accents: what is planned to meet the picture is made to be heard.

use super::sketch::Sketch;
use super::{Chair, Plan};
use crate::Role;
use crate::cue::{Hit, Landing};
use crate::part::drum;

/// Notes are looked for so many beats before a hit: no note is held longer.
const LONGEST: f64 = 17.0;

/// Gives every planned hit its accent.
pub(super) fn apply(plan: &Plan, written: &mut [(Chair, Vec<Sketch>)]) {
    for (chair, notes) in written.iter_mut() {
        sort(notes);
        let mut added = Vec::new();
        for hit in plan.cue.hits.iter().filter(|hit| hit.landing != Landing::None) {
            let beat = plan.cue.tempo.beat(hit.at).round();
            let first = notes.partition_point(|note| note.beat < beat - LONGEST);
            let last = notes.partition_point(|note| note.beat <= beat + 0.02);
            added.extend(accent(plan, chair, &mut notes[first..last], hit, beat));
        }
        notes.extend(added);
        sort(notes);
        notes.dedup_by(|b, a| a.pitch == b.pitch && (a.beat - b.beat).abs() < 1e-6);
    }
}

fn sort(notes: &mut [Sketch]) {
    notes.sort_by(|a, b| a.beat.total_cmp(&b.beat).then(a.pitch.cmp(&b.pitch)));
}

/// Accents what is struck on a hit, and gives what must be added; `notes` are those that may sound there.
fn accent(plan: &Plan, chair: &Chair, notes: &mut [Sketch], hit: &Hit, beat: f64) -> Vec<Sketch> {
    let bar = (beat / crate::BEATS_PER_BAR as f64) as usize;
    let here = |note: &Sketch| (note.beat - beat).abs() < 0.02;
    for note in notes.iter_mut().filter(|note| here(note)) {
        note.force *= 1.0 + 0.2 * hit.weight;
    }
    if !plan.plays(chair.layer, bar) {
        return Vec::new();
    }
    match chair.layer.role {
        Role::Drums => {
            let cymbal = hit.weight > 0.6 && plan.energy_at(bar) > 0.4;
            let strokes = [Some((drum::KICK, 1.1)), cymbal.then_some((drum::CRASH, 0.6 + 0.4 * hit.weight))];
            let missing = |pitch: u8| !notes.iter().any(|note| here(note) && note.pitch == pitch);
            let strokes = strokes.into_iter().flatten().filter(|(pitch, _)| missing(*pitch));
            strokes.map(|(pitch, force)| Sketch { beat, length: 1.0, pitch, force }).collect()
        }
        // Whatever is being held is struck anew.
        Role::Chords | Role::Bass if !notes.iter().any(here) => {
            strike_again(notes, beat, 1.0 + 0.2 * hit.weight)
        }
        _ => Vec::new(),
    }
}

/// Ends the notes that sound across a beat there, and gives them anew.
fn strike_again(notes: &mut [Sketch], beat: f64, force: f64) -> Vec<Sketch> {
    let across = |note: &&mut Sketch| note.beat < beat - 0.1 && note.end() > beat + 0.1;
    let split = |note: &mut Sketch| {
        let again = Sketch { beat, length: note.end() - beat, pitch: note.pitch, force };
        note.length = beat - note.beat;
        again
    };
    notes.iter_mut().filter(across).map(split).collect()
}
