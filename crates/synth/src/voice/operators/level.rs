//! The level of an operator over time: up, quickly down, slowly down, away.

use crate::wave::RATE;

/// Times and level of an operator's envelope; falls are even in decibels, as the chip's are.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Slopes {
    /// Seconds to the top.
    pub(crate) attack: f32,
    /// Seconds in which the first fall goes 60 dB.
    pub(crate) decay: f32,
    /// Where the second fall takes over, 0 to 1.
    pub(crate) sustain: f32,
    /// Seconds in which the second fall goes 60 dB; infinite where it stays.
    pub(crate) fade: f32,
    /// Seconds in which it goes 60 dB when the key is let go.
    pub(crate) release: f32,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Stage {
    Attack,
    Decay,
    Fade,
    Release,
}

/// An envelope that moves in blocks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Level {
    value: f32,
    stage: Stage,
    sustain: f32,
    /// What a block adds while it rises, and the factors of the three falls.
    rise: f32,
    falls: [f32; 3],
}

impl Level {
    /// An envelope that begins now, `quicken` times as fast as written, in blocks of so many samples.
    pub(super) fn new(slopes: Slopes, quicken: f32, block: usize) -> Level {
        let time = block as f32 / RATE;
        let fall = |seconds: f32| (-6.9078 * time * quicken / seconds.max(0.002)).exp();
        Level {
            value: 0.0,
            stage: Stage::Attack,
            sustain: slopes.sustain,
            rise: time / slopes.attack.max(0.001),
            falls: [fall(slopes.decay), fall(slopes.fade), fall(slopes.release)],
        }
    }

    /// The key is let go.
    pub(super) fn release(&mut self) {
        self.stage = Stage::Release;
    }

    /// Whether nothing more is heard of it.
    pub(super) fn is_over(&self) -> bool {
        self.stage != Stage::Attack && self.value < 1e-4
    }

    /// The level, 0 to 1, where the next block begins and where it ends.
    pub(super) fn next(&mut self) -> (f32, f32) {
        let from = self.value;
        match self.stage {
            Stage::Attack => {
                self.value = (from + self.rise).min(1.0);
                if self.value >= 1.0 {
                    self.stage = Stage::Decay;
                }
            }
            Stage::Decay => {
                self.value = (from * self.falls[0]).max(self.sustain);
                if self.value <= self.sustain {
                    self.stage = Stage::Fade;
                }
            }
            Stage::Fade => self.value = from * self.falls[1],
            Stage::Release => self.value = from * self.falls[2],
        }
        (from, self.value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_rises_falls_twice_and_goes() {
        let slopes = Slopes { attack: 0.01, decay: 0.3, sustain: 0.5, fade: 3.0, release: 0.1 };
        let mut level = Level::new(slopes, 1.0, 48);
        let mut at = |blocks: usize| (0..blocks).map(|_| level.next().1).last().unwrap();
        assert!((at(10) - 1.0).abs() < 1e-3, "10 ms up");
        assert!((at(15) - 0.708).abs() < 0.01, "15 ms of 300 are 3 dB");
        assert!(
            (at(515) - 0.5 * 10f32.powf(-0.5)).abs() < 0.01,
            "half a second of three is 10 dB below the sustain"
        );
        level.release();
        (0..150).for_each(|_| _ = level.next());
        assert!(level.is_over());
    }
}
