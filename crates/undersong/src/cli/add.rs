//! `undersong add`: a film and a sentence in, a scored film out.

mod answer;

use std::path::{Path, PathBuf};

use studio::{Scored, Scoring, Stage};

use super::arguments::Add;
use super::ending::Ending;
use super::film::{Input, Output, beside};
use super::onlooker::Terminal;
use super::{Done, output};
use answer::Answer;

/// Scores a film.
pub(crate) fn run(wanted: &Add) -> Done {
    let input = Input::open(&wanted.input)?;
    let named = match &wanted.output {
        Some(path) => path.clone(),
        None if output::is_dash(&wanted.input) => PathBuf::from("scored.mp4"),
        None => beside(&wanted.input),
    };
    let film = Output::at(&named)?;
    if film.is_poured() && wanted.json {
        let advice = "The film and JSON cannot both go to standard output; name a file with -o.";
        return Err(Ending::Usage(advice.into()));
    }
    let scoring = Scoring {
        film: input.path.clone(),
        film_name: output::is_dash(&wanted.input).then(|| "film".to_owned()),
        request: wanted.request.clone(),
        recording: wanted.music.clone(),
        seed: wanted.seed,
        target: wanted.preset,
        output: (!wanted.dry_run).then(|| film.path.clone()),
        wav: wanted.wav.clone().filter(|_| !wanted.dry_run),
        midi: wanted.midi.clone(),
        stems: wanted.stems.clone().filter(|_| !wanted.dry_run),
        otio: wanted.otio.clone(),
        project: wanted.project.clone(),
    };
    let report: Vec<&Path> = wanted.report.iter().map(PathBuf::as_path).collect();
    let sources: Vec<&Path> =
        [Some(&input.path), wanted.music.as_ref()].into_iter().flatten().map(PathBuf::as_path).collect();
    studio::expect_files(&sources, &report)?;
    let scored = studio::add(&scoring, &Terminal::new(wanted.json, &Stage::ALL))?;
    let answer = Answer::new(&scored);
    if let Some(path) = &wanted.report {
        let text = serde_json::to_vec_pretty(&answer).map_err(std::io::Error::from)?;
        studio::write_file(path, &text)?;
    }
    if wanted.json {
        output::document(&answer)?;
    } else if film.is_poured() {
        film.pour()?;
    } else {
        output::text(&told(&scored))?;
    }
    Ok(())
}

fn told(scored: &Scored) -> String {
    let mut text = format!("{}\n\n{}\n", scored.reply, scored.timeline);
    for piece in &scored.pieces {
        text += &piece.cue.to_string();
    }
    for warning in &scored.warnings {
        text += &format!("Note: {warning}\n");
    }
    match &scored.finished {
        Some(finished) => text += &format!("Written: {}\n", finished.path.display()),
        None => text += "Nothing was written: this was a dry run.\n",
    }
    text
}
