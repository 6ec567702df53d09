//! Everything that may be done to a timeline.

use score::Brief;
use serde::{Deserialize, Serialize};
use sound::{Span, Time};
use thiserror::Error;

use crate::{Bed, Duck, Music, Target, Timeline};

/// One change of a timeline.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Edit {
    /// Lays music under the film.
    ///
    /// ```text
    /// film  [==================]        film  [==================]
    ///                              ->   bed        [~~~~~~~~]
    /// ```
    AddBed {
        /// What people will call it.
        name: String,
        /// Where the music comes from.
        music: Music,
        /// Where it plays; `None` is under the whole film.
        span: Option<Span>,
    },
    /// Takes a bed away.
    ///
    /// ```text
    /// bed   [~~~~~~~~]   ->
    /// ```
    RemoveBed {
        /// Which bed.
        bed: u32,
    },
    /// Asks for other music in the same place.
    ///
    /// ```text
    /// bed   [~~ a ~~~]   ->   bed   [~~ b ~~~]
    /// ```
    Rescore {
        /// Which bed.
        bed: u32,
        /// What people will call it now.
        name: String,
        /// The new brief.
        brief: Box<Brief>,
    },
    /// Moves a bed or changes how long it plays.
    ///
    /// ```text
    /// bed   [~~~~~~~~]   ->   bed      [~~~~]
    /// ```
    Place {
        /// Which bed.
        bed: u32,
        /// Where it plays now.
        span: Span,
    },
    /// Sets how loud a bed is, in percent.
    ///
    /// ```text
    /// bed   [~~ 35 ~~]   ->   bed   [~~ 20 ~~]
    /// ```
    Level {
        /// Which bed.
        bed: u32,
        /// Percent of the film's own loudness, 0 to 200.
        percent: f64,
    },
    /// Sets how a bed gives way to speech.
    ///
    /// ```text
    /// talk       ____                talk       ____
    /// bed   [~~~~~~~~~~~~]   ->   bed   [~~~\____/~~]
    /// ```
    Duck {
        /// Which bed.
        bed: u32,
        /// How.
        duck: Duck,
    },
    /// Sets the fades of a bed.
    ///
    /// ```text
    /// bed   [~~~~~~~~]   ->   bed   /~~~~~~\
    /// ```
    Fade {
        /// Which bed.
        bed: u32,
        /// Fade at its start.
        fade_in: Time,
        /// Fade at its end.
        fade_out: Time,
    },
    /// Sets how loud the finished film is to be.
    ///
    /// ```text
    /// -23 LUFS   ->   -14 LUFS
    /// ```
    Aim {
        /// The target.
        target: Target,
    },
}

/// Why an edit cannot be done; it names the field.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum EditError {
    /// There is no such bed.
    #[error("bed: there is no music number {0} on the timeline")]
    NoSuchBed(u32),
    /// The place lies outside the film or holds nothing.
    #[error("span: {span} does not lie within the film, which is {length} long")]
    OutsideFilm {
        /// The place that was asked for.
        span: Span,
        /// How long the film is.
        length: Time,
    },
    /// The level is out of range.
    #[error("percent: the music level must lie between 0 and 200 percent, not {0}")]
    LevelOutOfRange(f64),
    /// The fades do not fit.
    #[error("fade: fades of {0} and {1} do not fit into the music")]
    FadesTooLong(Time, Time),
}

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
            Edit::AddBed { name, music, span } => {
                let span = self.checked_span(span.unwrap_or_else(|| self.whole()))?;
                let id = self.beds.iter().map(|bed| bed.id).max().unwrap_or(0) + 1;
                next.beds.push(Bed {
                    id,
                    name: name.clone(),
                    music: music.clone(),
                    span,
                    level_pct: USUAL_LEVEL,
                    duck: Duck::default(),
                    fade_in: Time::ZERO,
                    fade_out: Time::ZERO,
                });
            }
            Edit::RemoveBed { bed } => {
                next.place_of(*bed)?;
                next.beds.retain(|b| b.id != *bed);
            }
            Edit::Rescore { bed, name, brief } => {
                let bed = next.bed_mut(*bed)?;
                bed.name.clone_from(name);
                bed.music = Music::Composed(brief.clone());
            }
            Edit::Place { bed, span } => {
                let span = self.checked_span(*span)?;
                let bed = next.bed_mut(*bed)?;
                (bed.fade_in, bed.fade_out) = fitting_fades(span, bed.fade_in, bed.fade_out);
                bed.span = span;
            }
            Edit::Level { bed, percent } => {
                if !(0.0..=200.0).contains(percent) {
                    return Err(EditError::LevelOutOfRange(*percent));
                }
                next.bed_mut(*bed)?.level_pct = *percent;
            }
            Edit::Duck { bed, duck } => next.bed_mut(*bed)?.duck = *duck,
            Edit::Fade { bed, fade_in, fade_out } => {
                let bed = next.bed_mut(*bed)?;
                let backwards = *fade_in < Time::ZERO || *fade_out < Time::ZERO;
                if backwards || *fade_in + *fade_out > bed.span.length() {
                    return Err(EditError::FadesTooLong(*fade_in, *fade_out));
                }
                (bed.fade_in, bed.fade_out) = (*fade_in, *fade_out);
            }
            Edit::Aim { target } => next.target = *target,
        }
        Ok(next)
    }

    fn checked_span(&self, span: Span) -> Result<Span, EditError> {
        let inside = span.start >= Time::ZERO && span.end <= self.film.length && !span.is_empty();
        if inside { Ok(span) } else { Err(EditError::OutsideFilm { span, length: self.film.length }) }
    }

    fn place_of(&self, id: u32) -> Result<usize, EditError> {
        self.beds.iter().position(|bed| bed.id == id).ok_or(EditError::NoSuchBed(id))
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
