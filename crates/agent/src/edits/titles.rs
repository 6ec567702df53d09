//! From wishes about titles to edits.

use sound::{Span, Time};
use timeline::{Edit, Item, Look, Timeline, Title};

use super::{Ground, place};
use crate::remark::{Problem, Remark};
use crate::wishes::{Lengthening, Place, TitleWish, Wishes, Wording};

/// How long a title is shown of which nobody said so, in seconds.
const USUAL: f64 = 3.0;

/// The edits that the titles of a request ask for, on a timeline whose music is settled already.
pub(super) fn edits(
    wishes: &Wishes,
    ground: Ground<'_>,
    settled: &Timeline,
    remarks: &mut Vec<Remark>,
) -> Result<Vec<Edit>, Problem> {
    let (mut state, mut edits) = (settled.clone(), Vec::new());
    for wish in &wishes.titles {
        let wanted = match wish {
            TitleWish::Lock(_) if state.titles.is_empty() => {
                remarks.push(Remark::NoTitleYet);
                Vec::new()
            }
            TitleWish::Lock(locked) => {
                let titles = state.titles.iter();
                titles.map(|title| Edit::Lock { item: Item::Title(title.id), locked: *locked }).collect()
            }
            TitleWish::Remove if state.titles.is_empty() => {
                remarks.push(Remark::NoTitleYet);
                Vec::new()
            }
            TitleWish::Remove => {
                state.titles.iter().map(|title| Edit::RemoveTitle { title: title.id }).collect()
            }
            TitleWish::Show(wording) => shown(wording, &state, ground, remarks)?,
        };
        for edit in wanted {
            let next = state.apply(&edit)?;
            if next != state {
                edits.push(edit);
                state = next;
            }
        }
    }
    Ok(edits)
}

/// A new title, or the last one changed where no new words are told or others shall take their place.
fn shown(
    wording: &Wording,
    state: &Timeline,
    ground: Ground<'_>,
    remarks: &mut Vec<Remark>,
) -> Result<Vec<Edit>, Problem> {
    let last = state.titles.last();
    match (&wording.text, last) {
        (Some(text), Some(title)) if wording.changes => {
            let mut edits = vec![Edit::Retitle { title: title.id, text: text.clone() }];
            edits.extend(restyled(wording, title, state, ground)?);
            Ok(edits)
        }
        (Some(text), _) => {
            let film = ground.timeline.length();
            let span = span(
                wording
                    .place
                    .unwrap_or(Place::First(crate::wishes::Extent::Seconds(USUAL.min(film.seconds())))),
                film,
            )?;
            let look = look(wording, Look::default(), state);
            Ok(vec![Edit::AddTitle { text: text.clone(), span: Some(span), look }])
        }
        (None, Some(title)) if *wording != Wording { changes: wording.changes, ..Wording::default() } => {
            restyled(wording, title, state, ground)
        }
        (None, _) => {
            remarks.push(Remark::WhichWords);
            Ok(Vec::new())
        }
    }
}

fn restyled(
    wording: &Wording,
    title: &Title,
    state: &Timeline,
    ground: Ground<'_>,
) -> Result<Vec<Edit>, Problem> {
    let mut edits = Vec::new();
    let film = ground.timeline.length();
    let placed = wording.place.map(|place| span(place, film)).transpose()?;
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
    let (place, colour) = (wording.spot.unwrap_or(now.place), wording.colour.unwrap_or(now.colour));
    Look { place, colour, size_px, ..now }
}

/// A title's span made longer or shorter; a half second is the least, and the film's end the last there is.
fn lengthened(span: Span, by: Lengthening, film: Time) -> Result<Span, Problem> {
    let seconds = match by {
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

/// When a title is shown; a mere beginning gives it its usual length.
fn span(place: Place, film: Time) -> Result<Span, Problem> {
    let span = place::resolve(place, film)?;
    match place {
        Place::From(_) => Ok(Span::new(span.start, span.end.min(span.start + Time::from_seconds(USUAL)))),
        _ => Ok(span),
    }
}
