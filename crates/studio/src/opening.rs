//! Opens a file that somebody gave: a film, a photo or a recording.

use std::path::Path;

use ffmpeg::{Material, MediaError, Tools};
use sound::{Progress, SAMPLE_RATE, Time};
use timeline::{Size, Source};

use crate::scoring::boxed;
use crate::stage::{Onlooker, Stage, Stopwatch};
use crate::{Fault, folder};

/// What a file turned out to be.
#[derive(Clone, Debug, PartialEq)]
pub enum Opened {
    /// It moves, or could.
    Film {
        /// How long its picture lasts.
        length: Time,
        /// How large it is shown.
        size: Size,
        /// Pictures a second, on average.
        frames_per_second: f64,
        /// Whether it has sound of its own.
        has_sound: bool,
        /// The container's short name: `mp4`, `matroska`, `gif`, ...
        container: String,
    },
    /// It stands still.
    Photo {
        /// How large it is shown.
        size: Size,
    },
    /// It is only heard.
    Recording {
        /// How long it plays.
        length: Time,
    },
}

impl Opened {
    /// What a timeline needs to know of it; `None` for what is only heard.
    pub fn source(&self, name: &str) -> Option<Source> {
        let (known, size) = match self {
            Opened::Film { length, size, .. } => (Source::film(name, *length), size),
            Opened::Photo { size } => (Source::photo(name), size),
            Opened::Recording { .. } => return None,
        };
        Some(Source { size: Some(*size), ..known })
    }
}

/// Opens a file by what is in it; its name does not count.
///
/// # Errors
/// A [`Fault`] where it is nothing that can be used, or cannot be read.
pub fn open(file: &Path, onlooker: &dyn Onlooker) -> Result<Opened, Fault> {
    let job = folder::private(None)?;
    let tools = boxed(job.path())?;
    Stopwatch::new(onlooker).run(Stage::Probe, |progress| match tools.open_material(file, progress) {
        Ok(Material::Film(film)) => {
            let probe = film.probe();
            let (width, height) = (probe.picture.width, probe.picture.height);
            Ok(Opened::Film {
                length: probe.length,
                size: Size { width, height },
                frames_per_second: probe.picture.frames_per_second(),
                has_sound: probe.sound.is_some(),
                container: probe.container.clone(),
            })
        }
        Ok(Material::Photo(photo)) => Ok(Opened::Photo { size: photo.size() }),
        Err(MediaError::NoPicture { .. }) => heard(&tools, file, progress),
        Err(fault) => Err(fault.into()),
    })
}

/// A recording is as long as what is heard of it: what its container says is often a guess.
fn heard(tools: &Tools, file: &Path, progress: &dyn Progress) -> Result<Opened, Fault> {
    let mut frames = 0;
    tools.recording(file, progress, &mut |block| frames += block.len() as i64)?;
    Ok(Opened::Recording { length: Time::from_samples(frames, SAMPLE_RATE) })
}
