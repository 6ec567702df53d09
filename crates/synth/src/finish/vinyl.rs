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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meter;
    use crate::wave::RATE;

    fn record(amount: f32, seconds: f32) -> Vec<Frame> {
        let mut vinyl = Vinyl::new(amount, 3).unwrap();
        (0..(seconds * RATE) as usize).map(|_| vinyl.sample()).collect()
    }

    /// Levels of stretches of 2 ms, in rising order.
    fn levels(frames: &[Frame]) -> Vec<f32> {
        let mut levels: Vec<f32> = meter::side(frames, 0).chunks(96).map(meter::rms).collect();
        levels.sort_by(f32::total_cmp);
        levels
    }

    /// Ticks a second that stand out of the hiss.
    fn ticks(amount: f32, seconds: f32) -> f32 {
        let both: Vec<f32> = record(amount, seconds).iter().map(|[l, r]| l + r).collect();
        let stretches: Vec<f32> = both.chunks(96).map(meter::rms).collect();
        let hiss = std::f32::consts::SQRT_2 * levels(&record(amount, 1.0))[250];
        let begun = stretches.windows(2).filter(|pair| pair[0] < 2.0 * hiss && pair[1] >= 2.0 * hiss);
        begun.count() as f32 / seconds
    }

    #[test]
    fn a_worn_record_ticks_several_times_a_second_a_better_one_less() {
        let (worn, better) = (ticks(1.0, 10.0), ticks(0.3, 10.0));
        assert!((3.0..9.0).contains(&worn), "{worn} ticks a second");
        assert!((0.8..3.0).contains(&better), "{better} ticks a second");
    }

    #[test]
    fn hiss_lies_far_under_the_music() {
        for (amount, wanted) in [(1.0, -50.0), (0.3, -60.5)] {
            let hiss = meter::db(levels(&record(amount, 2.0))[500]);
            assert!((hiss - wanted).abs() < 3.0, "{hiss} dB at {amount}");
        }
        assert!(Vinyl::new(0.0, 3).is_none());
    }
}
