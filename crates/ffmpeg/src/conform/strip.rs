//! The clips' own sound, laid one after the other sample by sample.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use sound::{Frame, Portion, Progress, SAMPLE_RATE, Time};
use timeline::Placed;

use super::{Bench, Material, STAGE};
use crate::film::Film;
use crate::{MediaError, Tools};

/// Samples of silence that are written at once.
const BLOCK: usize = 8192;

impl Tools {
    /// Writes the clips' own sound as raw stereo floats at 48 kHz; none where no clip has any.
    ///
    /// # Errors
    /// [`MediaError::RenderFailed`], [`MediaError::Cancelled`], [`MediaError::TimedOut`], [`MediaError::Io`].
    pub(super) fn lay_strip(
        &self,
        bench: &Bench<'_>,
        job: &Path,
        progress: &dyn Progress,
    ) -> Result<Option<PathBuf>, MediaError> {
        let placed = bench.timeline.placed();
        let heard = placed.iter().map(|at| film_heard(bench, at)).collect::<Result<Vec<_>, _>>()?;
        if heard.iter().all(Option::is_none) {
            return Ok(None);
        }
        let path = job.join("cut-sound.f32");
        let mut strip = Strip::create(&path)?;
        let whole = bench.timeline.length().seconds().max(1e-3);
        for (index, (at, film)) in placed.iter().zip(heard).enumerate() {
            let next = placed.get(index + 1).map(|next| next.clip.crossfade).unwrap_or_default();
            let share =
                Portion::new(progress, at.span.start.seconds() / whole, at.span.length().seconds() / whole);
            strip.begin(at.span.start, at.span.end, at.clip.crossfade, next)?;
            if let Some(film) = film {
                let gain = (at.clip.level_pct / 100.0) as f32;
                self.clip_sound(film, at.clip, &share, &mut |block| strip.add(block, gain))?;
            }
            strip.end()?;
        }
        strip.finish()?;
        Ok(Some(path))
    }
}

/// The film whose sound is heard in a clip.
fn film_heard<'a>(bench: &Bench<'a>, at: &Placed) -> Result<Option<&'a Film>, MediaError> {
    let material = bench.material.get(&at.clip.source);
    Ok(match material.ok_or_else(|| MediaError::failed(STAGE, "a source of it is missing"))? {
        Material::Film(film) if film.probe.sound.is_some() && !at.clip.muted && at.clip.level_pct > 0.0 => {
            Some(film)
        }
        _ => None,
    })
}

/// Sound being laid: what fades out is kept until it is mixed with what fades in.
struct Strip {
    path: PathBuf,
    file: BufWriter<File>,
    /// The end of the clip before, fading.
    before: Vec<Frame>,
    /// The end of this clip, as far as it is known, fading.
    after: Vec<Frame>,
    /// The clip that is laid now.
    now: Laid,
}

/// How far a clip is laid, in samples.
#[derive(Clone, Copy, Debug, Default)]
struct Laid {
    length: usize,
    rise: usize,
    fall: usize,
    done: usize,
}

impl Strip {
    fn create(path: &Path) -> Result<Strip, MediaError> {
        let file = File::create(path).map_err(MediaError::io("written", path))?;
        Ok(Strip {
            path: path.to_owned(),
            file: BufWriter::new(file),
            before: Vec::new(),
            after: Vec::new(),
            now: Laid::default(),
        })
    }

    /// Begins the clip that plays from `start` to `end`, fades in with the one before and out with the next.
    fn begin(&mut self, start: Time, end: Time, rise: Time, fall: Time) -> Result<(), MediaError> {
        // Borders are rounded on the film's clock, so that nothing adds up over many clips.
        let samples = |time: Time| time.samples(SAMPLE_RATE).max(0) as usize;
        let rise = samples(start + rise) - samples(start);
        let fall = samples(end) - samples(end - fall);
        self.now = Laid { length: samples(end) - samples(start), rise, fall, done: 0 };
        self.before = std::mem::take(&mut self.after);
        self.before.resize(rise, [0.0; 2]);
        Ok(())
    }

    fn add(&mut self, block: &[Frame], gain: f32) -> Result<(), MediaError> {
        let Laid { length, rise, fall, done } = self.now;
        let taken = block.len().min(length - done);
        let mut laid: Vec<Frame> = Vec::with_capacity(taken);
        for (place, frame) in (done..).zip(&block[..taken]) {
            let mut frame = frame.map(|sample| sample * gain);
            if place < rise {
                let share = (place as f32 + 0.5) / rise as f32;
                let before = self.before[place];
                frame = [0, 1].map(|side| frame[side] * risen(share) + before[side]);
            }
            if place >= length - fall {
                let share = ((place - (length - fall)) as f32 + 0.5) / fall as f32;
                self.after.push(frame.map(|sample| sample * risen(1.0 - share)));
            } else {
                laid.push(frame);
            }
        }
        self.now.done += taken;
        self.file.write_all(bytemuck::cast_slice(&laid)).map_err(MediaError::io("written", &self.path))
    }

    /// Fills up with silence where the clip's sound ends early.
    fn end(&mut self) -> Result<(), MediaError> {
        while self.now.done < self.now.length {
            let silence = vec![[0.0; 2]; BLOCK.min(self.now.length - self.now.done)];
            self.add(&silence, 0.0)?;
        }
        Ok(())
    }

    fn finish(mut self) -> Result<(), MediaError> {
        self.file.flush().map_err(MediaError::io("written", &self.path))
    }
}

/// The gain of what rises, at equal power with what falls.
fn risen(share: f32) -> f32 {
    (share * std::f32::consts::FRAC_PI_2).sin()
}
