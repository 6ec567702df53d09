//! Advice: edits of somebody else than the reader, held to the same rules and told in the same voice.

use timeline::{Edit, History, Timeline};

use crate::language::Language;
use crate::reading::{Reader, Reading};
use crate::reply::Voice;
use crate::turn::Turn;

/// The most edits of one piece of advice.
pub const MOST_EDITS: usize = 40;

impl Reader<'_> {
    /// What a request comes to when somebody else names the edits for it, in the place of a reading of ours.
    ///
    /// They apply one after the other, as anybody's. The reply is ours: read from the difference of the states, never
    /// from what the adviser says; what the reading named as out of scope it names still. `None` where an edit does not
    /// apply, nothing changes, or there are more than [`MOST_EDITS`].
    pub fn advised(
        &self,
        request: &str,
        timeline: &Timeline,
        edits: Vec<Edit>,
        instead_of: &Reading,
    ) -> Option<Reading> {
        if edits.len() > MOST_EDITS {
            return None;
        }
        let reading = self.done(edits, timeline, Language::of(request))?;
        let voice = Voice { language: reading.language, library: self.library, done: true };
        let adds = |edit: &Edit| matches!(edit, Edit::AddBed { .. });
        let first_music = timeline.beds.is_empty() && reading.edits.iter().any(adds);
        let hint = if first_music { voice.hint() } else { String::new() };
        let notes = instead_of.out_of_scope.clone();
        let sentences: Vec<&str> = [reading.reply.as_str()]
            .into_iter()
            .chain(notes.iter().map(String::as_str))
            .chain([hint.as_str()])
            .collect();
        Some(Reading { reply: voice.join(&sentences), notes, ..reading })
    }

    /// The same as a turn of a conversation: one step of its history, with the request's words.
    pub fn advised_turn(
        &self,
        request: &str,
        history: &History,
        edits: Vec<Edit>,
        instead_of: &Reading,
    ) -> Option<Turn> {
        let reading = self.advised(request, history.now(), edits, instead_of)?;
        let mut after = history.clone();
        after.edit(request, &reading.edits).ok()?;
        after.leave_open(None);
        Some(Turn { reading, history: after }.in_characters_of(request, history))
    }
}
