//! Edits of the words over the picture.

use crate::edit::{Edit, EditError};
use crate::{Timeline, Title};

impl Timeline {
    pub(super) fn change_titles(&mut self, edit: &Edit) -> Result<(), EditError> {
        match edit {
            Edit::AddTitle { text, span, look } => {
                let id = self.titles.iter().map(|title| title.id).max().unwrap_or(0) + 1;
                let span = span.unwrap_or_else(|| self.whole());
                self.titles.push(Title { id, text: text.clone(), span, look: *look, locked: false });
            }
            Edit::RemoveTitle { title } => {
                self.title_mut(*title)?;
                self.titles.retain(|other| other.id != *title);
            }
            Edit::Retitle { title, text } => self.title_mut(*title)?.text.clone_from(text),
            Edit::PlaceTitle { title, span } => {
                let title = self.title_mut(*title)?;
                title.look.fade = title.look.fade.min(span.length() / 2);
                title.span = *span;
            }
            Edit::StyleTitle { title, look } => self.title_mut(*title)?.look = *look,
            _ => {}
        }
        Ok(())
    }

    pub(in crate::edit) fn title_mut(&mut self, id: u32) -> Result<&mut Title, EditError> {
        self.titles.iter_mut().find(|title| title.id == id).ok_or(EditError::NoSuchTitle(id))
    }
}
