//! From wishes about titles to edits.

use sound::{Span, Time};
use timeline::{Edit, Item, Look, Timeline, Title};

use super::way::Way;
use super::{Ground, place};
use crate::remark::{Problem, Remark, Unclear};
use crate::term::Outside;
use crate::wishes::{Extent, Lengthening, Meant, Place, Point, TitleWish, Wishes, Wording};

/// How long a title is shown of which nobody said so, in seconds.
const USUAL: f64 = 3.0;

/// Does what a request asks of titles; the music is settled by then.
pub(super) fn go(
    way: &mut Way,
    wishes: &Wishes,
    ground: Ground<'_>,
    remarks: &mut Vec<Remark>,
) -> Result<(), Problem> {
    let settled = way.state.clone();
    for wish in &wishes.titles {
        let state = &way.state;
        let wanted = match wish {
            TitleWish::Ask | TitleWish::Stay => Vec::new(),
            TitleWish::Lettering => {
                remarks.push(Remark::NotYet(Outside::Lettering));
                Vec::new()
            }
            TitleWish::Lock(_) | TitleWish::Remove(_) if state.titles.is_empty() => {
                remarks.push(Remark::NoTitleYet);
                Vec::new()
            }
            TitleWish::Lock(locked) => {
                let titles = state.titles.iter();
                titles.map(|title| Edit::Lock { item: Item::Title(title.id), locked: *locked }).collect()
            }
            TitleWish::Remove(meant) => {
                // Which of several is to go is not guessed.
                let none_told = meant.is_none() && state.titles.len() > 1;
                let chosen = if none_told { Vec::new() } else { chosen(meant.as_ref(), state) };
                remarks.extend(chosen.is_empty().then(|| which(state)));
                chosen.into_iter().map(|title| Edit::RemoveTitle { title: title.id }).collect()
            }
            TitleWish::Show(wording) => shown(wording, state, ground, remarks)?,
        };
        way.take_all(wanted)?;
    }
    let nothing_else = settled == *ground.timeline && wishes.picture.is_empty() && remarks.is_empty();
    if way.state == settled
        && nothing_else
        && !wishes.titles.is_empty()
        && !wishes.titles.contains(&TitleWish::Ask)
    {
        remarks.push(Remark::TitleStays);
    }
    Ok(())
}

/// The titles that are meant: the last one where nobody said which.
fn chosen<'a>(meant: Option<&Meant>, state: &'a Timeline) -> Vec<&'a Title> {
    let titles = &state.titles;
    match meant {
        Some(Meant::All) => titles.iter().collect(),
        None | Some(Meant::Nth(0)) => titles.last().into_iter().collect(),
        Some(Meant::Nth(n)) => titles.get(n - 1).into_iter().collect(),
        Some(Meant::Saying(text)) => titles.iter().filter(|title| says(title, text)).collect(),
    }
}

fn says(title: &Title, text: &str) -> bool {
    title.text.trim().to_lowercase() == text.trim().to_lowercase()
}

fn which(state: &Timeline) -> Remark {
    Remark::Unclear(Unclear::Title(state.titles.iter().map(|title| title.text.clone()).collect()))
}

/// A new title, or those changed that are meant.
fn shown(
    wording: &Wording,
    state: &Timeline,
    ground: Ground<'_>,
    remarks: &mut Vec<Remark>,
) -> Result<Vec<Edit>, Problem> {
    let chosen = chosen(wording.meant.as_ref(), state);
    let same = wording.text.as_ref().and_then(|text| state.titles.iter().find(|title| says(title, text)));
    match &wording.text {
        Some(text) if wording.changes && !chosen.is_empty() && same.is_none() => {
            let mut edits: Vec<Edit> =
                chosen.iter().map(|title| Edit::Retitle { title: title.id, text: text.clone() }).collect();
            for title in chosen {
                edits.extend(restyled(wording, title, state, ground)?);
            }
            Ok(edits)
        }
        Some(text) => match same.filter(|_| !wording.fresh) {
            Some(title) => restyled(wording, title, state, ground),
            None => Ok(vec![added(text, wording, state, ground)?]),
        },
        None if state.titles.is_empty() && (wording.longer.is_some() || wording.larger.is_some()) => {
            remarks.push(Remark::NoTitleYet);
            Ok(Vec::new())
        }
        None if state.titles.is_empty() || wording.fresh => {
            remarks.push(Remark::Unclear(Unclear::Words));
            Ok(Vec::new())
        }
        None if wording.is_bare() => {
            remarks.push(Remark::Unclear(Unclear::Look));
            Ok(Vec::new())
        }
        None if chosen.is_empty() => {
            remarks.push(which(state));
            Ok(Vec::new())
        }
        None => {
            let edits = chosen.into_iter().map(|title| restyled(wording, title, state, ground));
            Ok(edits.collect::<Result<Vec<_>, Problem>>()?.into_iter().flatten().collect())
        }
    }
}

fn added(text: &str, wording: &Wording, state: &Timeline, ground: Ground<'_>) -> Result<Edit, Problem> {
    let film = ground.timeline.length();
    let usual = Place::First(Extent::Seconds(USUAL.min(film.seconds())));
    let span = span(wording.place.unwrap_or(usual), Time::from_seconds(USUAL), film)?;
    Ok(Edit::AddTitle {
        text: text.to_owned(),
        span: Some(span),
        look: look(wording, Look::default(), state),
    })
}

fn restyled(
    wording: &Wording,
    title: &Title,
    state: &Timeline,
    ground: Ground<'_>,
) -> Result<Vec<Edit>, Problem> {
    let mut edits = Vec::new();
    let film = ground.timeline.length();
    let placed = wording.place.map(|place| moved(title.span, place, film)).transpose()?;
    let lengthened = wording.longer.map(|by| lengthened(title.span, by, film)).transpose()?;
    if let Some(span) = placed.or(lengthened) {
        edits.push(Edit::PlaceTitle { title: title.id, span });
    }
    edits.push(Edit::StyleTitle { title: title.id, look: look(wording, title.look, state) });
    Ok(edits)
}

fn look(wording: &Wording, now: Look, state: &Timeline) -> Look {
    let size_px = wording.larger.map_or(now.size_px, |times| {
        let size = f64::from(now.size_px.unwrap_or_else(|| Look::usual_px(state.picture_size())));
        Some(((size * times).round() as u32).clamp(*Look::SIZES_PX.start(), *Look::SIZES_PX.end()))
    });
    let size_px = wording.pixels.or(size_px);
    let (place, colour) = (wording.spot.unwrap_or(now.place), wording.colour.unwrap_or(now.colour));
    let fade = wording.fade.map_or(now.fade, Time::from_seconds);
    Look { place, colour, size_px, fade, ..now }
}

/// A title's span made longer or shorter; a half second is the least, and the film's end the last there is.
fn lengthened(span: Span, by: Lengthening, film: Time) -> Result<Span, Problem> {
    if let Lengthening::Later(seconds) = by {
        let start = Point::Seconds(span.start.seconds() + seconds);
        return place::resolve(Place::Range(start, Point::Seconds(span.end.seconds() + seconds)), film);
    }
    let seconds = match by {
        Lengthening::Later(_) => span.length().seconds(),
        Lengthening::Times(times) => span.length().seconds() * times,
        Lengthening::By(seconds) => span.length().seconds() + seconds,
    };
    let end = span.start + Time::from_seconds(seconds.max(0.5));
    match by {
        // A length that was told is kept or refused.
        Lengthening::By(_) if end > film => Err(Problem::BeyondEnd(end)),
        _ if end > film && span.end >= film => Err(Problem::BeyondEnd(end)),
        _ => Ok(Span::new(span.start, end.min(film))),
    }
}

/// Where a title goes that is there already: of what was not told its start and its length stay.
fn moved(old: Span, place: Place, film: Time) -> Result<Span, Problem> {
    match place {
        // What closes the film goes on doing so.
        Place::For(seconds) if old.end == film && seconds > old.length().seconds() => {
            place::resolve(Place::Last(Extent::Seconds(seconds)), film)
        }
        Place::For(seconds) => {
            let start = Point::Seconds(old.start.seconds());
            place::resolve(Place::Range(start, Point::Seconds(old.start.seconds() + seconds)), film)
        }
        Place::Until(end) => place::resolve(Place::Range(Point::Seconds(old.start.seconds()), end), film),
        _ => span(place, old.length(), film),
    }
}

/// When a title is shown; a mere beginning gives it its `usual` length.
fn span(place: Place, usual: Time, film: Time) -> Result<Span, Problem> {
    let span = place::resolve(place, film)?;
    match place {
        Place::From(_) => Ok(Span::new(span.start, span.end.min(span.start + usual))),
        _ => Ok(span),
    }
}
