//! The instruments a part can be written for, with the register in which they sound like themselves.

use std::ops::RangeInclusive;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How an instrument makes its sound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// Recorded: a General MIDI program of a SoundFont, or our own voice where there is none.
    Sampled,
    /// A drum kit: a program of a SoundFont's percussion bank, or our own drums.
    Kit,
    /// A channel of a sound chip.
    Chip,
    /// Our own synthesiser.
    Synth,
}

macro_rules! instruments {
    ($($variant:ident $name:literal $family:ident $program:literal $low:literal..=$high:literal;)*) => {
        /// An instrument.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        #[serde(rename_all = "kebab-case")]
        #[allow(missing_docs, reason = "the names speak")]
        pub enum Instrument { $($variant,)* }

        impl Instrument {
            /// Every instrument.
            pub const ALL: &[Instrument] = &[$(Instrument::$variant,)*];

            /// Its name in genre files and reports.
            pub fn name(self) -> &'static str {
                match self { $(Instrument::$variant => $name,)* }
            }

            /// How it makes its sound.
            pub fn family(self) -> Family {
                match self { $(Instrument::$variant => Family::$family,)* }
            }

            /// The General MIDI program, 0 to 127, that comes nearest; for kits the program of the percussion bank.
            pub fn program(self) -> u8 {
                match self { $(Instrument::$variant => $program,)* }
            }

            /// The MIDI keys in which it sounds like itself.
            pub fn register(self) -> RangeInclusive<u8> {
                match self { $(Instrument::$variant => $low..=$high,)* }
            }
        }
    };
}

instruments! {
    Piano             "piano"             Sampled 0   36..=96;
    ElectricPiano     "electric-piano"    Sampled 4   40..=88;
    FmPiano           "fm-piano"          Sampled 5   40..=88;
    Harpsichord       "harpsichord"       Sampled 6   41..=89;
    Clavinet          "clavinet"          Sampled 7   40..=84;
    Celesta           "celesta"           Sampled 8   60..=100;
    Glockenspiel      "glockenspiel"      Sampled 9   67..=103;
    MusicBox          "music-box"         Sampled 10  60..=96;
    Vibraphone        "vibraphone"        Sampled 11  53..=89;
    Marimba           "marimba"           Sampled 12  48..=91;
    Xylophone         "xylophone"         Sampled 13  65..=96;
    TubularBells      "tubular-bells"     Sampled 14  60..=79;
    Organ             "organ"             Sampled 16  40..=88;
    Accordion         "accordion"         Sampled 21  53..=89;
    Harmonica         "harmonica"         Sampled 22  60..=89;
    Ukulele           "ukulele"           Sampled 24  60..=81;
    NylonGuitar       "nylon-guitar"      Sampled 24  40..=83;
    SteelGuitar       "steel-guitar"      Sampled 25  40..=84;
    JazzGuitar        "jazz-guitar"       Sampled 26  40..=84;
    CleanGuitar       "clean-guitar"      Sampled 27  40..=86;
    MutedGuitar       "muted-guitar"      Sampled 28  40..=79;
    OverdrivenGuitar  "overdriven-guitar" Sampled 29  40..=86;
    DistortedGuitar   "distorted-guitar"  Sampled 30  40..=86;
    AcousticBass      "acoustic-bass"     Sampled 32  28..=55;
    FingerBass        "finger-bass"       Sampled 33  28..=55;
    PickBass          "pick-bass"         Sampled 34  28..=55;
    FretlessBass      "fretless-bass"     Sampled 35  28..=55;
    SlapBass          "slap-bass"         Sampled 36  28..=55;
    Violin            "violin"            Sampled 40  55..=96;
    Viola             "viola"             Sampled 41  48..=84;
    Cello             "cello"             Sampled 42  36..=76;
    Contrabass        "contrabass"        Sampled 43  28..=55;
    TremoloStrings    "tremolo-strings"   Sampled 44  40..=88;
    Pizzicato         "pizzicato"         Sampled 45  40..=88;
    Harp              "harp"              Sampled 46  36..=96;
    Timpani           "timpani"           Sampled 47  36..=57;
    Strings           "strings"           Sampled 48  36..=91;
    SlowStrings       "slow-strings"      Sampled 49  36..=91;
    Choir             "choir"             Sampled 52  48..=79;
    Trumpet           "trumpet"           Sampled 56  55..=82;
    Trombone          "trombone"          Sampled 57  40..=72;
    MutedTrumpet      "muted-trumpet"     Sampled 59  55..=82;
    Horn              "horn"              Sampled 60  41..=77;
    Brass             "brass"             Sampled 61  41..=82;
    Saxophone         "saxophone"         Sampled 65  49..=80;
    Oboe              "oboe"              Sampled 68  58..=91;
    Bassoon           "bassoon"           Sampled 70  34..=67;
    Clarinet          "clarinet"          Sampled 71  50..=89;
    Flute             "flute"             Sampled 73  60..=96;
    Piccolo           "piccolo"           Sampled 72  74..=102;
    Recorder          "recorder"          Sampled 74  60..=91;
    Whistle           "whistle"           Sampled 78  67..=96;
    Banjo             "banjo"             Sampled 105 48..=81;
    Kalimba           "kalimba"           Sampled 108 55..=88;
    SteelDrums        "steel-drums"       Sampled 114 55..=86;
    StandardKit       "standard-kit"      Kit     0   27..=119;
    RoomKit           "room-kit"          Kit     8   27..=119;
    ElectronicKit     "electronic-kit"    Kit     24  27..=119;
    AnalogKit         "analog-kit"        Kit     25  27..=119;
    BrushKit          "brush-kit"         Kit     40  27..=119;
    OrchestraKit      "orchestra-kit"     Kit     48  27..=119;
    PulseLead         "pulse-lead"        Chip    80  48..=96;
    PulseEcho         "pulse-echo"        Chip    80  48..=96;
    PulseChords       "pulse-chords"      Chip    80  48..=91;
    TriangleBass      "triangle-bass"     Chip    80  28..=60;
    NoiseKit          "noise-kit"         Chip    0   27..=119;
    WaveBass          "wave-bass"         Chip    38  28..=60;
    SawLead           "saw-lead"          Synth   81  48..=90;
    SquareLead        "square-lead"       Synth   80  48..=91;
    SuperSaw          "super-saw"         Synth   81  43..=88;
    SynthBrass        "synth-brass"       Synth   62  41..=84;
    PluckSynth        "pluck-synth"       Synth   84  48..=91;
    SubBass           "sub-bass"          Synth   38  24..=50;
    SawBass           "saw-bass"          Synth   38  28..=55;
    ReeseBass         "reese-bass"        Synth   39  26..=50;
    SidLead           "sid-lead"          Synth   80  48..=91;
    SidBass           "sid-bass"          Synth   38  26..=55;
    SidSync           "sid-sync"          Synth 81  45..=88;
    SidRing           "sid-ring"          Synth 98  55..=91;
    FmBass            "fm-bass"           Synth   39  28..=55;
    FmLead            "fm-lead"           Synth   81  48..=91;
    FmBrass           "fm-brass"          Synth   62  43..=84;
    FmKeys            "fm-keys"           Synth   5   40..=88;
    FmBell            "fm-bell"           Synth   98  60..=98;
    CartridgeStrings  "cartridge-strings" Synth 48  36..=91;
    CartridgeChoir    "cartridge-choir"   Synth 52  43..=84;
    CartridgeFlute    "cartridge-flute"   Synth 73  60..=95;
    CartridgeHorn     "cartridge-horn"    Synth 60  41..=80;
    CartridgeHarp     "cartridge-harp"    Synth 46  40..=93;
    CartridgeMallet   "cartridge-mallet"  Synth 12  53..=93;
    CartridgeBass     "cartridge-bass"    Synth 33  28..=55;
    CartridgeKit      "cartridge-kit"     Synth 0   27..=119;
    WarmPad           "warm-pad"          Synth   89  36..=88;
    GlassPad          "glass-pad"         Synth   92  48..=96;
    Transition        "transition"        Synth   119 27..=119;
}

impl Instrument {
    /// Whether the chip of an 8-bit console (Ricoh 2A03) has a channel for it.
    pub fn is_of_console(self) -> bool {
        self.family() == Family::Chip && self != Instrument::WaveBass
    }

    /// Whether it is a sample on the cartridge of a 16-bit console, whose eight voices all such parts share.
    pub fn is_of_cartridge(self) -> bool {
        use Instrument::*;
        matches!(
            self,
            CartridgeStrings
                | CartridgeChoir
                | CartridgeFlute
                | CartridgeHorn
                | CartridgeHarp
                | CartridgeMallet
                | CartridgeBass
                | CartridgeKit
        )
    }

    /// Whether its keys are drums of [`crate::drum`] and not pitches.
    pub fn is_drums(self) -> bool {
        self.family() == Family::Kit
            || matches!(self, Instrument::NoiseKit | Instrument::CartridgeKit | Instrument::Transition)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_what_genre_files_write() {
        for &instrument in Instrument::ALL {
            let read: Instrument = serde::Deserialize::deserialize(serde::de::value::StrDeserializer::<
                serde::de::value::Error,
            >::new(instrument.name()))
            .unwrap();
            assert_eq!(read, instrument);
        }
    }
}
