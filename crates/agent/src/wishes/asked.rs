//! What is asked about what there is.

use super::Wishes;
use crate::phrase::Phrase;
use crate::term::{Asked, Question, Term};

impl Wishes {
    /// The single things that are asked: "what's the bpm and key".
    pub(super) fn read_questions(&mut self, phrase: &Phrase) {
        for at in 0..phrase.len() {
            let of = match phrase.term(at) {
                Some(Term::Question(Question::Of(asked))) => Some(asked),
                Some(Term::Pace) => Some(Asked::Tempo),
                Some(Term::Volume) => Some(Asked::Level),
                _ => None,
            };
            let asks =
                phrase.clause(at).any(|at| matches!(phrase.term(at), Some(Term::Question(Question::Of(_)))));
            self.asked.extend(of.filter(|of| asks && !self.asked.contains(of)));
        }
    }

    /// "Are there drums in it", "does it fade out".
    pub(super) fn read_whether(&mut self, phrase: &Phrase) {
        for at in 0..phrase.len() {
            let of = match phrase.term(at) {
                Some(Term::Role(role)) => Some(Asked::Player(role)),
                Some(Term::FadeIn | Term::FadeOut | Term::Fade) => Some(Asked::Fades),
                Some(Term::Title) => Some(Asked::Titles),
                Some(Term::Instrument(which)) => Some(Asked::Instrument(which)),
                Some(Term::Louder | Term::Quieter | Term::Loud | Term::Volume) => Some(Asked::Level),
                Some(Term::Faster | Term::Slower | Term::Fast | Term::Slow) => Some(Asked::Tempo),
                _ => None,
            };
            self.asked.extend(of.filter(|of| !self.asked.contains(of)));
        }
    }
}
