//! Edits that say what a clip shows and how.

use sound::{Span, Time};

use crate::edit::EditError;
use crate::{Clip, Source, Timeline};

impl Timeline {
    pub(super) fn add_clip(
        &mut self,
        source: &Source,
        span: Option<Span>,
        at: Option<usize>,
    ) -> Result<(), EditError> {
        let source = self.join_source(source);
        let id = self.clips.iter().map(|clip| clip.id).max().unwrap_or(0) + 1;
        let whole = Clip::of(&source, id);
        let at = at.unwrap_or(self.clips.len());
        if at > self.clips.len() {
            return Err(EditError::NoSuchPlace { place: at, clips: self.clips.len() });
        }
        self.clips.insert(at, Clip { span: span.unwrap_or(whole.span), ..whole });
        Ok(())
    }

    pub(super) fn replace_clip(&mut self, clip: u32, source: &Source) -> Result<(), EditError> {
        self.clip_mut(clip)?;
        let source = self.join_source(source);
        self.set_clip(clip, |clip| {
            let length = source.length().map_or(clip.span.length(), |own| own.min(clip.span.length()));
            (clip.source, clip.span) = (source.id, Span::new(Time::ZERO, length));
        })
    }

    /// The source as it stands in the timeline, after it joined where it was not there.
    fn join_source(&mut self, source: &Source) -> Source {
        let same = |known: &Source| {
            known.file == source.file
                && (known.file.is_some() || known.name == source.name)
                && known.kind == source.kind
        };
        if let Some(known) = self.sources.iter().find(|known| same(known)) {
            return known.clone();
        }
        let id = self.sources.iter().map(|source| source.id).max().unwrap_or(0) + 1;
        let joined = Source { id, ..source.clone() };
        self.sources.push(joined.clone());
        joined
    }

    pub(super) fn set_clip(&mut self, id: u32, set: impl Fn(&mut Clip)) -> Result<(), EditError> {
        set(self.clip_mut(id)?);
        Ok(())
    }

    /// Changes one clip, or all of them.
    pub(super) fn set_clips(&mut self, id: Option<u32>, set: impl Fn(&mut Clip)) -> Result<(), EditError> {
        match id {
            Some(id) => self.set_clip(id, set),
            None => {
                self.clips.iter_mut().for_each(set);
                Ok(())
            }
        }
    }

    pub(super) fn crossfade(&mut self, clip: u32, length: Time) -> Result<(), EditError> {
        let place = self.place_of_clip(clip)?;
        let before = place.checked_sub(1).map(|before| self.clips[before].length());
        let most = before.map_or(Time::ZERO, |before| before.min(self.clips[place].length()) / 2);
        if !(Time::ZERO..=most).contains(&length) {
            return Err(EditError::CrossfadeTooLong(length, most));
        }
        self.clips[place].crossfade = length;
        Ok(())
    }

    pub(in crate::edit) fn clip_mut(&mut self, id: u32) -> Result<&mut Clip, EditError> {
        self.clips.iter_mut().find(|clip| clip.id == id).ok_or(EditError::NoSuchClip(id))
    }

    pub(super) fn place_of_clip(&self, id: u32) -> Result<usize, EditError> {
        self.clips.iter().position(|clip| clip.id == id).ok_or(EditError::NoSuchClip(id))
    }
}
