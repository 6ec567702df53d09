//! Our own voices: which one plays which instrument.

mod analog;
mod body;
mod drums;
mod fm;
mod modal;
mod operators;
mod patches;
mod plucked;
mod recipes;
mod sid;
mod sweep;
mod tables;

use rand_chacha::ChaCha8Rng;
use score::{Instrument, drum};
use sound::Frame;

use crate::schedule::Stroke;

pub(crate) use body::Body;

/// One note under way.
pub(crate) trait Voice: Send {
    /// Adds the next frames to `out`.
    fn sing(&mut self, out: &mut [Frame]);
    /// The key is let go.
    fn release(&mut self);
    /// Stops within a few milliseconds.
    fn choke(&mut self) {
        self.release();
    }
    /// Whether nothing more is to be heard.
    fn is_over(&self) -> bool;
}

/// How loud a velocity is: the square law of General MIDI.
pub(crate) fn loudness(velocity: u8) -> f32 {
    let share = f32::from(velocity) / 127.0;
    share * share
}

/// Starts a note of an instrument.
pub(crate) fn start(instrument: Instrument, note: Stroke, chance: &mut ChaCha8Rng) -> Box<dyn Voice> {
    use Instrument::*;
    match instrument {
        Transition => sweep::start(note, chance),
        _ if instrument.is_drums() && note.key == drum::SWELL => sweep::start(note, chance),
        StandardKit | RoomKit | ElectronicKit | AnalogKit | BrushKit | OrchestraKit | NoiseKit => {
            Box::new(drums::Hit::new(instrument, note, chance))
        }
        Piano | Celesta | Glockenspiel | MusicBox | Vibraphone | Marimba | Xylophone | TubularBells
        | SteelDrums | Kalimba | Timpani | Organ => {
            Box::new(modal::Modal::new(tables::modes(instrument), note, chance))
        }
        FmBass | FmLead | FmBrass | FmKeys | FmBell => {
            Box::new(operators::Fm4::new(operators::program(instrument), note))
        }
        SidSync => Box::new(sid::Sid::new(&sid::SYNC, note)),
        SidRing => Box::new(sid::Sid::new(&sid::RING, note)),
        ElectricPiano | FmPiano | GlassPad => Box::new(fm::Fm::new(tables::operators(instrument), note)),
        Harpsichord | Clavinet | NylonGuitar | Ukulele | Banjo | SteelGuitar | JazzGuitar | CleanGuitar
        | MutedGuitar | OverdrivenGuitar | DistortedGuitar | AcousticBass | FingerBass | PickBass
        | FretlessBass | SlapBass | Pizzicato | Harp => {
            Box::new(plucked::Plucked::new(tables::string(instrument), note, chance))
        }
        _ => Box::new(analog::Analog::new(patches::patch(instrument), note, chance)),
    }
}
