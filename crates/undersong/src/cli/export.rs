//! `undersong export`: the film of a saved project.

use std::path::PathBuf;

use studio::{Scoring, Stage};

use super::answer::Answer;
use super::arguments::Export;
use super::film::beside;
use super::onlooker::Terminal;
use super::{Done, output};

/// Makes the film of a project.
pub(crate) fn run(wanted: &Export) -> Done {
    output::promises(wanted.output.as_deref(), &["mp4", "m4v"])?;
    let history = studio::read_project(&wanted.project)?.history;
    let path: PathBuf = wanted.output.clone().unwrap_or_else(|| beside(&wanted.project));
    let delivery = wanted.picture.delivery();
    let scoring = Scoring { output: Some(path), target: wanted.preset, delivery, ..Scoring::default() };
    let stages: &[Stage] = if history.now().untouched().is_some() { &Stage::UNCUT } else { &Stage::ALL };
    let terminal = Terminal::new(wanted.json, stages);
    let (scored, results) = studio::export(&scoring, history.now(), &terminal)?;
    let answer = Answer::new(&scored);
    results.publish(&terminal)?;
    drop(terminal);
    match &scored.finished {
        _ if wanted.json => output::document(&answer),
        Some(finished) => {
            let notes: String = scored.warnings.iter().map(|warning| format!("Note: {warning}\n")).collect();
            output::text(&format!("{}\n{notes}Written: {}\n", scored.reply, finished.path.display()))
        }
        None => Ok(()),
    }
}
