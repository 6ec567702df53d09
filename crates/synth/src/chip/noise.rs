//! The noise channel: a shift register of fifteen bits.

// Clocks between two shifts (NTSC).
const PERIODS: [u64; 16] = [4, 8, 16, 32, 64, 96, 128, 160, 202, 254, 380, 508, 762, 1016, 2034, 4068];

/// Noise of 4-bit volume, sixteen speeds and two lengths.
pub(super) struct Register {
    bits: u16,
    /// Speed, 0 (fastest) to 15.
    pub(super) period: u8,
    /// Taps bit 6 instead of bit 1: 93 steps, a metallic tone.
    pub(super) short: bool,
    pub(super) volume: u8,
    left: u64,
}

impl Register {
    pub(super) fn new() -> Register {
        Register { bits: 1, period: 4, short: false, volume: 0, left: 1 }
    }

    /// The level, 0 to 15.
    pub(super) fn level(&self) -> u8 {
        if self.bits & 1 == 0 { self.volume } else { 0 }
    }

    /// Runs, unheard too, and tells the level at every shift.
    pub(super) fn run_with(&mut self, from: u64, to: u64, mut change: impl FnMut(u64, u8)) {
        let mut at = from + self.left;
        let tap = if self.short { 6 } else { 1 };
        while at < to {
            let fed = (self.bits ^ (self.bits >> tap)) & 1;
            self.bits = self.bits >> 1 | fed << 14;
            if self.volume > 0 {
                change(at, self.level());
            }
            at += PERIODS[usize::from(self.period & 15)];
        }
        self.left = at - to;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_register_repeats_as_the_chip_does() {
        for (short, steps) in [(false, 32_767), (true, 93)] {
            let mut register = Register { short, volume: 15, period: 0, ..Register::new() };
            let mut run = |shifts: u64| register.run_with(0, shifts * 4, |_, _| {});
            run(steps * 4);
            let before = register.bits;
            let mut run = |shifts: u64| register.run_with(0, shifts * 4, |_, _| {});
            run(steps);
            assert_eq!(register.bits, before, "short {short}");
        }
    }
}
