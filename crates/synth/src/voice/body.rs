//! The body of an instrument: what shapes the sum of its notes.

use score::Instrument;
use sound::Frame;

use crate::filter::{Biquad, Svf};

/// What the notes of a part pass through together.
pub(crate) enum Body {
    /// Nothing.
    None,
    /// Wood: two resonances of the air and the top.
    Wood([[Biquad; 2]; 2]),
    /// What a microphone hears of hammers, bows and breath, which our models play too softly.
    Air([Biquad; 2]),
    /// A mouth that sings `ah`: three formants.
    Mouth([[Svf; 3]; 2]),
    /// An overdriven amplifier and its cabinet.
    Amplifier([[Svf; 3]; 2]),
}

// Peterson and Barney 1952, `ah` of women and men averaged; levels of a soft voice.
const FORMANTS: [(f32, f32, f32); 3] = [(760.0, 5.0, 1.0), (1160.0, 7.0, 0.6), (2800.0, 8.0, 0.25)];
const DRIVE: f32 = 9.0;

impl Body {
    /// The body of an instrument.
    pub(crate) fn new(instrument: Instrument) -> Body {
        use Instrument::*;
        match instrument {
            NylonGuitar | Ukulele | SteelGuitar | Harp | Pizzicato => {
                Body::Wood([[Biquad::bell(105.0, 2.0, 3.5), Biquad::bell(220.0, 1.5, 3.0)]; 2])
            }
            Violin | Viola | Cello => {
                Body::Wood([[Biquad::bell(450.0, 1.5, 4.0), Biquad::bell(2600.0, 1.0, 3.0)]; 2])
            }
            Choir => Body::Mouth([FORMANTS.map(|(hz, q, _)| Svf::new(hz, q)); 2]),
            OverdrivenGuitar | DistortedGuitar => {
                Body::Amplifier([[Svf::new(90.0, 0.7), Svf::new(4200.0, 0.8), Svf::new(5500.0, 0.6)]; 2])
            }
            Marimba | Vibraphone | Kalimba | MusicBox | ElectricPiano | Strings | SlowStrings
            | TremoloStrings | Contrabass | Horn | Clarinet | Bassoon | Flute | Recorder | BrushKit
            | OrchestraKit | ElectronicKit => Body::Air([Biquad::high_shelf(2500.0, 6.0); 2]),
            _ => Body::None,
        }
    }

    /// Shapes the next frames.
    pub(crate) fn shape(&mut self, frames: &mut [Frame]) {
        match self {
            Body::None => {}
            Body::Wood(sides) => each(frames, |side, x| {
                let [low, high] = &mut sides[side];
                high.sample(low.sample(x))
            }),
            Body::Air(sides) => each(frames, |side, x| sides[side].sample(x)),
            Body::Mouth(sides) => each(frames, |side, x| {
                let mut sum = x * 0.12;
                for (formant, (_, _, level)) in sides[side].iter_mut().zip(FORMANTS) {
                    sum += formant.band(x) * level;
                }
                sum
            }),
            Body::Amplifier(sides) => each(frames, |side, x| {
                let [tight, cone, air] = &mut sides[side];
                let x = tight.high(x) * DRIVE;
                // a soft knee; even harmonics from the offset, whose DC is taken out again
                let bent = (x + 0.2) / (1.0 + (x + 0.2).abs()) - 0.2 / 1.2;
                air.low(cone.low(bent))
            }),
        }
    }
}

fn each(frames: &mut [Frame], mut shape: impl FnMut(usize, f32) -> f32) {
    for frame in frames {
        for (side, value) in frame.iter_mut().enumerate() {
            *value = shape(side, *value);
        }
    }
}
