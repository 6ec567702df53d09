//! Finds the pitches of a phrase: the motif's way, bent by the harmony as little as it must be.
//!
//! Viterbi over the keys of the register. What is weighed: the planned steps, chord tones where the metre is strong,
//! no semitone against the chord, leaps answered by a move back, one phrase within a singable range, a restful end.

use std::cmp::Ordering;

use super::sketch::is_strong;
use crate::harmony::Chord;
use crate::{BEATS_PER_BAR, Key};

/// A note that needs a pitch.
#[derive(Clone, Debug)]
pub(super) struct Slot {
    /// Beat it begins on.
    pub(super) beat: f64,
    /// Length in beats.
    pub(super) length: f64,
    /// Planned scale steps from the note before; `None` where it may go anywhere.
    pub(super) step: Option<i32>,
    /// Whether the step was heard before, so that another would be missed.
    pub(super) heard: bool,
    /// The chord under it.
    pub(super) chord: Chord,
    /// The key it is in.
    pub(super) key: Key,
    /// What was sung here when the same bar was heard before.
    pub(super) remembered: Option<u8>,
}

/// What the chord under a slot says of the twelve pitch classes.
struct Ground {
    /// Its key's scale, bent to the chord.
    scale: [bool; 12],
    /// Tones of the chord.
    tones: [bool; 12],
    /// Those that make it what it is.
    core: [bool; 12],
    /// Pitch class of the bass.
    bass: u8,
}

impl Ground {
    fn of(slot: &Slot) -> Ground {
        let (chord, key) = (&slot.chord, slot.key);
        let marked = |classes: Vec<u8>| std::array::from_fn(|class| classes.contains(&(class as u8)));
        Ground {
            scale: chord.scale(key),
            tones: marked(chord.classes(key)),
            core: marked(chord.core(key)),
            bass: chord.bass_class(key),
        }
    }
}

/// Who sings, and how.
pub(super) struct Singer {
    /// Lowest and highest key.
    pub(super) register: (u8, u8),
    /// Semitones above the middle of the register to sing around.
    pub(super) lift: i32,
    /// How readily it leaps, 0 to 1.
    pub(super) leap: f64,
    /// Whether it spares the degrees a pentatonic scale lacks.
    pub(super) pentatonic: bool,
    /// Whether the phrase comes to rest on the tonic.
    pub(super) closing: bool,
    /// What small preferences are drawn from.
    pub(super) seed: u64,
    /// The theme; restatements have the same preferences.
    pub(super) theme: usize,
}

const MOTIONS: usize = 3;

#[derive(Clone, Copy)]
struct Path {
    cost: f64,
    before: usize,
}

impl Singer {
    /// A pitch for each slot.
    pub(super) fn sing(&self, slots: &[Slot]) -> Vec<u8> {
        let keys: Vec<u8> = (self.register.0..=self.register.1).collect();
        let Some(first) = slots.first() else { return Vec::new() };
        let grounds: Vec<Ground> = slots.iter().map(Ground::of).collect();
        // A state is a key and how it was reached: by a leap down, by something small, by a leap up.
        let states = keys.len() * MOTIONS;
        let mut table: Vec<Vec<Path>> = Vec::with_capacity(slots.len());
        let mut now = vec![Path { cost: f64::INFINITY, before: 0 }; states];
        for (index, key) in keys.iter().enumerate() {
            let fit = self.fit((first, &grounds[0]), *key, 0, slots.len());
            now[index * MOTIONS + 1].cost = fit + self.centre(*key) * 2.0;
        }
        table.push(now);
        for (place, slot) in slots.iter().enumerate().skip(1) {
            let (here, there) = ((&slots[place - 1], &grounds[place - 1]), (slot, &grounds[place]));
            let mut next = vec![Path { cost: f64::INFINITY, before: 0 }; states];
            let last = table[place - 1].as_chunks::<MOTIONS>().0;
            for (index, key) in keys.iter().enumerate() {
                let own = self.fit(there, *key, place, slots.len()) + self.centre(*key) * 0.3;
                for (from, (before, paths)) in keys.iter().zip(last).enumerate() {
                    let best = &mut next[index * MOTIONS + motion_of(*before, *key)];
                    let so_far = paths.map(|path| path.cost + own);
                    // No motion is worth less than nothing.
                    if so_far.iter().all(|cost| *cost >= best.cost) {
                        continue;
                    }
                    let motion = self.motion((here, there), (*before, *key));
                    for (arrived, so_far) in so_far.into_iter().enumerate() {
                        let cost = so_far + (motion + onward(arrived, (*before, *key)));
                        if cost < best.cost {
                            *best = Path { cost, before: from * MOTIONS + arrived };
                        }
                    }
                }
            }
            table.push(next);
        }
        trace(&table, &keys)
    }

    /// What it costs to sing a key at a slot, whatever came before.
    fn fit(&self, (slot, ground): (&Slot, &Ground), key: u8, place: usize, count: usize) -> f64 {
        let class = key % 12;
        let at = usize::from(class);
        let in_chord = ground.core[at];
        let in_bar = slot.beat.rem_euclid(BEATS_PER_BAR as f64);
        let mut cost = 0.0;
        if !ground.scale[at] {
            cost += 9.0;
        }
        // Ninths and what lies above colour a chord; other tones beside it lean on the next or pass by.
        cost += match (ground.tones[at], is_strong(slot.beat)) {
            (true, true) if !in_chord => 3.0,
            (true, _) => 0.0,
            (false, true) => 5.0,
            (false, false) if in_bar.fract() < 0.1 => 0.8,
            (false, false) => 0.5,
        };
        if !ground.tones[at] && slot.length >= 1.0 {
            cost += 0.4;
        }
        if self.pentatonic && !in_chord && spared(slot.key, class) {
            cost += 2.5;
        }
        // A semitone against a sounding tone of the chord is heard as a mistake.
        if ground.tones[(at + 1) % 12] || ground.tones[(at + 11) % 12] {
            cost += if slot.length >= 1.0 { 8.0 } else { 7.0 };
        }
        // A theme is recognised by being the same again.
        if slot.remembered.is_some_and(|before| before != key) {
            cost += 5.0;
        }
        if place + 1 == count {
            cost += self.rest(slot, class == slot.key.tonic, in_chord);
        }
        cost + self.whim(place, key)
    }

    /// What it costs to rest on a tone at the end of a phrase.
    fn rest(&self, slot: &Slot, home: bool, in_chord: bool) -> f64 {
        match (self.closing, slot.chord.root == 0) {
            (true, true) if !home => 5.0,
            (true, false) if !in_chord => 4.0,
            // A phrase that asks stays off the tonic.
            (false, _) if home => 3.0,
            _ => 0.0,
        }
    }

    /// What it costs to go from one key to the next, however one came to the first.
    fn motion(
        &self,
        ((last, last_ground), (slot, ground)): ((&Slot, &Ground), (&Slot, &Ground)),
        (before, key): (u8, u8),
    ) -> f64 {
        let interval = i32::from(key) - i32::from(before);
        let size = interval.abs();
        let mut cost = match slot.step {
            Some(planned) => {
                let steps = scale_steps(&ground.scale, before, key);
                let against = planned != 0 && steps.signum() != planned.signum();
                let off = f64::from((steps - planned).abs());
                let (away, turned) = if slot.heard { (5.5, 4.5) } else { (4.0, 1.6) };
                away * off + if against { turned } else { 0.0 }
            }
            None => 0.4 * f64::from(size),
        };
        if size >= 5 {
            cost += (1.0 - self.leap) * 0.8 + 0.3 * f64::from(size - 4);
        }
        if size > 7 {
            cost += 1.5;
        }
        // A tone beside the chord passes by: it is left by step, and come to by one if it can be.
        let beside = |ground: &Ground, key: u8| !ground.tones[usize::from(key % 12)];
        if beside(last_ground, before) && (size > 2 || size == 0) {
            cost += if size > 2 || is_strong(last.beat) { 3.5 } else { 1.5 };
        }
        if beside(ground, key) && size > 2 {
            cost += 1.5;
        }
        if size > 12 {
            cost += 9.0;
        }
        if size > 0 {
            cost += along_the_bass((last_ground, before), (ground, key));
        }
        cost
    }

    fn centre(&self, key: u8) -> f64 {
        let middle = i32::from(self.register.0 + (self.register.1 - self.register.0) / 2) + self.lift;
        let away = (i32::from(key) - middle).abs();
        0.06 * f64::from(away) + if away > 9 { 0.5 * f64::from(away - 9) } else { 0.0 }
    }

    /// A small preference of this theme, so that seeds differ and restatements do not.
    fn whim(&self, place: usize, key: u8) -> f64 {
        let mut hash = self.seed ^ ((self.theme as u64) << 48) ^ ((place as u64) << 24) ^ u64::from(key % 12);
        for _ in 0..2 {
            hash = (hash ^ (hash >> 31)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        }
        (hash >> 40) as f64 / (1u64 << 24) as f64 * 1.6
    }
}

/// What it costs to go in step with the bass at a fifth or an octave: there a tune stops being a voice of its own.
fn along_the_bass((last, before): (&Ground, u8), (ground, key): (&Ground, u8)) -> f64 {
    let above = |key: u8, ground: &Ground| (key + 12 - ground.bass) % 12;
    match (above(before, last), above(key, ground)) {
        _ if last.bass == ground.bass => 0.0,
        (7, 7) => 3.5,
        (0, 0) => 1.5,
        _ => 0.0,
    }
}

/// Whether a pentatonic tune does without a pitch class: the fourth and the seventh, in minor the second and sixth.
fn spared(key: Key, class: u8) -> bool {
    let lacking = if key.mode.is_minor() { [1, 5] } else { [3, 6] };
    lacking.iter().any(|degree| (key.tonic + key.mode.steps()[*degree]) % 12 == class)
}

/// What it costs to go on as one came: after a leap the line turns back.
fn onward(arrived: usize, (before, key): (u8, u8)) -> f64 {
    match (arrived, key.cmp(&before)) {
        (0 | 2, Ordering::Equal) => 2.0,
        (2, Ordering::Greater) | (0, Ordering::Less) => 5.0,
        _ => 0.0,
    }
}

fn motion_of(before: u8, key: u8) -> usize {
    match i32::from(key) - i32::from(before) {
        ..=-5 => 0,
        5.. => 2,
        _ => 1,
    }
}

/// Steps that were taken, in the scales of the chords they lead to.
pub(super) fn steps_taken(slots: &[Slot], pitches: &[u8]) -> Vec<i32> {
    let pairs = pitches.windows(2).zip(&slots[1.min(slots.len())..]);
    pairs.map(|(pair, slot)| scale_steps(&slot.chord.scale(slot.key), pair[0], pair[1])).collect()
}

/// Steps of a scale from one key to another; keys beside the scale count as the step they are next to.
fn scale_steps(scale: &[bool; 12], from: u8, to: u8) -> i32 {
    let (low, high, sign) = if from <= to { (from, to, 1) } else { (to, from, -1) };
    sign * (low + 1..=high).filter(|key| scale[usize::from(key % 12)]).count() as i32
}

fn trace(table: &[Vec<Path>], keys: &[u8]) -> Vec<u8> {
    let Some(last) = table.last() else { return Vec::new() };
    let best = (0..last.len()).min_by(|a, b| last[*a].cost.total_cmp(&last[*b].cost)).unwrap_or(0);
    let mut state = best;
    let mut pitches: Vec<u8> = table
        .iter()
        .rev()
        .map(|row| {
            let key = keys[state / MOTIONS];
            state = row[state].before;
            key
        })
        .collect();
    pitches.reverse();
    pitches
}
