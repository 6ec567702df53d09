//! Advice: edits of somebody else than the reader, held to the same rules and told in the same voice.

use timeline::{Edit, History, Timeline};

use crate::language::Language;
use crate::reading::{Reader, Reading};
use crate::reply::Voice;
use crate::turn::Turn;

/// The most edits of one piece of advice.
const MOST_EDITS: usize = 40;

impl Reader<'_> {
    /// What a request comes to when somebody else names the edits for it.
    ///
    /// They apply one after the other, as anybody's. The reply is ours: read from the difference of the states, never
    /// from what the adviser says. `None` where an edit does not apply, nothing changes, or there are more than 40.
    pub fn advised(&self, request: &str, timeline: &Timeline, edits: Vec<Edit>) -> Option<Reading> {
        if edits.len() > MOST_EDITS {
            return None;
        }
        let after = edits.iter().try_fold(timeline.clone(), |state, edit| state.apply(edit)).ok()?;
        if after == *timeline {
            return None;
        }
        let reading = self.done(edits, timeline, Language::of(request));
        // A change that nobody could be told of is none that anybody asked for.
        if reading.reply.is_empty() {
            return None;
        }
        let voice = Voice { language: reading.language, library: self.library, done: true };
        let first_music = timeline.beds.is_empty() && !after.beds.is_empty();
        let hint = if first_music { voice.hint() } else { String::new() };
        Some(Reading { reply: voice.join(&[reading.reply, hint]), ..reading })
    }

    /// The same as a turn of a conversation: one step of its history, with the request's words.
    pub fn advised_turn(&self, request: &str, history: &History, edits: Vec<Edit>) -> Option<Turn> {
        let reading = self.advised(request, history.now(), edits)?;
        let mut history = history.clone();
        history.edit(request, &reading.edits).ok()?;
        history.leave_open(None);
        Some(Turn { reading, history })
    }
}
