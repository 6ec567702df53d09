//! A turn of a conversation: a request, read with all that was said and done before it.

mod after_all;
mod asked;
mod completion;
mod ellipsis;
mod going;
mod instead;
mod likeness;
mod options;
mod topic;
mod travel;

use footage::Profile;
use timeline::{Edit, History, Timeline};

use crate::language::Language;
use crate::reading::{Kind, Reader, Reading};
use crate::remark::Unclear;
use crate::reply::{self, Voice};
use going::{gone, then};
use topic::Topic;
use travel::Travel;

/// What a turn comes to.
#[derive(Clone, Debug, PartialEq)]
pub struct Turn {
    /// The answer; its edits lead from the timeline before the turn to the one after it, unless the turn went through
    /// the history.
    pub reading: Reading,
    /// The history after the turn.
    pub history: History,
}

impl Turn {
    /// The same answer in the characters that the conversation is held in.
    pub(crate) fn in_characters_of(self, request: &str, history: &History) -> Turn {
        let said = history.past().iter().map(|step| step.said.as_str());
        let language = Language::after(request, said);
        if (self.reading.language, language) != (Language::Simplified, Language::Traditional) {
            return self;
        }
        let reply = reply::in_characters(language, &self.reading.reply);
        let notes = self.reading.notes.iter().map(|note| reply::in_characters(language, note)).collect();
        Turn { reading: Reading { reply, notes, language, ..self.reading }, ..self }
    }
}

impl Reader<'_> {
    /// Reads a request in a conversation: it may go through the history, complete what was asked before, and leave out
    /// what was just spoken of.
    ///
    /// As with [`Reader::read`], the same arguments give the same turn.
    pub fn turn(&self, request: &str, history: &History, profile: &Profile, seed: u64) -> Turn {
        self.heard(request, history, profile, seed).in_characters_of(request, history)
    }

    fn heard(&self, request: &str, history: &History, profile: &Profile, seed: u64) -> Turn {
        let (library, lexicon) = (self.library, &self.lexicon);
        let language = Language::of(request);
        let voice = Voice { language, library, done: true };
        if let Some(reply) = asked::answer(request, history, voice) {
            let mut history = history.clone();
            history.leave_open(None);
            return Turn { reading: Reading::answered(reply, language), history };
        }
        if let Some(chosen) = self.chosen(request, history) {
            return chosen;
        }
        if let Some(found) = travel::travel(request) {
            let gone = gone(&found.travel, history, voice);
            let also = self.read(&found.rest, gone.history.now(), profile, seed);
            return if found.rest.is_empty() { gone } else { then(gone, also, request, history) };
        }
        if after_all::is_wanted(request, history, lexicon) {
            return gone(&Travel::Redo(1), history, voice);
        }
        if let Some(amended) = self.amended(request, history, profile, seed) {
            return amended;
        }
        if let Some(turn) = self.meant_instead(request, history, profile, seed) {
            return turn;
        }
        self.spoken(request, history, profile, seed)
    }

    /// A turn that says something by itself, as far as it names what it is about.
    fn spoken(&self, request: &str, history: &History, profile: &Profile, seed: u64) -> Turn {
        let lexicon = &self.lexicon;
        let told = |said: &str| self.read(said, history.now(), profile, seed);
        let topic = Topic::of(history);
        let more = asked::repeated(request, history).map(str::to_owned);
        let said = more.clone().unwrap_or_else(|| request.to_owned());
        let completed =
            || topic.completed(request, lexicon).or_else(|| ellipsis::of_fade(request, history, lexicon));
        let spoken = more.or_else(completed).unwrap_or_else(|| request.to_owned());
        let mut reading = told(&spoken);
        let lost = reading.kind == Kind::Answered && reading.edits.is_empty();
        if let Some(of_title) = topic::of_titles(request, history.now(), lexicon).filter(|_| lost) {
            reading = told(&of_title);
        }
        if let Some(open) = history.open() {
            reading = self.answered(open, request, reading, &told);
        }
        let mut after = history.clone();
        // Each edit of a reading applies; where one did not, nothing is done.
        let done = after.edit(&said, &reading.edits).is_ok();
        debug_assert!(done, "an edit of a reading does not apply");
        after.leave_open((reading.kind == Kind::Asks).then(|| request.to_owned()));
        let turn = Turn { reading: Reading { language: Language::of(request), ..reading }, history: after };
        let drawn = |seed| self.read(&spoken, history.now(), profile, seed).edits;
        self.laid_out(request, turn, history.now(), profile, &|n| {
            drawn(seed.wrapping_add(n * options::APART))
        })
    }
}

impl Reader<'_> {
    /// A turn that goes on with the wish before; none where it says something by itself, or answers a question.
    fn amended(&self, request: &str, history: &History, profile: &Profile, seed: u64) -> Option<Turn> {
        if history.open().is_some() {
            return None;
        }
        let edits = ellipsis::halved(request, history).or_else(|| likeness::edits(request, history, seed));
        if let Some(edits) = edits {
            let mut after = history.clone();
            let reading = self.done(edits, history.now(), Language::of(request))?;
            after.edit(request, &reading.edits).ok()?;
            return Some(Turn { reading, history: after });
        }
        let amended = ellipsis::amended(request, history, &self.lexicon)?;
        let mut before = history.clone();
        if amended.instead {
            before.undo().ok()?;
        }
        let turn = self.spoken(&amended.request, &before, profile, seed);
        match amended.instead {
            _ if turn.reading.kind != Kind::Edited => None,
            true => self.instead(&amended.request, history, turn),
            false => Some(turn),
        }
    }

    /// The reading of edits that no words of their own asked for; none where one does not apply, or nothing changes.
    pub(crate) fn done(&self, edits: Vec<Edit>, before: &Timeline, language: Language) -> Option<Reading> {
        let after = edits.iter().try_fold(before.clone(), |state, edit| state.apply(edit)).ok()?;
        let reading = Reading::answered(self.difference(before, &after, language)?, language);
        Some(Reading { kind: Kind::Edited, edits, through_history: false, ..reading })
    }

    /// In what two states differ; none where there is nothing to tell.
    fn difference(&self, before: &Timeline, after: &Timeline, language: Language) -> Option<String> {
        let voice = Voice { language, library: self.library, done: true };
        let told: Vec<String> = reply::told(before, after, voice).into_iter().map(|(_, told)| told).collect();
        Some(voice.join(&told)).filter(|told| !told.is_empty())
    }

    /// A reading that takes a request for the answer to what was asked, where it is one.
    fn answered(
        &self,
        open: &str,
        request: &str,
        reading: Reading,
        told: &dyn Fn(&str) -> Reading,
    ) -> Reading {
        let lexicon = &self.lexicon;
        let unclear = told(open).unclear;
        let words = unclear == Some(Unclear::Words) && completion::could_be_words(request, lexicon);
        let times = completion::could_be_times(request, lexicon);
        let open_still = reading.kind != Kind::Edited && !reading.wants_film;
        if times && unclear.is_none() {
            // The times of the open request were impossible: these take their place.
            let other = format!("{} {request}", completion::without_times(open, request, lexicon));
            return Some(told(&other)).filter(|reading| reading.kind == Kind::Edited).unwrap_or(reading);
        }
        if words || times || open_still {
            return completed(open, request, words, told).unwrap_or(reading);
        }
        reading
    }
}

/// What an open request comes to with this answer to its question, which may be the words of a title.
fn completed(open: &str, answer: &str, words: bool, told: &dyn Fn(&str) -> Reading) -> Option<Reading> {
    let quotation = answer.trim().trim_matches(['"', '\u{201c}', '\u{201d}', '「', '」']);
    let text = if words { format!("{open} \"{quotation}\"") } else { format!("{open} {answer}") };
    Some(told(&text)).filter(|reading| reading.kind == Kind::Edited)
}
