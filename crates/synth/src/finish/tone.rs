//! The tone of the whole: gentle shelves by kind of line-up.

use score::{Family, Instrument, Part, Role, Score};
use sound::Frame;

use crate::filter::{Biquad, Pair};

/// Two shelves and a broad bell, as far as they change anything.
pub(super) struct Tone {
    stages: Vec<Pair>,
}

impl Tone {
    pub(super) fn new(score: &Score) -> Tone {
        let count = |family| score.parts.iter().filter(|part| part.instrument.family() == family).count();
        let chip = count(Family::Chip) * 2 > score.parts.len();
        // the drums of an orchestra are skins: they bring no cymbals that keep time
        let cymbals = |part: &Part| part.role == Role::Drums && part.instrument != Instrument::OrchestraKit;
        // pulses are all upper partials; pads and keys without cymbals lack air and pile up below
        let (low, middle, high) = match (chip, score.parts.iter().any(cymbals)) {
            (true, _) => (2.5, 0.0, (3200.0, -4.0)),
            (false, true) => (0.5, -1.0, (3200.0, 0.5)),
            (false, false) => (0.0, -4.0, (3800.0, 9.5)),
        };
        let stages = [
            (low, Biquad::low_shelf(160.0, low)),
            (middle, Biquad::bell(500.0, 0.5, middle)),
            (high.1, Biquad::high_shelf(high.0, high.1)),
        ];
        let at_work = stages.into_iter().filter(|(db, _)| *db != 0.0);
        Tone { stages: at_work.map(|(_, stage)| Pair::new(stage)).collect() }
    }

    /// Works on the next frames.
    pub(super) fn work(&mut self, frames: &mut [Frame]) {
        Pair::work(&mut self.stages, frames);
    }
}
