//! The counter-line: held tones that move by step beside the tune and seldom double it, and an answer when the tune rests.

use super::changes::{Change, PHRASE};
use super::sketch::Sketch;
use super::theme::Theme;
use super::{Chair, Plan};
use crate::BEATS_PER_BAR;
use crate::genre::Genre;

/// Writes the counter-line.
pub(super) fn write(plan: &Plan, chair: &Chair) -> Vec<Sketch> {
    let (low, high) = Genre::register(chair.layer, chair.instrument);
    let mut last = low + (high - low) / 2;
    let mut notes: Vec<Sketch> = Vec::new();
    for (bar, section) in plan.bars().filter(|(bar, _)| plan.plays(chair.layer, *bar)) {
        let beat = plan.beat_of(bar);
        let ends = (bar - section.first_bar) % PHRASE == PHRASE - 1;
        if ends && !sings(plan, beat + 1.9, beat + BEATS_PER_BAR as f64) {
            last = answer(
                plan,
                &Theme::numbered(plan.genre, plan.idea, section.theme),
                beat,
                (low, high),
                last,
                &mut notes,
            );
            continue;
        }
        for change in plan.changes.within(beat, beat + BEATS_PER_BAR as f64) {
            // Third and seventh tell a chord from its neighbours; nobody else needs to double the root.
            let core = change.chord.core(change.key);
            let without_root = &core[1.min(core.len())..];
            // What the tune only touches in passing may be doubled where nothing else is left.
            let ways = [(without_root, 0.2), (&core[..], 0.2), (&core[..], 0.8)];
            let free = ways.map(|(classes, passing)| beside_the_tune(plan, change, classes, passing));
            let Some(guides) = free.into_iter().find(|free| !free.is_empty()) else { continue };
            last = nearest(&guides, (low, high), last);
            match notes.last_mut() {
                Some(held)
                    if held.pitch == last && (held.end() - change.beat).abs() < 0.2 && held.length < 6.0 =>
                {
                    held.length = change.beat + change.length * 0.96 - held.beat;
                }
                _ => notes.push(Sketch {
                    beat: change.beat,
                    length: change.length * 0.96,
                    pitch: last,
                    force: 0.92,
                }),
            }
        }
    }
    notes
}

/// Whether the tune strikes a note between two beats.
fn sings(plan: &Plan, from: f64, until: f64) -> bool {
    plan.tune.iter().any(|note| (from..until - 0.1).contains(&note.beat))
}

/// Those of some pitch classes that neither double the tune nor rub against it while a chord lasts; notes of up to
/// `passing` beats do not count.
fn beside_the_tune(plan: &Plan, change: &Change, classes: &[u8], passing: f64) -> Vec<u8> {
    let end = change.beat + change.length;
    let heard: Vec<u8> = plan
        .tune
        .iter()
        .filter(|note| note.beat < end - 0.1 && note.end() > change.beat + 0.1 && note.length > passing)
        .map(|note| note.pitch % 12)
        .collect();
    let free = |class: &&u8| heard.iter().all(|tune| !matches!((**class + 12 - tune) % 12, 0 | 1 | 11));
    classes.iter().filter(free).copied().collect()
}

/// The tail of the theme's call, in the second half of the bar where the tune holds its last note.
fn answer(
    plan: &Plan,
    theme: &Theme,
    beat: f64,
    register: (u8, u8),
    last: u8,
    notes: &mut Vec<Sketch>,
) -> u8 {
    let motif = theme.call.tail();
    let count = motif.rhythm.len().min(3);
    let mut pitch = last;
    for index in 0..count {
        let at = beat + 2.0 + index as f64 * 0.5;
        let change = plan.changes.at(at);
        pitch = match index.checked_sub(1).map(|before| motif.contour.get(before).copied().unwrap_or(1)) {
            None => nearest(&change.chord.core(change.key), register, pitch),
            Some(steps) => walk(&change.chord.scale(change.key), pitch, steps.clamp(-2, 2), register),
        };
        let length = if index + 1 == count { 0.9 } else { 0.45 };
        notes.push(Sketch { beat: at, length, pitch, force: 0.96 });
    }
    pitch
}

fn nearest(classes: &[u8], (low, high): (u8, u8), last: u8) -> u8 {
    let middle = low + (high - low) / 2;
    (low..=high)
        .filter(|pitch| classes.contains(&(pitch % 12)))
        .min_by_key(|pitch| 3 * pitch.abs_diff(last) + pitch.abs_diff(middle))
        .unwrap_or(last)
}

/// So many steps of a scale up or down, staying in the register.
fn walk(scale: &[bool; 12], from: u8, steps: i32, (low, high): (u8, u8)) -> u8 {
    let mut pitch = i32::from(from);
    let mut left = steps.abs();
    while left > 0 {
        pitch += steps.signum();
        if !(i32::from(low)..=i32::from(high)).contains(&pitch) {
            return from;
        }
        if scale[(pitch % 12) as usize] {
            left -= 1;
        }
    }
    pitch as u8
}
