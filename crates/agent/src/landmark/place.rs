//! Where a landmark stands in a request, and as which time or stretch it is told there.

use sound::{Span, Time};

use super::{Landmark, is, timed};
use crate::number::Amount;
use crate::term::Term;
use crate::token::{Meaning, Token};

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

/// Where a landmark stands in a request.
pub(super) struct Place<'a> {
    pub(super) tokens: &'a [Token],
    pub(super) at: usize,
    /// The first token behind it.
    pub(super) next: usize,
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

    pub(super) fn has_near(&self, wanted: impl Fn(&Token) -> bool) -> bool {
        let ends = |token: &&Token| match token.meaning {
            Meaning::Comma | Meaning::Stop => false,
            Meaning::Term(term) => !BREAKS.contains(&term),
            _ => true,
        };
        let before = self.tokens[..self.at].iter().rev().take_while(ends).any(&wanted);
        before || self.tokens[self.next..].iter().take_while(ends).any(&wanted)
    }

    /// "Lower it when he starts talking" wants the music to give way, and not to be low from then on.
    pub(super) fn means_speaking(&self, landmark: Landmark) -> bool {
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
    pub(super) fn tell(&self, landmark: Landmark, span: Span, film: Time, told: &mut Vec<Token>) -> usize {
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
