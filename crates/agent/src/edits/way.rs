//! A timeline on its way: what has been done to it, and what it has become.

use timeline::{Edit, EditError, Timeline};

#[derive(Clone, Debug)]
pub(super) struct Way {
    pub(super) state: Timeline,
    /// The edits that led to the state, each of which changed something.
    pub(super) edits: Vec<Edit>,
}

impl Way {
    pub(super) fn from(timeline: &Timeline) -> Way {
        Way { state: timeline.clone(), edits: Vec::new() }
    }

    /// Does an edit; one that changes nothing is left out.
    pub(super) fn take(&mut self, edit: Edit) -> Result<(), EditError> {
        let next = self.state.apply(&edit)?;
        if next != self.state {
            self.edits.push(edit);
            self.state = next;
        }
        Ok(())
    }

    /// Does several edits, one after the other.
    pub(super) fn take_all(&mut self, edits: impl IntoIterator<Item = Edit>) -> Result<(), EditError> {
        edits.into_iter().try_for_each(|edit| self.take(edit))
    }
}
