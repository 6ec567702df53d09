//! Whether a timeline holds together: the one place that knows what may stand in it.

use sound::{Span, Time};

use super::EditError;
use crate::{Bed, Canvas, Clip, Look, Marker, Source, Timeline, Title};

/// The levels of music and film sound, in percent.
const LEVELS_PCT: std::ops::RangeInclusive<f64> = 0.0..=200.0;

impl Timeline {
    /// That everything in it has its place.
    ///
    /// # Errors
    /// An [`EditError`] that names the field at fault.
    pub(crate) fn check(&self) -> Result<(), EditError> {
        distinct(self.sources.iter().map(|source| source.id), EditError::TwoOfANumber("sources"))?;
        distinct(self.clips.iter().map(|clip| clip.id), EditError::TwoOfANumber("clips"))?;
        distinct(self.beds.iter().map(|bed| bed.id), EditError::TwoOfANumber("beds"))?;
        distinct(self.titles.iter().map(|title| title.id), EditError::TwoOfANumber("titles"))?;
        self.check_clips()?;
        self.check_picture()?;
        self.beds.iter().try_for_each(|bed| self.check_bed(bed))?;
        self.titles.iter().try_for_each(|title| self.check_title(title))?;
        self.markers.iter().try_for_each(|marker| self.check_marker(marker))
    }

    fn check_clips(&self) -> Result<(), EditError> {
        if self.clips.is_empty() {
            return Err(EditError::NothingLeft);
        }
        for clip in &self.clips {
            let source = self.source(clip.source).ok_or(EditError::NoSuchSource(clip.source))?;
            check_clip(clip, source)?;
        }
        let joins = self.clips.iter().zip(std::iter::once(None).chain(self.clips.iter().map(Some)));
        for (clip, before) in joins {
            let most = before.map_or(Time::ZERO, |before| before.length().min(clip.length()) / 2);
            if !(Time::ZERO..=most).contains(&clip.crossfade) {
                return Err(EditError::CrossfadeTooLong(clip.crossfade, most));
            }
        }
        Ok(())
    }

    fn check_picture(&self) -> Result<(), EditError> {
        if let Some(lines) = self.canvas.lines.filter(|lines| !Canvas::LINES.contains(lines)) {
            return Err(EditError::LinesOutOfRange(lines));
        }
        let (fades, length) = (self.fades, self.length());
        let backwards = fades.fade_in.min(fades.fade_out) < Time::ZERO;
        match backwards || fades.fade_in + fades.fade_out > length {
            true => Err(EditError::PictureFadesTooLong(fades.fade_in, fades.fade_out, length)),
            false => Ok(()),
        }
    }

    fn check_bed(&self, bed: &Bed) -> Result<(), EditError> {
        self.check_span(bed.span)?;
        check_level(bed.level_pct)?;
        if bed.fade_in.min(bed.fade_out) < Time::ZERO || bed.fade_in + bed.fade_out > bed.span.length() {
            return Err(EditError::FadesTooLong(bed.fade_in, bed.fade_out));
        }
        bed.rides.iter().try_for_each(|ride| check_level(ride.level_pct))?;
        let inside = |span: Span| !span.is_empty() && span.overlap(bed.span) == span;
        let apart = bed.rides.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start);
        match bed.rides.iter().find(|ride| !inside(ride.span)) {
            Some(ride) => Err(EditError::OutsideBed { span: ride.span, bed: bed.span }),
            None if !apart => Err(EditError::RidesMeet),
            None => Ok(()),
        }
    }

    fn check_title(&self, title: &Title) -> Result<(), EditError> {
        self.check_span(title.span)?;
        let characters = title.text.chars().count();
        if title.text.trim().is_empty() {
            return Err(EditError::NoWords);
        }
        if characters > Title::MOST_CHARACTERS {
            return Err(EditError::TooManyWords(characters));
        }
        if let Some(size) = title.look.size_px.filter(|size| !Look::SIZES_PX.contains(size)) {
            return Err(EditError::SizeOutOfRange(size));
        }
        let fade = title.look.fade;
        if fade < Time::ZERO || fade * 2 > title.span.length() {
            return Err(EditError::FadeTooLong(fade, title.span.length()));
        }
        Ok(())
    }

    fn check_marker(&self, marker: &Marker) -> Result<(), EditError> {
        let characters = marker.name.chars().count();
        if marker.name.trim().is_empty() || characters > Marker::MOST_CHARACTERS {
            return Err(EditError::BadName);
        }
        self.check_moment(marker.at)
    }

    fn check_span(&self, span: Span) -> Result<(), EditError> {
        let length = self.length();
        let inside = span.start >= Time::ZERO && span.end <= length && !span.is_empty();
        if inside { Ok(()) } else { Err(EditError::OutsideFilm { span, length }) }
    }

    /// That a moment lies within the film; its end does.
    pub(super) fn check_moment(&self, at: Time) -> Result<(), EditError> {
        let length = self.length();
        if (Time::ZERO..=length).contains(&at) { Ok(()) } else { Err(EditError::NoSuchMoment { at, length }) }
    }
}

fn check_clip(clip: &Clip, source: &Source) -> Result<(), EditError> {
    if !Clip::SPEEDS_PCT.contains(&clip.speed_pct) {
        return Err(EditError::SpeedOutOfRange(clip.speed_pct));
    }
    check_level(clip.level_pct)?;
    let most = source.length().unwrap_or(Clip::LONGEST_PHOTO);
    if clip.span.start < Time::ZERO || clip.span.end > most || clip.span.is_empty() {
        return Err(EditError::OutsideSource { span: clip.span, length: most });
    }
    // A film may be shorter than any clip of it; it is shown whole then.
    let least = Clip::SHORTEST.min(most);
    if clip.length() < least { Err(EditError::TooShort(clip.length(), least)) } else { Ok(()) }
}

/// That a level is one.
fn check_level(percent: f64) -> Result<(), EditError> {
    if LEVELS_PCT.contains(&percent) { Ok(()) } else { Err(EditError::LevelOutOfRange(percent)) }
}

/// That no number stands for two things; numbers may come in any order.
fn distinct(numbers: impl Iterator<Item = u32>, fault: EditError) -> Result<(), EditError> {
    let mut numbers: Vec<u32> = numbers.collect();
    numbers.sort_unstable();
    if numbers.windows(2).any(|pair| pair[0] == pair[1]) { Err(fault) } else { Ok(()) }
}
