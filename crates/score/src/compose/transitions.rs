//! Transitions: swells that lead into sections and strong hits, the impacts they lead to, and the held breath before a
//! climax.

use sound::Time;

use super::sketch::Sketch;
use super::{Chair, Plan};
use crate::chance::Chance;
use crate::cue::{Landing, SectionKind};
use crate::part::drum;
use crate::{BEATS_PER_BAR, Role};

/// Hits of this weight and above get a swell before them.
const STRONG: f64 = 0.75;

/// So many beats lie between two of them at least.
const APART: f64 = 3.0;

/// Writes the transitions.
pub(super) fn write(plan: &Plan) -> Vec<Sketch> {
    let mut notes = Vec::new();
    let mut borders = Vec::new();
    for pair in plan.cue.sections.windows(2) {
        let rise = pair[1].energy - pair[0].energy;
        let beat = plan.beat_of(pair[1].first_bar);
        let heard = pair.iter().all(|section| !section.silent);
        let talk = plan.is_under_talk(pair[1].first_bar);
        if rise > 0.08 && heard && !talk && pair[1].first_bar < plan.final_bar {
            lead_into(&mut notes, beat, if rise > 0.25 { 4.0 } else { 2.0 }, (0.8 + rise).min(1.1));
            borders.push(beat);
        }
    }
    let mut last = f64::NEG_INFINITY;
    for hit in plan.cue.hits.iter().filter(|hit| hit.weight >= STRONG && hit.landing != Landing::None) {
        let beat = plan.cue.tempo.beat(hit.at).round();
        let apart = beat - last > APART && borders.iter().all(|border| (border - beat).abs() > APART);
        let ending = hit.at + Time::from_seconds(1.0) > plan.cue.length;
        let silent = plan.cue.section_at((beat / BEATS_PER_BAR as f64) as usize).silent;
        if apart && !ending && !silent {
            lead_into(&mut notes, beat, 2.0, 0.6 + 0.4 * hit.weight);
            last = beat;
        }
    }
    notes
}

/// A swell that ends on a beat, and the impact there.
fn lead_into(notes: &mut Vec<Sketch>, beat: f64, beats: f64, force: f64) {
    if beat - beats > 0.5 {
        notes.push(Sketch { beat: beat - beats, length: beats, pitch: drum::SWELL, force: force * 0.85 });
    }
    notes.push(Sketch { beat, length: 2.0, pitch: drum::CRASH, force });
}

/// Before many a climax everybody but the tune stops for a beat.
pub(super) fn hold_breath(plan: &Plan, written: &mut [(Chair, Vec<Sketch>)]) {
    if !written.iter().any(|(chair, notes)| chair.layer.role == Role::Drums && !notes.is_empty()) {
        return;
    }
    for pair in plan.cue.sections.windows(2) {
        let border = plan.beat_of(pair[1].first_bar);
        let steep = pair[1].kind == SectionKind::Climax && pair[1].energy > pair[0].energy + 0.15;
        let met = [border - 1.0, border - 0.5].iter().any(|beat| plan.is_hit(*beat));
        let talk = plan.is_under_talk(pair[1].first_bar);
        if !steep || met || talk || !Chance::new(plan.seed, &format!("breath {border}")).happens(0.6) {
            continue;
        }
        let resting = |chair: &Chair| !matches!(chair.layer.role, Role::Melody | Role::Effects);
        for (_, notes) in written.iter_mut().filter(|(chair, _)| resting(chair)) {
            notes.retain(|note| !(border - 1.05..border - 0.02).contains(&note.beat));
            for note in notes.iter_mut().filter(|note| note.beat < border - 1.0 && note.end() > border - 1.0)
            {
                // What sounds on into the climax is not torn.
                if note.end() < border + 0.1 {
                    note.length = border - 1.0 - note.beat;
                }
            }
        }
    }
}
