//! Draws a film for those who show it: what is in it on one page, a poster, a strip of frames, and its sound.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use ffmpeg::{Film, Seen, Tools};
use footage::{Gallery, Look, Profile, Raster, Strip, draw_sheet, poster};
use sound::{Frame, Portion, Progress, SAMPLE_RATE, Waveform};

use super::watching::Pace;
use super::{Found, peaks, pictures, tools, watching};
use crate::publish::Results;
use crate::stage::{Onlooker, Stage, Stopwatch};
use crate::{Fault, folder, places};

/// With fewer keyframes than these, a poster is chosen from all frames.
const CHOICE: usize = 12;

/// What is to be drawn of a film. Pictures whose names end in `.jpg` or `.jpeg` are JPEG, all others PNG.
#[derive(Clone, Debug, Default)]
pub struct Showing {
    /// What is in the film, on one page; always a PNG.
    pub sheet: Option<PathBuf>,
    /// The frame that stands for it, as large as the film is shown.
    pub poster: Option<PathBuf>,
    /// Frames at even steps, side by side: see [`Strip`].
    pub strip: Option<PathBuf>,
    /// Its own sound, drawn at several zooms: JSON, see [`Waveform::ZOOMS`].
    pub peaks: Option<PathBuf>,
}

impl Showing {
    fn files(&self) -> Vec<&Path> {
        let files = [&self.sheet, &self.poster, &self.strip, &self.peaks];
        files.into_iter().flatten().map(PathBuf::as_path).collect()
    }
}

/// Watches a film, does nothing to it, and writes what is to be drawn of it.
///
/// # Errors
/// A [`Fault`] when the film cannot be read or something cannot be written: then nothing is.
pub fn watch(film: &Path, wanted: &Showing, onlooker: &dyn Onlooker) -> Result<Found, Fault> {
    places::expect(&[film], &wanted.files(), None)?;
    let mut stopwatch = Stopwatch::new(onlooker);
    let job = folder::private(None)?;
    let tools = tools::boxed(job.path())?;
    let title = film.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let opened = Arc::new(stopwatch.run(Stage::Probe, |progress| tools.open(film, progress))?);
    let mut results = Results::default();
    let share = if wanted.files().is_empty() { 1.0 } else { 0.8 };
    let found = stopwatch.run(Stage::Watch, |progress| {
        let [watching, drawing] =
            [(0.0, share), (share, 1.0 - share)].map(|(at, share)| Portion::new(progress, at, share));
        let film = Arc::clone(&opened);
        let Some(sheet) = &wanted.sheet else {
            let watched = watching::find_out(&tools, film, Pace::Patient, job.path(), &watching)?;
            show(&tools, &opened, &watched.profile, wanted, &mut results, &drawing)?;
            return Ok(Found::new(watched));
        };
        let mut gallery = Gallery::default();
        let watched = watching::look_at(&tools, film, job.path(), &mut gallery, &watching)?;
        let drawn = draw_sheet(&title, opened.probe(), &watched.profile, &gallery);
        results.write(sheet, &png(&drawn, sheet)?)?;
        show(&tools, &opened, &watched.profile, wanted, &mut results, &drawing)?;
        Ok::<Found, Fault>(Found::new(watched))
    })?;
    results.publish(onlooker)?;
    Ok(found)
}

/// Watches a film as [`turn`](super::turn), [`add`](super::add) and [`export`](super::export) do, which need not watch it
/// again then.
///
/// # Errors
/// A [`Fault`] when the film cannot be read.
pub fn glance(film: &Path, onlooker: &dyn Onlooker) -> Result<Found, Fault> {
    let mut stopwatch = Stopwatch::new(onlooker);
    let job = folder::private(None)?;
    let tools = tools::boxed(job.path())?;
    let film = Arc::new(stopwatch.run(Stage::Probe, |progress| tools.open(film, progress))?);
    let watched = stopwatch.run(Stage::Watch, |progress| {
        watching::find_out(&tools, film, Pace::Hurried, job.path(), progress)
    })?;
    Ok(Found::new(watched))
}

/// Adds a film's poster, its strip and its peaks to the results, where they are wanted.
fn show(
    tools: &Tools,
    film: &Film,
    profile: &Profile,
    wanted: &Showing,
    results: &mut Results,
    progress: &dyn Progress,
) -> Result<(), Fault> {
    let [looking, drawing] = [0.0, 0.5].map(|from| Portion::new(progress, from, 0.5));
    let (gallery, waveform) = once_more(tools, film, wanted, &looking)?;
    if let Some(path) = &wanted.poster {
        let frames = tools.frames(film, &[poster(&gallery, profile)], None, &drawing)?;
        results.write(path, &picture(tools, &frames[0], path, &drawing)?)?;
    }
    if let Some(path) = &wanted.strip {
        let frames =
            tools.frames(film, &Strip::moments(film.probe().length), Some(Strip::HEIGHT), &drawing)?;
        results.write(path, &picture(tools, &Strip::lay(&frames), path, &drawing)?)?;
    }
    if let Some(path) = &wanted.peaks {
        results.write(path, &peaks::document(&waveform.finish()))?;
    }
    Ok(())
}

/// Looks and listens again for what a profile does not keep: frames to choose from, and the course of the sound.
fn once_more(
    tools: &Tools,
    film: &Film,
    wanted: &Showing,
    progress: &dyn Progress,
) -> Result<(Gallery, Waveform), Fault> {
    let (mut gallery, mut waveform) = (Gallery::default(), Waveform::default());
    // Exactly as long as the picture; where the sound ends before it there is silence.
    let mut left = film.probe().length.samples(SAMPLE_RATE).max(0) as usize;
    let mut hear = |frames: &[Frame]| {
        let frames = &frames[..frames.len().min(left)];
        left -= frames.len();
        waveform.add(frames);
        left > 0
    };
    let few = film.packets().iter().filter(|packet| packet.keyframe).count() < CHOICE;
    match (wanted.poster.is_some(), wanted.peaks.is_some()) {
        (true, true) if !few => tools.keyframes_and_sound(film, progress, &mut |seen| match seen {
            Seen::Still(still) => gallery.show(&still),
            Seen::Sound(frames) => _ = hear(frames),
        })?,
        (posing, sounding) => {
            let [first, second] = [0.0, 0.5].map(|from| Portion::new(progress, from, 0.5));
            if posing {
                let look = if few { Look::Whole } else { Look::Keyframes };
                tools.stills(film, &look, &first, &mut |still| gallery.show(&still))?;
            }
            if sounding {
                tools.film_sound(film, &second, &mut |frames| _ = hear(frames))?;
            }
        }
    }
    while wanted.peaks.is_some() && hear(&[[0.0; 2]; 4096]) {}
    Ok((gallery, waveform))
}

/// The bytes of the picture that will be `path`.
fn picture(tools: &Tools, raster: &Raster, path: &Path, progress: &dyn Progress) -> Result<Vec<u8>, Fault> {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    match ending.as_deref() {
        Some("jpg" | "jpeg") => Ok(tools.jpeg(raster, progress)?),
        _ => png(raster, path),
    }
}

/// The bytes of the PNG that will be `path`.
fn png(raster: &Raster, path: &Path) -> Result<Vec<u8>, Fault> {
    let wrong = |fault: png::EncodingError| std::io::Error::other(fault.to_string());
    pictures::png(raster).map_err(wrong).map_err(Fault::file("written", path))
}
