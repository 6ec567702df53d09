//! Four operators, as the FM chip of a 16-bit console (Yamaha OPN2) has them: eight ways to chain them, feedback, and an
//! envelope for each.
//!
//! Yamaha's YM2608 application manual: an operator at full level turns the phase of the next by up to four periods either
//! way, and feedback turns the first by the mean of its last two values.

mod level;
mod programs;

use std::f32::consts::TAU;

use sound::Frame;

use crate::schedule::Stroke;
use crate::voice::{Voice, loudness};
use crate::wave::{RATE, key_hz, sine};
use level::Level;
pub(super) use programs::program;

pub(crate) use level::Slopes;

/// Samples between two movements of envelopes and pitch.
const BLOCK: usize = 16;
/// Operators run at twice our rate, so that what is too high for it is filtered out and not folded back.
const FINER: usize = 2;
const FINE: usize = BLOCK * FINER;
/// Periods by which an operator at full level turns the next one's phase.
const FULL: f32 = 4.0;
/// The highest sideband by Carson's rule, in Hz; chains of operators may exceed it, for which there is room.
const HIGHEST: f32 = 26_000.0;

/// One operator of a program.
#[derive(Clone, Copy)]
pub(crate) struct Operator {
    /// Its frequency as a multiple of the key's: 0.5 or a whole number on the chip.
    pub(crate) multiple: f32,
    /// Out of tune by so many cents.
    pub(crate) detune: f32,
    /// Below full level in dB, in steps of 0.75 on the chip.
    pub(crate) under: f32,
    pub(crate) slopes: Slopes,
}

/// A sound of four operators.
pub(crate) struct Program {
    /// 0 to 7: a stack, two into a stack, ..., four side by side.
    pub(crate) algorithm: usize,
    /// 0 (none) to 7, by which the first operator turns itself; each is twice the one before, 7 is two periods at full level.
    pub(crate) feedback: i32,
    pub(crate) operators: [Operator; 4],
    /// Depth in cents, frequency in Hz, and seconds before it begins.
    pub(crate) vibrato: (f32, f32, f32),
    /// Semitones from which the pitch slides in, and the factor by which they shrink in a block.
    pub(crate) scoop: (f32, f32),
    /// How much quicker envelopes are an octave higher, as a factor.
    pub(crate) quicken: f32,
    /// How much duller a soft key is, in dB at the softest.
    pub(crate) touch: f32,
}

/// For each algorithm: which operators turn the second, third and fourth, and which are heard; bit 0 is the first.
const ALGORITHMS: [[u8; 4]; 8] = [
    [0b0001, 0b0010, 0b0100, 0b1000],
    [0b0000, 0b0011, 0b0100, 0b1000],
    [0b0000, 0b0010, 0b0101, 0b1000],
    [0b0001, 0b0000, 0b0110, 0b1000],
    [0b0001, 0b0000, 0b0100, 0b1010],
    [0b0001, 0b0001, 0b0001, 0b1110],
    [0b0001, 0b0000, 0b0000, 0b1110],
    [0b0000, 0b0000, 0b0000, 0b1111],
];

/// Half of a filter of 47 taps that leaves out what lies above 28 kHz of 96: every other tap from the middle outwards.
const HALF_TAPS: usize = 12;

struct Running {
    phase: f32,
    /// Turns a sample of the finer rate.
    step: f32,
    /// Of a modulator in turns, of a carrier as a factor.
    gain: f32,
    level: Level,
}

/// A note of four operators.
pub(crate) struct Fm4 {
    program: &'static Program,
    operators: [Running; 4],
    /// Turns of the first operator's own phase for its value of one, and its last two values.
    feedback: f32,
    last: [f32; 2],
    taps: [f32; HALF_TAPS],
    fine: Vec<f32>,
    ready: [f32; BLOCK],
    used: usize,
    age: f32,
    scooped: f32,
}

fn carriers(program: &Program) -> u8 {
    ALGORITHMS[program.algorithm & 7][3]
}

/// A sinc of half the rate under a Kaiser-like cosine window.
fn taps() -> [f32; HALF_TAPS] {
    let taps: [f32; HALF_TAPS] = std::array::from_fn(|index| {
        let from_middle = (2 * index + 1) as f32;
        let place = from_middle / (2 * HALF_TAPS) as f32;
        let window = 0.42 + 0.5 * (TAU * place / 2.0).cos() + 0.08 * (TAU * place).cos();
        let angle = TAU * from_middle / 4.0;
        angle.sin() / angle * window
    });
    // with the middle, which is one half, the sum is one
    let sum: f32 = taps.iter().sum();
    taps.map(|tap| tap / sum / 4.0)
}

impl Fm4 {
    pub(crate) fn new(program: &'static Program, note: Stroke) -> Fm4 {
        let hz = key_hz(f32::from(note.key));
        let octaves = (f32::from(note.key) - 60.0) / 12.0;
        let softness = 1.0 - f32::from(note.velocity) / 127.0;
        let heard = carriers(program);
        let count = heard.count_ones() as f32;
        let highest = program.operators.iter().map(|own| own.multiple).fold(0.0, f32::max);
        let most =
            |multiple: f32| ((HIGHEST - hz * highest) / (hz * multiple) - 1.0).clamp(0.0, FULL * TAU) / TAU;
        let mut index = 0;
        let operators = program.operators.map(|own| {
            let amplitude = |db: f32| 10f32.powf(db / 20.0);
            let gain = if heard >> index & 1 == 1 {
                amplitude(-own.under) * loudness(note.velocity) / count
            } else {
                (FULL * amplitude(-own.under - program.touch * softness)).min(most(own.multiple))
            };
            index += 1;
            Running {
                phase: 0.0,
                step: hz * own.multiple * (own.detune / 1200.0).exp2() / (RATE * FINER as f32),
                gain,
                level: Level::new(own.slopes, program.quicken.powf(octaves), BLOCK),
            }
        });
        let first = program.operators[0];
        let turned = if program.feedback > 0 { 2f32.powi(program.feedback - 7) } else { 0.0 };
        let turned = turned * 10f32.powf(-first.under / 20.0);
        Fm4 {
            feedback: turned.min(most(first.multiple)),
            operators,
            last: [0.0; 2],
            taps: taps(),
            fine: vec![0.0; 4 * HALF_TAPS - 1],
            ready: [0.0; BLOCK],
            used: BLOCK,
            age: 0.0,
            scooped: program.scoop.0,
            program,
        }
    }

    /// By how much the pitch is bent in the next block, as a factor.
    fn bend(&mut self) -> f32 {
        let (cents, rate, delay) = self.program.vibrato;
        self.age += BLOCK as f32 / RATE;
        let fade = ((self.age - delay) * 3.0).clamp(0.0, 1.0);
        let semitones = cents * fade / 100.0 * sine(self.age * rate) + self.scooped;
        self.scooped *= self.program.scoop.1;
        (semitones / 12.0).exp2()
    }

    /// Runs one operator through a block; `turns` is what the others do to its phase.
    fn run(&mut self, index: usize, bend: f32, turns: &[f32; FINE], values: &mut [f32; FINE]) {
        let own = &mut self.operators[index];
        let step = own.step * bend;
        let (from, to) = own.level.next();
        let rise = (to - from) / FINE as f32;
        let start = own.phase;
        if index == 0 && self.feedback > 0.0 {
            for (i, value) in values.iter_mut().enumerate() {
                let turned = self.feedback * (self.last[0] + self.last[1]);
                let own = sine(start + step * i as f32 + turned) * (from + rise * i as f32);
                self.last = [own, self.last[0]];
                *value = own;
            }
        } else {
            for (i, (value, turn)) in values.iter_mut().zip(turns).enumerate() {
                *value = sine(start + step * i as f32 + turn) * (from + rise * i as f32);
            }
        }
        own.phase = start + step * FINE as f32;
        own.phase -= own.phase.floor();
        values.iter_mut().for_each(|value| *value *= own.gain);
    }

    fn block(&mut self) {
        let bend = self.bend();
        let [second, third, fourth, heard] = ALGORITHMS[self.program.algorithm & 7];
        let mut values = [[0.0f32; FINE]; 4];
        let mut sum = [0.0f32; FINE];
        for (index, turned_by) in [0, second, third, fourth].into_iter().enumerate() {
            let mut turns = [0.0f32; FINE];
            for (from, values) in values.iter().enumerate().filter(|(from, _)| turned_by >> from & 1 == 1) {
                debug_assert!(from < index, "an operator is turned by earlier ones");
                turns.iter_mut().zip(values).for_each(|(turn, value)| *turn += value);
            }
            let mut own = [0.0f32; FINE];
            self.run(index, bend, &turns, &mut own);
            if heard >> index & 1 == 1 {
                sum.iter_mut().zip(&own).for_each(|(sum, value)| *sum += value);
            }
            values[index] = own;
        }
        self.coarser(&sum);
    }

    /// Hands out a block at our rate.
    fn coarser(&mut self, sum: &[f32; FINE]) {
        self.fine.extend_from_slice(sum);
        let middle = 2 * HALF_TAPS - 1;
        for (at, out) in self.ready.iter_mut().enumerate() {
            let window = &self.fine[FINER * at..FINER * at + 4 * HALF_TAPS - 1];
            let sides = self.taps.iter().enumerate().map(|(tap, weight)| {
                let away = 2 * tap + 1;
                weight * (window[middle - away] + window[middle + away])
            });
            *out = 0.5 * window[middle] + sides.sum::<f32>();
        }
        self.fine.drain(..FINE);
        self.used = 0;
    }
}

impl Voice for Fm4 {
    fn sing(&mut self, mut out: &mut [Frame]) {
        while !out.is_empty() {
            if self.used == BLOCK {
                self.block();
            }
            let (now, later) = out.split_at_mut((BLOCK - self.used).min(out.len()));
            for (frame, value) in now.iter_mut().zip(&self.ready[self.used..]) {
                *frame = frame.map(|sum| sum + value);
            }
            self.used += now.len();
            out = later;
        }
    }

    fn release(&mut self) {
        self.operators.iter_mut().for_each(|own| own.level.release());
    }

    fn is_over(&self) -> bool {
        let heard = carriers(self.program);
        self.operators.iter().enumerate().all(|(index, own)| heard >> index & 1 == 0 || own.level.is_over())
    }
}

#[cfg(test)]
mod tests;
