//! The pulse channel.

use super::edges::Edges;
use super::line::Tone;
use super::mixer;
use super::timer;
use super::voice::Sounding;

/// Clocks of one period for a timer of zero.
const DIVIDER: f64 = 16.0;

// One bit of every eighth of the period; 75 % is 25 % upside down and sounds the same.
const DUTY: [u8; 4] = [0b0000_0010, 0b0000_0110, 0b0001_1110, 0b1111_1001];

/// A pulse wave of 4-bit volume and one of four widths.
pub(super) struct Pulse {
    /// 11 bits.
    pub(super) timer: u16,
    /// 0 to 3.
    pub(super) duty: u8,
    /// 0 to 15.
    pub(super) volume: u8,
    step: u8,
    left: u64,
}

impl Pulse {
    pub(super) fn new() -> Pulse {
        Pulse { timer: 253, duty: 2, volume: 0, step: 0, left: 1 }
    }

    /// Begins the period anew, as the chip does when the timer's high bits are written.
    pub(super) fn restart(&mut self) {
        self.step = 0;
    }

    /// The level, 0 to 15.
    pub(super) fn level(&self) -> u8 {
        // timers below 8 are silenced by the chip
        let high = DUTY[usize::from(self.duty & 3)] >> self.step & 1 == 1 && self.timer >= 8;
        if high { self.volume } else { 0 }
    }

    /// Runs and tells the level at every step.
    pub(super) fn run_with(&mut self, from: u64, to: u64, mut change: impl FnMut(u64, u8)) {
        let period = 2 * (u64::from(self.timer) + 1);
        let mut at = from + self.left;
        if self.volume == 0 && at < to {
            // unheard, the sequencer goes on
            let steps = (to - at).div_ceil(period);
            self.step = ((u64::from(self.step) + steps) & 7) as u8;
            at += steps * period;
        }
        while at < to {
            self.step = (self.step + 1) & 7;
            change(at, self.level());
            at += period;
        }
        self.left = at - to;
    }
}

/// The timer of a pulse for what a voice wants, 11 bits.
///
/// A bent tone keeps the high bits of its key: writing them would begin the period anew, which is heard as a click.
pub(super) fn pulse_timer(wanted: Sounding) -> u16 {
    let key = timer(Sounding { cents: 0, ..wanted }.hz(), DIVIDER);
    // high up a single step is a quarter tone, and no longer a shimmer
    let off_by = if key > 150 { wanted.off_by } else { 0 };
    let bent = i32::from(timer(wanted.hz(), DIVIDER)) + off_by;
    let high = i32::from(key & 0x700);
    bent.clamp(high, high | 0xff) as u16
}

impl Tone for Pulse {
    fn set(&mut self, wanted: Sounding) {
        self.timer = pulse_timer(wanted);
        self.volume = wanted.volume.min(15);
        self.duty = wanted.duty;
    }

    fn run(&mut self, from: u64, to: u64, edges: &mut Edges) {
        edges.set(from, mixer::pulses(self.level(), 0));
        self.run_with(from, to, |clock, level| edges.set(clock, mixer::pulses(level, 0)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bend_never_begins_the_period_anew() {
        for key in 40..100 {
            for cents in [-40, -8, 0, 8, 40] {
                let wanted = Sounding { key, cents, off_by: 1, volume: 15, duty: 2 };
                let plain = timer(Sounding { cents: 0, ..wanted }.hz(), DIVIDER);
                assert_eq!(pulse_timer(wanted) >> 8, plain >> 8, "{key} {cents}");
            }
        }
    }

    #[test]
    fn a_silent_pulse_keeps_its_place() {
        let [mut silent, mut heard] = [0, 15].map(|volume| Pulse { volume, timer: 100, ..Pulse::new() });
        for slice in [1, 203, 7, 19_000] {
            silent.run_with(0, slice, |_, _| {});
            heard.run_with(0, slice, |_, _| {});
            assert_eq!((silent.step, silent.left), (heard.step, heard.left));
        }
    }
}
