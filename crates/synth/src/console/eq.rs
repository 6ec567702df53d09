//! The equaliser of a strip: a low cut, a bell over the body of the sound and a shelf for its air.

use score::Part;
use sound::Frame;

use crate::filter::{Biquad, Pair};

// A broad bell where accompaniments crowd, and the corner of what is air and not tone.
const BODY: (f32, f32) = (320.0, 0.7);
const AIR: f32 = 5000.0;

/// The equaliser.
pub(super) struct Eq {
    stages: Vec<Pair>,
}

impl Eq {
    /// What the strip of a part says, and its role where the strip is silent; none where that changes nothing.
    pub(super) fn new(part: &Part) -> Option<Eq> {
        let said = part.strip.eq.or(score::Eq::usual(part.role, part.instrument));
        let on = |value: Option<f32>| value.filter(|value| *value != 0.0);
        let stages: Vec<Pair> = [
            on(said.low_cut_hz).map(|hz| Biquad::low_cut(hz.clamp(20.0, 400.0))),
            on(said.body_db).map(|db| Biquad::bell(BODY.0, BODY.1, db.clamp(-12.0, 12.0))),
            on(said.air_db).map(|db| Biquad::high_shelf(AIR, db.clamp(-12.0, 12.0))),
        ]
        .into_iter()
        .flatten()
        .map(Pair::new)
        .collect();
        (!stages.is_empty()).then_some(Eq { stages })
    }

    /// Works on the next frames.
    pub(super) fn work(&mut self, frames: &mut [Frame]) {
        Pair::work(&mut self.stages, frames);
    }

    /// Forgets what it heard.
    pub(super) fn rest(&mut self) {
        self.stages.iter_mut().for_each(Pair::rest);
    }
}

#[cfg(test)]
mod tests {
    use score::{Instrument, Role, Strip};

    use super::*;
    use crate::meter;

    fn part(role: Role, instrument: Instrument, eq: score::Eq) -> Part {
        let strip = Strip { eq, ..Strip::default() };
        Part { role, instrument, notes: Vec::new(), expression: Vec::new(), strip }
    }

    /// Gain in dB for a sine of `hz`.
    fn gain(part: &Part, hz: f32) -> f32 {
        let mut frames = meter::stereo(&meter::sine(hz, 0.5));
        let before = meter::rms(&meter::side(&frames[12_000..], 0));
        if let Some(mut eq) = Eq::new(part) {
            eq.work(&mut frames);
        }
        meter::db(meter::rms(&meter::side(&frames[12_000..], 1)) / before)
    }

    #[test]
    fn a_pad_leaves_the_lows_to_the_bass() {
        let usual = score::Eq::default();
        let pad = part(Role::Pad, Instrument::WarmPad, usual);
        let bass = part(Role::Bass, Instrument::FingerBass, usual);
        assert!(gain(&pad, 40.0) < -15.0 && gain(&bass, 40.0).abs() < 0.01);
        assert!((gain(&pad, 320.0) + 1.5).abs() < 0.2);
        assert!(gain(&pad, 4000.0).abs() < 0.1);
    }

    #[test]
    fn a_strip_says_otherwise() {
        let said = score::Eq { low_cut_hz: Some(0.0), body_db: Some(0.0), air_db: Some(4.0) };
        let pad = part(Role::Pad, Instrument::WarmPad, said);
        assert!(gain(&pad, 40.0).abs() < 0.1);
        assert!((gain(&pad, 15_000.0) - 4.0).abs() < 0.3);
        assert!(Eq::new(&part(Role::Pad, Instrument::WarmPad, score::Eq::FLAT)).is_none());
    }
}
