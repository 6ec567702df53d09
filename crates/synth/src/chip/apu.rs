//! The chip: registers are written, sound comes out.

use super::edges::Edges;
use super::mixer;
use super::noise::Register;
use super::pulse::Pulse;
use super::triangle::Triangle;

/// What a step of a channel's level is worth where the mixers are taken as straight: pulses, triangle, noise.
const STEPS: [f64; 4] = [0.00752, 0.00752, 0.00851, 0.00494];

/// Where the chip's sound is written.
pub(super) struct Outputs {
    /// Behind the two mixers; the sum is the music.
    pub(super) mixed: [Edges; 2],
    /// Before the mixers: both pulses, triangle and noise, where they are wanted.
    pub(super) alone: Vec<Edges>,
}

impl Outputs {
    fn alone(&mut self, first: usize, clock: u64, levels: [u8; 2]) {
        for (index, edges) in self.alone.iter_mut().enumerate().skip(first).take(2) {
            edges.set(clock, f64::from(levels[index - first]) * STEPS[index]);
        }
    }
}

/// The channels of the chip.
pub(super) struct Apu {
    pulses: [Pulse; 2],
    triangle: Triangle,
    noise: Register,
    /// What the triangle's linear counter is reloaded with.
    reload: u8,
}

impl Apu {
    pub(super) fn new() -> Apu {
        Apu {
            pulses: [Pulse::new(), Pulse::new()],
            triangle: Triangle::new(),
            noise: Register::new(),
            reload: 0,
        }
    }

    /// Writes a register, an offset from $4000; those that a log never moves are not there.
    pub(super) fn write(&mut self, register: u8, value: u8) {
        match register {
            0x00..=0x07 => self.write_pulse(usize::from(register / 4), register % 4, value),
            0x08 => self.reload = value & 0x7f,
            0x0a => self.triangle.timer = self.triangle.timer & 0x700 | u16::from(value),
            0x0b => self.triangle.timer = self.triangle.timer & 0xff | u16::from(value & 7) << 8,
            0x0c => self.noise.volume = value & 15,
            0x0e => {
                self.noise.period = value & 15;
                self.noise.short = value & 0x80 != 0;
            }
            0x17 => self.triangle.on = self.reload > 0,
            _ => {}
        }
    }

    fn write_pulse(&mut self, pulse: usize, register: u8, value: u8) {
        let pulse = &mut self.pulses[pulse];
        match register {
            0 => {
                pulse.duty = value >> 6;
                pulse.volume = value & 15;
            }
            2 => pulse.timer = pulse.timer & 0x700 | u16::from(value),
            3 => {
                pulse.timer = pulse.timer & 0xff | u16::from(value & 7) << 8;
                pulse.restart();
            }
            _ => {}
        }
    }

    /// Runs from one clock of the slice to another.
    pub(super) fn run(&mut self, from: u64, to: u64, out: &mut Outputs) {
        let [first, second] = &mut self.pulses;
        let levels = [first.level(), second.level()];
        mixer::together(
            from,
            levels,
            |change| first.run_with(from, to, change),
            |change| second.run_with(from, to, change),
            |clock, levels| {
                out.mixed[0].set(clock, mixer::pulses(levels[0], levels[1]));
                out.alone(0, clock, levels);
            },
        );
        let (triangle, noise) = (&mut self.triangle, &mut self.noise);
        let levels = [triangle.level(), noise.level()];
        mixer::together(
            from,
            levels,
            |change| triangle.run_with(from, to, change),
            |change| noise.run_with(from, to, change),
            |clock, levels| {
                out.mixed[1].set(clock, mixer::triangle_and_noise(levels[0], levels[1]));
                out.alone(2, clock, levels);
            },
        );
    }
}
