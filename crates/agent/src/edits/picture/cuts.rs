//! What goes, what stays, where a clip becomes two.

use sound::{Span, Time};
use timeline::Edit;

use super::super::place;
use crate::edits::way::Way;
use crate::remark::Problem;
use crate::wishes::{Extent, PictureWish, Place, Point};

/// Does the cuts that a request begins with and that are told in one breath, and says how many wishes they were.
///
/// ```text
/// film       [==========]
/// cut           [-] [-]      ->   film  [==][=][=]
/// ```
///
/// All of them mean the film as it was before the first of them.
pub(super) fn together(way: &mut Way, wishes: &[PictureWish]) -> Result<usize, Problem> {
    let cut = |wish: &PictureWish| match wish {
        PictureWish::Cut(which, place) => Some((true, *which, *place)),
        PictureWish::Keep(which, place) => Some((false, *which, *place)),
        _ => None,
    };
    let Some((goes, which, _)) = wishes.first().and_then(cut) else { return Ok(0) };
    let like = |wish: &&PictureWish| cut(wish).is_some_and(|other| (other.0, other.1) == (goes, which));
    let count = wishes.iter().take_while(like).count();
    let whole = match which {
        Some(which) => way.state.placed()[way.place(which)?].span,
        None => way.state.whole(),
    };
    let mut named = Vec::new();
    for (.., place) in wishes[..count].iter().filter_map(cut) {
        let span = resolved(place, whole.length())?;
        named.push(Span::new(whole.start + span.start, whole.start + span.end));
    }
    let named = merged(named);
    let gone = if goes { named } else { beside(&named, whole) };
    // The last first: what goes moves nothing that stands before it.
    for span in gone.into_iter().rev() {
        way.cut(Edit::CutOut { span })?;
    }
    Ok(count)
}

/// The place in a stretch of this length; "10 seconds" by itself are the first ones.
fn resolved(place: Place, length: Time) -> Result<Span, Problem> {
    match place {
        Place::For(seconds) => place::resolve(Place::First(Extent::Seconds(seconds)), length),
        place => place::resolve(place, length),
    }
}

/// Spans in order, those that meet as one.
fn merged(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_by_key(|span| span.start);
    let mut kept: Vec<Span> = Vec::new();
    for span in spans {
        match kept.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => kept.push(span),
        }
    }
    kept
}

/// What of a stretch lies beside spans that are in order.
fn beside(spans: &[Span], whole: Span) -> Vec<Span> {
    let mut gaps = Vec::new();
    let mut from = whole.start;
    for span in spans {
        gaps.push(Span::new(from, span.start));
        from = span.end;
    }
    gaps.push(Span::new(from, whole.end));
    gaps.retain(|gap| !gap.is_empty());
    gaps
}

pub(super) fn split(way: &mut Way, point: Point) -> Result<(), Problem> {
    let length = way.state.length();
    let at = match point {
        Point::Seconds(seconds) => place::moment(seconds, length)?,
        Point::Start => Time::ZERO,
        Point::Middle => length / 2,
        Point::End => length,
    };
    way.cut(Edit::SplitClip { at })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stays_and_what_goes_make_the_whole() {
        let spans = merged(vec![Span::seconds(6.0, 8.0), Span::seconds(1.0, 3.0), Span::seconds(2.0, 4.0)]);
        assert_eq!(spans, [Span::seconds(1.0, 4.0), Span::seconds(6.0, 8.0)]);
        let gaps = beside(&spans, Span::seconds(0.0, 8.0));
        assert_eq!(gaps, [Span::seconds(0.0, 1.0), Span::seconds(4.0, 6.0)]);
    }
}
