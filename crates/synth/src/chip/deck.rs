//! The deck: plays a register log on the chip.

use std::collections::VecDeque;

use sound::{Audio, Frame};

use super::CLOCK;
use super::apu::{Apu, Outputs};
use super::edges::{Edges, SLICE};
use super::log::{RegisterLog, Registers, WRITE};
use crate::filter::OnePole;

/// The names of the channels' stems.
const NAMES: [&str; 4] = ["pulse-1", "pulse-2", "triangle", "noise"];

/// Where the console's output leaves the lows behind, in Hz: the capacitor behind its amplifier (Famicom).
const COUPLING: f32 = 37.0;

/// A log being played.
pub(crate) struct Deck {
    log: RegisterLog,
    picture: usize,
    /// Clocks, registers and values that are still to be written.
    due: VecDeque<(u64, u8, u8)>,
    apu: Apu,
    outputs: Outputs,
    coupling: OnePole,
    clock: u64,
    /// The channels that sound at all.
    heard: Vec<usize>,
}

/// The first clock of a picture: they are 29780.5 clocks apart.
fn clock_of(picture: usize) -> u64 {
    (picture as u64 * 59_561).div_ceil(2)
}

fn sounds(registers: &Registers) -> [bool; 4] {
    let [first, second] = registers.pulses;
    [first.volume > 0, second.volume > 0, registers.triangle.on, registers.noise.volume > 0]
}

impl Deck {
    pub(crate) fn new(log: RegisterLog) -> Deck {
        let heard = (0..4).filter(|channel| log.pictures().iter().any(|now| sounds(now)[*channel])).collect();
        let outputs = Outputs { mixed: [Edges::new(CLOCK), Edges::new(CLOCK)], alone: Vec::new() };
        Deck {
            log,
            picture: 0,
            due: VecDeque::new(),
            apu: Apu::new(),
            outputs,
            coupling: OnePole::new(COUPLING),
            clock: 0,
            heard,
        }
    }

    /// The names of the stems: the channels that sound.
    pub(crate) fn stem_names(&self) -> Vec<String> {
        self.heard.iter().map(|channel| NAMES[*channel].to_owned()).collect()
    }

    /// Plays the next `count` frames, both sides alike. Where stems are given they get each channel before the mixers.
    pub(crate) fn play(&mut self, count: usize, music: &mut Vec<Frame>, stems: &mut [Audio]) {
        if !stems.is_empty() && self.outputs.alone.is_empty() {
            self.outputs.alone = (0..4).map(|_| Edges::new(CLOCK)).collect();
        }
        let end = music.len() + count;
        while music.len() < end {
            let samples = SLICE.min(end - music.len());
            let clocks = self.outputs.mixed[0].clocks(samples);
            self.run(clocks);
            let start = music.len();
            music.resize(start + samples, [0.0; 2]);
            for edges in &mut self.outputs.mixed {
                edges.read(clocks, samples, 1.0, |at, value| {
                    music[start + at] = music[start + at].map(|sum| sum + value);
                });
            }
            for frame in &mut music[start..] {
                *frame = [self.coupling.high(frame[0]); 2];
            }
            for (channel, edges) in self.outputs.alone.iter_mut().enumerate() {
                let place = self.heard.iter().position(|heard| *heard == channel);
                let mut stem = place.and_then(|place| stems.get_mut(place));
                edges.read(clocks, samples, 1.0, |_, value| {
                    stem.iter_mut().for_each(|stem| stem.frames.push([value; 2]));
                });
            }
        }
    }

    fn run(&mut self, clocks: u64) {
        let (start, end) = (self.clock, self.clock + clocks);
        while self.clock < end {
            let picture = clock_of(self.picture);
            if picture <= self.clock {
                let writes = self.log.writes(self.picture).into_iter().enumerate();
                self.due.extend(
                    writes
                        .map(|(index, (register, value))| (picture + index as u64 * WRITE, register, value)),
                );
                self.picture += 1;
            }
            while let Some((_, register, value)) = self.due.pop_front_if(|write| write.0 <= self.clock) {
                self.apu.write(register, value);
            }
            let next = self.due.front().map_or(end, |write| write.0);
            let border = clock_of(self.picture).min(next).min(end);
            self.apu.run(self.clock - start, border - start, &mut self.outputs);
            self.clock = border;
        }
    }
}
