//! The drums: grooves by energy, fills where phrases end, a crash where something begins.

use super::sketch::{Sketch, step_beat};
use super::{Chair, Plan};
use crate::BEATS_PER_BAR;
use crate::chance::Chance;
use crate::cue::CueSection;
use crate::genre::{Groove, Layer, STEPS_PER_BAR};
use crate::part::drum;

/// Writes the drums.
pub(super) fn write(plan: &Plan, chair: &Chair) -> Vec<Sketch> {
    let layer = chair.layer;
    let mut notes = Vec::new();
    let mut filled = false;
    for (bar, section) in plan.bars().filter(|(bar, _)| plan.plays(layer, *bar)) {
        let mut chance = Chance::new(plan.seed, &format!("drums {bar}"));
        let fill = fill(plan, layer, section, bar, &mut chance);
        let Some(groove) = fill.or_else(|| groove(plan, section, bar)) else { continue };
        let crash = filled && bar == section.first_bar && plan.energy_at(bar) > 0.45;
        strike(&mut notes, groove, plan.beat_of(bar), bar, &mut chance, plan.energy_at(bar));
        if crash {
            notes.push(Sketch { beat: plan.beat_of(bar), length: 2.0, pitch: drum::CRASH, force: 0.95 });
        }
        filled = fill.is_some();
    }
    close(plan, layer, &mut notes);
    notes
}

/// The groove of a bar: two alternate within a section, and another theme has another.
pub(super) fn groove<'a>(plan: &'a Plan, section: &CueSection, bar: usize) -> Option<&'a Groove> {
    let choices = plan.genre.grooves_for(plan.energy_at(bar));
    let shift = Chance::new(plan.manner, &format!("groove {}", section.theme)).below(choices.len());
    let place = bar - section.first_bar;
    // a b a a, c b a a: repetition with a turn, and the last bar left to the fill.
    let turn = usize::from(place % 4 == 1) + 2 * usize::from(place % 8 == 4);
    choices.get((shift + turn) % choices.len().max(1)).copied()
}

/// A fill, if this bar is the place for one.
fn fill<'a>(
    plan: &'a Plan,
    layer: &Layer,
    section: &CueSection,
    bar: usize,
    chance: &mut Chance,
) -> Option<&'a Groove> {
    let place = bar - section.first_bar + 1;
    let last = place == section.bars;
    let goes_on = bar + 1 < plan.final_bar && plan.plays(layer, bar + 1);
    let rises = plan.energy_at(bar + 1) > plan.energy_at(bar) + 0.05;
    let wanted = match (last, place.is_multiple_of(4)) {
        (true, _) => goes_on && (rises || chance.happens(0.6)),
        (false, true) => chance.happens(0.4),
        _ => false,
    };
    let reachable: Vec<&Groove> =
        plan.genre.fills.iter().filter(|f| f.energy <= plan.energy_at(bar)).collect();
    if wanted { chance.pick(&reachable).copied() } else { None }
}

fn strike(notes: &mut Vec<Sketch>, groove: &Groove, beat: f64, bar: usize, chance: &mut Chance, energy: f64) {
    for (piece, line) in &groove.lines {
        let Some(pitch) = drum::key_of(piece) else { continue };
        for stroke in line.bar(bar, STEPS_PER_BAR) {
            let force = match stroke.symbol {
                'X' => 1.18,
                'g' => 0.5,
                '?' if chance.happens(0.45) => 0.72,
                '?' => continue,
                _ => 0.95,
            };
            // Hats lean on the beat: the pulse is in their weight, not in their number.
            let lean = match (pitch, stroke.at % 4) {
                (drum::CLOSED_HAT | drum::SHAKER | drum::RIDE, 0) => 1.08,
                (drum::CLOSED_HAT | drum::SHAKER | drum::RIDE, 2) => 0.92,
                (drum::CLOSED_HAT | drum::SHAKER | drum::RIDE, _) => 0.76,
                _ => 1.0,
            };
            let force = force * lean * (0.92 + 0.16 * energy);
            notes.push(Sketch { beat: step_beat(beat, stroke.at), length: 0.25, pitch, force });
        }
    }
}

/// One last stroke under the final chord, where the drums were still there.
fn close(plan: &Plan, layer: &Layer, notes: &mut Vec<Sketch>) {
    let beat = plan.beat_of(plan.final_bar);
    let there = notes.last().is_some_and(|note| note.beat > beat - 3.0 * BEATS_PER_BAR as f64);
    if plan.looping || !there || layer.energy > plan.energy_at(plan.final_bar) + 0.3 {
        return;
    }
    notes.push(Sketch { beat, length: 0.5, pitch: drum::KICK, force: 0.95 });
    if plan.energy_at(plan.final_bar) > 0.4 {
        notes.push(Sketch { beat, length: 3.0, pitch: drum::CRASH, force: 0.75 });
    }
}
