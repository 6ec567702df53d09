//! Envelopes: how loud a note is while it is held and after.

use crate::wave::RATE;

/// Times and level of an envelope.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shape {
    /// Seconds to the top.
    pub(crate) attack: f32,
    /// Seconds in which the way from the top to `sustain` is gone to a thousandth.
    pub(crate) decay: f32,
    /// Level while held, 0 to 1.
    pub(crate) sustain: f32,
    /// Seconds from the release to a thousandth.
    pub(crate) release: f32,
}

/// An envelope under way.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Envelope {
    shape: Shape,
    level: f32,
    rising: bool,
    released: bool,
    rise: f32,
    decay: f32,
    release: f32,
}

impl Envelope {
    /// An envelope that begins now.
    pub(crate) fn new(shape: Shape) -> Envelope {
        Envelope {
            shape,
            level: 0.0,
            rising: true,
            released: false,
            rise: 1.0 / (shape.attack.max(0.001) * RATE),
            decay: fall(shape.decay),
            release: fall(shape.release),
        }
    }

    /// The key is let go.
    pub(crate) fn release(&mut self) {
        self.released = true;
    }

    /// Whether there is nothing more to hear.
    pub(crate) fn is_over(&self) -> bool {
        !self.rising && self.level < 1e-4 && (self.released || self.shape.sustain < 1e-4)
    }

    /// The next sample, 0 to 1.
    #[inline]
    pub(crate) fn sample(&mut self) -> f32 {
        if self.released {
            self.rising = false;
            self.level *= self.release;
        } else if self.rising {
            self.level += self.rise;
            if self.level >= 1.0 {
                self.level = 1.0;
                self.rising = false;
            }
        } else {
            self.level = self.shape.sustain + (self.level - self.shape.sustain) * self.decay;
        }
        self.level
    }
}

/// The factor a sample of something that falls by 60 dB in `seconds`.
pub(crate) fn fall(seconds: f32) -> f32 {
    (-6.9078 / (seconds.max(0.002) * RATE)).exp()
}
