//! The one voice of all replies: it speaks the language it is given.

use score::{Brief, Library, Mood};
use timeline::{Bed, Duck, Music, Timeline};

use super::change::Change;
use super::figure::clock;
use super::{Need, Scored, ScoredBed, chinese, english, in_characters, title};
use crate::language::Language;
use crate::remark::{Problem, Remark};
use crate::term::Asked;

/// A language, and the library that titles are looked up in.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Voice<'a> {
    pub(crate) language: Language,
    pub(crate) library: &'a Library,
    /// Whether what is told has been done; otherwise it would be.
    pub(crate) done: bool,
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

/// A change of the film's own level that people will notice, in decibels.
const FILM_GAIN_TOLD: f64 = 6.0;

/// A wished and a played tempo that differ by more than this share are both told.
pub(super) const TEMPO_TOLD: f64 = 0.005;

/// A piece with what is needed to tell of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Played<'a> {
    pub(super) piece: &'a ScoredBed,
    /// What it is called, where there are several.
    pub(super) name: Option<&'a str>,
    /// Its genre, where the film chose it.
    pub(super) genre: Option<&'a str>,
    pub(super) wished_bpm: Option<f64>,
    /// Whether moments were asked for; otherwise all are cuts.
    pub(super) wished_moments: bool,
    /// Whether it was there already and has another tempo or key now.
    pub(super) now: bool,
    pub(super) done: bool,
}

impl Played<'_> {
    /// The tempo that was wished, where the piece has clearly another one.
    pub(super) fn missed_bpm(&self) -> Option<f64> {
        self.wished_bpm.filter(|wished| (self.piece.tempo_bpm / wished - 1.0).abs() > TEMPO_TOLD)
    }
}

impl Voice<'_> {
    /// Sentences as a text; empty ones are left out.
    pub(crate) fn join<S: AsRef<str>>(self, sentences: &[S]) -> String {
        let sentences: Vec<&str> =
            sentences.iter().map(S::as_ref).filter(|sentence| !sentence.is_empty()).collect();
        sentences.join(if self.language.is_chinese() { "" } else { " " })
    }

    pub(crate) fn problem(self, problem: &Problem, timeline: &Timeline) -> String {
        let named = |bed: &Bed| format!("{} ({})", self.called(bed), clock(bed.span.start));
        let names: Vec<String> = timeline.beds.iter().map(named).collect();
        let genre = |id: &str| title(self.library.find(id), None, self.language);
        say!(self, problem(problem, timeline, &names, &genre))
    }

    pub(crate) fn remark(self, remark: &Remark) -> String {
        let genre = |id: &str| title(self.library.find(id), None, self.language);
        say!(self, remark(remark, &genre))
    }

    pub(super) fn change(self, change: &Change, before: &Timeline, after: &Timeline) -> String {
        let only = before.beds.len().max(after.beds.len()) < 2;
        match change {
            Change::Added(bed) => say!(self, added(bed, &self.called(bed), after, self.done)),
            Change::Returned(bed) => say!(self, returned(bed, &self.called(bed))),
            Change::Removed(bed) => say!(self, removed(bed, &self.called(bed), only)),
            Change::Changed(old, new) => {
                let names = (self.called(old), self.called(new));
                say!(self, changed((old, new), (&names.0, &names.1), self.mood(old), only, after))
            }
            Change::Aimed(target) => say!(self, aimed(*target)),
            Change::Titled(title) => say!(self, titled(title, self.done)),
            Change::Untitled(title) => say!(self, untitled(title)),
            Change::Shot(of) => say!(self, shot(of)),
        }
    }

    /// What was measured, in sentences.
    pub(super) fn measured(
        self,
        before: &Timeline,
        after: &Timeline,
        scored: &Scored,
    ) -> Vec<(Need, String)> {
        let many = after.beds.len() > 1;
        let pieces = scored.beds.iter().filter_map(|piece| {
            let bed = after.bed(piece.bed)?;
            let genre = title(self.library.find(&piece.genre), None, self.language);
            let called = self.called(bed);
            let wished = brief(bed);
            let told = Played {
                piece,
                name: many.then_some(called.as_str()),
                genre: wished.is_some_and(|brief| brief.genre.is_none()).then_some(genre.as_str()),
                wished_bpm: wished.and_then(|brief| brief.tempo_bpm),
                wished_moments: wished.is_some_and(|brief| !brief.hits.is_empty()),
                now: before.bed(bed.id).and_then(brief).is_some_and(|old| {
                    wished.is_some_and(|new| (old.tempo_bpm, old.key) != (new.tempo_bpm, new.key))
                }),
                done: self.done,
            };
            Some((Need::Piece, say!(self, piece(&told))))
        });
        let mut sentences: Vec<(Need, String)> = pieces.collect();
        let gain = scored.film_gain_db.filter(|gain| gain.abs() > FILM_GAIN_TOLD);
        sentences.extend(scored.lufs.map(|lufs| (Need::Loudness, say!(self, loudness(lufs, gain)))));
        if scored.own_voices {
            sentences.push((Need::Voices, say!(self, own_voices())));
        }
        sentences
    }

    /// What is on the timeline.
    pub(crate) fn state(self, timeline: &Timeline) -> String {
        let beds: Vec<(String, &Bed)> = timeline.beds.iter().map(|bed| (self.called(bed), bed)).collect();
        let titles = if timeline.titles.is_empty() { String::new() } else { say!(self, titles(timeline)) };
        self.join(&[say!(self, state(&beds, timeline)), titles])
    }

    /// What was asked, and nothing besides.
    pub(crate) fn asked(self, asked: &[Asked], timeline: &Timeline) -> String {
        let mut said = Vec::new();
        for one in asked {
            match one {
                Asked::Length => said.push(say!(self, length(timeline))),
                Asked::Titles => said.push(say!(self, titles(timeline))),
                Asked::Credits => said.push(say!(self, credits())),
                Asked::OwnSound => said.push(say!(self, own_sound(timeline))),
                Asked::Size => said.push(say!(self, size(timeline.picture_size()))),
                Asked::Loudness => said.push(say!(self, loudness_wished(timeline.target))),
                Asked::OwnMusic => {}
                _ if timeline.beds.is_empty() => said.push(self.state(timeline)),
                _ => said.extend(timeline.beds.iter().map(|bed| {
                    let genre = brief(bed).and_then(|brief| brief.genre.as_deref());
                    let genre = genre.and_then(|id| self.library.find(id));
                    let name = self.called(bed);
                    say!(self, asked(*one, bed, &name, genre, timeline))
                })),
            }
        }
        said.dedup();
        self.join(&said)
    }

    /// That nothing had to change; with how the music gives way to speech, where that was asked for.
    pub(crate) fn unchanged(self, timeline: &Timeline, ducking: bool) -> String {
        let already = say!(self, already());
        let bed = timeline.beds.first().filter(|bed| ducking && bed.duck == Duck::default());
        let ducks = bed.map(|bed| say!(self, ducks(bed.duck))).unwrap_or_default();
        self.join(&[already, self.state(timeline), ducks])
    }

    /// That a condition does not hold.
    pub(crate) fn not_so(self, timeline: &Timeline) -> String {
        let not_so = say!(self, not_so());
        self.join(&[not_so, self.state(timeline)])
    }

    pub(crate) fn unclear_condition(self) -> String {
        say!(self, unclear_condition())
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

    /// What was taken back: the last of so many steps was this.
    pub(crate) fn undone(self, said: &str, steps: usize) -> String {
        say!(self, undone(said, steps))
    }

    pub(crate) fn redone(self, said: &str) -> String {
        say!(self, redone(said))
    }

    pub(crate) fn cancelled(self) -> String {
        say!(self, cancelled())
    }

    pub(crate) fn versions(self, names: &[&str]) -> String {
        say!(self, versions(names))
    }

    /// What the piece of this number is called among those to choose from.
    pub(crate) fn option(self, n: usize) -> String {
        say!(self, option(n))
    }

    /// That these may be chosen, the first of which plays; `most` where more were wished for.
    pub(crate) fn options(self, names: &[String], most: bool) -> String {
        say!(self, options(names, most))
    }

    pub(crate) fn chose(self, name: &str) -> String {
        say!(self, chose(name))
    }

    pub(crate) fn plays_already(self, name: &str) -> String {
        say!(self, plays_already(name))
    }

    /// The latest of so many things that were said and done.
    pub(crate) fn changes(self, said: &[&str], all: usize) -> String {
        say!(self, changes(said, all))
    }

    pub(crate) fn nothing_to_undo(self) -> String {
        say!(self, nothing_to_undo())
    }

    pub(crate) fn nothing_to_redo(self) -> String {
        say!(self, nothing_to_redo())
    }

    pub(crate) fn named(self, name: &str) -> String {
        say!(self, named(name))
    }

    pub(crate) fn back_at(self, name: &str) -> String {
        say!(self, back_at(name))
    }

    pub(crate) fn no_such_version(self, name: &str, names: &[&str]) -> String {
        say!(self, no_such_version(name, names))
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
