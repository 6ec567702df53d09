//! Soft saturation: a curve that bends late, run at twice the rate so that little folds back.

/// The curve, with the memory both sides need.
pub(super) struct Saturation {
    drive: f32,
    last: [f32; 2],
    bent: [f32; 2],
}

impl Saturation {
    pub(super) fn new(amount: f32) -> Saturation {
        Saturation { drive: 0.6 + 1.9 * amount, last: [0.0; 2], bent: [0.0; 2] }
    }

    #[inline]
    pub(super) fn sample(&mut self, side: usize, x: f32) -> f32 {
        // the sample between this one and the last, and an average back, halve what aliases above 12 kHz
        let between = self.curve(0.5 * (x + self.last[side]));
        let now = self.curve(x);
        let linear = 0.25 * self.last[side] + 0.75 * x;
        let smooth = 0.5 * between + 0.5 * now;
        self.last[side] = x;
        self.bent[side] = smooth - linear;
        // only what the curve adds is smoothed; the sound itself keeps its highs
        x + self.bent[side]
    }

    /// tanh by a rational of Pade's, scaled so that small sounds pass unchanged.
    #[inline]
    fn curve(&self, x: f32) -> f32 {
        let y = (x * self.drive).clamp(-3.0, 3.0);
        y * (27.0 + y * y) / (27.0 + 9.0 * y * y) / self.drive
    }
}
