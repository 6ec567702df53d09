//! Titles over a film whose sound stays as it is: all that such a film needs.

use std::path::Path;

use ffmpeg::{Draft, Film, MediaError, RenderPlan, Tools};
use footage::{Feeling, Profile};
use sound::{Decibels, Portion, Progress};
use timeline::Target;

use super::request::Understood;
use super::{Finished, Scoring};
use crate::Fault;

/// Whether titles are all that is wanted, and no file that tells of music or of cuts.
pub(super) fn is_all(wanted: &Scoring, understood: &Understood) -> bool {
    let timeline = &understood.timeline;
    let more = [&wanted.wav, &wanted.stems, &wanted.otio].into_iter().any(Option::is_some);
    let own_sound = timeline.beds.is_empty() && timeline.target == Target::Keep;
    own_sound && timeline.untouched().is_some() && understood.holds_for_any_film() && !more
}

/// What is known of a film before it is watched: enough to read a request that only wants titles.
pub(super) fn unseen(film: &Film) -> Profile {
    let probe = film.probe();
    let frame = probe.picture.frame_length();
    Profile { frame, ..Profile::unseen(probe.length, probe.sound.is_some(), Feeling::default()) }
}

/// Makes the film; `None` where its sound cannot be kept after all.
pub(super) fn make(
    tools: &Tools,
    film: &Film,
    plan: RenderPlan,
    folder: &Path,
    output: &Path,
    progress: &dyn Progress,
) -> Result<Option<(Finished, Draft)>, Fault> {
    let path = std::path::absolute(output).map_err(Fault::file("found", output))?;
    let picture = tools.finish_picture(film, plan, folder, &Portion::new(progress, 0.0, 0.9))?;
    let written = tools
        .render_with_own_sound(film, &picture, output, &Portion::new(progress, 0.9, 0.1))
        .and_then(|draft| Ok((draft.verify_with_own_sound(film, &picture)?, draft)));
    let (checked, draft) = match written {
        Ok(written) => written,
        Err(MediaError::RenderFailed { .. }) => return Ok(None),
        Err(fault) => return Err(fault.into()),
    };
    let RenderPlan { mode, why, .. } = picture.plan;
    let film_gain = Decibels(0.0);
    Ok(Some((Finished { path, picture: mode, why, film_gain, checked, sound: None }, draft)))
}
