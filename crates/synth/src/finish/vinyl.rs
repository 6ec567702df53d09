//! A record's own sound: hiss, rumble and crackle.

use crate::chance::{self, Noise};
use crate::filter::{OnePole, Svf};
use sound::Frame;

/// The record.
pub(crate) struct Vinyl {
    amount: f32,
    noise: Noise,
    hiss: [OnePole; 2],
    rumble: OnePole,
    click: f32,
    click_fall: f32,
    click_pan: f32,
    ring: [Svf; 2],
}

impl Vinyl {
    /// A record as worn as `amount`, 0 to 1, says; none at 0.
    pub(crate) fn new(amount: f32, seed: u64) -> Option<Vinyl> {
        (amount > 0.0).then(|| Vinyl {
            amount: amount.min(1.0),
            noise: Noise::new(&mut chance::stream(seed, 901)),
            hiss: [OnePole::new(5000.0); 2],
            rumble: OnePole::new(60.0),
            click: 0.0,
            click_fall: 0.9,
            click_pan: 0.5,
            ring: [Svf::new(2600.0, 1.2); 2],
        })
    }

    /// The next frame.
    #[inline]
    pub(crate) fn sample(&mut self) -> Frame {
        // about nine ticks a second at full amount, most of them small
        if self.noise.share() < self.amount * 9.0 / 48_000.0 {
            let size = self.noise.share();
            self.click = 0.05 + 0.45 * size * size * size;
            self.click_fall = 0.80 + 0.15 * self.noise.share();
            self.click_pan = self.noise.share();
        }
        let tick = self.click * self.noise.sample();
        self.click *= self.click_fall;
        let rumble = self.rumble.low(self.noise.sample()) * 0.025;
        let level = self.amount;
        let mut out = [0.0; 2];
        let places = [1.0 - self.click_pan, self.click_pan];
        for (side, out) in out.iter_mut().enumerate() {
            let hiss = self.hiss[side].low(self.noise.sample()) * 0.008;
            let crackle = self.ring[side].band(tick * (0.3 + 0.7 * places[side]));
            *out = level * (hiss + rumble) + level.sqrt() * crackle;
        }
        out
    }
}
