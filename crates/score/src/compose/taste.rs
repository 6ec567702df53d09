//! Taste: of several drafts of a tune the one is kept that sings best.
//!
//! The bands are those that human melodies keep to: mostly steps, leaps that turn back, chord tones where the metre is
//! strong and passing tones where it is weak, an idea that returns, now and then changed.

use std::collections::HashMap;
use std::hash::Hash;

use super::changes::Changes;
use super::sketch::{Sketch, is_strong};
use crate::chance::Chance;

/// What is liked in one piece: within the bands each has a character of its own.
pub(super) struct Taste {
    /// Share of steps and repeats among the intervals.
    steps: f64,
    /// Share of thirds among them.
    thirds: f64,
    /// Semitones from the lowest note to the highest.
    range: f64,
}

impl Taste {
    /// The taste of a seed.
    pub(super) fn new(seed: u64) -> Taste {
        let mut chance = Chance::new(seed, "taste");
        Taste {
            steps: 0.45 + 0.35 * chance.unit(),
            thirds: 0.1 + 0.3 * chance.unit(),
            range: 10.0 + 10.0 * chance.unit(),
        }
    }

    /// How far a tune over these chords lies from what is liked; 0 for one that has everything.
    pub(super) fn displeasure(&self, tune: &[Sketch], changes: &Changes) -> f64 {
        if tune.len() < 4 {
            return 0.0;
        }
        let intervals: Vec<i32> =
            tune.windows(2).map(|pair| i32::from(pair[1].pitch) - i32::from(pair[0].pitch)).collect();
        let lowest = tune.iter().map(|note| note.pitch).min().unwrap_or(0);
        let highest = tune.iter().map(|note| note.pitch).max().unwrap_or(0);
        let (steps, range) = (share(&intervals, |by| by.abs() <= 2), f64::from(highest - lowest));
        let (exact, outline) = (returns(tune, &intervals, |by| by), returns(tune, &intervals, i32::signum));
        let (strong, weak, rubs) = harmony(tune, changes);
        4.0 * outside(strong, 0.85, 1.0)
            + 4.0 * outside(weak, 0.58, 0.88)
            + 8.0 * outside(rubs, 0.0, 0.04)
            + 2.0 * outside(steps, 0.45, 0.8)
            + (steps - self.steps).abs()
            + (share(&intervals, |by| matches!(by.abs(), 3 | 4)) - self.thirds).abs()
            + 2.0 * outside(share(&intervals, |by| by == 0), 0.0, 0.25)
            + 1.5 * outside(turned(&intervals), 0.75, 1.0)
            + 8.0 * outside(share(&intervals, |by| by.abs() > 12), 0.0, 0.005)
            + 4.0 * outside(parallels(tune, changes), 0.0, 0.01)
            + 0.05 * outside(range, 9.0, 21.0)
            + 0.02 * (range - self.range).abs()
            + 1.5 * outside(exact, 0.35, 0.85)
            + 1.5 * outside(outline, 0.6, 1.0)
            + 3.0 * outside(outline - exact, 0.04, 1.0)
    }
}

/// How far a figure lies outside a band.
fn outside(figure: f64, low: f64, high: f64) -> f64 {
    (low - figure).max(figure - high).max(0.0)
}

fn share<T: Copy>(all: &[T], is: impl Fn(T) -> bool) -> f64 {
    all.iter().filter(|one| is(**one)).count() as f64 / all.len().max(1) as f64
}

/// Shares of chord tones on strong beats and elsewhere, and of notes a semitone beside a tone of the chord.
fn harmony(tune: &[Sketch], changes: &Changes) -> (f64, f64, f64) {
    let heard = |note: &Sketch| {
        let change = changes.at(note.beat);
        let (classes, class) = (change.chord.classes(change.key), note.pitch % 12);
        let rubs = classes.iter().any(|tone| matches!((class + 12 - tone) % 12, 1 | 11));
        (is_strong(note.beat), change.chord.core(change.key).contains(&class), rubs)
    };
    let notes: Vec<(bool, bool, bool)> = tune.iter().map(heard).collect();
    let (strong, weak): (Vec<_>, Vec<_>) = notes.iter().copied().partition(|(strong, ..)| *strong);
    let in_chord = |notes: &[(bool, bool, bool)]| share(notes, |(_, in_chord, _)| in_chord);
    // Nothing on a side is no fault of it.
    let strong = if strong.is_empty() { 1.0 } else { in_chord(&strong) };
    let weak = if weak.is_empty() { 0.75 } else { in_chord(&weak) };
    (strong, weak, share(&notes, |(.., rubs)| rubs))
}

/// Share of the steps from note to note that go along with the bass at a fifth or an octave.
fn parallels(tune: &[Sketch], changes: &Changes) -> f64 {
    let above_bass = |note: &Sketch| {
        let change = changes.at(note.beat);
        let bass = change.chord.bass_class(change.key);
        (bass, (note.pitch + 12 - bass) % 12)
    };
    let pairs: Vec<_> = tune.windows(2).map(|pair| (above_bass(&pair[0]), above_bass(&pair[1]))).collect();
    share(&pairs, |((bass, above), (next_bass, next_above))| {
        bass != next_bass && above == next_above && matches!(above, 0 | 7)
    })
}

/// Share of leaps after which the line turns back.
fn turned(intervals: &[i32]) -> f64 {
    let leaps: Vec<bool> = intervals
        .windows(2)
        .filter(|pair| pair[0].abs() >= 5 && pair[1] != 0)
        .map(|pair| pair[0].signum() != pair[1].signum())
        .collect();
    if leaps.is_empty() { 1.0 } else { share(&leaps, |back| back) }
}

/// Share of the turns of four intervals, as `seen`, that come more than once in the same rhythm.
fn returns<T: Eq + Hash>(tune: &[Sketch], intervals: &[i32], seen: impl Fn(i32) -> T) -> f64 {
    let turn = |from: usize| -> Vec<(T, i64)> {
        let wait = |at: usize| ((tune[at + 1].beat - tune[at].beat) * 12.0).round() as i64;
        (from..from + 4).map(|at| (seen(intervals[at]), wait(at))).collect()
    };
    let count = intervals.len().saturating_sub(3);
    let mut times: HashMap<Vec<(T, i64)>, usize> = HashMap::new();
    for from in 0..count {
        *times.entry(turn(from)).or_default() += 1;
    }
    let again: usize = times.values().filter(|times| **times > 1).sum();
    again as f64 / count.max(1) as f64
}
