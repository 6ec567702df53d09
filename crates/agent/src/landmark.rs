//! Points of the film in words, "until he starts talking", `第二个镜头`: told as seconds, so that they go wherever a time goes.

mod place;

use footage::Profile;
use sound::{Span, Time};
use timeline::Timeline;

use crate::remark::Problem;
use crate::term::{PictureWord, Term};
use crate::token::{Meaning, Token};
use place::Place;

/// A point or a stretch that a film knows of itself; numbers count from 1, and 0 is the last one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Landmark {
    /// Somebody begins to talk.
    SpeechStart,
    /// Nobody talks any more.
    SpeechEnd,
    /// What comes before the first change of scene.
    Intro,
    /// Where a shot ends and the next one begins.
    Cut(usize),
    /// A stretch of one character.
    Scene(usize),
    /// What lies between two cuts.
    Shot(usize),
    /// A clip of the timeline.
    Clip(usize),
    /// The first title over the picture.
    Title,
}

/// Tells the landmarks of a request as seconds.
///
/// # Errors
/// [`Problem::NoLandmark`] where the film has no such thing.
pub(crate) fn resolve(
    tokens: Vec<Token>,
    text: &str,
    profile: &Profile,
    timeline: &Timeline,
) -> Result<Vec<Token>, Problem> {
    let mut told = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while at < tokens.len() {
        match named(&tokens, at, text) {
            Some((landmark, used)) => {
                let place = Place { tokens: &tokens, at, next: at + used };
                if place.means_speaking(landmark) {
                    told.push(Token { meaning: Meaning::Term(Term::Speech), ..tokens[at] });
                } else {
                    let clip = || clip(landmark, timeline);
                    let span =
                        clip().or_else(|| span(landmark, profile)).ok_or(Problem::NoLandmark(landmark))?;
                    at += place.tell(landmark, span, profile.length, &mut told);
                }
                at += used;
            }
            None => {
                told.push(tokens[at]);
                at += 1;
            }
        }
    }
    Ok(told)
}

fn is(tokens: &[Token], at: usize, terms: &[Term]) -> bool {
    matches!(tokens.get(at).map(|token| token.meaning), Some(Meaning::Term(term)) if terms.contains(&term))
}

fn tells_of_music(meaning: Meaning) -> bool {
    matches!(meaning, Meaning::Term(Term::Music | Term::Genre(_) | Term::Role(_) | Term::Instrument(_)))
}

fn timed(tokens: &[Token], at: usize) -> bool {
    matches!(tokens.get(at).map(|token| token.meaning), Some(Meaning::Amount(_)))
}

/// The landmark at a place, and how many tokens tell of it.
fn named(tokens: &[Token], at: usize, text: &str) -> Option<(Landmark, usize)> {
    let before = |terms: &[Term]| at > 0 && is(tokens, at - 1, terms);
    let open = |next: usize| !timed(tokens, next + 1);
    match tokens[at].meaning {
        Meaning::Term(Term::Landmark(landmark)) => Some((landmark, 1)),
        // "The music quieter in the second clip"; "the second clip quieter" is about the clip's own sound.
        Meaning::Term(Term::Picture(PictureWord::Clip(n))) => {
            let of_music = |token: &Token| {
                let named = text.get(token.at.0..token.at.1).is_some_and(|words| words.contains("music"));
                named || tells_of_music(token.meaning)
            };
            Place { tokens, at, next: at + 1 }.has_near(of_music).then_some((Landmark::Clip(n), 1))
        }
        Meaning::Term(Term::Speech) if is(tokens, at + 1, &[Term::Start]) && open(at + 1) => {
            Some((Landmark::SpeechStart, 2))
        }
        Meaning::Term(Term::Speech) if is(tokens, at + 1, &[Term::End]) => Some((Landmark::SpeechEnd, 2)),
        Meaning::Term(Term::Speech) => {
            let end = before(&[Term::After]) || is(tokens, at + 1, &[Term::After, Term::Behind]);
            let start = before(&[Term::Before, Term::Until])
                || is(tokens, at + 1, &[Term::Before, Term::First]) && open(at + 1);
            if end { Some((Landmark::SpeechEnd, 1)) } else { start.then_some((Landmark::SpeechStart, 1)) }
        }
        // `标题过后再起音乐`: of a title that is shown, and not of one that is to come.
        Meaning::Term(Term::Title) => {
            let behind = is(tokens, at + 1, &[Term::After, Term::Behind]) && open(at + 1);
            let quoted = tokens.iter().any(|token| matches!(token.meaning, Meaning::Quoted(_)));
            let music = tokens.iter().any(|token| tells_of_music(token.meaning));
            (music && !quoted && (behind || before(&[Term::After]))).then_some((Landmark::Title, 1))
        }
        // "After the beginning", `片头之后`: when the beginning is over.
        Meaning::Term(Term::Start) => {
            let behind = is(tokens, at + 1, &[Term::After, Term::Behind]) && open(at + 1);
            (behind || before(&[Term::After])).then_some((Landmark::Intro, 1))
        }
        _ => None,
    }
}

/// Where a landmark lies; a point is an empty span.
fn span(landmark: Landmark, profile: &Profile) -> Option<Span> {
    let point = |at: Time| Span::new(at, at);
    let cuts: Vec<Time> = profile.cuts.iter().map(|cut| cut.at).collect();
    match landmark {
        Landmark::SpeechStart => profile.speech.first().map(|speech| point(speech.start)),
        Landmark::SpeechEnd => profile.speech.last().map(|speech| point(speech.end)),
        Landmark::Cut(n) => nth(&cuts, n).map(|at| point(*at)),
        Landmark::Scene(n) => match profile.sections.len() {
            0 | 1 => span(Landmark::Shot(n), profile),
            _ => nth(&profile.sections, n).map(|section| section.span),
        },
        Landmark::Clip(_) | Landmark::Title => None,
        Landmark::Shot(_) if cuts.is_empty() => None,
        Landmark::Shot(n) => {
            let starts = std::iter::once(Time::ZERO).chain(cuts.iter().copied());
            let ends = cuts.iter().copied().chain([profile.length]);
            nth(&starts.zip(ends).collect::<Vec<_>>(), n).map(|(start, end)| Span::new(*start, *end))
        }
        Landmark::Intro => {
            let section = profile.sections.first().filter(|_| profile.sections.len() > 1);
            let end = section.map(|section| section.span.end).or(cuts.first().copied())?;
            Some(Span::new(Time::ZERO, end))
        }
    }
}

/// Where a clip or a title lies.
fn clip(landmark: Landmark, timeline: &Timeline) -> Option<Span> {
    if landmark == Landmark::Title {
        return timeline.titles.first().map(|title| title.span);
    }
    let Landmark::Clip(n) = landmark else { return None };
    let placed = timeline.placed();
    nth(&placed, n).map(|placed| placed.span)
}

/// The one of this number from 1; 0 is the last.
fn nth<T>(all: &[T], n: usize) -> Option<&T> {
    if n == 0 { all.last() } else { all.get(n - 1) }
}
