//! Every tool: its name, what a client is told of it, and what it takes and gives.

use rmcp::model::{Tool, ToolAnnotations};
use schemars::JsonSchema;

use super::shapes::asked::{
    AddMusic, CancelJob, EditFilm, ExportFilm, JobStatus, ListAlternatives, ListGenres, OpenFilm,
    PreviewMusic, ThisFilm, UndoEdit,
};
use super::shapes::found::Genres;
use super::shapes::held::{LicenceView, TimelineView};
use super::shapes::work::Work;

/// What a tool does to the world.
#[derive(Clone, Copy)]
enum Does {
    /// It only looks.
    Look,
    /// It looks or plays, and what it leaves behind is for listening only.
    Play,
    /// It adds something; again gives another.
    Add,
    /// It changes what can be changed back.
    Change,
    /// It throws away what was not finished.
    Stop,
}

/// Every tool; `open_world` says whether films come from addresses.
pub(super) fn all(open_world: bool) -> Vec<Tool> {
    let tools = [opening(open_world), changing(), making(), looking()];
    tools.into_iter().flatten().collect()
}

fn opening(open_world: bool) -> Vec<Tool> {
    let open = "Opens a film, or several films and photos that are shown one after the other, and gives the name by which every other \
                tool knows it. Nothing is written. Where fetching takes long, the answer is a job to poll.";
    let describe = "Tells what is in the film: length, size, sound, cuts, speech, sections, mood with valence and arousal, and why. \
                    A long film is watched as a job to poll.";
    let genres = "Lists the kinds of music that can be asked for, the words they answer to, and the films they are right for.";
    vec![
        tool::<OpenFilm, Work>("open_film", "Open a film", open, Does::Add).in_world(open_world),
        tool::<ThisFilm, Work>("describe_film", "Describe a film", describe, Does::Look),
        tool::<ListGenres, Genres>("list_genres", "List genres", genres, Does::Look),
    ]
}

fn changing() -> Vec<Tool> {
    let edit = "Changes the film or its music as a sentence asks, or answers a question about it; the reply is for the user. What was \
                spoken of last need not be named again. Nothing is written until export_film.";
    let undo = "Takes back the last change, or with redo what was undone last.";
    let alternatives = "Lays out pieces of music to choose from, each of another kind, and gives those that are laid out already. \
                        The first plays now; \"take option 2\" in edit_film puts another in its place.";
    vec![
        tool::<EditFilm, Work>("edit_film", "Edit the film", edit, Does::Change),
        tool::<UndoEdit, Work>("undo_edit", "Undo or redo", undo, Does::Change),
        tool::<ListAlternatives, Work>("list_alternatives", "List alternatives", alternatives, Does::Change),
    ]
}

fn making() -> Vec<Tool> {
    let add = "Composes music for the film as asked and makes the scored film, with a link to the file. Answers at once with a job: \
               poll job_status until it is done. Where the reply is a question, no film is made.";
    let preview = "Plays one piece of music by itself as a WAV file, with a link to it. Answers at once with a job to poll.";
    let export = "Makes the film as it stands now, after edits, with a link to the file. Answers at once with a job to poll.";
    let status = "Tells how far a job is and, when it is done, what came of it. Give wait_s (20 is good) instead of asking often.";
    let cancel = "Calls a job off. Nothing half-written stays; what was finished before stays.";
    vec![
        tool::<AddMusic, Work>("add_music", "Add music", add, Does::Add),
        tool::<PreviewMusic, Work>("preview_music", "Preview music", preview, Does::Play),
        tool::<ExportFilm, Work>("export_film", "Export the film", export, Does::Add),
        tool::<JobStatus, Work>("job_status", "Poll a job", status, Does::Look),
        tool::<CancelJob, Work>("cancel_job", "Cancel a job", cancel, Does::Stop),
    ]
}

fn looking() -> Vec<Tool> {
    let timeline = "Shows what the film holds now: clips, music, titles and canvas, in seconds, percent and decibels.";
    let licence = "Shows the record of the film that was made last: what the music is, what it was played on under which licence, \
                   and from which request and seed it came.";
    vec![
        tool::<ThisFilm, TimelineView>("show_timeline", "Show the timeline", timeline, Does::Look),
        tool::<ThisFilm, LicenceView>("show_licence", "Show the licence", licence, Does::Look),
    ]
}

fn tool<Asked, Given>(name: &'static str, title: &'static str, about: &'static str, does: Does) -> Tool
where
    Asked: JsonSchema + 'static,
    Given: JsonSchema + 'static,
{
    let (looks, stops) = (matches!(does, Does::Look), matches!(does, Does::Stop));
    let annotations = ToolAnnotations::with_title(title)
        .read_only(looks)
        .destructive(stops)
        .idempotent(looks || stops || matches!(does, Does::Play))
        .open_world(false);
    Tool::new(name, about, rmcp::model::JsonObject::new())
        .with_title(title)
        .with_input_schema::<Asked>()
        .with_output_schema::<Given>()
        .with_annotations(annotations)
}

/// A tool that may reach beyond this machine.
trait Reaching {
    fn in_world(self, open: bool) -> Self;
}

impl Reaching for Tool {
    fn in_world(mut self, open: bool) -> Tool {
        self.annotations = self.annotations.map(|known| known.open_world(open));
        self
    }
}
