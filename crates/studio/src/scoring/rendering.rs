//! Makes the picture and encodes the sound beside it, writes the file, measures it and corrects it where it must be.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use ffmpeg::{
    Checked, Draft, EncodedSound, Film, FinishedPicture, MediaError, PictureMode, RenderPlan, Tools,
};
use mix::{Master, Measured, Meter, Peaks, Setting, Solved, Spots};
use sound::{Decibels, Frame, Portion, Progress};
use timeline::Timeline;

use super::Finished;
use super::desk::Desk;
use super::encoding::Encoding;
use super::sound_mix::Mixed;
use crate::Fault;
use crate::composition::through;
use crate::side_by_side::side_by_side;

/// How often the file is made at most until loudness and peaks are right.
const ATTEMPTS: u32 = 4;
/// So far from the loudness, in LU, a second correction is not worth its time; and so far above the peak.
const NEAR: f64 = 0.3;
const NEAR_PEAK: Decibels = Decibels(0.05);

/// What is to be seen.
pub(super) struct Shown<'a> {
    pub(super) desk: &'a Desk,
    pub(super) timeline: &'a Timeline,
    /// The timeline whose picture `film` shows.
    pub(super) shows: &'a Timeline,
    pub(super) film: &'a Arc<Film>,
}

impl Shown<'_> {
    fn is_recut(&self) -> bool {
        !self.timeline.shows_like(self.shows)
    }

    /// The film as it is to be shown: a picture of another shape runs like the film that was watched, so it was not needed
    /// before, and its sound is mixed already.
    fn film(&self, tools: &Tools, folder: &Path, progress: &dyn Progress) -> Result<Arc<Film>, Fault> {
        if self.is_recut() {
            self.desk.film(tools, self.timeline, false, folder, progress)
        } else {
            Ok(Arc::clone(self.film))
        }
    }

    /// The film as it is to be shown and its finished picture.
    fn finished(
        &self,
        tools: &Tools,
        folder: &Path,
        progress: &dyn Progress,
    ) -> Result<(Arc<Film>, FinishedPicture), Fault> {
        let recut = if self.is_recut() { 0.9 } else { 0.0 };
        let film = self.film(tools, folder, &Portion::new(progress, 0.0, recut))?;
        let finishing = Portion::new(progress, recut, 1.0 - recut);
        let picture = tools.finish_picture(&film, self.plan(&film), folder, &finishing)?;
        Ok((film, picture))
    }

    fn plan(&self, film: &Film) -> RenderPlan {
        RenderPlan::new(film, &self.timeline.titles, self.desk.delivery())
    }

    /// How much of the work for picture and sound is the picture's, from 0 to 1.
    fn share(&self) -> f64 {
        match self.plan(self.film).mode {
            _ if self.is_recut() => 0.9,
            PictureMode::Encode => 0.9,
            PictureMode::Partly => 0.3,
            PictureMode::Copy => 0.0,
        }
    }
}

/// Makes the finished film, which has no name yet.
pub(super) fn render(
    tools: &Tools,
    shown: &Shown<'_>,
    mixed: &Mixed,
    folder: &Path,
    output: &Path,
    progress: &dyn Progress,
) -> Result<(Finished, Draft), Fault> {
    let path = std::path::absolute(output).map_err(Fault::file("found", output))?;
    let mut setting = mixed.solved.setting;
    let mut spots = Spots::default();
    let encoding = Encoding { tools, mixed, folder };
    let ((film, picture), sound) = side_by_side(
        &Portion::new(progress, 0.0, 0.7),
        shown.share(),
        |progress| shown.finished(tools, folder, progress),
        |progress| encoding.encode(setting, &spots, progress),
    )?;
    let attempt = Attempt { encoding, film: &film, output };
    let mut made = attempt.make(picture, &sound, setting, &Portion::new(progress, 0.7, 0.1))?;
    // What the codec did to loudness and peaks shows only on the decoded sound. One correction is mostly enough.
    for round in 1..ATTEMPTS {
        let now = Solved { setting, ..mixed.solved };
        let verdict = mixed.goal.verdict(&now, &made.sound);
        let near = verdict.loudness_off.abs() <= NEAR && verdict.peak_over <= NEAR_PEAK;
        let Some(better) = mixed.goal.correct(&now, &made.sound).filter(|_| round == 1 || !near) else {
            break;
        };
        let left = Portion::new(progress, 1.0 - 0.2 / f64::from(round), 0.1 / f64::from(round));
        if better.ceiling < setting.ceiling {
            let more = spots.with(&made.peaks, mixed.goal.true_peak).unwrap_or_else(|| spots.clone());
            // Where no sample stands out, or lowering those that do was not enough, the ceiling must do.
            setting = match round == 1 && more != spots {
                true => Setting { ceiling: setting.ceiling, ..better },
                false => settled(mixed, better, &left)?,
            };
            spots = more;
        } else {
            setting = better;
        }
        made = match attempt.again(made.picture.clone(), setting, &spots, &left) {
            Ok(corrected) => corrected,
            // The film that was made is whole; what it lacks is told as a warning.
            Err(fault) if !fault.is_cancelled() => break,
            Err(fault) => return Err(fault),
        };
    }
    progress.report(1.0);
    Ok(made.told(shown, &film, path))
}

/// A lower ceiling takes loudness away; this gives back what it took.
fn settled(mixed: &Mixed, setting: Setting, progress: &dyn Progress) -> Result<Setting, Fault> {
    let mut meter = Meter::of_loudness();
    through(&mixed.sum, Master::new(setting), |frames| {
        meter.add(frames);
        Ok(progress.check()?)
    })?;
    let lost = mixed.solved.lufs.zip(meter.finish().lufs).map_or(0.0, |(wanted, now)| wanted - now);
    // More than this is not the ceiling's doing.
    Ok(Setting { gain: setting.gain + Decibels(lost.clamp(-1.0, 1.0)), ..setting })
}

/// A file that was made and measured, but has no name yet.
struct Made {
    film_gain: Decibels,
    draft: Draft,
    picture: FinishedPicture,
    checked: Checked,
    sound: Measured,
    peaks: Peaks,
}

impl Made {
    /// What is told of the file, and the file.
    fn told(self, shown: &Shown<'_>, film: &Film, path: PathBuf) -> (Finished, Draft) {
        let Made { film_gain, draft, picture, mut checked, sound, .. } = self;
        let mut told = (picture.plan.mode, picture.plan.why.clone());
        if shown.timeline.untouched().is_none() {
            // What was copied then are packets of the film that was cut; not all of them are a source's own.
            checked.packets_copied = picture.packets_kept(film);
            let (mode, why) = match checked.packets_copied {
                0 => (PictureMode::Encode, "its clips, its shape or its fades are not the source's"),
                all if all == checked.packets => (PictureMode::Copy, "it is cut at the source's keyframes"),
                _ => (PictureMode::Partly, "only what lies between cuts and keyframes is encoded"),
            };
            told = (mode, why.into());
        }
        let (mode, why) = told;
        (Finished { path, picture: mode, why, film_gain, checked, sound: Some(sound) }, draft)
    }
}

/// A film being made of a picture and a sound.
struct Attempt<'a> {
    encoding: Encoding<'a>,
    film: &'a Film,
    output: &'a Path,
}

impl Attempt<'_> {
    /// Makes and measures the file; where a copied picture does not hold, it is encoded after all.
    fn make(
        &self,
        mut picture: FinishedPicture,
        sound: &EncodedSound,
        setting: Setting,
        progress: &dyn Progress,
    ) -> Result<Made, Fault> {
        let Encoding { tools, folder, .. } = self.encoding;
        loop {
            let mut meter = Meter::new();
            let mut peaks = Peaks::default();
            let mut hear = |frames: &[Frame]| {
                meter.add(frames);
                peaks.add(frames);
            };
            let draft = tools.render(self.film, &picture, sound, self.output, progress, &mut hear)?;
            match draft.verify(self.film, &picture, sound) {
                Ok(checked) => {
                    let film_gain = setting.gain;
                    return Ok(Made { film_gain, draft, picture, checked, sound: meter.finish(), peaks });
                }
                Err(MediaError::RenderFailed { stage, why }) => {
                    let Some(plan) = picture.plan.fall_back(self.film, &why) else {
                        return Err(MediaError::RenderFailed { stage, why }.into());
                    };
                    picture = tools.finish_picture(self.film, plan, folder, progress)?;
                }
                Err(fault) => return Err(fault.into()),
            }
        }
    }

    /// The same with another setting of the sound.
    fn again(
        &self,
        picture: FinishedPicture,
        setting: Setting,
        spots: &Spots,
        progress: &dyn Progress,
    ) -> Result<Made, Fault> {
        let sound = self.encoding.encode(setting, spots, &Portion::new(progress, 0.0, 0.4))?;
        self.make(picture, &sound, setting, &Portion::new(progress, 0.4, 0.6))
    }
}
