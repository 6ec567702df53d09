//! From levels of stretches to edits.

use sound::{Span, Time};
use timeline::{Bed, Edit, EditError, Timeline};

use super::level::after as level;
use super::way::Way;
use super::{Ground, chosen, place};
use crate::landmark::Landmark;
use crate::remark::{Problem, Remark};
use crate::wishes::{LevelWish, Point, RideWish, Stretch, Wishes};

/// How much of the start or the end is meant by people who say no more, in seconds; in short music a sixth of it.
const NEAR: f64 = 5.0;

/// Sets the levels that a request asks for in stretches; the music is settled by then.
pub(super) fn go(
    way: &mut Way,
    wishes: &Wishes,
    ground: Ground<'_>,
    remarks: &mut Vec<Remark>,
) -> Result<(), Problem> {
    way.take_all(carried(wishes, ground.timeline, &way.state))?;
    for wish in &wishes.rides {
        way.take_all(ride(wish, &beds(wishes, ground, &way.state)?, ground, remarks)?)?;
    }
    Ok(())
}

/// The beds that are meant.
fn beds(wishes: &Wishes, ground: Ground<'_>, state: &Timeline) -> Result<Vec<Bed>, Problem> {
    if ground.timeline.beds.is_empty() || wishes.which.is_none() {
        return Ok(state.beds.clone());
    }
    let chosen = chosen(wishes.which, ground.timeline)?;
    Ok(state.beds.iter().filter(|bed| chosen.contains(&bed.id)).cloned().collect())
}

fn ride(
    wish: &RideWish,
    beds: &[Bed],
    ground: Ground<'_>,
    remarks: &mut Vec<Remark>,
) -> Result<Vec<Edit>, Problem> {
    let mut edits = Vec::new();
    let mut missed = None;
    let spans = |bed: &Bed| stretches(wish.stretch, bed, ground);
    let placed =
        beds.iter().map(|bed| spans(bed).map(|spans| spans.into_iter().map(move |span| (bed, span))));
    for (bed, span) in placed.collect::<Result<Vec<_>, Problem>>()?.into_iter().flatten() {
        let heard = span.overlap(bed.span);
        if heard.is_empty() {
            missed = Some(EditError::OutsideBed { span, bed: bed.span });
            continue;
        }
        let percent = match wish.level {
            Some(wish) => {
                let (percent, loudest) = level(level_at(bed, heard.start), wish)?;
                remarks.extend(loudest.then_some(Remark::Loudest));
                Some(percent).filter(|percent| *percent != bed.level_pct)
            }
            None => None,
        };
        edits.push(Edit::Ride { bed: bed.id, span: heard, percent });
    }
    missed.filter(|_| edits.is_empty()).map_or(Ok(edits), |error| Err(error.into()))
}

/// How loud a bed is at a moment of the film.
fn level_at(bed: &Bed, at: Time) -> f64 {
    bed.rides.iter().find(|ride| ride.span.contains(at)).map_or(bed.level_pct, |ride| ride.level_pct)
}

/// Where a level is meant.
fn stretches(wanted: Stretch, bed: &Bed, ground: Ground<'_>) -> Result<Vec<Span>, Problem> {
    let speech = &ground.profile.speech;
    let film = ground.timeline.whole();
    match wanted {
        Stretch::Speech | Stretch::NoSpeech if speech.is_empty() => {
            Err(Problem::NoLandmark(Landmark::SpeechStart))
        }
        Stretch::Speech => Ok(speech.clone()),
        Stretch::NoSpeech => {
            let starts = std::iter::once(film.start).chain(speech.iter().map(|span| span.end));
            let ends = speech.iter().map(|span| span.start).chain([film.end]);
            let gaps = starts.zip(ends).map(|(start, end)| Span::new(start, end));
            Ok(gaps.filter(|gap| !gap.overlap(bed.span).is_empty()).collect())
        }
        wanted => Ok(vec![stretch(wanted, bed.span, film.end)?]),
    }
}

fn stretch(stretch: Stretch, whole: Span, film: Time) -> Result<Span, Problem> {
    let short = Time::from_seconds(NEAR).min(whole.length() / 6);
    match stretch {
        Stretch::All | Stretch::Speech | Stretch::NoSpeech => Ok(whole),
        Stretch::Place(wanted) => place::resolve(wanted, film),
        Stretch::Near(Point::Start) => Ok(Span::new(whole.start, whole.start + short)),
        Stretch::Near(Point::End) => Ok(Span::new(whole.end - short, whole.end)),
        Stretch::Near(_) => {
            let third = whole.length() / 3;
            Ok(Span::new(whole.start + third, whole.end - third))
        }
    }
}

/// Who makes the music louder or softer means all of it: what had a level of its own goes with the rest.
fn carried(wishes: &Wishes, before: &Timeline, settled: &Timeline) -> Vec<Edit> {
    let Some(wish) = wishes.level else { return Vec::new() };
    let changed = |bed: &&Bed| before.bed(bed.id).is_some_and(|old| old.level_pct != bed.level_pct);
    let moved = |bed: &Bed| {
        let bed = bed.clone();
        bed.rides.clone().into_iter().filter_map(move |ride| {
            let percent = match wish {
                LevelWish::By(_) => Some(level(ride.level_pct, wish).ok()?.0),
                // Silence is silence everywhere.
                LevelWish::To(0.0) => None,
                LevelWish::To(_) => return None,
            };
            Some(Edit::Ride { bed: bed.id, span: ride.span, percent })
        })
    };
    settled.beds.iter().filter(changed).flat_map(moved).collect()
}
