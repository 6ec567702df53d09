//! SoundFonts: recorded instruments, read as the hostile input they may be.

mod riff;

use std::fmt;
use std::io::{Read, Seek};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use rustysynth::SoundFont;
use score::{Family, Instrument};

use crate::sampler::recorded;

/// Why a file is not a font that can be played.
#[derive(Debug, thiserror::Error)]
pub enum FontError {
    /// It could not be read.
    #[error("the SoundFont cannot be read: {0}")]
    Unreadable(#[from] std::io::Error),
    /// It is not a SoundFont 2, or a damaged one.
    #[error("this is no SoundFont 2 that can be played: {0}")]
    Malformed(String),
    /// It is larger than any font that is reasonable.
    #[error("the SoundFont is larger than {limit} MB")]
    TooLarge {
        /// The limit in megabytes.
        limit: u64,
    },
}

/// What some instruments need of a SoundFont 2; cheap to clone, shared between threads.
#[derive(Clone)]
pub struct Font {
    loaded: Arc<Loaded>,
}

struct Loaded {
    /// Its tables; of samples it has none but the length.
    sounds: SoundFont,
    /// As many as the font has; silence where no preset that plays has a recording.
    samples: Vec<i16>,
    /// The places of the presets that play.
    presets: Vec<usize>,
}

impl fmt::Debug for Font {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Font({}, {} presets)", self.name(), self.sounds().get_presets().len())
    }
}

impl Font {
    /// Reads what `instruments` play of a SoundFont 2 of at most 1 GB of samples, from its beginning; for all others
    /// the font has nothing. A large font holds 150 MB, of which a piece needs a tenth.
    ///
    /// Compressed fonts (sf3) are not read. A damaged or hostile file is an error, never a panic.
    pub fn parse<R: Read + Seek>(reader: &mut R, instruments: &[Instrument]) -> Result<Font, FontError> {
        let mut plain = riff::Plain::new(reader)?;
        let parsed = catch_unwind(AssertUnwindSafe(|| SoundFont::new(&mut plain)));
        if let Some(fault) = plain.fault() {
            return Err(fault);
        }
        let sounds = match parsed {
            Ok(Ok(sounds)) => sounds,
            Ok(Err(fault)) => return Err(FontError::Malformed(fault.to_string())),
            Err(_) => return Err(FontError::Malformed("its parts contradict each other".into())),
        };
        let mut presets: Vec<usize> = instruments.iter().filter_map(|i| place(&sounds, *i)).collect();
        presets.sort_unstable();
        presets.dedup();
        let samples =
            plain.samples(presets.iter().flat_map(|preset| recorded(&sounds, *preset)).collect())?;
        Ok(Font { loaded: Arc::new(Loaded { sounds, samples, presets }) })
    }

    /// The name the font gives itself; may be empty.
    pub fn name(&self) -> &str {
        self.sounds().get_info().get_bank_name()
    }

    /// The place of the preset that plays an instrument; none for those whose samples were not read.
    pub(crate) fn preset(&self, instrument: Instrument) -> Option<usize> {
        place(self.sounds(), instrument).filter(|place| self.loaded.presets.contains(place))
    }

    /// Its tables.
    pub(crate) fn sounds(&self) -> &SoundFont {
        &self.loaded.sounds
    }

    /// Its samples; those of presets that do not play are silent.
    pub(crate) fn samples(&self) -> &[i16] {
        &self.loaded.samples
    }
}

/// The place of the preset that plays an instrument; a kit may be replaced by the standard kit.
fn place(sounds: &SoundFont, instrument: Instrument) -> Option<usize> {
    let (bank, wanted) = match instrument.family() {
        Family::Kit => (128, [instrument.program(), 0]),
        _ => (0, [instrument.program(); 2]),
    };
    // of two presets with one number the later counts
    let place = |program: u8| {
        let presets = sounds.get_presets();
        presets
            .iter()
            .rposition(|p| (p.get_bank_number(), p.get_patch_number()) == (bank, i32::from(program)))
    };
    wanted.into_iter().find_map(place)
}
