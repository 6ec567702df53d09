//! Edits that change which clips there are, and in which order.

use sound::{Span, Time};

use crate::edit::EditError;
use crate::{Clip, Timeline};

impl Timeline {
    pub(super) fn remove_clip(&mut self, clip: u32) -> Result<(), EditError> {
        self.place_of_clip(clip)?;
        self.clips.retain(|other| other.id != clip);
        Ok(())
    }

    pub(super) fn move_clip(&mut self, clip: u32, to: usize) -> Result<(), EditError> {
        let from = self.place_of_clip(clip)?;
        if to >= self.clips.len() {
            return Err(EditError::NoSuchPlace { place: to, clips: self.clips.len() - 1 });
        }
        let moved = self.clips.remove(from);
        self.clips.insert(to, moved);
        Ok(())
    }

    pub(super) fn cut_out(&mut self, span: Span) -> Result<(), EditError> {
        let whole = self.whole();
        if span.is_empty() || span.overlap(whole) != span {
            return Err(EditError::OutsideFilm { span, length: whole.end });
        }
        // The later border first: splitting there moves nothing before it.
        for at in [span.end, span.start] {
            if self.shown_at(at).is_some() {
                self.split_clip(at)?;
            }
        }
        let gone: Vec<u32> = self
            .placed()
            .iter()
            .filter(|placed| placed.span.start >= span.start && placed.span.end <= span.end)
            .map(|placed| placed.clip.id)
            .collect();
        self.clips.retain(|clip| !gone.contains(&clip.id));
        Ok(())
    }

    /// Splits the clip that is shown then; gives the number of the second half.
    pub(super) fn split_clip(&mut self, at: Time) -> Result<u32, EditError> {
        self.check_moment(at)?;
        let clip = self.shown_at(at).ok_or(EditError::NothingToSplit(at))?;
        let place = self.place_of_clip(clip)?;
        let start = self.placed()[place].span.start;
        let id = self.clips.iter().map(|clip| clip.id).max().unwrap_or(0) + 1;
        let first = &mut self.clips[place];
        let border = first.source_time(at - start);
        let second =
            Clip { id, span: Span::new(border, first.span.end), crossfade: Time::ZERO, ..first.clone() };
        first.span.end = border;
        self.clips.insert(place + 1, second);
        Ok(id)
    }

    pub(super) fn join_clips(&mut self, clip: u32) -> Result<(), EditError> {
        let place = self.place_of_clip(clip)?;
        let Some([first, second]) = self.clips.get(place..=place + 1) else {
            return Err(EditError::NothingToJoin(clip));
        };
        let onward = Clip {
            id: first.id,
            span: first.span,
            crossfade: first.crossfade,
            locked: first.locked,
            ..second.clone()
        };
        let follows = second.span.start == first.span.end && second.crossfade == Time::ZERO;
        if onward != *first || !follows || second.locked {
            return Err(EditError::NothingToJoin(clip));
        }
        let end = second.span.end;
        self.clips[place].span.end = end;
        self.clips.remove(place + 1);
        Ok(())
    }

    /// The clip that is shown just before and just after a moment; none at a border.
    pub(super) fn shown_at(&self, at: Time) -> Option<u32> {
        let inside = |span: Span| span.start < at && at < span.end;
        self.placed().iter().rev().find(|placed| inside(placed.span)).map(|placed| placed.clip.id)
    }
}
