//! What takes the place of the turn before: "not the music, the title".

use footage::Profile;
use timeline::History;

use super::Turn;
use super::going::said;
use crate::correction::{meant_by_it, meant_instead};
use crate::language::Language;
use crate::reading::{Kind, Reader, Reading};

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
        Some(Turn { reading, history: before })
            .filter(|_| meant)
            .and_then(|turn| self.instead(&spoken, history, turn))
    }

    /// A turn that takes the place of the one before, as one more step, so that it can be taken back like any other.
    /// None where that changes nothing.
    pub(super) fn instead(&self, said: &str, history: &History, turn: Turn) -> Option<Turn> {
        let language = turn.reading.language;
        let told = self.difference(history.now(), turn.history.now(), language)?;
        let mut after = history.clone();
        after.record(said, turn.history.now().clone());
        let reading = Reading { kind: Kind::Edited, ..Reading::answered(told, language) };
        Some(Turn { reading, history: after })
    }
}
