//! `undersong add`: a film and a sentence in, a scored film out.

use std::path::PathBuf;
use std::sync::Arc;

use studio::{Scored, Scoring, Stage};

use super::answer::Answer;
use super::arguments::Add;
use super::ending::Ending;
use super::film::{Input, Output, beside};
use super::inputs::Inputs;
use super::onlooker::Terminal;
use super::{Done, model, output};

/// Scores a film.
pub(crate) fn run(wanted: &Add) -> Done {
    promises(wanted)?;
    let Inputs { files, request } = Inputs::read(&wanted.words)?;
    let inputs = files.iter().map(|path| Input::open(path)).collect::<Result<Vec<_>, _>>()?;
    let (piped, first) = match files.first() {
        Some(first) => (output::is_dash(first), first.as_path()),
        None => return Err(Ending::Usage("Name a film.".into())),
    };
    let named = match &wanted.output {
        Some(path) => path.clone(),
        None if piped => PathBuf::from("scored.mp4"),
        None => beside(first),
    };
    let film = Output::at(&named)?;
    // A dry run makes no film that could be poured.
    let poured = film.is_poured() && !wanted.dry_run;
    if poured && wanted.json {
        let advice = "The film and JSON cannot both go to standard output; name a file with -o.";
        return Err(Ending::Usage(advice.into()));
    }
    let scoring = Scoring {
        films: inputs.iter().map(|input| input.path.clone()).collect(),
        film_name: piped.then(|| "film".to_owned()),
        request,
        model: model::named()?.map(Arc::new),
        output: (!wanted.dry_run).then(|| film.path.clone()),
        ..scoring(wanted)
    };
    let stages: &[Stage] = if inputs.len() > 1 { &Stage::ALL } else { &Stage::UNCUT };
    let terminal = Terminal::new(wanted.json, stages);
    let (scored, mut results) = studio::add(&scoring, &terminal)?;
    let answer = Answer::new(&scored);
    if let Some(path) = &wanted.report {
        let text = serde_json::to_vec_pretty(&answer).map_err(|fault| Ending::Unheard(fault.into()))?;
        results.write(path, &text)?;
    }
    if poured {
        film.pour(&results)?;
    }
    results.publish(&terminal)?;
    drop(terminal);
    match (wanted.json, poured) {
        (true, _) => output::document(&answer),
        (false, true) => Ok(()),
        (false, false) => output::text(&told(&scored)),
    }
}

/// What the flags ask for besides the film itself.
fn scoring(wanted: &Add) -> Scoring {
    Scoring {
        recording: wanted.music.clone(),
        seed: wanted.seed,
        target: wanted.preset,
        delivery: wanted.picture.delivery(),
        wav: wanted.wav.clone().filter(|_| !wanted.dry_run),
        midi: wanted.midi.clone(),
        nsf: wanted.nsf.clone(),
        stems: wanted.stems.clone().filter(|_| !wanted.dry_run),
        otio: wanted.otio.clone(),
        edl: wanted.edl.clone(),
        project: wanted.project.clone(),
        report: wanted.report.clone(),
        ..Scoring::default()
    }
}

/// Sees to it that every file is named as what it will be.
fn promises(wanted: &Add) -> Result<(), Ending> {
    output::promises(wanted.output.as_deref(), &["mp4", "m4v"])?;
    output::promises(wanted.wav.as_deref(), &["wav"])?;
    output::promises(wanted.midi.as_deref(), &["mid", "midi"])?;
    output::promises(wanted.nsf.as_deref(), &["nsf"])?;
    output::promises(wanted.otio.as_deref(), &["otio"])?;
    output::promises(wanted.edl.as_deref(), &["edl"])
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
