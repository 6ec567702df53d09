//! `undersong edit`: one turn of a conversation about a saved project.

use std::path::{Path, PathBuf};

use agent::Kind;
use serde::Serialize;
use serde_json::Value;
use studio::{Piece, Project, Scoring, Stage, Turned};

use super::arguments::Edit;
use super::ending::Ending;
use super::film::beside;
use super::onlooker::Terminal;
use super::{Done, handwritten, model, output};
use crate::server::workshop::document::Composed;
use crate::views::difference::{Difference, differences};
use crate::views::state::StateView;

#[derive(Serialize)]
struct Answer {
    reply: String,
    kind: &'static str,
    read_by: &'static str,
    changed: Vec<Difference>,
    timeline: String,
    state: Value,
    /// The film that was made, where one was asked for.
    output: Option<PathBuf>,
    warnings: Vec<String>,
}

/// Does what a request asks of a project, and writes the project where it was.
pub(crate) fn run(wanted: &Edit) -> Done {
    output::promises(wanted.output.as_deref(), &["mp4", "m4v"])?;
    let (project, model) = (read(&wanted.project)?, model::named()?);
    let terminal = Terminal::new(wanted.json, &[Stage::Probe, Stage::Watch]);
    let turned = studio::turn(&project, &wanted.request, wanted.seed, model.as_ref(), &terminal)?;
    turned.project.save(&wanted.project, &terminal)?;
    drop(terminal);
    let mut answer = told(&project, &turned)?;
    let lost = turned.project.history.now().sources.iter().any(|source| source.file.is_none());
    if turned.reading.wants_film && lost {
        answer.reply = agent::no_film(turned.reading.language);
        answer.kind = Kind::Refused.name();
    } else if turned.reading.wants_film {
        let made = made(wanted, &turned)?;
        answer.reply = match turned.reading.kind {
            Kind::Exported => made.0,
            _ => format!("{} {}", answer.reply, made.0),
        };
        answer.output = Some(made.1);
    }
    match wanted.json {
        true => output::document(&answer),
        false => {
            let notes: String = answer.warnings.iter().map(|warning| format!("Note: {warning}\n")).collect();
            output::text(&format!("{}\n\n{}\n{notes}", answer.reply, answer.timeline))
        }
    }
}

fn read(path: &Path) -> Result<Project, Ending> {
    let document = studio::read_document(path)?;
    let wrong = |why: String| Ending::Fault(studio::Fault::Project { path: path.to_owned(), why });
    match handwritten::is_one(&document) {
        true => handwritten::read(&document, path.parent().unwrap_or(Path::new("."))).map_err(wrong),
        false => Project::parse(document).map_err(|why| wrong(why.to_string())),
    }
}

fn told(before: &Project, turned: &Turned) -> Result<Answer, Ending> {
    let language = turned.reading.language;
    let unheard = |fault: serde_json::Error| Ending::Unheard(fault.into());
    let view = |project: &Project, pieces: &[Piece]| {
        let pieces: Vec<Composed> = pieces.iter().map(Composed::of).collect();
        serde_json::to_value(StateView::new(project.history.now(), &pieces, language)).map_err(unheard)
    };
    let (old, new) = (view(before, &turned.before)?, view(&turned.project, &turned.after)?);
    Ok(Answer {
        reply: turned.reply.clone(),
        kind: turned.reading.kind.name(),
        read_by: turned.read_by.name(),
        changed: differences(&old, &new),
        timeline: turned.project.history.now().to_string(),
        state: new,
        output: None,
        warnings: turned.warnings.clone(),
    })
}

/// Makes the film of the project as it stands; gives what to say of it, and where it lies.
fn made(wanted: &Edit, turned: &Turned) -> Result<(String, PathBuf), Ending> {
    let told = turned.reading.film_name.as_ref().map(|name| wanted.project.with_file_name(name));
    let path = wanted.output.clone().or(told).unwrap_or_else(|| beside(&wanted.project));
    let scoring = Scoring { output: Some(path.clone()), ..Scoring::default() };
    let timeline = turned.project.history.now();
    let stages: &[Stage] = if timeline.untouched().is_some() { &Stage::UNCUT } else { &Stage::ALL };
    let terminal = Terminal::new(wanted.json, stages);
    let (scored, results) = studio::export(&scoring, timeline, &terminal)?;
    results.publish(&terminal)?;
    let length = scored.finished.as_ref().map(|finished| finished.checked.container_length.seconds());
    let lufs = scored.finished.and_then(|finished| finished.sound).and_then(|sound| sound.lufs);
    Ok((agent::made(turned.reading.language, &path.to_string_lossy(), length.unwrap_or(0.0), lufs), path))
}
