//! The bus: what happens to the sum of all stems.

mod glue;
mod pump;
mod saturation;
mod tone;
mod vinyl;
mod wow;

use score::Score;
use sound::Frame;

use crate::filter::{OnePole, Svf};

pub(crate) use pump::Pump;
pub(crate) use vinyl::Vinyl;

/// Everything the sum passes through, in this order: low end to the middle, tone, tape, low-pass, saturation, glue.
pub(crate) struct Bus {
    side: OnePole,
    tone: tone::Tone,
    wow: Option<wow::Wow>,
    lowpass: Option<[Svf; 2]>,
    saturation: Option<saturation::Saturation>,
    glue: Option<glue::Glue>,
    dc: [OnePole; 2],
}

impl Bus {
    pub(crate) fn new(score: &Score) -> Bus {
        let finish = &score.finish;
        let some = |amount: f32| (amount > 0.0).then_some(amount.min(1.0));
        Bus {
            side: OnePole::new(110.0),
            tone: tone::Tone::new(score),
            wow: some(finish.wow).map(|amount| wow::Wow::new(amount, score.seed)),
            lowpass: finish.lowpass_hz.map(|hz| [Svf::new(hz.clamp(200.0, 20_000.0), 0.707); 2]),
            saturation: some(finish.saturation).map(saturation::Saturation::new),
            glue: some(finish.glue).map(glue::Glue::new),
            dc: [OnePole::new(8.0); 2],
        }
    }

    /// Works on the next frames.
    pub(crate) fn work(&mut self, frames: &mut [Frame]) {
        for frame in frames.iter_mut() {
            let middle = 0.5 * (frame[0] + frame[1]);
            let side = self.side.high(0.5 * (frame[0] - frame[1]));
            *frame = self.tone.sample([middle + side, middle - side]);
        }
        if let Some(wow) = &mut self.wow {
            wow.work(frames);
        }
        for frame in frames.iter_mut() {
            for side in 0..2 {
                let mut value = frame[side];
                if let Some(lowpass) = &mut self.lowpass {
                    value = lowpass[side].low(value);
                }
                if let Some(saturation) = &mut self.saturation {
                    value = saturation.sample(side, value);
                }
                frame[side] = self.dc[side].high(value);
            }
        }
        if let Some(glue) = &mut self.glue {
            glue.work(frames);
        }
    }
}
