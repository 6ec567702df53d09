//! Where the music is to play: "from 0:10 to 0:40", "the first half", `最后20秒`.

use crate::number::Amount;
use crate::phrase::Phrase;
use crate::term::Term;
use crate::token::Meaning;

/// A point of the film.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Point {
    /// Seconds from the start, as they were written: negative or beyond the end too.
    Seconds(f64),
    Start,
    Middle,
    End,
}

/// A length.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Extent {
    Seconds(f64),
    /// A share of the film, 0 to 1.
    Share(f64),
}

/// A place in the film.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Place {
    Whole,
    Range(Point, Point),
    From(Point),
    Until(Point),
    First(Extent),
    Last(Extent),
    /// From one share of the film to another, 0 to 1.
    Share(f64, f64),
    /// So long, from where it starts.
    For(f64),
}

/// Every place with two ends, an open beginning or an open end, in order.
pub(crate) fn read_ranges(phrase: &mut Phrase) -> Vec<Place> {
    let (mut found, mut at) = (Vec::new(), 0);
    while at < phrase.len() {
        let read = range(phrase, at).or_else(|| open(phrase, at)).or_else(|| closed_by_word(phrase, at));
        match read {
            Some((place, last)) => {
                phrase.use_up(at, last);
                found.push(place);
                at = last + 1;
            }
            None => at += 1,
        }
    }
    // "Starting at 0:05 and ending at 0:25" is one place.
    if let [Place::From(start), Place::Until(end)] = found[..] {
        found = vec![Place::Range(start, end)];
    }
    found
}

/// The first place told between two tokens; what tells of it need not be used up.
pub(crate) fn within(phrase: &Phrase, run: std::ops::Range<usize>) -> Option<Place> {
    run.clone().find_map(|at| {
        let wide = || range(phrase, at).or_else(|| open(phrase, at)).or_else(|| closed_by_word(phrase, at));
        let lasting = || {
            let led = phrase.is(at, &[Term::For]) && phrase.seconds(at + 1).is_some();
            led.then(|| phrase.seconds(at + 1)).flatten().map(|seconds| (Place::For(seconds), at + 1))
        };
        let found = wide().or_else(|| part(phrase, at)).or_else(lasting);
        let at_once = || {
            let led = phrase.is(at, &[Term::At, Term::Inside]);
            led.then(|| phrase.seconds(at + 1))
                .flatten()
                .map(|from| (Place::From(Point::Seconds(from)), at + 1))
        };
        found.or_else(at_once).filter(|(_, last)| *last < run.end).map(|(place, _)| place)
    })
}

/// The place that begins at a token and ends before `end`, and its last token.
pub(crate) fn starting(phrase: &Phrase, at: usize, end: usize) -> Option<(Place, usize)> {
    let wide = range(phrase, at).or_else(|| open(phrase, at)).or_else(|| closed_by_word(phrase, at));
    wide.or_else(|| part(phrase, at)).filter(|(_, last)| *last < end)
}

/// Where the music is to play, once fades and hits have taken their times.
pub(crate) fn read(phrase: &mut Phrase, ranges: &[Place]) -> Option<Place> {
    let mut place = ranges.first().copied();
    for at in 0..phrase.len() {
        let Some((found, last)) = part(phrase, at).or_else(|| length(phrase, at)) else { continue };
        phrase.use_up(at, last);
        place = match (place, found) {
            (Some(Place::From(Point::Seconds(from))), Place::For(length)) => {
                Some(Place::Range(Point::Seconds(from), Point::Seconds(from + length)))
            }
            (Some(kept), _) => Some(kept),
            (None, found) => Some(found),
        };
    }
    place.or_else(|| entry(phrase)).or_else(|| phrase.says(&[Term::Whole]).then_some(Place::Whole))
}

/// A point at a place; a number counts as seconds only where its partner is a time.
fn point(phrase: &Phrase, at: usize, bare: bool) -> Option<Point> {
    if let Some(seconds) = phrase.seconds(at) {
        return Some(Point::Seconds(seconds));
    }
    match (phrase.amount(at), phrase.term(at)) {
        (Some(Amount::Number(n)), _) if bare => Some(Point::Seconds(n)),
        (_, Some(Term::Start)) => Some(Point::Start),
        (_, Some(Term::Middle)) => Some(Point::Middle),
        (_, Some(Term::End)) => Some(Point::End),
        _ => None,
    }
}

/// `[from] A to B`.
fn range(phrase: &Phrase, at: usize) -> Option<(Place, usize)> {
    let led = phrase.is(at, &[Term::From, Term::Between]);
    let first = if led { at + 1 } else { at };
    let start = point(phrase, first, true)?;
    let joined = match phrase.token(first + 1)?.meaning {
        Meaning::Dash => true,
        Meaning::Term(Term::To | Term::Until) => true,
        Meaning::Term(Term::And) => phrase.is(at, &[Term::Between]),
        // "From 0:10, until 0:40".
        Meaning::Comma => led && phrase.is(first + 2, &[Term::Until, Term::To]),
        _ => false,
    };
    let second = if phrase.is(first + 2, &[Term::Until, Term::To]) { first + 3 } else { first + 2 };
    let end = point(phrase, second, true).filter(|_| joined)?;
    let times = |at| phrase.seconds(at).is_some() || phrase.is(at, &[Term::Start, Term::Middle, Term::End]);
    // "From 10 to 40" are seconds; "10 to 40" alone may be anything.
    let sure = times(first) || times(second) || led;
    let is_word = |at| phrase.is(at, &[Term::Start, Term::Middle, Term::End]);
    let nonsense = is_word(first) && is_word(second) && !led;
    (sure && !nonsense).then_some((Place::Range(start, end), second))
}

/// `from A`, `after A`, `until B`, `before B`.
fn open(phrase: &Phrase, at: usize) -> Option<(Place, usize)> {
    let starts = phrase.is(at, &[Term::From, Term::After]);
    let ends = phrase.is(at, &[Term::Until, Term::Before]);
    // `到10秒为止`: "to" alone ends the music only where a word says so.
    let to = phrase.is(at, &[Term::To]) && phrase.is(at + 2, &[Term::Before, Term::End]);
    if !starts && !ends && !to {
        return None;
    }
    let bare = starts && phrase.is(at + 2, &[Term::After]);
    let place = point(phrase, at + 1, bare)?;
    let last =
        if phrase.is(at + 2, &[Term::Start, Term::After, Term::Before, Term::End]) { at + 2 } else { at + 1 };
    Some((if starts { Place::From(place) } else { Place::Until(place) }, last))
}

/// `A之后`, `A开始`, `A之前`, `A结束`.
fn closed_by_word(phrase: &Phrase, at: usize) -> Option<(Place, usize)> {
    let seconds = phrase.seconds(at)?;
    // `淡入2秒 结尾淡出3秒`: the seconds are those of the fade.
    if phrase.after(at, &[Term::FadeIn, Term::FadeOut]) && phrase.is(at + 1, &[Term::Start, Term::End]) {
        return None;
    }
    let point = Point::Seconds(seconds);
    let place = match phrase.term(at + 1)? {
        Term::After | Term::Behind | Term::Start => Place::From(point),
        Term::Before | Term::End => Place::Until(point),
        Term::First if phrase.seconds(at + 2).is_none() => Place::Until(point),
        // "Start the music 5 seconds in".
        Term::Inside if phrase.clause(at).end == at + 2 && phrase.clause(at).len() > 2 => Place::From(point),
        _ => return None,
    };
    Some((place, at + 1))
}

/// `the first half`, `the last 20 seconds`, `开头10秒`, `后10秒`.
fn part(phrase: &Phrase, at: usize) -> Option<(Place, usize)> {
    match phrase.term(at)? {
        Term::FirstHalf => return Some((Place::First(Extent::Share(0.5)), at)),
        Term::SecondHalf => return Some((Place::Last(Extent::Share(0.5)), at)),
        _ => {}
    }
    if phrase.is(at, &[Term::Middle]) && phrase.is(at + 1, &[Term::Third]) {
        return Some((Place::Share(1.0 / 3.0, 2.0 / 3.0), at + 1));
    }
    let first = phrase.is(at, &[Term::First, Term::Start]);
    let last = phrase.is(at, &[Term::Last, Term::End, Term::Behind]);
    let place = |extent| if first { Place::First(extent) } else { Place::Last(extent) };
    let extent = if let Some(seconds) = phrase.seconds(at + 1) {
        Extent::Seconds(seconds)
    } else {
        let named = phrase.is(at, &[Term::First, Term::Last, Term::Behind]);
        match phrase.term(at + 1)? {
            Term::Half if named => Extent::Share(0.5),
            Term::Third if named => Extent::Share(1.0 / 3.0),
            Term::Quarter if named => Extent::Share(0.25),
            Term::Minute if named => Extent::Seconds(60.0),
            _ => return None,
        }
    };
    (first || last).then(|| (place(extent), at + 1))
}

/// `for 20 seconds`, `20 seconds of lo-fi`, `a 30-second calm track`.
fn length(phrase: &Phrase, at: usize) -> Option<(Place, usize)> {
    if phrase.is(at, &[Term::For]) {
        return phrase.seconds(at + 1).map(|seconds| (Place::For(seconds), at + 1));
    }
    let seconds = phrase.seconds(at)?;
    let mut next = at + 1;
    while matches!(phrase.term(next), Some(Term::Genre(_) | Term::Mood(_))) {
        next += 1;
    }
    let described = next > at + 1;
    let closes = !matches!(
        phrase.token(next).map(|t| t.meaning),
        Some(Meaning::Term(_) | Meaning::Word | Meaning::Quoted(_))
    );
    // "A 2-minute travel vlog" tells the length of the film and not of the music.
    let of_music = phrase.is(next, &[Term::Music]) && !phrase.is(next + 1, &[Term::Film]);
    let of_music = of_music || described && closes || phrase.is(at + 1, &[Term::For]);
    of_music.then_some((Place::For(seconds), at))
}

/// `add music at 0:10`, `10秒加音乐`: from there on; `加音乐到20秒`: up to there.
fn entry(phrase: &mut Phrase) -> Option<Place> {
    let asked = [Term::Add, Term::Want, Term::Music, Term::Make, Term::Again];
    let genre = |at| matches!(phrase.term(at), Some(Term::Genre(_) | Term::Mood(_)));
    if phrase.places(&asked).next().is_none() && !(0..phrase.len()).any(genre) {
        return None;
    }
    let timed = |at: &usize| phrase.seconds(*at).is_some();
    let led = (0..phrase.len()).filter(timed).find(|at| {
        phrase.after(*at, &[Term::At, Term::To]) || phrase.is(*at + 1, &[Term::Add, Term::Want, Term::Music])
    });
    let at = led?;
    let point = Point::Seconds(phrase.seconds(at)?);
    let place = if phrase.after(at, &[Term::To]) { Place::Until(point) } else { Place::From(point) };
    // "A 20-second music video" tells of the film.
    if !phrase.after(at, &[Term::At, Term::To]) && phrase.is(at + 2, &[Term::Film]) {
        return None;
    }
    phrase.use_up(at, at);
    Some(place)
}

/// Whether the place is one where no music is wanted: "not in the first 5 seconds".
pub(crate) fn denied(phrase: &Phrase) -> bool {
    let opens = [
        Term::First,
        Term::Last,
        Term::FirstHalf,
        Term::SecondHalf,
        Term::From,
        Term::After,
        Term::Before,
        Term::Until,
        Term::Between,
    ];
    phrase.places(&[Term::Not, Term::Without]).any(|at| {
        let timed = |at: usize| {
            matches!(phrase.token(at).map(|t| t.meaning), Some(Meaning::Amount(Amount::Seconds(_))))
        };
        let near = (at + 1..at + 3).find(|place| phrase.is(*place, &opens) || timed(*place));
        // `12秒到15秒不要了`.
        let closes = at + 1 == phrase.clause(at).end && at > 0 && timed(at - 1) && phrase.is_used(at - 1);
        closes || near.is_some_and(|place| phrase.is_used(place))
    })
}
