//! The own sound of a clip, at the speed of the clip and at its own pitch.

use sound::{Frame, Progress, SAMPLE_RATE, Time};
use timeline::Clip;

use super::STAGE;
use crate::child::Ended;
use crate::entry::{keyframe_before, keyframes};
use crate::film::Film;
use crate::watch::sounds;
use crate::{MediaError, Tools, child};

/// How much earlier decoding begins, so that the first samples that count are right.
const AHEAD: Time = Time::from_ticks(sound::TICKS_PER_SECOND / 2);
/// How far into the sound `rubberband` with a short window keeps its place: what lies before comes late by as much as
/// it is slower, what lies after early. Measured with clicks from 0.4 to 4 times the speed.
const HINGE: f64 = 0.015;

impl Tools {
    /// Gives the sound of a clip at its speed, from its first moment on, at least nearly to its last.
    pub(super) fn clip_sound(
        &self,
        film: &Film,
        clip: &Clip,
        progress: &dyn Progress,
        each: &mut dyn FnMut(&[Frame]) -> Result<(), MediaError>,
    ) -> Result<(), MediaError> {
        if film.probe.sound.is_none() {
            return Ok(());
        }
        let ended = self.stretched(film, clip, Stretcher::Rubberband, progress, each)?;
        // Not every ffmpeg was built with it; nothing has sounded yet then.
        let missing = ended.log.contains("No such filter") || ended.log.contains("Filter not found");
        let ended = match ended.well() {
            false if missing => self.stretched(film, clip, Stretcher::Atempo, progress, each)?,
            _ => ended,
        };
        if ended.well() { Ok(()) } else { Err(MediaError::failed(STAGE, ended.why())) }
    }

    fn stretched(
        &self,
        film: &Film,
        clip: &Clip,
        stretcher: Stretcher,
        progress: &dyn Progress,
        each: &mut dyn FnMut(&[Frame]) -> Result<(), MediaError>,
    ) -> Result<Ended, MediaError> {
        let mut invocation = self.ffmpeg(STAGE);
        invocation.add(["-copyts"]);
        let early = film.clock.stamp((clip.span.start - AHEAD).max(Time::ZERO));
        if let Some(keyframe) = keyframe_before(&keyframes(&film.stored), early) {
            invocation.add(["-seek_timestamp", "1", "-noaccurate_seek", "-ss"]);
            invocation.add([film.clock.absolute(keyframe)]);
        }
        invocation.add(self.fenced(film.kind));
        invocation.input(&film.path);
        if let Some(own) = &film.probe.sound {
            let from = film.clock.sound_start() + clip.span.start - stretcher.late(clip.speed_pct);
            let until = film.clock.sound_start() + clip.span.end + AHEAD;
            let filters = sounds::between(own, from, until, &stretcher.filters(clip.speed_pct));
            invocation.add(["-map".to_owned(), format!("0:{}", own.stream), "-filter:a".to_owned(), filters]);
        }
        invocation.add(sounds::RAW);
        invocation.add(["pipe:1"]);
        invocation.patience = self.limits.wall_clock(clip.span.end);
        let length = clip.length().seconds().max(1e-3);
        let (mut frames, mut fault) = (0, None);
        let ((), ended) = child::run(invocation, &self.limits, progress, &|_| false, |pipes| {
            let Some(pipe) = pipes.output else { return Ok(()) };
            sounds::frames(pipe, &mut |block| {
                frames += block.len() as i64;
                progress.report((Time::from_samples(frames, SAMPLE_RATE).seconds() / length).min(1.0));
                fault = each(&block).err();
                fault.is_none()
            })
        })?;
        fault.map_or(Ok(ended), Err)
    }
}

/// What plays sound at another speed and the same pitch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stretcher {
    /// Keeps what is sharp in its place; its name is that of the filter.
    Rubberband,
    /// In every ffmpeg; sharp sounds may come 30 ms early.
    Atempo,
}

impl Stretcher {
    fn filters(self, speed_pct: u32) -> String {
        let step = |factor: f64| match self {
            Stretcher::Rubberband => format!(",rubberband=tempo={factor:.6}:window=short"),
            Stretcher::Atempo => format!(",atempo={factor:.6}"),
        };
        steps(speed_pct).into_iter().map(step).collect()
    }

    /// How much too late the sound would come.
    fn late(self, speed_pct: u32) -> Time {
        match self {
            Stretcher::Rubberband => Time::from_seconds(HINGE * (1.0 - f64::from(speed_pct) / 100.0)),
            Stretcher::Atempo => Time::ZERO,
        }
    }
}

/// Factors between a half and two that come to a speed together: in this range both filters do well.
fn steps(speed_pct: u32) -> Vec<f64> {
    let mut left = f64::from(speed_pct.max(1)) / 100.0;
    let mut steps = Vec::new();
    while !(0.5..=2.0).contains(&left) {
        let step = if left < 0.5 { 0.5 } else { 2.0 };
        steps.push(step);
        left /= step;
    }
    if (left - 1.0).abs() > 1e-9 {
        steps.push(left);
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn speeds_are_reached_in_steps_that_sound_well() {
        assert!(steps(100).is_empty());
        assert_eq!(steps(150), [1.5]);
        assert_eq!(steps(40), [0.5, 0.8]);
        assert_eq!(steps(800), [2.0, 2.0, 2.0]);
        assert_eq!(steps(10), [0.5, 0.5, 0.5, 0.8]);
    }
}
