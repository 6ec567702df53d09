//! The room: a feedback delay network of eight lines, two of them for every direction of a box.

use score::Room;
use sound::Frame;

use crate::envelope::fall;
use crate::filter::OnePole;
use crate::wave::{RATE, sine};

const LINES: usize = 8;
// Samples at 48 kHz in a room of size 1; mutually prime, so that echoes do not fall together.
const LENGTHS: [usize; LINES] = [1423, 1657, 1867, 2053, 2243, 2459, 2663, 2801];
const DIFFUSERS: [usize; 4] = [229, 173, 613, 463];
// The deepest swing of a line's length in samples, against ringing.
const SWING: f32 = 6.0;

struct Character {
    size: f32,
    seconds: f32,
    pre_delay: f32,
    /// Corner of the damping inside the loop in Hz.
    damping: f32,
    /// What is kept out below, in Hz.
    thin: f32,
    level: f32,
}

fn character(room: Room) -> Option<Character> {
    match room {
        Room::None => None,
        Room::Short => Some(Character {
            size: 0.45,
            seconds: 0.55,
            pre_delay: 0.004,
            damping: 6500.0,
            thin: 180.0,
            level: 0.9,
        }),
        Room::Plate => Some(Character {
            size: 0.75,
            seconds: 1.5,
            pre_delay: 0.012,
            damping: 7500.0,
            thin: 220.0,
            level: 0.75,
        }),
        Room::Hall => Some(Character {
            size: 1.35,
            seconds: 2.5,
            pre_delay: 0.024,
            damping: 4800.0,
            thin: 160.0,
            level: 0.75,
        }),
    }
}

/// The place after `at` in a ring; cheaper than a remainder.
fn next(at: usize, length: usize) -> usize {
    if at + 1 == length { 0 } else { at + 1 }
}

struct Diffuser {
    line: Vec<f32>,
    at: usize,
}

impl Diffuser {
    fn sample(&mut self, x: f32) -> f32 {
        let back = self.line[self.at];
        let fed = x - 0.62 * back;
        self.line[self.at] = fed;
        self.at = next(self.at, self.line.len());
        back + 0.62 * fed
    }
}

struct Line {
    ring: Vec<f32>,
    at: usize,
    delay: f32,
    gain: f32,
    damping: OnePole,
    phase: f32,
    swing: f32,
}

impl Line {
    fn read(&self) -> f32 {
        let back = self.delay + self.swing;
        let whole = back as usize;
        let share = back - whole as f32;
        let length = self.ring.len();
        let index = if self.at >= whole { self.at - whole } else { self.at + length - whole };
        let before = if index == 0 { length - 1 } else { index - 1 };
        self.ring[index] + (self.ring[before] - self.ring[index]) * share
    }

    fn write(&mut self, value: f32) {
        self.ring[self.at] = value;
        self.at = next(self.at, self.ring.len());
    }
}

/// The room's sound.
pub(crate) struct Reverb {
    pre: Vec<Frame>,
    pre_at: usize,
    thin: [OnePole; 2],
    diffusers: [[Diffuser; 2]; 2],
    lines: Vec<Line>,
    level: f32,
    age: u32,
}

impl Reverb {
    /// A room; none where there is to be none.
    pub(crate) fn new(room: Room) -> Option<Reverb> {
        let character = character(room)?;
        let lines = LENGTHS
            .iter()
            .enumerate()
            .map(|(i, &length)| {
                let delay = length as f32 * character.size;
                Line {
                    ring: vec![0.0; (delay + SWING) as usize + 4],
                    at: 0,
                    delay,
                    gain: fall(character.seconds).powf(delay),
                    damping: OnePole::new(character.damping),
                    phase: i as f32 / LINES as f32,
                    swing: 0.0,
                }
            })
            .collect();
        let diffuser = |i: usize| Diffuser { line: vec![0.0; DIFFUSERS[i]], at: 0 };
        Some(Reverb {
            pre: vec![[0.0; 2]; ((character.pre_delay * RATE) as usize).max(1)],
            pre_at: 0,
            thin: [OnePole::new(character.thin); 2],
            diffusers: [[diffuser(0), diffuser(2)], [diffuser(1), diffuser(3)]],
            lines,
            level: character.level,
            age: 0,
        })
    }

    /// What comes back for a frame sent.
    #[inline]
    pub(crate) fn sample(&mut self, sent: Frame) -> Frame {
        let mut input = self.pre[self.pre_at];
        self.pre[self.pre_at] = sent;
        self.pre_at = next(self.pre_at, self.pre.len());
        for ((input, thin), [first, second]) in input.iter_mut().zip(&mut self.thin).zip(&mut self.diffusers)
        {
            *input = second.sample(first.sample(thin.high(*input)));
        }
        if self.age.is_multiple_of(32) {
            self.swing();
        }
        self.age = self.age.wrapping_add(1);
        let mut back = [0.0; LINES];
        for (back, line) in back.iter_mut().zip(&mut self.lines) {
            *back = line.damping.low(line.read()) * line.gain;
        }
        // Householder's matrix: every line hears all others, and no energy is lost
        let shared = back.iter().sum::<f32>() * (2.0 / LINES as f32);
        for (i, line) in self.lines.iter_mut().enumerate() {
            line.write(input[i % 2] * 0.5 + back[i] - shared);
        }
        let side = |from: usize| {
            let signs = [1.0, -1.0, 1.0, -1.0];
            (0..4).map(|i| back[from + 2 * i] * signs[i]).sum::<f32>() * self.level
        };
        [side(0), side(1)]
    }

    fn swing(&mut self) {
        for (i, line) in self.lines.iter_mut().enumerate() {
            line.phase += (0.31 + 0.07 * i as f32) * 32.0 / RATE;
            line.phase -= line.phase.floor();
            line.swing = SWING * (0.5 + 0.5 * sine(line.phase));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meter;

    const ROOMS: [(Room, f32); 3] = [(Room::Short, 0.55), (Room::Plate, 1.5), (Room::Hall, 2.5)];

    /// What comes back of an impulse in the middle, for twice the time of the room.
    fn tail((room, seconds): (Room, f32)) -> Vec<Frame> {
        let mut reverb = Reverb::new(room).unwrap();
        let count = (seconds * 2.0 * RATE) as usize;
        (0..count).map(|i| reverb.sample(if i == 0 { [1.0; 2] } else { [0.0; 2] })).collect()
    }

    #[test]
    fn rooms_die_away_in_their_time_the_hall_last() {
        let times = ROOMS.map(|room| meter::decay(&meter::side(&tail(room), 0)));
        for ((room, wanted), found) in ROOMS.into_iter().zip(times) {
            assert!((0.75..1.1).contains(&(found / wanted)), "{room:?}: {found:.2}, not {wanted} s");
        }
        assert!(2.0 * times[0] < times[1] && 1.4 * times[1] < times[2], "{times:?}");
    }

    #[test]
    fn echoes_lie_so_close_that_the_tail_is_noise() {
        for room in ROOMS {
            let left = meter::side(&tail(room), 0);
            let from = ((0.1 + 0.08 * room.1) * RATE) as usize;
            let span = &left[from..from + 2400];
            let spread = meter::rms(span);
            // of noise a third lies outside its own spread, of single echoes hardly anything (Abel and Huang 2006)
            let outside = span.iter().filter(|x| x.abs() > spread).count() as f32 / 2400.0;
            assert!((0.25..0.4).contains(&outside), "{:?}: {outside}", room.0);
        }
    }

    #[test]
    fn sides_differ_and_mono_keeps_the_room() {
        for room in ROOMS {
            let tail = tail(room);
            let alike = meter::correlation(&tail);
            assert!(alike.abs() < 0.3, "{:?}: {alike}", room.0);
            let folded: Vec<f32> = tail.iter().map(|[l, r]| 0.5 * (l + r)).collect();
            let lost = meter::db(meter::rms(&folded) / meter::rms(&meter::side(&tail, 0)));
            assert!((-4.5..-1.5).contains(&lost), "{:?}: {lost} dB", room.0);
        }
    }

    #[test]
    fn no_room_is_none() {
        assert!(Reverb::new(Room::None).is_none());
    }
}
