//! The timeline after an edit.

mod beds;
mod clips;
mod order;
mod titles;

use super::ripple::Ripple;
use super::{Edit, EditError, Item};
use crate::{Clip, Marker, Timeline};

impl Timeline {
    /// The timeline after an edit; the timeline itself stays as it is.
    ///
    /// Where clips move or change their length, music, titles and markers go with the picture they belong to; what
    /// belongs to picture that is no longer shown goes with it. Music under the whole film stays under the whole film.
    ///
    /// # Errors
    /// An [`EditError`] that names the field at fault.
    pub fn apply(&self, edit: &Edit) -> Result<Timeline, EditError> {
        let mut next = self.clone();
        for item in next.touched(edit) {
            item.open(&mut next)?;
        }
        next.change(edit)?;
        next.settle();
        if self.pictures() != next.pictures() {
            if next.clips.is_empty() {
                return Err(EditError::NothingLeft);
            }
            Ripple::between(self, &next).carry(&mut next);
        }
        next.check()?;
        Ok(next)
    }

    /// What an edit changes and therefore must not be locked.
    fn touched(&self, edit: &Edit) -> Vec<Item> {
        let clips = |clip: &Option<u32>| match clip {
            Some(clip) => vec![Item::Clip(*clip)],
            None => self.clips.iter().map(|clip| Item::Clip(clip.id)).collect(),
        };
        match edit {
            Edit::RemoveClip { clip }
            | Edit::ReplaceClip { clip, .. }
            | Edit::MoveClip { clip, .. }
            | Edit::TrimClip { clip, .. }
            | Edit::JoinClips { clip }
            | Edit::Crossfade { clip, .. }
            | Edit::Frame { clip, .. } => vec![Item::Clip(*clip)],
            Edit::Speed { clip, .. } | Edit::ClipLevel { clip, .. } | Edit::Mute { clip, .. } => clips(clip),
            Edit::CutOut { span } => {
                let met = self.placed().into_iter().filter(|placed| !placed.span.overlap(*span).is_empty());
                met.map(|placed| Item::Clip(placed.clip.id)).collect()
            }
            Edit::SplitClip { at } => self.shown_at(*at).map(Item::Clip).into_iter().collect(),
            Edit::RemoveBed { bed }
            | Edit::Rescore { bed, .. }
            | Edit::Retake { bed, .. }
            | Edit::Place { bed, .. }
            | Edit::Level { bed, .. }
            | Edit::Duck { bed, .. }
            | Edit::Fade { bed, .. }
            | Edit::Ride { bed, .. } => vec![Item::Bed(*bed)],
            Edit::RemoveTitle { title }
            | Edit::Retitle { title, .. }
            | Edit::PlaceTitle { title, .. }
            | Edit::StyleTitle { title, .. } => vec![Item::Title(*title)],
            Edit::AddClip { .. }
            | Edit::Reshape { .. }
            | Edit::FadePicture { .. }
            | Edit::AddBed { .. }
            | Edit::Aim { .. }
            | Edit::AddTitle { .. }
            | Edit::Mark { .. }
            | Edit::Unmark { .. }
            | Edit::Lock { .. } => Vec::new(),
        }
    }

    fn change(&mut self, edit: &Edit) -> Result<(), EditError> {
        match edit {
            Edit::AddClip { source, span, at } => self.add_clip(source, *span, *at),
            Edit::RemoveClip { clip } => self.remove_clip(*clip),
            Edit::ReplaceClip { clip, source } => self.replace_clip(*clip, source),
            Edit::MoveClip { clip, to } => self.move_clip(*clip, *to),
            Edit::TrimClip { clip, span } => self.set_clip(*clip, |clip| clip.span = *span),
            Edit::CutOut { span } => self.cut_out(*span),
            Edit::SplitClip { at } => self.split_clip(*at).map(|_| ()),
            Edit::JoinClips { clip } => self.join_clips(*clip),
            Edit::Speed { clip, percent } => self.set_clips(*clip, |clip| clip.speed_pct = *percent),
            Edit::ClipLevel { clip, percent } => self.set_clips(*clip, |clip| clip.level_pct = *percent),
            Edit::Mute { clip, muted } => self.set_clips(*clip, |clip| clip.muted = *muted),
            Edit::Crossfade { clip, length } => self.crossfade(*clip, *length),
            Edit::Frame { clip, fit, anchor } => {
                self.set_clip(*clip, |clip| (clip.fit, clip.anchor) = (*fit, *anchor))
            }
            Edit::Reshape { canvas } => {
                self.canvas = *canvas;
                Ok(())
            }
            Edit::FadePicture { fades } => {
                self.fades = *fades;
                Ok(())
            }
            Edit::Aim { target } => {
                self.target = *target;
                Ok(())
            }
            Edit::Mark { name, at, hit } => self.mark(name, *at, *hit),
            Edit::Unmark { name } => self.unmark(name),
            Edit::Lock { item, locked } => item.lock(self).map(|lock| *lock = *locked),
            Edit::AddTitle { .. }
            | Edit::RemoveTitle { .. }
            | Edit::Retitle { .. }
            | Edit::PlaceTitle { .. }
            | Edit::StyleTitle { .. } => self.change_titles(edit),
            Edit::AddBed { .. }
            | Edit::RemoveBed { .. }
            | Edit::Rescore { .. }
            | Edit::Retake { .. }
            | Edit::Place { .. }
            | Edit::Level { .. }
            | Edit::Duck { .. }
            | Edit::Fade { .. }
            | Edit::Ride { .. } => self.change_beds(edit),
        }
    }

    fn mark(&mut self, name: &str, at: sound::Time, hit: bool) -> Result<(), EditError> {
        self.markers.retain(|marker| marker.name != name);
        self.markers.push(Marker { name: name.to_owned(), at, hit });
        self.markers.sort_by_key(|marker| marker.at);
        Ok(())
    }

    fn unmark(&mut self, name: &str) -> Result<(), EditError> {
        let before = self.markers.len();
        self.markers.retain(|marker| marker.name != name);
        if self.markers.len() < before { Ok(()) } else { Err(EditError::NoSuchMarker(name.to_owned())) }
    }

    /// Fits what follows from the clips: the first begins with a cut, and a crossfade takes half of a clip at most.
    fn settle(&mut self) {
        let mut before: Option<sound::Time> = None;
        for clip in &mut self.clips {
            let most = before.map_or(sound::Time::ZERO, |before| before.min(clip.length()) / 2);
            clip.crossfade = clip.crossfade.min(most);
            before = Some(clip.length());
        }
        let used = |id: u32, clips: &[Clip]| clips.iter().any(|clip| clip.source == id);
        let Timeline { sources, clips, .. } = self;
        sources.retain(|source| used(source.id, clips));
    }

    /// What is shown when.
    fn pictures(&self) -> Vec<(u32, sound::Span, u32, sound::Span)> {
        let shown = self.placed().into_iter();
        shown.map(|at| (at.clip.source, at.clip.span, at.clip.speed_pct, at.span)).collect()
    }
}
