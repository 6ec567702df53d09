//! Transitions: swells that lead into sections and strong hits, and the impacts they lead to.

use sound::Time;

use super::Plan;
use super::sketch::Sketch;
use crate::cue::Landing;
use crate::part::drum;

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
        if rise > 0.08 && pair[1].first_bar < plan.final_bar {
            lead_into(&mut notes, beat, if rise > 0.25 { 4.0 } else { 2.0 }, (0.8 + rise).min(1.1));
            borders.push(beat);
        }
    }
    let mut last = f64::NEG_INFINITY;
    for hit in plan.cue.hits.iter().filter(|hit| hit.weight >= STRONG && hit.landing != Landing::None) {
        let beat = plan.cue.tempo.beat(hit.at).round();
        let apart = beat - last > APART && borders.iter().all(|border| (border - beat).abs() > APART);
        let ending = hit.at + Time::from_seconds(1.0) > plan.cue.length;
        if apart && !ending {
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
