//! Finishes a film's picture as a plan says, before its sound is ready: made once, however often the sound is corrected.

use std::path::{Path, PathBuf};

use sound::Progress;

use crate::child::Ended;
use crate::film::Film;
use crate::plan::{PictureMode, RenderPlan, clocked};
use crate::{MediaError, Tools, titles};

const STAGE: &str = "encoding of the picture";

/// A film's picture as its output will have it.
#[derive(Clone, Debug)]
pub struct FinishedPicture {
    /// How it was made.
    pub plan: RenderPlan,
    /// Where it lies in the job folder; `None` where it is the film's own.
    pub(crate) file: Option<PathBuf>,
    /// Whether frames of the film could not be decoded when it was encoded.
    pub(crate) damaged: bool,
}

impl FinishedPicture {
    /// How many of a source's own packets are still in the picture of a film that was cut from it.
    pub fn packets_kept(&self, cut: &Film) -> usize {
        let stay = self.plan.kept(cut.stored.len()).into_iter().flatten();
        let kept = |place: &usize| cut.kept.as_ref().is_none_or(|kept| kept.get(*place) == Some(&true));
        stay.filter(kept).count()
    }
}

impl Tools {
    /// Carries out what a plan says of the picture, in the folder `job`; nothing has to be done where it is copied.
    ///
    /// Where pieces do not fit together, the whole picture is encoded: the plan that was followed stands in the result.
    ///
    /// # Errors
    /// [`MediaError::Unreadable`] when the picture must be decoded and cannot; [`MediaError::RenderFailed`],
    /// [`MediaError::Cancelled`], [`MediaError::TimedOut`], [`MediaError::Io`].
    pub fn finish_picture(
        &self,
        film: &Film,
        plan: RenderPlan,
        job: &Path,
        progress: &dyn Progress,
    ) -> Result<FinishedPicture, MediaError> {
        let job = job.canonicalize().map_err(MediaError::io("found", job))?;
        if !plan.titles.is_empty() {
            let path = job.join(titles::SCRIPT);
            let (width, height) = (film.probe.picture.width, film.probe.picture.height);
            let script = titles::script(&plan.titles, width, height);
            std::fs::write(&path, script).map_err(MediaError::io("written", &path))?;
        }
        let plan = match plan.mode {
            PictureMode::Copy => return Ok(FinishedPicture { plan, file: None, damaged: false }),
            PictureMode::Encode => plan,
            PictureMode::Partly => match self.splice(film, &plan.pieces, &job, progress) {
                Ok(file) => return Ok(FinishedPicture { plan, file: Some(file), damaged: false }),
                Err(MediaError::RenderFailed { why, .. }) => plan.encoded(film, &why),
                Err(fault) => return Err(fault),
            },
        };
        let (file, damaged) = self.encode_picture(film, &plan, &job, progress)?;
        Ok(FinishedPicture { plan, file: Some(file), damaged })
    }

    /// The encoded picture, and whether its decoder complained.
    fn encode_picture(
        &self,
        film: &Film,
        plan: &RenderPlan,
        job: &Path,
        progress: &dyn Progress,
    ) -> Result<(PathBuf, bool), MediaError> {
        let picture = &film.probe.picture;
        let (threads, memory) = self.limits.encoding(u64::from(picture.width) * u64::from(picture.height));
        let threads = threads.to_string();
        let mut invocation = self.ffmpeg(STAGE);
        invocation.memory_bytes = memory;
        invocation.add(clocked(film));
        // Left alone, ffmpeg starts as many decoders, filters and encoders as there are cores.
        invocation.add(["-filter_threads", &threads, "-threads", &threads]);
        invocation.add(self.fenced(film.kind));
        invocation.input(&film.path);
        invocation.add(&plan.encoding);
        invocation.add(["-threads", &threads]);
        invocation.writes.push(job.to_owned());
        invocation.folder = Some(job.to_owned());
        let path = job.join("picture.mp4");
        let ended = self.write_film(invocation, film.probe.length, &path, progress)?;
        match ended.well() {
            true => Ok((path, complained(&ended))),
            false if undecodable(&ended) => {
                Err(MediaError::unreadable("most of its picture cannot be decoded"))
            }
            false => Err(MediaError::failed(STAGE, ended.why())),
        }
    }
}

/// Whether frames could not be decoded, in the words of ffmpeg 4 to 7 and of its H.264 decoder.
fn complained(ended: &Ended) -> bool {
    ["rror while decoding", "Invalid data", "Invalid NAL"].iter().any(|text| ended.log.contains(text))
}

/// Whether ffmpeg gave up because of the film, in the words of its versions 4 to 7.
fn undecodable(ended: &Ended) -> bool {
    ["Decode error rate", "Cannot determine format of input stream"].iter().any(|t| ended.log.contains(t))
}
