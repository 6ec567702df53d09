//! Finds and opens the SoundFont, only when a score wants one.

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use score::{Instrument, Score};
use synth::Font;

use crate::Fault;

/// Names the SoundFont to use; empty or `none` means: our own voices.
const VARIABLE: &str = "UNDERSONG_SOUNDFONT";

/// Where systems keep SoundFonts: Debian, Fedora, Arch, Homebrew on both kinds of Mac, and the user's own.
const FOLDERS: [&str; 8] = [
    "/usr/share/sounds/sf2",
    "/usr/share/soundfonts",
    "/usr/local/share/sounds/sf2",
    "/usr/local/share/soundfonts",
    "/opt/homebrew/share/soundfonts",
    "/opt/homebrew/share/sounds/sf2",
    ".local/share/soundfonts",
    "Library/Audio/Sounds/Banks",
];

/// Known fonts, the preferred first, with the licence the record names.
const KNOWN: [(&str, &str); 5] = [
    ("FluidR3_GM.sf2", "MIT"),
    ("MuseScore_General_Full.sf2", "MIT"),
    ("MuseScore_General.sf2", "MIT"),
    ("sf_GMbank.sf2", "public domain"),
    ("default.sf2", "as its distributor says"),
];

/// A SoundFont with where it came from.
pub(crate) struct Found {
    /// The font.
    pub(crate) font: Font,
    /// Its file name.
    pub(crate) name: String,
    /// Its licence, as far as it is known.
    pub(crate) licence: &'static str,
}

/// Opens the SoundFont for a score; `None` where there is none, so that our own voices play.
///
/// # Errors
/// [`Fault::Font`] or [`Fault::File`] only for a font that was named in `UNDERSONG_SOUNDFONT`; one merely found in a
/// usual place and found broken is passed over.
pub(crate) fn open(score: &Score) -> Result<Option<Found>, Fault> {
    match std::env::var_os(VARIABLE) {
        Some(named) if named.is_empty() || named == "none" => Ok(None),
        Some(named) => read(Path::new(&named), score).map(Some),
        None => {
            Ok(places().into_iter().filter(|path| path.is_file()).find_map(|path| read(&path, score).ok()))
        }
    }
}

fn places() -> Vec<PathBuf> {
    let home = std::env::var_os("HOME").map(PathBuf::from).unwrap_or_default();
    KNOWN
        .iter()
        .flat_map(|(file, _)| FOLDERS.iter().map(move |folder| Path::new(folder).join(file)))
        .map(|path| if path.is_absolute() { path } else { home.join(path) })
        .collect()
}

fn read(path: &Path, score: &Score) -> Result<Found, Fault> {
    let instruments: Vec<Instrument> = score.parts.iter().map(|part| part.instrument).collect();
    let file = File::open(path).map_err(Fault::file("read", path))?;
    let font = Font::parse(&mut BufReader::with_capacity(1 << 16, file), &instruments)
        .map_err(|source| Fault::Font { path: path.to_owned(), source })?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let licence =
        KNOWN.iter().find(|(file, _)| *file == name).map_or("not known to us", |(_, licence)| licence);
    Ok(Found { font, name, licence })
}
