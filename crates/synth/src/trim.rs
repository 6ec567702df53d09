//! How much louder or softer every instrument is made, so that a fader means the same for all.

use score::Instrument::{self, *};

/// Gain of an instrument of the font.
pub(crate) fn sampled(instrument: Instrument) -> f32 {
    decibels(row(instrument).0)
}

/// Gain of our own voice for an instrument.
pub(crate) fn own(instrument: Instrument) -> f32 {
    decibels(row(instrument).1)
}

fn decibels(db: f32) -> f32 {
    10f32.powf(db / 20.0)
}

fn row(instrument: Instrument) -> (f32, f32) {
    TRIMS.iter().find(|trim| trim.0 == instrument).map_or((0.0, 0.0), |trim| (trim.1, trim.2))
}

/// Font and own voice in dB, to half a decibel.
///
/// Measured: with these a single line in the middle of the register at velocity 90 (notes of half a second, of
/// one and a half for slow instruments; a plain rock bar for kits; a swell and an impact for transitions) has an
/// integrated loudness of -24 LUFS on a strip at unity. The font was FluidR3 GM.
#[rustfmt::skip]
const TRIMS: &[(Instrument, f32, f32)] = &[
    (Piano, 5.0, -7.5),
    (ElectricPiano, -2.0, -6.0),
    (FmPiano, 3.0, -8.5),
    (Harpsichord, 0.5, -3.5),
    (Clavinet, 2.0, -2.0),
    (Celesta, 1.5, 0.5),
    (Glockenspiel, 2.0, -1.0),
    (MusicBox, 1.5, 1.5),
    (Vibraphone, 5.5, -4.5),
    (Marimba, 2.5, 1.0),
    (Xylophone, 13.0, 3.0),
    (TubularBells, -0.5, -4.0),
    (Organ, 4.5, -5.5),
    (Accordion, 2.5, -16.0),
    (Harmonica, 0.0, -15.5),
    (Ukulele, 4.5, 1.0),
    (NylonGuitar, 2.0, -3.0),
    (SteelGuitar, 2.0, -4.0),
    (JazzGuitar, -1.0, -3.0),
    (CleanGuitar, 1.5, -3.5),
    (MutedGuitar, 8.0, 3.5),
    (OverdrivenGuitar, -3.0, -16.5),
    (DistortedGuitar, -6.5, -17.0),
    (AcousticBass, 1.0, -2.0),
    (FingerBass, 0.0, -4.0),
    (PickBass, 1.0, -4.5),
    (FretlessBass, -3.0, -4.5),
    (SlapBass, 5.0, -4.0),
    (Violin, -0.5, -14.0),
    (Viola, 1.0, -13.5),
    (Cello, 1.5, -13.0),
    (Contrabass, 6.0, -10.5),
    (TremoloStrings, -0.5, -7.5),
    (Pizzicato, 2.5, 2.0),
    (Harp, 2.0, -3.5),
    (Timpani, 8.0, -5.5),
    (Strings, 1.0, -11.0),
    (SlowStrings, -2.0, -10.5),
    (Choir, 1.0, -4.0),
    (Trumpet, 0.0, -11.5),
    (Trombone, -3.5, -10.5),
    (MutedTrumpet, -2.0, -15.5),
    (Horn, -2.0, -11.0),
    (Brass, -0.5, -11.0),
    (Saxophone, -1.5, -15.0),
    (Oboe, -2.5, -15.5),
    (Bassoon, -1.5, -15.0),
    (Clarinet, -4.0, -16.0),
    (Flute, -5.0, -11.5),
    (Piccolo, -4.5, -13.0),
    (Recorder, -4.0, -11.5),
    (Whistle, -6.0, -15.5),
    (Banjo, 4.0, 1.0),
    (Kalimba, 7.5, -0.5),
    (SteelDrums, 4.5, 0.5),
    (StandardKit, 6.5, -3.5),
    (RoomKit, 5.5, -3.5),
    (ElectronicKit, 2.5, -5.5),
    (AnalogKit, -3.0, -5.5),
    (BrushKit, 6.0, -2.5),
    (OrchestraKit, 2.0, -5.5),
    (PulseLead, 0.0, 0.5),
    (PulseEcho, 0.0, 6.5),
    (PulseChords, 0.0, 6.5),
    (TriangleBass, 0.0, 0.0),
    (NoiseKit, 0.0, 5.0),
    (WaveBass, 0.0, -4.0),
    (SawLead, 0.0, -11.5),
    (SquareLead, 0.0, -15.0),
    (SuperSaw, 0.0, -11.5),
    (SynthBrass, 0.0, -11.0),
    (PluckSynth, 0.0, -5.0),
    (SubBass, 0.0, -13.5),
    (SawBass, 0.0, -8.5),
    (ReeseBass, 0.0, -11.5),
    (SidLead, 0.0, -13.5),
    (SidBass, 0.0, -14.0),
    (SidSync, 0.0, -14.5),
    (SidRing, 0.0, -10.5),
    (FmBass, 0.0, -10.5),
    (FmLead, 0.0, -11.0),
    (FmBrass, 0.0, -7.0),
    (FmKeys, 0.0, -9.0),
    (FmBell, 0.0, -7.0),
    (CartridgeStrings, 0.0, -11.5),
    (CartridgeChoir, 0.0, -11.5),
    (CartridgeFlute, 0.0, -13.0),
    (CartridgeHorn, 0.0, -11.5),
    (CartridgeHarp, 0.0, -7.0),
    (CartridgeMallet, 0.0, -8.0),
    (CartridgeBass, 0.0, -6.5),
    (CartridgeKit, 0.0, -0.5),
    (WarmPad, 0.0, -10.5),
    (GlassPad, 0.0, -4.0),
    (Transition, 0.0, -8.5),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_instrument_has_been_measured() {
        for &instrument in Instrument::ALL {
            assert!(TRIMS.iter().any(|trim| trim.0 == instrument), "{instrument:?}");
        }
    }
}
