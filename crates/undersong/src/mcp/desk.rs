//! Who does what tools ask for: one desk over files of this machine, one over the sessions of a server.

use std::time::Duration;

use super::refusal::Refusal;
use super::shapes::asked::{
    AddMusic, EditFilm, ExportFilm, ListAlternatives, OpenFilm, PreviewMusic, ThisFilm, UndoEdit,
};
use super::shapes::held::{LicenceView, TimelineView};
use super::shapes::work::Work;

/// How long a tool whose work is mostly short waits for it before it answers with a handle. Clients give up after a minute.
pub(crate) const SOON: Duration = Duration::from_secs(20);

/// What came of asking.
pub(crate) type Answer<T> = Result<T, Refusal>;

/// Who does what tools ask for. What may take long is a [`Work`] that goes on when the answer is given; work that is mostly short
/// is waited for as long as [`SOON`].
pub(crate) trait Desk: Send + Sync + 'static {
    /// What a client should know before it begins.
    fn about(&self) -> String;

    fn open(&self, wanted: OpenFilm) -> impl Future<Output = Answer<Work>> + Send;

    fn describe(&self, wanted: ThisFilm) -> impl Future<Output = Answer<Work>> + Send;

    fn add_music(&self, wanted: AddMusic) -> impl Future<Output = Answer<Work>> + Send;

    fn edit(&self, wanted: EditFilm) -> impl Future<Output = Answer<Work>> + Send;

    fn undo(&self, wanted: UndoEdit) -> impl Future<Output = Answer<Work>> + Send;

    fn alternatives(&self, wanted: ListAlternatives) -> impl Future<Output = Answer<Work>> + Send;

    fn preview(&self, wanted: PreviewMusic) -> impl Future<Output = Answer<Work>> + Send;

    fn export(&self, wanted: ExportFilm) -> impl Future<Output = Answer<Work>> + Send;

    /// How a job is, when it has ended or after so long.
    fn status(&self, job: &str, at_most: Duration) -> impl Future<Output = Answer<Work>> + Send;

    fn cancel(&self, job: &str) -> impl Future<Output = Answer<Work>> + Send;

    fn timeline(&self, wanted: ThisFilm) -> impl Future<Output = Answer<TimelineView>> + Send;

    fn licence(&self, wanted: ThisFilm) -> impl Future<Output = Answer<LicenceView>> + Send;
}
