//! The bus: what happens to the sum of all stems.

mod glue;
mod pump;
mod saturation;
mod tone;
mod vinyl;
mod wow;

use score::Score;
use sound::Frame;

use crate::filter::{Biquad, LowPass, OnePole, Svf};

pub(crate) use pump::Pump;
pub(crate) use vinyl::Vinyl;

/// Below this, in Hz, both sides grow together.
const MIDDLE_BELOW: f32 = 170.0;

/// Everything the sum passes through, in this order: low end to the middle, tone, tape, low-pass, saturation, glue.
pub(crate) struct Bus {
    side: [Biquad; 2],
    middle: Svf,
    width: f32,
    tone: tone::Tone,
    wow: Option<wow::Wow>,
    lowpass: Option<LowPass>,
    saturation: Option<saturation::Saturation>,
    glue: Option<glue::Glue>,
    dc: [OnePole; 2],
}

impl Bus {
    pub(crate) fn new(score: &Score) -> Bus {
        let finish = &score.finish;
        let some = |amount: f32| (amount > 0.0).then_some(amount.min(1.0));
        Bus {
            side: [Biquad::low_cut(MIDDLE_BELOW); 2],
            middle: Svf::new(MIDDLE_BELOW, std::f32::consts::FRAC_1_SQRT_2),
            width: 10f32.powf(finish.width_db.clamp(-6.0, 6.0) / 20.0),
            tone: tone::Tone::new(score),
            wow: some(finish.wow).map(|amount| wow::Wow::new(amount, score.seed)),
            lowpass: finish.lowpass_hz.map(|hz| LowPass::new(hz.clamp(200.0, 20_000.0), 0.707)),
            saturation: some(finish.saturation).map(saturation::Saturation::new),
            glue: some(finish.glue).map(glue::Glue::new),
            dc: [OnePole::new(8.0); 2],
        }
    }

    /// Works on the next frames.
    pub(crate) fn work(&mut self, frames: &mut [Frame]) {
        for frame in frames.iter_mut() {
            // two low cuts turn the side by as much as this turns the middle, so both still fit together above
            let middle = self.middle.turn(0.5 * (frame[0] + frame[1]));
            let [first, second] = &mut self.side;
            let side = second.sample(first.sample(0.5 * (frame[0] - frame[1]))) * self.width;
            *frame = [middle + side, middle - side];
        }
        self.tone.work(frames);
        if let Some(wow) = &mut self.wow {
            wow.work(frames);
        }
        for frame in frames.iter_mut() {
            if let Some(lowpass) = &mut self.lowpass {
                *frame = lowpass.low(*frame);
            }
            if let Some(saturation) = &mut self.saturation {
                *frame = saturation.frame(*frame);
            }
            for (value, dc) in frame.iter_mut().zip(&mut self.dc) {
                *value = dc.high(*value);
            }
        }
        if let Some(glue) = &mut self.glue {
            glue.work(frames);
        }
    }
}

#[cfg(test)]
mod tests {
    use score::{Finish, TempoMap};
    use sound::{Tempo, Time};

    use super::*;
    use crate::meter;

    fn bus(finish: Finish) -> Bus {
        Bus::new(&Score {
            length: Time::from_seconds(1.0),
            key: "C".parse().unwrap(),
            tempo: TempoMap::even(Time::ZERO, Tempo::new(120.0)),
            parts: Vec::new(),
            finish,
            fade_out: Time::ZERO,
            seed: 1,
            authentic: false,
        })
    }

    /// A sine of `hz` on the left alone, over the bus.
    fn left_alone(finish: Finish, hz: f32) -> Vec<Frame> {
        let mut frames: Vec<Frame> = meter::sine(hz, 0.5).into_iter().map(|x| [0.2 * x, 0.0]).collect();
        bus(finish).work(&mut frames);
        frames.split_off(12_000)
    }

    /// The level of the side against the middle, in dB.
    fn width(frames: &[Frame]) -> f32 {
        let level =
            |sign: f32| meter::rms(&frames.iter().map(|[l, r]| 0.5 * (l + sign * r)).collect::<Vec<f32>>());
        meter::db(level(-1.0) / level(1.0))
    }

    #[test]
    fn lows_lie_in_the_middle_and_highs_where_they_were() {
        let side_to_middle = |hz: f32| width(&left_alone(Finish::default(), hz));
        // thirds of octaves up to 120 Hz, equally loud: a bass hard on the left
        let lows = [24.0, 30.0, 38.0, 48.0, 60.0, 75.0, 95.0, 120.0].map(side_to_middle);
        let energy = lows.map(|db| 10f32.powf(db / 10.0)).iter().sum::<f32>() / 8.0;
        assert!(10.0 * energy.log10() < -20.0, "{lows:?} dB");
        assert!(side_to_middle(500.0).abs() < 0.2);
        let far = left_alone(Finish::default(), 1000.0);
        let leak = meter::db(meter::rms(&meter::side(&far, 1)) / meter::rms(&meter::side(&far, 0)));
        assert!(leak < -28.0, "{leak} dB come from the right");
    }

    #[test]
    fn width_lifts_the_side_and_never_the_lows() {
        for db in [-3.0, 0.0, 2.0] {
            let wide = Finish { width_db: db, ..Finish::default() };
            assert!((width(&left_alone(wide, 1000.0)) - db).abs() < 0.1, "{db} dB");
            assert!(width(&left_alone(wide, 60.0)) < -28.0, "{db} dB");
        }
    }

    #[test]
    fn the_low_pass_of_a_finish_cuts_where_it_says() {
        let gain = |hz: f32| {
            let level = |finish: Finish| {
                let mut frames = meter::stereo(&meter::sine(hz, 0.5));
                bus(finish).work(&mut frames);
                meter::rms(&meter::side(&frames[12_000..], 0))
            };
            meter::db(
                level(Finish { lowpass_hz: Some(4000.0), ..Finish::default() }) / level(Finish::default()),
            )
        };
        for (hz, wanted, by) in [(500.0, 0.0, 0.1), (4000.0, -3.0, 0.2), (12_000.0, -20.5, 2.5)] {
            assert!((gain(hz) - wanted).abs() < by, "{hz} Hz: {} dB", gain(hz));
        }
    }
}
