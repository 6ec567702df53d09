//! The tokens of a request while they are being understood: each is used at most once.

use std::ops::Range;

use crate::number::Amount;
use crate::term::Term;
use crate::token::{Meaning, Token};

/// Tokens, and which of them have found their meaning.
#[derive(Clone, Debug)]
pub(crate) struct Phrase {
    tokens: Vec<Token>,
    used: Vec<bool>,
}

impl Phrase {
    /// A phrase of which nothing is understood yet; what is denied is marked.
    pub(crate) fn new(mut tokens: Vec<Token>) -> Phrase {
        crate::denial::mark(&mut tokens);
        Phrase { used: vec![false; tokens.len()], tokens }
    }

    pub(crate) fn len(&self) -> usize {
        self.tokens.len()
    }

    /// The token, used or not.
    pub(crate) fn token(&self, at: usize) -> Option<Token> {
        self.tokens.get(at).copied()
    }

    /// The known word at a place, used or not.
    pub(crate) fn term(&self, at: usize) -> Option<Term> {
        match self.tokens.get(at)?.meaning {
            Meaning::Term(term) => Some(term),
            _ => None,
        }
    }

    /// The amount at a place that nothing has used.
    pub(crate) fn amount(&self, at: usize) -> Option<Amount> {
        match self.tokens.get(at)?.meaning {
            Meaning::Amount(amount) if !self.used[at] => Some(amount),
            _ => None,
        }
    }

    /// Seconds at a place that nothing has used.
    pub(crate) fn seconds(&self, at: usize) -> Option<f64> {
        match self.amount(at)? {
            Amount::Seconds(seconds) => Some(seconds),
            Amount::NineSixteen => self.is_time(at).then_some(556.0),
            _ => None,
        }
    }

    /// Whether `9:16` is a time here and not a frame: "at 9:16", "from 0:10 to 9:16", but "crop to 9:16".
    fn is_time(&self, at: usize) -> bool {
        let ranged = |at: usize| at > 0 && matches!(self.tokens[at - 1].meaning, Meaning::Amount(_));
        let led = [Term::At, Term::From, Term::Until, Term::After, Term::Before, Term::Hit, Term::Climax];
        self.after(at, &led)
            || at > 0
                && (self.after(at, &[Term::To]) || self.tokens[at - 1].meaning == Meaning::Dash)
                && ranged(at - 1)
    }

    pub(crate) fn is(&self, at: usize, terms: &[Term]) -> bool {
        self.term(at).is_some_and(|term| terms.contains(&term))
    }

    /// Whether the token before a place is one of these words.
    pub(crate) fn after(&self, at: usize, terms: &[Term]) -> bool {
        at > 0 && self.is(at - 1, terms)
    }

    pub(crate) fn is_used(&self, at: usize) -> bool {
        self.used.get(at).copied().unwrap_or(true)
    }

    pub(crate) fn use_up(&mut self, from: usize, to: usize) {
        for at in from..=to.min(self.used.len().saturating_sub(1)) {
            self.used[at] = true;
        }
    }

    /// Whether one of these words stands anywhere and is not denied.
    pub(crate) fn says(&self, terms: &[Term]) -> bool {
        self.places(terms).any(|at| !self.tokens[at].denied)
    }

    /// Where these words stand.
    pub(crate) fn places<'a>(&'a self, terms: &'a [Term]) -> impl Iterator<Item = usize> + 'a {
        (0..self.len()).filter(|at| self.is(*at, terms))
    }

    /// Takes tokens out of the phrase and leaves a break in their place.
    pub(crate) fn cut(&mut self, run: Range<usize>) {
        let Some(first) = self.tokens.get(run.start).copied() else { return };
        let gap = Token { meaning: Meaning::Stop, denied: false, also: None, ..first };
        self.tokens.splice(run.clone(), [gap]);
        self.used.splice(run, [true]);
    }

    /// Takes a token for something else than it was read as.
    pub(crate) fn read_as(&mut self, at: usize, meaning: Meaning) {
        if let Some(token) = self.tokens.get_mut(at) {
            token.meaning = meaning;
        }
    }

    /// Some of its tokens as a phrase of their own, of which nothing is used; `other` may give them another meaning.
    pub(crate) fn part(&self, run: Range<usize>, other: impl Fn(Meaning) -> Meaning) -> Phrase {
        let tokens: Vec<Token> = self.tokens.get(run).unwrap_or_default().to_vec();
        let tokens: Vec<Token> =
            tokens.into_iter().map(|token| Token { meaning: other(token.meaning), ..token }).collect();
        Phrase { used: vec![false; tokens.len()], tokens }
    }

    /// The places of the clause around a place: between the commas and stops on both sides.
    pub(crate) fn clause(&self, at: usize) -> Range<usize> {
        let ends = |token: &Token| matches!(token.meaning, Meaning::Comma | Meaning::Stop);
        let start = self.tokens[..at].iter().rposition(ends).map_or(0, |place| place + 1);
        let end = self.tokens[at..].iter().position(ends).map_or(self.len(), |place| at + place);
        start..end
    }

    /// Whether one of these words stands in the same clause as a place.
    pub(crate) fn near(&self, at: usize, terms: &[Term]) -> bool {
        self.clause(at).any(|place| self.is(place, terms))
    }
}
