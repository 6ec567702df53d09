//! The bass: patterns of the genre on the roots of the changes.

use super::changes::Change;
use super::sketch::{STEPS_PER_BEAT, Sketch, step_beat};
use super::{Chair, Plan, drums};
use crate::chance::Chance;
use crate::genre::{Genre, Groove, STEPS_PER_BAR};
use crate::{Pattern, Role};

/// Writes the bass.
pub(super) fn write(plan: &Plan, chair: &Chair) -> Vec<Sketch> {
    let register = Genre::register(chair.layer, chair.instrument);
    let mut notes: Vec<Sketch> = Vec::new();
    let mut root = None;
    for (bar, section) in plan.bars().filter(|(bar, _)| plan.plays(chair.layer, *bar)) {
        let choices = plan.genre.patterns_for(Role::Bass, Some(chair.instrument), plan.energy_at(bar));
        let turn = (bar - section.first_bar) % 4 == 3;
        let name =
            format!("bass {} {}", section.theme, if turn { 9 } else { (bar - section.first_bar) / 2 % 2 });
        let choices = locked(choices, drums::groove(plan, section, bar));
        let Some(pattern) = Chance::new(plan.seed, &name).pick(&choices).copied() else { continue };
        let beat = plan.beat_of(bar);
        for stroke in pattern.bar(bar, STEPS_PER_BAR) {
            let from = step_beat(beat, stroke.at);
            let change = plan.changes.at(from);
            let near = root_near(change, register, root);
            root = Some(near);
            let pitch = match stroke.symbol {
                'a' | 'c' => {
                    approach(plan, register, near, change.beat + change.length, stroke.symbol == 'c')
                }
                symbol => tone(change, near, symbol, register),
            };
            let length = stroke.length as f64 / STEPS_PER_BEAT * 0.96;
            let until = change.beat + change.length;
            let force = if stroke.at == 0 { 1.05 } else { 0.94 };
            notes.push(Sketch { beat: from, length: length.min(until - from).max(0.1), pitch, force });
        }
    }
    close(plan, chair, register, root, &mut notes);
    notes
}

/// The patterns that go best with the kick of a groove: the better half of them.
fn locked<'a>(mut choices: Vec<&'a Pattern>, groove: Option<&Groove>) -> Vec<&'a Pattern> {
    let Some(kick) = groove.and_then(|groove| groove.lines.get("kick")) else { return choices };
    let struck: Vec<usize> = kick.bar(0, STEPS_PER_BAR).map(|stroke| stroke.at).collect();
    let together = |pattern: &Pattern| {
        let steps: Vec<usize> = pattern.bar(0, STEPS_PER_BAR).map(|stroke| stroke.at).collect();
        let met = struck.iter().filter(|at| steps.contains(at)).count();
        (100 * met) / struck.len().max(1)
    };
    choices.sort_by_key(|pattern| std::cmp::Reverse(together(pattern)));
    choices.truncate(choices.len().div_ceil(2).max(2));
    choices
}

/// The bass of a chord in the register nearest to the last one, rather low.
fn root_near(change: &Change, register: (u8, u8), last: Option<u8>) -> u8 {
    let class = change.chord.bass_class(change.key);
    let home = register.0 + 7;
    (register.0..=register.1)
        .filter(|pitch| pitch % 12 == class)
        .min_by_key(|pitch| 2 * pitch.abs_diff(last.unwrap_or(home)) + pitch.abs_diff(home))
        .unwrap_or(register.0)
}

/// A tone above the bass of a chord: one of the chord's, or a step of its scale.
fn tone(change: &Change, root: u8, symbol: char, register: (u8, u8)) -> u8 {
    let (chord, scale) = (&change.chord, change.chord.scale(change.key));
    let step = |steps: usize| {
        (1..12u8).filter(|above| scale[usize::from((root + above) % 12)]).nth(steps - 1).unwrap_or(0)
    };
    let above = match symbol {
        '2' => step(1),
        '4' => step(3),
        '6' => step(5),
        '3' => chord.tone_near(4),
        '5' => chord.tone_near(7),
        '7' => chord.tone_near(10),
        '8' => 12,
        _ => 0,
    };
    let pitch = root + above;
    match pitch {
        high if high <= register.1 => high,
        high if high - 12 >= register.0 => high - 12,
        _ => root,
    }
}

/// The step below the next root, or above it where that is nearer; of the chromatic scale, or of the chord's.
fn approach(plan: &Plan, register: (u8, u8), root: u8, next_beat: f64, chromatic: bool) -> u8 {
    let next = plan.changes.at(next_beat);
    let target = root_near(next, register, Some(root));
    let scale = next.chord.scale(next.key);
    let in_scale = |pitch: u8| chromatic || scale[usize::from(pitch % 12)];
    let below = (1..=2).map(|step| target.saturating_sub(step)).find(|pitch| in_scale(*pitch));
    let above = (1..=2).map(|step| target + step).find(|pitch| in_scale(*pitch));
    let (below, above) = (below.unwrap_or(target - 1), above.unwrap_or(target + 1));
    let near = if below.abs_diff(root) <= above.abs_diff(root) { below } else { above };
    if near < register.0 { above } else { near.min(register.1) }
}

/// The last root, held to the end.
fn close(plan: &Plan, chair: &Chair, register: (u8, u8), root: Option<u8>, notes: &mut Vec<Sketch>) {
    let beat = plan.beat_of(plan.final_bar);
    if plan.looping || !plan.plays(chair.layer, plan.final_bar) {
        return;
    }
    let pitch = root_near(plan.changes.at(beat), register, root);
    notes.push(Sketch { beat, length: (plan.end_beat() - beat).max(0.25), pitch, force: 1.0 });
}
