//! The level of a voice: eleven bits, up in a line, down in curves, by one of thirty-two speeds.

/// Samples between two steps for every speed; none for the first, which stands still.
const EVERY: [u32; 32] = [
    0, 2048, 1536, 1280, 1024, 768, 640, 512, 384, 320, 256, 192, 160, 128, 96, 80, 64, 48, 40, 32, 24, 20,
    16, 12, 10, 8, 6, 5, 4, 3, 2, 1,
];
/// The top.
const FULL: i32 = 2047;

/// How a voice rises and falls.
#[derive(Clone, Copy, Debug)]
pub(super) struct Adsr {
    /// 0 (4.1 s) to 15 (at once).
    pub(super) attack: u8,
    /// 0 to 7: the speed of the fall to `sustain`.
    pub(super) decay: u8,
    /// 0 to 7: eighths of the top, less one.
    pub(super) sustain: u8,
    /// 0 (stays) to 31: the speed of the fall from there.
    pub(super) fade: u8,
    /// The speed at which it falls when the key is let go, before the console's own end.
    pub(super) release: u8,
}

impl Adsr {
    /// Samples in which it falls by 40 dB when the key is let go.
    pub(super) fn tail(self) -> u64 {
        // every step takes a 256th
        u64::from(EVERY[usize::from(self.release & 31)]) * 1179
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Stage {
    Attack,
    Decay,
    Fade,
    Release,
    /// The console's own end: 8 ms from the top.
    Off,
}

/// The level under way.
#[derive(Clone, Copy, Debug)]
pub(super) struct Envelope {
    shape: Adsr,
    stage: Stage,
    level: i32,
    age: u32,
}

impl Envelope {
    pub(super) fn new(shape: Adsr) -> Envelope {
        Envelope { shape, stage: Stage::Attack, level: 0, age: 0 }
    }

    pub(super) fn release(&mut self) {
        if self.stage != Stage::Off {
            self.stage = Stage::Release;
        }
    }

    /// Ends within 8 ms.
    pub(super) fn stop(&mut self) {
        self.stage = Stage::Off;
    }

    pub(super) fn is_over(&self) -> bool {
        matches!(self.stage, Stage::Release | Stage::Off | Stage::Fade) && self.level == 0
    }

    /// The level of the next sample, 0 to 1.
    #[inline]
    pub(super) fn next(&mut self) -> f32 {
        let before = self.level;
        self.age = self.age.wrapping_add(1);
        let shape = self.shape;
        let speed = match self.stage {
            Stage::Attack => 2 * shape.attack + 1,
            Stage::Decay => 2 * shape.decay + 16,
            Stage::Fade => shape.fade,
            Stage::Release => shape.release,
            Stage::Off => 31,
        };
        let every = EVERY[usize::from(speed & 31)];
        if every > 0 && self.age.is_multiple_of(every) {
            self.step();
        }
        before as f32 / FULL as f32
    }

    fn step(&mut self) {
        let curve = |level: i32| level - (((level - 1) >> 8) + 1);
        match self.stage {
            Stage::Attack => {
                self.level += if self.shape.attack == 15 { 1024 } else { 32 };
                if self.level >= FULL {
                    self.level = FULL;
                    self.stage = Stage::Decay;
                }
            }
            Stage::Decay => {
                if self.level < (i32::from(self.shape.sustain) + 1) << 8 {
                    self.stage = Stage::Fade;
                }
                self.level = curve(self.level);
            }
            Stage::Fade => self.level = curve(self.level),
            Stage::Release => {
                self.level = curve(self.level);
                // where a curve in whole numbers becomes a line
                if self.level < 24 {
                    self.stage = Stage::Off;
                }
            }
            Stage::Off => self.level -= 8,
        }
        self.level = self.level.max(0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_rises_in_a_line_and_falls_in_curves() {
        let mut level = Envelope::new(Adsr { attack: 9, decay: 4, sustain: 3, fade: 20, release: 22 });
        let mut after = |samples: usize| (0..samples).map(|_| level.next()).last().unwrap();
        // 32 of 2048 every 32 samples
        assert!((after(1024) - 0.5).abs() < 0.02);
        assert!((after(1025) - 1.0).abs() < 0.02);
        // a 256th every 10 samples down to a half, then every 24
        let half = after(1775);
        assert!((half - 0.48).abs() < 0.05, "{half}");
        let fallen = after(24 * 256) / half;
        assert!((fallen - 0.33).abs() < 0.05, "{fallen}");
        level.release();
        let let_go = level.next();
        let tail =
            (0..Adsr { attack: 0, decay: 0, sustain: 0, fade: 0, release: 22 }.tail()).map(|_| level.next());
        assert!(tail.last().unwrap() < 0.02 * let_go);
    }

    #[test]
    fn a_voice_that_is_stopped_is_gone_in_eight_milliseconds() {
        let mut level = Envelope::new(Adsr { attack: 15, decay: 7, sustain: 7, fade: 0, release: 0 });
        (0..100).for_each(|_| _ = level.next());
        level.stop();
        (0..257).for_each(|_| _ = level.next());
        assert!(level.is_over());
    }
}
