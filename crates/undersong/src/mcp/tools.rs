//! Every tool: its name, what a client is told of it, and what it takes and gives.

mod schema;

use std::sync::Arc;

use rmcp::model::{JsonObject, Tool, ToolAnnotations};
use schemars::JsonSchema;

use super::shapes::asked::{
    AddMusic, CancelJob, EditFilm, ExportFilm, JobStatus, ListAlternatives, ListGenres, OpenFilm,
    PreviewMusic, ThisFilm, UndoEdit,
};
use super::shapes::found::Genres;
use super::shapes::held::{LicenceView, TimelineView};
use super::shapes::work::Work;
use schema::{given, narrowed, taken};

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

/// What work of these tools comes to, by the fields of an outcome.
const SPOKEN: [&str; 6] = ["reply", "kind", "changed", "alternatives", "output", "warnings"];
const FILE: [&str; 5] = ["reply", "kind", "changed", "output", "warnings"];

fn opening(open_world: bool) -> Vec<Tool> {
    let open = "Opens a film, or several films and photos that are shown one after the other, and gives the name by which every other \
                tool knows it. Nothing is written. Where it takes long, the answer is a job to poll.";
    let describe = "Tells what is in the film: length, size, sound, cuts, speech, sections, mood with valence and arousal, and why. \
                    A long film is watched as a job to poll.";
    let genres = "Lists the kinds of music that can be asked for, the words they answer to, and the films they are right for.";
    vec![
        working::<OpenFilm>("open_film", "Open a film", open, Does::Add, &["opened"]).in_world(open_world),
        working::<ThisFilm>(
            "describe_film",
            "Describe a film",
            describe,
            Does::Look,
            &["described", "warnings"],
        ),
        tool::<ListGenres>("list_genres", "List genres", genres, Does::Look, given::<Genres>()),
    ]
}

fn changing() -> Vec<Tool> {
    let edit = "Changes the film or its music as a sentence asks, or answers a question about it; the reply is for the user. What was \
                spoken of last need not be named again. Nothing is written until export_film, or until the sentence asks for the film.";
    let undo = "Takes back the last change, or with redo what was undone last.";
    let alternatives = "Lays out pieces of music to choose from, and gives those that are laid out already. The first plays now; \
                        \"take option 2\" in edit_film puts another in its place.";
    vec![
        working::<EditFilm>("edit_film", "Edit the film", edit, Does::Change, &SPOKEN),
        working::<UndoEdit>("undo_edit", "Undo or redo", undo, Does::Change, &SPOKEN),
        working::<ListAlternatives>(
            "list_alternatives",
            "List alternatives",
            alternatives,
            Does::Change,
            &SPOKEN,
        ),
    ]
}

fn making() -> Vec<Tool> {
    let add = "Composes music for the film as asked and makes the scored film, with a link to the file. Answers at once with a job: \
               poll job_status until it is done. Where the reply is a question or nothing changes, no film is made.";
    let preview = "Plays one piece of music by itself as a WAV file, with a link to it. Answers at once with a job to poll.";
    let export = "Makes the film as it stands now, after edits, with a link to the file. Answers at once with a job to poll.";
    let status = "Tells how far a job is and, when it is done, what came of it. Give wait_s (20 is good) instead of asking often.";
    let cancel = "Calls a job off. Nothing half-written stays; what was finished before stays.";
    vec![
        working::<AddMusic>("add_music", "Add music", add, Does::Add, &FILE),
        working::<PreviewMusic>("preview_music", "Preview music", preview, Does::Play, &["output"]),
        working::<ExportFilm>("export_film", "Export the film", export, Does::Add, &FILE),
        tool::<JobStatus>("job_status", "Poll a job", status, Does::Look, given::<Work>()),
        tool::<CancelJob>("cancel_job", "Cancel a job", cancel, Does::Stop, given::<Work>()),
    ]
}

fn looking() -> Vec<Tool> {
    let timeline =
        "Shows what the film holds now: clips, music, titles and canvas, in seconds, percent and decibels.";
    let licence = "Shows the record of the film that was made last: what the music is, what it was played on under which licence, \
                   and from which request and seed it came.";
    vec![
        tool::<ThisFilm>("show_timeline", "Show the timeline", timeline, Does::Look, given::<TimelineView>()),
        tool::<ThisFilm>("show_licence", "Show the licence", licence, Does::Look, given::<LicenceView>()),
    ]
}

/// A tool that begins work, of which only these parts may come.
fn working<Asked: JsonSchema>(
    name: &'static str,
    title: &'static str,
    about: &'static str,
    does: Does,
    parts: &[&str],
) -> Tool {
    tool::<Asked>(name, title, about, does, narrowed(given::<Work>(), parts))
}

fn tool<Asked: JsonSchema>(
    name: &'static str,
    title: &'static str,
    about: &'static str,
    does: Does,
    output: JsonObject,
) -> Tool {
    let (looks, stops) = (matches!(does, Does::Look), matches!(does, Does::Stop));
    let annotations = ToolAnnotations::with_title(title)
        .read_only(looks)
        .destructive(stops)
        .idempotent(looks || stops || matches!(does, Does::Play))
        .open_world(false);
    Tool::new(name, about, taken::<Asked>())
        .with_title(title)
        .with_raw_output_schema(Arc::new(output))
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

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    #[test]
    fn every_tool_says_all_there_is_to_say() {
        let tools = all(true);
        assert!((10..=15).contains(&tools.len()));
        for tool in tools {
            let name = tool.name.as_ref();
            let words = name.split('_').collect::<Vec<_>>();
            assert!(
                words.len() == 2 && words.iter().all(|word| word.chars().all(|c| c.is_ascii_lowercase())),
                "{name}"
            );
            assert!(tool.title.is_some_and(|title| !title.is_empty()), "{name}");
            assert!(tool.description.is_some_and(|about| about.len() > 40), "{name}");
            let Some(hints) = tool.annotations else { panic!("{name} has no annotations") };
            let all =
                [hints.read_only_hint, hints.destructive_hint, hints.idempotent_hint, hints.open_world_hint];
            assert!(all.iter().all(Option::is_some), "{name}");
            assert_eq!(hints.open_world_hint, Some(name == "open_film"));
            let Some(output) = tool.output_schema else { panic!("{name} has no output schema") };
            for schema in [&tool.input_schema, &output] {
                let schema = Value::Object(schema.as_ref().clone());
                assert_eq!(schema["type"], "object", "{name}");
                assert!(jsonschema::draft202012::meta::is_valid(&schema), "{name}");
                let size = schema.to_string().len();
                assert!(size < 7000, "{name}: {size} bytes");
            }
        }
    }

    #[test]
    fn the_page_lists_exactly_the_tools() {
        let page = include_str!("../../../../docs/mcp.md");
        let rows = page.lines().filter_map(|line| line.strip_prefix("| `")?.split_once("` |"));
        let listed: Vec<&str> = rows.map(|(name, _)| name).filter(|name| name.contains('_')).collect();
        let mut tools: Vec<String> = all(false).into_iter().map(|tool| tool.name.into_owned()).collect();
        tools.sort();
        let mut listed: Vec<String> = listed.into_iter().map(str::to_owned).collect();
        listed.sort();
        assert_eq!(listed, tools);
    }

    #[test]
    fn what_a_tool_never_gives_is_not_in_its_schema() {
        let told = |schema: JsonObject| Value::Object(schema).to_string();
        let (all, file) = (told(given::<Work>()), told(narrowed(given::<Work>(), &["output"])));
        assert!(all.contains("Described") && all.contains("Made"));
        assert!(!file.contains("Described") && file.contains("Made") && !file.contains("uint"));
    }
}
