//! The timeline after an edit.

use sound::{Span, Time};

use super::{Edit, EditError};
use crate::{Bed, Duck, Look, Music, Timeline, Title};

/// Level a new bed gets, in percent.
const USUAL_LEVEL: f64 = 35.0;

impl Timeline {
    /// The timeline after an edit; the timeline itself stays as it is.
    ///
    /// # Errors
    /// An [`EditError`] that names the field at fault.
    pub fn apply(&self, edit: &Edit) -> Result<Timeline, EditError> {
        let mut next = self.clone();
        match edit {
            Edit::AddBed { name, music, span } => next.add_bed(name, music, *span)?,
            Edit::RemoveBed { bed } => {
                next.place_of(*bed)?;
                next.beds.retain(|b| b.id != *bed);
            }
            Edit::Rescore { bed, name, brief } => {
                let bed = next.bed_mut(*bed)?;
                bed.name.clone_from(name);
                bed.music = Music::Composed(brief.clone());
            }
            Edit::Place { bed, span } => next.place(*bed, *span)?,
            Edit::Level { bed, percent } => {
                if !(0.0..=200.0).contains(percent) {
                    return Err(EditError::LevelOutOfRange(*percent));
                }
                next.bed_mut(*bed)?.level_pct = *percent;
            }
            Edit::Duck { bed, duck } => next.bed_mut(*bed)?.duck = *duck,
            Edit::Fade { bed, fade_in, fade_out } => next.fade(*bed, *fade_in, *fade_out)?,
            Edit::Aim { target } => next.target = *target,
            Edit::AddTitle { text, span, look } => next.add_title(text, *span, *look)?,
            Edit::RemoveTitle { title } => {
                next.title_mut(*title)?;
                next.titles.retain(|t| t.id != *title);
            }
            Edit::Retitle { title, text } => {
                let title = next.title_mut(*title)?;
                *title = checked(Title { text: text.clone(), ..title.clone() })?;
            }
            Edit::PlaceTitle { title, span } => next.place_title(*title, *span)?,
            Edit::StyleTitle { title, look } => {
                let title = next.title_mut(*title)?;
                *title = checked(Title { look: *look, ..title.clone() })?;
            }
        }
        Ok(next)
    }

    fn add_bed(&mut self, name: &str, music: &Music, span: Option<Span>) -> Result<(), EditError> {
        let span = self.checked_span(span.unwrap_or_else(|| self.whole()))?;
        let id = self.beds.iter().map(|bed| bed.id).max().unwrap_or(0) + 1;
        self.beds.push(Bed {
            id,
            name: name.to_owned(),
            music: music.clone(),
            span,
            level_pct: USUAL_LEVEL,
            duck: Duck::default(),
            fade_in: Time::ZERO,
            fade_out: Time::ZERO,
        });
        Ok(())
    }

    fn place(&mut self, bed: u32, span: Span) -> Result<(), EditError> {
        let span = self.checked_span(span)?;
        let bed = self.bed_mut(bed)?;
        (bed.fade_in, bed.fade_out) = fitting_fades(span, bed.fade_in, bed.fade_out);
        bed.span = span;
        Ok(())
    }

    fn fade(&mut self, bed: u32, fade_in: Time, fade_out: Time) -> Result<(), EditError> {
        let bed = self.bed_mut(bed)?;
        let backwards = fade_in < Time::ZERO || fade_out < Time::ZERO;
        if backwards || fade_in + fade_out > bed.span.length() {
            return Err(EditError::FadesTooLong(fade_in, fade_out));
        }
        (bed.fade_in, bed.fade_out) = (fade_in, fade_out);
        Ok(())
    }

    fn add_title(&mut self, text: &str, span: Option<Span>, look: Look) -> Result<(), EditError> {
        let span = self.checked_span(span.unwrap_or_else(|| self.whole()))?;
        let id = self.titles.iter().map(|title| title.id).max().unwrap_or(0) + 1;
        self.titles.push(checked(Title { id, text: text.to_owned(), span, look })?);
        Ok(())
    }

    fn place_title(&mut self, title: u32, span: Span) -> Result<(), EditError> {
        let span = self.checked_span(span)?;
        let title = self.title_mut(title)?;
        title.look.fade = title.look.fade.min(span.length() / 2);
        title.span = span;
        Ok(())
    }

    fn checked_span(&self, span: Span) -> Result<Span, EditError> {
        let inside = span.start >= Time::ZERO && span.end <= self.film.length && !span.is_empty();
        if inside { Ok(span) } else { Err(EditError::OutsideFilm { span, length: self.film.length }) }
    }

    fn place_of(&self, id: u32) -> Result<usize, EditError> {
        self.beds.iter().position(|bed| bed.id == id).ok_or(EditError::NoSuchBed(id))
    }

    fn title_mut(&mut self, id: u32) -> Result<&mut Title, EditError> {
        self.titles.iter_mut().find(|title| title.id == id).ok_or(EditError::NoSuchTitle(id))
    }

    fn bed_mut(&mut self, id: u32) -> Result<&mut Bed, EditError> {
        let place = self.place_of(id)?;
        Ok(&mut self.beds[place])
    }
}

/// Shortens fades in proportion where they no longer fit into a moved bed.
fn fitting_fades(span: Span, fade_in: Time, fade_out: Time) -> (Time, Time) {
    let (wanted, room) = (fade_in + fade_out, span.length());
    if wanted <= room {
        return (fade_in, fade_out);
    }
    let share = room.seconds() / wanted.seconds();
    let fade_in = Time::from_seconds(fade_in.seconds() * share).min(room);
    (fade_in, room - fade_in)
}

/// The title, if it can be shown.
fn checked(title: Title) -> Result<Title, EditError> {
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
    Ok(title)
}
