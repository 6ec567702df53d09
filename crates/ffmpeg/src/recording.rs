//! Decodes a music file of the user's own.

use std::path::Path;

use sound::{Frame, Progress, SAMPLE_RATE, Time};

use crate::open::read_head;
use crate::sniff::{Kind, sound_demuxer};
use crate::watch::sounds;
use crate::{MediaError, Tools, child};

const STAGE: &str = "reading of the music";

impl Tools {
    /// Gives a recording (MP3, WAV, M4A, AAC, FLAC, OGG, or the sound of a film) in blocks at 48 kHz in stereo.
    ///
    /// A single channel comes at -3 dB in both sides, more than two are folded down. What is longer than the longest
    /// film is cut. How long a recording is shows only at its end, so progress is reported against the limit.
    ///
    /// # Errors
    /// [`MediaError::UnsupportedKind`], [`MediaError::Unreadable`] (also when there is no sound in it),
    /// [`MediaError::Cancelled`], [`MediaError::TimedOut`], [`MediaError::Io`].
    pub fn recording(
        &self,
        file: &Path,
        progress: &dyn Progress,
        each: &mut dyn FnMut(&[Frame]),
    ) -> Result<(), MediaError> {
        let path = file.canonicalize().map_err(MediaError::io("found", file))?;
        let (head, _) = read_head(&path)?;
        let demuxer = match sound_demuxer(&head) {
            Some(demuxer) => demuxer,
            None => Kind::sniff(&head)?.demuxer(),
        };
        let longest = self.limits.length;
        let mut invocation = self.ffmpeg(STAGE);
        invocation.add(self.fenced_as(demuxer));
        invocation.input(&path);
        invocation.add([
            "-map",
            "0:a:0",
            "-af",
            "aresample=48000,aformat=sample_fmts=flt:channel_layouts=stereo",
        ]);
        invocation.add(["-t".to_owned(), format!("{:.3}", longest.seconds())]);
        invocation.add(sounds::RAW);
        invocation.add(["pipe:1"]);
        invocation.patience = self.limits.wall_clock(longest / 8);
        let mut frames = 0;
        let ((), ended) = child::run(invocation, &self.limits, progress, &|_| false, |pipes| {
            let Some(pipe) = pipes.output else { return Ok(()) };
            sounds::frames(pipe, &mut |block| {
                frames += block.len() as i64;
                each(&block);
                progress
                    .report((Time::from_samples(frames, SAMPLE_RATE).seconds() / longest.seconds()).min(1.0));
                true
            })
        })?;
        if !ended.well() {
            return Err(MediaError::unreadable(ended.why()));
        }
        if frames == 0 {
            return Err(MediaError::unreadable("there is no sound in it"));
        }
        progress.report(1.0);
        Ok(())
    }
}
