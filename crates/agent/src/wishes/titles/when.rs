//! When a title is to be seen.

use std::ops::Range;

use crate::number::Amount;
use crate::phrase::Phrase;
use crate::term::Term;
use crate::token::Meaning;
use crate::wishes::places::{self, Extent, Place, Point};
use crate::wishes::titles::Lengthening;

/// How long a title is shown "at the end", in seconds.
const LAST: f64 = 3.0;

/// What "longer" means where no figure is told.
const LONGER: f64 = 1.5;

/// Verbs that put a title somewhere else in time.
const MOVES: [&str; 13] =
    ["move", "shift", "put", "place", "appear", "come", "start", "移", "挪", "放", "出现", "开始", "显示"];

/// When it is to be seen; where a title is `new`, a mere "at the end" says so too.
pub(super) fn read(phrase: &Phrase, run: Range<usize>, words: &str, new: bool) -> Option<Place> {
    let moves = new || MOVES.iter().any(|verb| words.contains(verb));
    let says = |term: Term| moves && run.clone().any(|at| phrase.is(at, &[term]));
    let length = length(phrase, run.clone());
    let first = |length| Place::First(Extent::Seconds(length));
    // "At the end for 5 seconds".
    let closes = run.clone().any(|at| phrase.is(at, &[Term::End]) && phrase.after(at, &[Term::At]));
    let leaves =
        ["disappear", "vanish", "go away", "goes away", "消失"].iter().any(|verb| words.contains(verb));
    // "Make the title last 10 seconds" tells no end of the film.
    if words.contains("title last ") {
        return run.clone().find_map(|at| phrase.seconds(at)).map(Place::For);
    }
    match (place(phrase, run.clone()).or_else(|| led(phrase, run.clone(), words)), length) {
        // `从5秒显示到10秒`.
        (Some(Place::From(start)), _) if until(phrase, run.clone()).is_some() => {
            until(phrase, run).map(|end| Place::Range(start, Point::Seconds(end)))
        }
        (Some(Place::From(point)), None) if leaves => Some(Place::Until(point)),
        (None, None) if run.clone().any(|at| phrase.is(at, &[Term::Whole])) => Some(Place::Whole),
        (Some(Place::From(Point::Seconds(from))), Some(length)) => {
            Some(Place::Range(Point::Seconds(from), Point::Seconds(from + length)))
        }
        (Some(Place::From(Point::Start)), Some(length)) => Some(first(length)),
        (Some(place), _) => Some(place),
        (None, length) if says(Term::End) || says(Term::Last) || length.is_some() && closes => {
            Some(Place::Last(Extent::Seconds(length.unwrap_or(LAST))))
        }
        (None, None) if says(Term::Middle) => Some(Place::From(Point::Middle)),
        (None, None) if !new && says(Term::Start) => Some(Place::From(Point::Start)),
        (None, Some(length)) if says(Term::Start) => Some(first(length)),
        (None, length) => length.map(Place::For),
    }
}

/// How much longer it is to be seen: "2 seconds longer", `多留2秒`, `延后2秒`.
pub(super) fn longer(phrase: &Phrase, mut run: Range<usize>, words: &str) -> Option<Lengthening> {
    let says = |terms: &[Term]| run.clone().any(|at| phrase.is(at, terms));
    let spoken = |told: &[&str]| told.iter().any(|told| words.contains(told));
    let more = says(&[Term::Longer]) || spoken(&["多留", "多停", "多显示"]);
    let less = says(&[Term::Shorter]) || spoken(&["少显示", "少停"]);
    let to_a_time = says(&[Term::To, Term::Until]);
    let later = !to_a_time && spoken(&[" later", "delay", "postpone", "延后", "推后", "推迟", "晚"]);
    let earlier = !to_a_time && spoken(&[" earlier", "提前"]);
    let seconds = run.find_map(|at| phrase.seconds(at));
    match seconds {
        Some(seconds) if later => Some(Lengthening::Later(seconds)),
        Some(seconds) if earlier => Some(Lengthening::Later(-seconds)),
        Some(seconds) if more => Some(Lengthening::By(seconds)),
        Some(seconds) if less => Some(Lengthening::By(-seconds)),
        _ if more => Some(Lengthening::Times(LONGER)),
        _ => less.then_some(Lengthening::Times(1.0 / LONGER)),
    }
}

/// The first place that says more than a length.
pub(super) fn place(phrase: &Phrase, run: Range<usize>) -> Option<Place> {
    let more = |place: &Place| !matches!(place, Place::For(_));
    run.clone().find_map(|at| places::within(phrase, at..run.end).filter(more))
}

/// Whether a token may stand in a time.
pub(super) fn is_time(phrase: &Phrase, at: usize) -> bool {
    let led = [Term::First, Term::Last, Term::From, Term::To, Term::Until, Term::At, Term::Start, Term::End];
    phrase.is(at, &led)
        || phrase.is(at, &[Term::After, Term::Before, Term::Behind, Term::Inside])
        || phrase.seconds(at).is_some()
        || phrase.token(at).map(|token| token.meaning) == Some(Meaning::Dash)
}

/// "At eight", "move it to 0:10", `显示到8秒`, `延长到6秒`.
fn led(phrase: &Phrase, run: Range<usize>, words: &str) -> Option<Place> {
    run.clone().find_map(|at| {
        let next = Some(at + 1).filter(|next| *next < run.end)?;
        // `10秒处加标题`.
        if let Some(seconds) = phrase.seconds(at).filter(|_| phrase.is(next, &[Term::Add])) {
            return Some(Place::From(Point::Seconds(seconds)));
        }
        // `显示到结束`.
        if phrase.is(at, &[Term::To]) && phrase.is(next, &[Term::End, Term::Last]) {
            return Some(Place::Until(Point::End)).filter(|_| phrase.seconds(next + 1).is_none());
        }
        let seconds = phrase.seconds(next).or_else(|| number(phrase, next))?;
        if phrase.is(at, &[Term::At]) {
            return Some(Place::From(Point::Seconds(seconds)));
        }
        if !phrase.is(at, &[Term::To]) {
            return None;
        }
        let is = |verbs: &[&str]| verbs.iter().any(|verb| words.contains(verb));
        Some(match () {
            () if is(&["显示到", "停到", "show", "stay", "last"]) => {
                Place::Until(Point::Seconds(seconds))
            }
            () if is(&["延长", "缩短", "extend", "lengthen", "shorten"]) => Place::For(seconds),
            () => Place::From(Point::Seconds(seconds)),
        })
    })
}

/// Up to when, told behind where it begins.
fn until(phrase: &Phrase, mut run: Range<usize>) -> Option<f64> {
    let from = run.clone().find(|at| phrase.is(*at, &[Term::From]))?;
    let to = run.find(|at| *at > from && phrase.is(*at, &[Term::To, Term::Until]))?;
    phrase.seconds(to + 1)
}

fn number(phrase: &Phrase, at: usize) -> Option<f64> {
    match phrase.amount(at)? {
        Amount::Number(number) => Some(number),
        _ => None,
    }
}

/// How long it is to be seen: "for 5 seconds", "stay for five", or seconds that nothing leads.
fn length(phrase: &Phrase, run: Range<usize>) -> Option<f64> {
    let leads = [
        Term::At,
        Term::From,
        Term::To,
        Term::Until,
        Term::After,
        Term::Before,
        Term::Between,
        Term::First,
        Term::Last,
        Term::Inside,
        Term::And,
        Term::End,
        Term::Behind,
        Term::By,
    ];
    let ends = [
        Term::To,
        Term::Until,
        Term::After,
        Term::Before,
        Term::Behind,
        Term::Start,
        Term::End,
        Term::First,
        Term::Add,
    ];
    let dash = |at: usize| phrase.token(at).map(|token| token.meaning) == Some(Meaning::Dash);
    run.clone().find_map(|at| {
        if at > run.start && phrase.is(at - 1, &[Term::For, Term::Stay]) {
            return phrase.seconds(at).or_else(|| number(phrase, at));
        }
        let led = at > run.start && (phrase.is(at - 1, &leads) || dash(at - 1));
        let goes_on = at + 1 < run.end && (phrase.is(at + 1, &ends) || dash(at + 1));
        phrase.seconds(at).filter(|_| !led && !goes_on)
    })
}
