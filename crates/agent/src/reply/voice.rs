//! The one voice of all replies: it speaks the language it is given.

use score::{Brief, Library, Mood};
use timeline::{Bed, Duck, Music, Timeline};

use super::change::Change;
use super::figure::clock;
use super::{Scored, chinese, english, in_characters, title};
use crate::language::Language;
use crate::remark::{Problem, Remark};

/// A language, and the library that titles are looked up in.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Voice<'a> {
    pub(crate) language: Language,
    pub(crate) library: &'a Library,
}

/// Says the same in the language of a voice.
macro_rules! say {
    ($voice:expr, $function:ident($($argument:expr),*)) => {
        match $voice.language {
            Language::English => english::$function($($argument),*),
            _ => in_characters($voice.language, &chinese::$function($($argument),*)),
        }
    };
}

impl Voice<'_> {
    /// Sentences as a text; empty ones are left out.
    pub(crate) fn join(self, sentences: &[&str]) -> String {
        let sentences: Vec<&str> =
            sentences.iter().copied().filter(|sentence| !sentence.is_empty()).collect();
        sentences.join(if self.language.is_chinese() { "" } else { " " })
    }

    pub(crate) fn problem(self, problem: &Problem, timeline: &Timeline) -> String {
        let named = |bed: &Bed| format!("{} ({})", self.called(bed), clock(bed.span.start));
        let names: Vec<String> = timeline.beds.iter().map(named).collect();
        say!(self, problem(problem, timeline, &names))
    }

    pub(crate) fn remark(self, remark: &Remark) -> String {
        let genre = |id: &str| title(self.library.find(id), None, self.language);
        say!(self, remark(remark, &genre))
    }

    pub(super) fn change(self, change: &Change, before: &Timeline, after: &Timeline) -> String {
        let only = before.beds.len().max(after.beds.len()) < 2;
        match change {
            Change::Added(bed) => say!(self, added(bed, &self.called(bed), after)),
            Change::Returned(bed) => say!(self, returned(bed, &self.called(bed))),
            Change::Removed(bed) => say!(self, removed(bed, &self.called(bed), only)),
            Change::Changed(old, new) => {
                let names = (self.called(old), self.called(new));
                say!(self, changed((old, new), (&names.0, &names.1), self.mood(old), only, after))
            }
            Change::Aimed(target) => say!(self, aimed(*target)),
        }
    }

    pub(super) fn measured(self, after: &Timeline, scored: &Scored) -> String {
        let many = after.beds.len() > 1;
        let pieces = scored.beds.iter().filter_map(|piece| {
            let bed = after.bed(piece.bed)?;
            let genre = title(self.library.find(&piece.genre), None, self.language);
            let chosen = brief(bed).is_some_and(|brief| brief.genre.is_none());
            Some(say!(
                self,
                piece(piece, many.then_some(self.called(bed).as_str()), chosen.then_some(genre.as_str()))
            ))
        });
        let mut sentences: Vec<String> = pieces.collect();
        sentences.extend(scored.lufs.map(|lufs| say!(self, loudness(lufs))));
        if scored.own_voices {
            sentences.push(say!(self, own_voices()));
        }
        self.join(&sentences.iter().map(String::as_str).collect::<Vec<_>>())
    }

    /// What is on the timeline.
    pub(crate) fn state(self, timeline: &Timeline) -> String {
        let beds: Vec<(String, &Bed)> = timeline.beds.iter().map(|bed| (self.called(bed), bed)).collect();
        say!(self, state(&beds, timeline))
    }

    /// That nothing had to change; with how the music gives way to speech, where that was asked for.
    pub(crate) fn unchanged(self, timeline: &Timeline, ducking: bool) -> String {
        let already = say!(self, already());
        let bed = timeline.beds.first().filter(|bed| ducking && bed.duck == Duck::default());
        let ducks = bed.map(|bed| say!(self, ducks(bed.duck))).unwrap_or_default();
        self.join(&[already.as_str(), self.state(timeline).as_str(), ducks.as_str()])
    }

    pub(crate) fn abilities(self) -> String {
        let genres: Vec<String> =
            self.library.genres().iter().map(|genre| title(Some(genre), None, self.language)).collect();
        say!(self, abilities(&genres))
    }

    pub(crate) fn export(self, timeline: &Timeline) -> String {
        say!(self, export(!timeline.beds.is_empty()))
    }

    pub(crate) fn greeting(self) -> String {
        say!(self, greeting())
    }

    pub(crate) fn not_understood(self) -> String {
        say!(self, not_understood())
    }

    pub(crate) fn hint(self) -> String {
        say!(self, hint())
    }

    /// The mood a bed was asked to have, else that of its genre.
    fn mood(self, bed: &Bed) -> Option<Mood> {
        let brief = brief(bed)?;
        let genre = brief.genre.as_deref().and_then(|id| self.library.find(id));
        brief.mood.or(genre.map(|genre| genre.mood))
    }

    /// What a bed is called in this language.
    fn called(self, bed: &Bed) -> String {
        match brief(bed) {
            Some(brief) => {
                let genre = brief.genre.as_deref().and_then(|id| self.library.find(id));
                title(genre, brief.mood, self.language)
            }
            None => bed.name.clone(),
        }
    }
}

/// What a bed is composed to, if it is composed.
pub(super) fn brief(bed: &Bed) -> Option<&Brief> {
    match &bed.music {
        Music::Composed(brief) => Some(brief),
        Music::Recording(_) => None,
    }
}
