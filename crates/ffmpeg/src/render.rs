//! Makes the output: picture and sound into one MP4, unpublished until it has been checked.

use std::fs::{File, Permissions};
use std::io::{BufRead, BufReader, ErrorKind};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::ChildStdout;

use sound::{Frame, Progress, Time};
use tempfile::NamedTempFile;

use crate::child::{self, Ended};
use crate::encode_sound::EncodedSound;
use crate::film::Film;
use crate::media_box::Invocation;
use crate::picture::FinishedPicture;
use crate::plan::clocked;
use crate::sniff::Kind;
use crate::tools::file_url;
use crate::watch::sounds;
use crate::{MediaError, Tools};

const STAGE: &str = "writing of the film";

/// A finished but unpublished output; it lies under a hidden name beside its target and goes when this is dropped.
#[derive(Debug)]
pub struct Draft {
    file: NamedTempFile,
    target: PathBuf,
}

impl Draft {
    /// A place for a film's output beside `target`, which is not the film itself.
    ///
    /// # Errors
    /// [`MediaError::RenderFailed`] when it is, [`MediaError::Io`] when the target's folder cannot be written.
    fn of(film: &Film, target: &Path) -> Result<Draft, MediaError> {
        if target.canonicalize().is_ok_and(|target| target == film.path) {
            return Err(MediaError::failed(STAGE, "the output would replace the film itself"));
        }
        let target = std::path::absolute(target).map_err(MediaError::io("found", target))?;
        let folder = target.parent().unwrap_or(Path::new("/")).to_owned();
        let folder = folder.canonicalize().map_err(MediaError::io("found", &folder))?;
        let file = tempfile::Builder::new()
            .prefix(".undersong-")
            .suffix(".mp4")
            // The umask takes its part, as with any file the user makes.
            .permissions(Permissions::from_mode(0o666))
            .tempfile_in(&folder)
            .map_err(MediaError::io("written", &folder))?;
        Ok(Draft { file, target })
    }

    /// Where it lies until it is published.
    pub fn path(&self) -> &Path {
        self.file.path()
    }

    /// Makes it durable and gives it its name, replacing what bears it now; all or nothing.
    ///
    /// # Errors
    /// [`MediaError::Io`]: while it says "written" or "opened", nothing has changed. When it says "made durable", the
    /// film has its name and is whole, but the disk failed to confirm that, so a power cut may undo it.
    pub fn publish(self) -> Result<PathBuf, MediaError> {
        let Draft { file, target } = self;
        // The child wrote through a descriptor of its own; the flush covers the file, whoever wrote it.
        file.as_file().sync_all().map_err(MediaError::io("written", &target))?;
        let folder = target.parent().unwrap_or(Path::new("/"));
        // Opened first: what can fail shall fail before the name changes hands.
        let opened = File::open(folder).map_err(MediaError::io("opened", folder))?;
        file.persist(&target).map_err(|error| MediaError::io("written", &target)(error.error))?;
        match opened.sync_all() {
            // Some file systems cannot flush a folder; the file itself is safe.
            Err(error) if !matches!(error.kind(), ErrorKind::InvalidInput | ErrorKind::Unsupported) => {
                Err(MediaError::io("made durable", folder)(error))
            }
            _ => Ok(target),
        }
    }
}

impl Tools {
    /// Puts a finished picture and `sound` into one MP4 that will be `target` when published; gives `each` the sound as
    /// a listener gets it, in blocks at 48 kHz, cut to its length. One child does both.
    ///
    /// # Errors
    /// [`MediaError::RenderFailed`], [`MediaError::Cancelled`], [`MediaError::TimedOut`], [`MediaError::Io`]. The
    /// unfinished file is gone then.
    pub fn render(
        &self,
        film: &Film,
        picture: &FinishedPicture,
        sound: &EncodedSound,
        target: &Path,
        progress: &dyn Progress,
        each: &mut dyn FnMut(&[Frame]),
    ) -> Result<Draft, MediaError> {
        let draft = Draft::of(film, target)?;
        let mut heard = 0u64;
        let mut invocation = self.rendering(film, picture, Some(sound));
        invocation.add([file_url(draft.path())]);
        invocation.writes.push(draft.path().to_owned());
        invocation.add(["-map", "1:a:0"]);
        invocation.add(sounds::RAW);
        invocation.add(["pipe:1"]);
        invocation.patience = self.limits.wall_clock(film.probe.length);
        let ((), ended) = child::run(invocation, &self.limits, progress, &|_| false, |pipes| {
            let Some(pipe) = pipes.output else { return Ok(()) };
            sounds::frames(pipe, &mut |block| {
                let wanted = sound.frames.saturating_sub(heard).min(block.len() as u64) as usize;
                heard += wanted as u64;
                each(&block[..wanted]);
                progress.report((heard as f64 / sound.frames.max(1) as f64).min(1.0));
                true
            })
        })?;
        if !ended.well() {
            return Err(MediaError::failed(STAGE, ended.why()));
        }
        if heard < sound.frames {
            let why = format!("its sound ends {} samples early", sound.frames - heard);
            return Err(MediaError::failed(STAGE, why));
        }
        progress.report(1.0);
        Ok(draft)
    }

    /// Puts a finished picture and the film's own sound, packet by packet, into one MP4 that will be `target` when
    /// published, as a plan [with own sound](crate::RenderPlan::with_own_sound) has it.
    ///
    /// # Errors
    /// As [`Tools::render`].
    pub fn render_with_own_sound(
        &self,
        film: &Film,
        picture: &FinishedPicture,
        target: &Path,
        progress: &dyn Progress,
    ) -> Result<Draft, MediaError> {
        let draft = Draft::of(film, target)?;
        let mut invocation = self.rendering(film, picture, None);
        invocation.writes.push(draft.path().to_owned());
        let ended = self.write_film(invocation, film.probe.length, draft.path(), progress)?;
        if !ended.well() {
            return Err(MediaError::failed(STAGE, ended.why()));
        }
        progress.report(1.0);
        Ok(draft)
    }

    /// The child that puts together a film, before its outputs are named.
    fn rendering(&self, film: &Film, picture: &FinishedPicture, sound: Option<&EncodedSound>) -> Invocation {
        let mut invocation = self.ffmpeg(STAGE);
        invocation.add(clocked(film));
        let made = [sound.map(|sound| &sound.path), picture.file.as_ref()].into_iter().flatten();
        let origin = film.origin.as_ref().map(|origin| (origin.kind, &origin.path));
        let inputs: Vec<_> = [(film.kind, &film.path)]
            .into_iter()
            .chain(made.map(|path| (Kind::Mp4, path)))
            .chain(origin)
            .collect();
        for (kind, path) in &inputs {
            invocation.add(self.fenced(*kind));
            // A thread for each input would take longer to hand packets over than to read them.
            invocation.add(["-thread_queue_size", "0"]);
            invocation.input(path);
        }
        invocation.add(&picture.plan.muxing);
        if film.origin.is_some() {
            invocation.add(["-map_metadata".to_owned(), (inputs.len() - 1).to_string()]);
        }
        invocation
    }

    /// Runs a child that writes `output`, in which `length` is played.
    pub(crate) fn write_film(
        &self,
        mut invocation: Invocation,
        length: Time,
        output: &Path,
        progress: &dyn Progress,
    ) -> Result<Ended, MediaError> {
        invocation.add(["-progress", "pipe:1", "-stats_period", "0.25"]);
        invocation.add([file_url(output)]);
        invocation.patience = self.limits.wall_clock(length);
        let ((), ended) = child::run(invocation, &self.limits, progress, &|_| false, |pipes| {
            follow(pipes.output, length, progress);
            Ok(())
        })?;
        Ok(ended)
    }
}

/// Reports progress from lines like `out_time_us=1234567`.
fn follow(pipe: Option<ChildStdout>, length: Time, progress: &dyn Progress) {
    let Some(pipe) = pipe else { return };
    let mut done: f64 = 0.0;
    for line in BufReader::new(pipe).lines() {
        let Ok(line) = line else { return };
        let micros = line.strip_prefix("out_time_us=").and_then(|value| value.parse::<i64>().ok());
        if let Some(micros) = micros {
            done = done.max((micros as f64 / 1e6 / length.seconds().max(1e-3)).clamp(0.0, 1.0));
            progress.report(done);
        }
    }
}
