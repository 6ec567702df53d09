//! What takes the place of the turn before: "not the music, the title".

use footage::Profile;
use timeline::History;

use super::{Turn, said};
use crate::correction::{meant_by_it, meant_instead};
use crate::language::Language;
use crate::reading::{Kind, Reader, Reading};
use crate::reply::{self, Voice};

impl Reader<'_> {
    /// The last wish once more, for what was meant instead: "bigger", "not the music, the title".
    pub(super) fn meant_instead(
        &self,
        request: &str,
        history: &History,
        profile: &Profile,
        seed: u64,
    ) -> Option<Turn> {
        let (language, last) = (Language::of(request), said(history));
        let otherwise = || meant_by_it(request, &last, &self.lexicon);
        let spoken = match meant_instead(request, &self.lexicon) {
            Some(thing) if language.is_chinese() => format!("{thing}{last}"),
            Some(thing) => format!("{thing} {last}"),
            None => otherwise()?,
        };
        let mut before = history.clone();
        before.undo().ok()?;
        let reading = Reading { language, ..self.read(&spoken, before.now(), profile, seed) };
        let meant = reading.kind == Kind::Edited && before.edit(&spoken, &reading.edits).is_ok();
        meant.then(|| self.instead(&spoken, history, Turn { reading, history: before }))
    }

    /// A turn that takes the place of the one before, as one more step, so that it can be taken back like any other.
    pub(super) fn instead(&self, said: &str, history: &History, turn: Turn) -> Turn {
        let voice = Voice { language: turn.reading.language, library: self.library, done: true };
        let told = reply::told(history.now(), turn.history.now(), voice);
        let told: Vec<String> = told.into_iter().map(|(_, sentence)| sentence).collect();
        let mut after = history.clone();
        after.record(said, turn.history.now().clone());
        let reading =
            Reading { kind: Kind::Edited, ..Reading::answered(voice.join(&told), turn.reading.language) };
        Turn { reading, history: after }
    }
}
