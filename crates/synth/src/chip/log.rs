//! The register log: what the chip is told in every picture of a piece.

use score::Score;

use super::hand;

/// A pulse channel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PulseState {
    /// 0 to 2047; its frequency is 1789773 Hz / (16 (timer + 1)).
    pub timer: u16,
    /// 0 to 3: 12.5, 25, 50 and 75 %.
    pub duty: u8,
    /// 0 to 15.
    pub volume: u8,
}

/// The triangle channel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TriangleState {
    /// 0 to 2047; its frequency is 1789773 Hz / (32 (timer + 1)).
    pub timer: u16,
    /// Whether it sounds.
    pub on: bool,
}

/// The noise channel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NoiseState {
    /// Speed, 0 (fastest) to 15.
    pub period: u8,
    /// Whether its register has 93 states, which rings, and not 32767.
    pub short: bool,
    /// 0 to 15.
    pub volume: u8,
}

/// What the chip is told in one picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Registers {
    /// Both pulses.
    pub pulses: [PulseState; 2],
    /// The triangle.
    pub triangle: TriangleState,
    /// The noise.
    pub noise: NoiseState,
}

/// Everything the chip is told, picture by picture ([`score::picture_start`]).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisterLog {
    pictures: Vec<Registers>,
    looping: bool,
}

impl RegisterLog {
    /// Has the chip play a score; `None` where the score asks for more than the chip has ([`Score::authentic`]).
    pub fn new(score: &Score) -> Option<RegisterLog> {
        score.authentic.then(|| RegisterLog {
            pictures: hand::pictures(score),
            looping: score.fade_out == sound::Time::ZERO,
        })
    }

    /// The pictures of the music and, where it ends, one in which everything is silent.
    pub fn pictures(&self) -> &[Registers] {
        &self.pictures
    }

    /// Whether the last picture leads back to the first.
    pub fn is_looping(&self) -> bool {
        self.looping
    }

    /// What is written in a picture: registers as offsets from $4000, in this order. The first picture sets up the
    /// chip; later ones write what changes.
    pub(crate) fn writes(&self, picture: usize) -> Vec<(u8, u8)> {
        let Some(now) = self.pictures.get(picture) else { return Vec::new() };
        let before = picture.checked_sub(1).map(|before| &self.pictures[before]);
        let mut writes = Vec::new();
        for (channel, now) in now.pulses.iter().enumerate() {
            now.write(before.map(|before| before.pulses[channel]), 4 * channel as u8, &mut writes);
        }
        now.triangle.write(before.map(|before| before.triangle), &mut writes);
        now.noise.write(before.map(|before| before.noise), &mut writes);
        writes
    }
}

/// Clocks between two writes of a picture: the time that the routine inside an NSF takes for one. Both pulses begin anew by
/// writes, so that it moves them against each other.
pub(super) const WRITE: u64 = 89;
/// The longest length counter; it stands still while volumes are set by hand.
const LENGTH: u8 = 0b0000_1000;
/// A sweep that is off and turned downwards: turned upwards it would silence low notes.
const NO_SWEEP: u8 = 0b0000_1000;
/// No envelope, no counting: the low four bits are the volume.
const BY_HAND: u8 = 0b0011_0000;
/// The linear counter of the triangle at its fullest, reloaded again and again.
const FULL: u8 = 0b1111_1111;
/// All channels but samples, and all but the triangle, too.
const CHANNELS: u8 = 0b0000_1111;
const NO_TRIANGLE: u8 = 0b0000_1011;
/// The low bits of the triangle's timer at rest, its high bits are none: three clocks.
const REST: u8 = 2;
/// Five steps and a step at once, by which the linear counter is reloaded without waiting.
const STEP_AT_ONCE: u8 = 0b1100_0000;

fn low(timer: u16) -> u8 {
    timer as u8
}

fn high(timer: u16) -> u8 {
    (timer >> 8) as u8 | LENGTH
}

impl PulseState {
    fn write(self, before: Option<PulseState>, base: u8, writes: &mut Vec<(u8, u8)>) {
        let own = |state: PulseState| state.duty << 6 | BY_HAND | state.volume;
        if before.is_none() {
            writes.push((base + 1, NO_SWEEP));
        }
        if before.is_none_or(|before| low(before.timer) != low(self.timer)) {
            writes.push((base + 2, low(self.timer)));
        }
        // begins the period anew
        if before.is_none_or(|before| high(before.timer) != high(self.timer)) {
            writes.push((base + 3, high(self.timer)));
        }
        if before.is_none_or(|before| own(before) != own(self)) {
            writes.push((base, own(self)));
        }
    }
}

impl TriangleState {
    /// The staircase stands while its channel is off and is let go by the write of the timer's high bits. The timer runs
    /// on meanwhile, on a console; some players stop it. So it is quick at rest, and a note's first step comes at once
    /// wherever it is played: else the triangle would stand anyhow to the pulses, and every player have a sound of its own.
    fn write(self, before: Option<TriangleState>, writes: &mut Vec<(u8, u8)>) {
        let [slow, fast] = [(0x0b, high(self.timer)), (0x0a, low(self.timer))];
        if before.is_none() {
            writes.extend([(0x15, CHANNELS), (0x08, FULL), (0x0b, LENGTH), (0x17, STEP_AT_ONCE)]);
        }
        match (before.is_some_and(|before| before.on), self.on) {
            (_, false) if before.is_none_or(|before| before.on) => {
                writes.extend([(0x15, NO_TRIANGLE), (0x0b, LENGTH), (0x0a, REST)]);
            }
            (_, false) => {}
            // Without high bits the quick timer would be heard until the low ones are written, so these come first, and
            // again until the first step is all but due.
            (false, true) if self.timer < 0x100 => {
                writes.push((0x15, CHANNELS));
                let times = (u64::from(self.timer + 1) / WRITE).max(1);
                writes.extend(std::iter::repeat_n(fast, times as usize));
                writes.push(slow);
            }
            (false, true) => writes.extend([(0x15, CHANNELS), slow, fast]),
            (true, true) => {
                let then = before.unwrap_or(self);
                writes.extend((low(then.timer) != fast.1).then_some(fast));
                writes.extend((high(then.timer) != slow.1).then_some(slow));
            }
        }
    }
}

impl NoiseState {
    fn write(self, before: Option<NoiseState>, writes: &mut Vec<(u8, u8)>) {
        let speed = |state: NoiseState| u8::from(state.short) << 7 | state.period;
        if before.is_none() {
            writes.push((0x0f, LENGTH));
        }
        if before.is_none_or(|before| speed(before) != speed(self)) {
            writes.push((0x0e, speed(self)));
        }
        if before.is_none_or(|before| before.volume != self.volume) {
            writes.push((0x0c, BY_HAND | self.volume));
        }
    }
}
