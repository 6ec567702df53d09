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
    /// What the triangle's linear counter is reloaded with, and whether it has been.
    reload: u8,
    linear: bool,
    /// Whether the triangle is switched on, and whether its length has been loaded since.
    enabled: bool,
    length: bool,
}

impl Apu {
    pub(super) fn new() -> Apu {
        Apu {
            pulses: [Pulse::new(), Pulse::new()],
            triangle: Triangle::new(),
            noise: Register::new(),
            reload: 0,
            linear: false,
            enabled: true,
            length: false,
        }
    }

    /// Writes a register, an offset from $4000; those that a log never moves are not there.
    pub(super) fn write(&mut self, register: u8, value: u8) {
        match register {
            0x00..=0x07 => self.write_pulse(usize::from(register / 4), register % 4, value),
            0x08 => self.reload = value & 0x7f,
            0x0a => self.triangle.timer = self.triangle.timer & 0x700 | u16::from(value),
            0x0b => {
                self.triangle.timer = self.triangle.timer & 0xff | u16::from(value & 7) << 8;
                self.length = self.enabled;
            }
            0x0c => self.noise.volume = value & 15,
            0x0e => {
                self.noise.period = value & 15;
                self.noise.short = value & 0x80 != 0;
            }
            0x15 => {
                self.enabled = value & 4 != 0;
                self.length &= self.enabled;
            }
            0x17 => self.linear = self.reload > 0,
            _ => {}
        }
        self.triangle.on = self.linear && self.length;
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

#[cfg(test)]
mod tests {
    use score::{Finish, Instrument, Note, Part, Role, Score, Strip, TempoMap, picture_start};
    use sound::{Tempo, Time};

    use super::*;
    use crate::chip::RegisterLog;
    use crate::chip::log::WRITE;

    /// Bass notes of seven pictures with rests of one, two, three, ... between them.
    fn bass(keys: &[u8]) -> Score {
        let mut from = 0;
        let notes = (1..).zip(keys).map(|(rest, pitch)| {
            let at = picture_start(from);
            let length = picture_start(from + 7) - at;
            from += 7 + rest;
            Note { at, length, pitch: *pitch, velocity: 100 }
        });
        let part = Part {
            role: Role::Bass,
            instrument: Instrument::TriangleBass,
            notes: notes.collect(),
            expression: Vec::new(),
            strip: Strip::default(),
        };
        Score {
            length: Time::from_seconds(3.0),
            key: "C major".parse().unwrap(),
            tempo: TempoMap::even(Time::ZERO, Tempo::new(120.0)),
            parts: vec![part],
            authentic: true,
            finish: Finish::default(),
            fade_out: Time::from_seconds(0.1),
            seed: 1,
        }
    }

    #[test]
    fn after_any_rest_the_triangle_goes_on_at_once() {
        let log = RegisterLog::new(&bass(&[31, 36, 33, 43, 57, 29, 60, 40])).unwrap();
        let mut apu = Apu::new();
        let (mut begun, mut late) = (0, Vec::new());
        for picture in 0..log.pictures().len() {
            let mut since = None;
            let writes = log.writes(picture);
            let left = 29_780 - writes.len() as u64 * WRITE;
            let steps = writes.into_iter().map(|write| (Some(write), WRITE)).chain([(None, left)]);
            for (write, clocks) in steps {
                let before = apu.triangle.on;
                if let Some((register, value)) = write {
                    apu.write(register, value);
                }
                if apu.triangle.on && !before {
                    since = Some(0);
                    begun += 1;
                }
                let mut first = None;
                apu.triangle.run_with(0, clocks, |clock, _| first = first.or(Some(clock)));
                if let Some(waited) = since {
                    late.extend(first.map(|clock| waited + clock));
                    since = if first.is_some() { None } else { Some(waited + clocks) };
                }
            }
        }
        assert_eq!((begun, late.len()), (8, 8));
        // within one write; at 50 Hz a step lasts 1100 clocks
        assert!(late.iter().all(|clocks| *clocks < WRITE), "{late:?}");
    }
}
