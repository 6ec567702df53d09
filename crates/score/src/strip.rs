//! A channel strip of the console: where a part sits in the mix, and how its sound is shaped on the way there.

use serde::{Deserialize, Serialize};
use sound::Decibels;

use crate::{Family, Instrument, Role};

/// A channel strip of the console.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Strip {
    /// Fader.
    pub level: Decibels,
    /// Place in the stereo picture, -1 left to 1 right.
    pub pan: f32,
    /// How much goes to the room, 0 to 1.
    pub reverb: f32,
    /// How much goes to the echo ([`crate::Repeats`]), 0 to 1.
    pub echo: f32,
    /// How much chorus, 0 none to 1: the sound doubled, a little out of tune with itself and wide.
    pub chorus: f32,
    /// Bits to which the sound is rounded, 4 to 16, as an old sampler did; none for sound as it is.
    pub bits: Option<u8>,
    /// The equaliser; what is not said follows from the role.
    pub eq: Eq,
}

impl Default for Strip {
    fn default() -> Strip {
        Strip {
            level: Decibels::UNITY,
            pan: 0.0,
            reverb: 0.0,
            echo: 0.0,
            chorus: 0.0,
            bits: None,
            eq: Eq::default(),
        }
    }
}

/// The equaliser of a strip.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Eq {
    /// Corner in Hz below which the part falls by 12 dB an octave, 20 to 400; 0 for none.
    pub low_cut_hz: Option<f32>,
    /// Lift or cut around 320 Hz in dB, -12 to 12.
    pub body_db: Option<f32>,
    /// Lift or cut above 5 kHz in dB, -12 to 12.
    pub air_db: Option<f32>,
}

impl Eq {
    /// Nothing lifted, nothing cut.
    pub const FLAT: Eq = Eq { low_cut_hz: Some(0.0), body_db: Some(0.0), air_db: Some(0.0) };

    /// What a part gets of which nothing is said: all but bass and drums leave the lows to these, and who accompanies
    /// leaves some of the crowded octave above to the tune. A sound chip has no equaliser.
    pub fn usual(role: Role, instrument: Instrument) -> Eq {
        if instrument.family() == Family::Chip {
            return Eq::FLAT;
        }
        let (low_cut, body) = match role {
            Role::Melody | Role::Counter => (90.0, 0.0),
            Role::Chords | Role::Arpeggio => (100.0, -1.0),
            Role::Pad => (110.0, -1.5),
            Role::Effects => (45.0, 0.0),
            Role::Bass | Role::Drums => (0.0, 0.0),
        };
        Eq { low_cut_hz: Some(low_cut), body_db: Some(body), air_db: Some(0.0) }
    }

    /// What is said here, and for the rest what `usual` says.
    pub fn or(self, usual: Eq) -> Eq {
        Eq {
            low_cut_hz: self.low_cut_hz.or(usual.low_cut_hz),
            body_db: self.body_db.or(usual.body_db),
            air_db: self.air_db.or(usual.air_db),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lows_belong_to_bass_and_drums_and_a_file_may_say_otherwise() {
        for role in Role::ALL {
            let cut = Eq::usual(role, Instrument::Piano).low_cut_hz;
            let low = matches!(role, Role::Bass | Role::Drums);
            assert_eq!(cut == Some(0.0), low, "{role:?}");
            assert_eq!(Eq::usual(role, Instrument::PulseLead), Eq::FLAT);
        }
        let said = Eq { air_db: Some(3.0), ..Eq::default() }.or(Eq::usual(Role::Pad, Instrument::Strings));
        assert_eq!(said, Eq { low_cut_hz: Some(110.0), body_db: Some(-1.5), air_db: Some(3.0) });
    }
}
