//! Points of the film in words, "until he starts talking", `第二个镜头`: told as seconds, so that they go wherever a time goes.

use footage::Profile;
use sound::{Span, Time};
use timeline::Timeline;

use crate::number::Amount;
use crate::remark::Problem;
use crate::term::{PictureWord, Term};
use crate::token::{Meaning, Token};

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

/// Words behind which a time may stand as it is.
const LEADS: [Term; 10] = [
    Term::From,
    Term::After,
    Term::Until,
    Term::Before,
    Term::At,
    Term::To,
    Term::Between,
    Term::And,
    Term::Hit,
    Term::Climax,
];

/// Words that want something louder or softer.
const LEVELS: [Term; 7] =
    [Term::Louder, Term::Quieter, Term::TooLoud, Term::TooQuiet, Term::Volume, Term::Mute, Term::Even];

/// Words behind which something else is told.
const BREAKS: [Term; 3] = [Term::And, Term::Then, Term::But];

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

/// Where a landmark stands in a request.
struct Place<'a> {
    tokens: &'a [Token],
    at: usize,
    /// The first token behind it.
    next: usize,
}

impl Place<'_> {
    fn led(&self, terms: &[Term]) -> bool {
        self.at > 0 && is(self.tokens, self.at - 1, terms)
    }

    fn followed(&self, terms: &[Term]) -> bool {
        is(self.tokens, self.next, terms) && !timed(self.tokens, self.next + 1)
    }

    /// Whether one of these words stands in its clause.
    fn near(&self, terms: &[Term]) -> bool {
        self.has_near(|token| matches!(token.meaning, Meaning::Term(term) if terms.contains(&term)))
    }

    fn has_near(&self, wanted: impl Fn(&Token) -> bool) -> bool {
        let ends = |token: &&Token| match token.meaning {
            Meaning::Comma | Meaning::Stop => false,
            Meaning::Term(term) => !BREAKS.contains(&term),
            _ => true,
        };
        let before = self.tokens[..self.at].iter().rev().take_while(ends).any(&wanted);
        before || self.tokens[self.next..].iter().take_while(ends).any(&wanted)
    }

    /// "Lower it when he starts talking" wants the music to give way, and not to be low from then on.
    fn means_speaking(&self, landmark: Landmark) -> bool {
        let free =
            !self.led(&LEADS) && !self.followed(&[Term::Before, Term::After, Term::Behind, Term::First]);
        landmark == Landmark::SpeechStart && free && self.near(&[Term::Quieter, Term::Duck, Term::TooLoud])
    }

    /// Whether something is to happen there: "the climax after the speech", `第二幕开始爆发`.
    fn happens(&self) -> bool {
        let hits = [Term::Hit, Term::Climax, Term::Rise];
        let timed = |at: usize| timed(self.tokens, at + 1) || timed(self.tokens, at + 2);
        let breaks = |at: usize| is(self.tokens, at, &BREAKS);
        let before = (self.at.saturating_sub(3)..self.at).rev().take_while(|at| !breaks(*at));
        let behind = (self.next..self.next + 2).take_while(|at| !breaks(*at));
        before.chain(behind).any(|at| is(self.tokens, at, &hits) && (at < self.at || !timed(at)))
    }

    /// Whether no word says how the time is meant.
    fn is_free(&self) -> bool {
        !self.led(&LEADS) && !self.followed(&[Term::Before, Term::After, Term::Behind, Term::First])
    }

    /// Writes the landmark as a time or as a stretch; gives how many tokens behind it are told with it.
    fn tell(&self, landmark: Landmark, span: Span, film: Time, told: &mut Vec<Token>) -> usize {
        let token = |meaning| Token { meaning, denied: false, also: None, at: self.tokens[self.at].at };
        let seconds = |time: Time| token(Meaning::Amount(Amount::Seconds(time.seconds())));
        let lead = |term| token(Meaning::Term(term));
        let (free, at) = (self.is_free(), self.led(&[Term::At]));
        let fades_out = self.near(&[Term::FadeOut]);
        let point = if span.is_empty() { Some(span.start) } else { self.point(landmark, span) };
        if fades_out && span.end == film && !span.is_empty() && (free || at) {
            // "Fade out in the last scene": all through it.
            told.pop_if(|_| at);
            told.push(seconds(span.length()));
            return 0;
        }
        let Some(point) = point else {
            told.pop_if(|_| self.led(&[Term::Inside, Term::At, Term::For, Term::From]));
            told.extend([seconds(span.start), token(Meaning::Dash), seconds(span.end)]);
            return 0;
        };
        if self.happens() {
            told.pop_if(|_| self.led(&[Term::After, Term::From]));
            let led = self.led(&[Term::Hit, Term::Climax, Term::At, Term::Until, Term::To, Term::And]);
            told.extend((!led).then(|| lead(Term::At)));
            told.push(seconds(point));
            return usize::from(self.followed(&[Term::After, Term::Behind, Term::Start]));
        }
        if fades_out && (free || at || self.led(&[Term::Before, Term::After])) {
            // Who lets it fade out there wants it gone there.
            told.pop_if(|_| !free);
            told.push(lead(Term::Until));
        } else if (self.near(&LEVELS) || self.near(&[Term::FadeIn])) && (free || at) {
            told.pop_if(|_| at);
            told.push(lead(Term::From));
        } else if free {
            told.push(lead(Term::At));
        }
        told.push(seconds(point));
        0
    }

    /// The end of a stretch that is meant; `None` where all of it is.
    fn point(&self, landmark: Landmark, span: Span) -> Option<Time> {
        let intro = landmark == Landmark::Intro;
        if self.led(&[Term::After]) || self.followed(&[Term::After, Term::Behind]) {
            return Some(span.end);
        }
        if self.led(&[Term::Until, Term::Before]) || self.followed(&[Term::Before, Term::First]) {
            return Some(if intro { span.end } else { span.start });
        }
        if self.happens() {
            return Some(if intro { span.end } else { span.start });
        }
        // "From the first shot to the second": through both.
        if self.led(&[Term::To]) {
            return Some(span.end);
        }
        let ranged = self.followed(&[Term::To, Term::Until]);
        // "Remove the music from the first clip": in all of it.
        let taken = matches!(landmark, Landmark::Clip(_)) && self.near(&[Term::Remove]) && !ranged;
        let leads = self.led(&[Term::From, Term::Between]) && !taken || ranged;
        // "On the second clip" is all of it; "starts at the second clip" is where it begins.
        let all = matches!(landmark, Landmark::Clip(_)) && !self.near(&[Term::Start, Term::End]);
        let at = self.led(&[Term::At]) && !self.near(&LEVELS) && !all;
        (leads || at).then_some(span.start)
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
