//! `undersong compose`: music of a given length, without a film.

use std::collections::BTreeMap;
use std::path::PathBuf;

use score::{Brief, Key, Library, Mood};
use serde::Serialize;
use sound::Time;
use studio::{Composed, Composition, Sounds, Stage};

use super::arguments::Compose;
use super::cue_view::{CueView, PartView, parts};
use super::ending::Ending;
use super::film::Output;
use super::onlooker::Terminal;
use super::{Done, output};

/// The longest music that is composed.
const LONGEST: f64 = 4.0 * 3600.0;

#[derive(Serialize)]
struct Answer {
    output: Option<PathBuf>,
    cue: CueView,
    score: Vec<PartView>,
    sounds: Option<String>,
    integrated_lufs: Option<f64>,
    true_peak_dbtp: Option<f64>,
    seconds: BTreeMap<&'static str, f64>,
    warnings: Vec<String>,
}

/// Composes what the arguments ask for.
pub(crate) fn run(wanted: &Compose) -> Done {
    output::promises(wanted.output.as_deref(), &["wav"])?;
    output::promises(wanted.midi.as_deref(), &["mid", "midi"])?;
    output::promises(wanted.nsf.as_deref(), &["nsf"])?;
    let music = wanted.output.as_deref().map(Output::at).transpose()?;
    let poured = music.as_ref().filter(|music| music.is_poured());
    if poured.is_some() && wanted.json {
        return Err(Ending::Usage(
            "Music and JSON cannot both go to standard output; name a file with -o.".into(),
        ));
    }
    let composition = Composition {
        brief: brief(wanted, &studio::library()?)?,
        length: length(wanted.length.0)?,
        speech: wanted.speech.iter().map(|stretch| stretch.0).collect(),
        wav: music.as_ref().map(|music| music.path.clone()),
        midi: wanted.midi.clone(),
        nsf: wanted.nsf.clone(),
        stems: wanted.stems.clone(),
    };
    let terminal = Terminal::new(wanted.json, &[Stage::Compose, Stage::Perform, Stage::Mix]);
    let (composed, results) = studio::compose(&composition, &terminal)?;
    if let Some(music) = poured {
        music.pour(&results)?;
    }
    results.publish(&terminal)?;
    drop(terminal);
    match (wanted.json, poured) {
        (true, _) => output::document(&answer(&composition, composed)),
        (false, Some(_)) => Ok(()),
        (false, None) => {
            let mut text = told(&composition, &composed);
            if wanted.tracker {
                text += &composed.score.to_string();
            }
            output::text(&text)
        }
    }
}

fn brief(wanted: &Compose, library: &Library) -> Result<Brief, Ending> {
    let known = || library.genres().iter().map(|genre| genre.id.as_str()).collect::<Vec<_>>().join(", ");
    let genre = match &wanted.genre {
        None => None,
        Some(text) => Some(
            library
                .named(text)
                .map(|genre| genre.id.clone())
                .ok_or_else(|| studio::Fault::NoSuchGenre { wanted: text.clone(), known: known() })?,
        ),
    };
    let mood = match (&wanted.mood, wanted.valence, wanted.arousal) {
        (Some(word), ..) => Some(
            Mood::of_word(word)
                .ok_or_else(|| {
                    Ending::Usage(format!("`{word}` is not a mood that is known; try calm, epic or playful."))
                })?
                .mood,
        ),
        (None, Some(valence), Some(arousal)) => {
            if !(-1.0..=1.0).contains(&valence) || !(-1.0..=1.0).contains(&arousal) {
                return Err(Ending::Usage("Valence and arousal lie between -1 and 1.".into()));
            }
            Some(Mood::new(valence, arousal))
        }
        _ => None,
    };
    if wanted.tempo.is_some_and(|bpm| !sound::Tempo::RANGE.contains(&bpm)) {
        return Err(Ending::Usage("The tempo must lie between 20 and 400 beats a minute.".into()));
    }
    let outside = wanted.hits.iter().chain(&wanted.climax).find(|hit| hit.0 >= wanted.length.0);
    if let Some(hit) = outside {
        return Err(Ending::Usage(format!("The hit at {} lies beyond the end of the music.", hit.0)));
    }
    Ok(Brief {
        genre,
        mood,
        tempo_bpm: wanted.tempo,
        key: wanted.key.as_deref().map(str::parse::<Key>).transpose().map_err(Ending::Usage)?,
        hits: wanted.hits.iter().map(|hit| hit.0).collect(),
        climax: wanted.climax.map(|at| at.0),
        breathing: wanted.breathing,
        authentic: wanted.authentic,
        like: wanted.like,
        looping: wanted.looping,
        seed: wanted.seed,
        ..Brief::default()
    })
}

fn length(length: Time) -> Result<Time, Ending> {
    let seconds = length.seconds();
    if (0.1..=LONGEST).contains(&seconds) {
        Ok(length)
    } else {
        Err(Ending::Usage(format!("Music of {seconds} s cannot be made; ask for 0.1 s to 4 hours.")))
    }
}

fn sounds(sounds: &Sounds) -> String {
    match sounds {
        Sounds::Own => "our own voices".to_owned(),
        Sounds::Substitutes => "our own voices, as no SoundFont was found".to_owned(),
        Sounds::Font { name, licence } => format!("{name} (licence: {licence}) and our own voices"),
        Sounds::Recording { name } => name.clone(),
    }
}

fn answer(wanted: &Composition, composed: Composed) -> Answer {
    Answer {
        output: wanted.wav.clone(),
        cue: CueView::new(&composed.cue, wanted.brief.seed, 0.0),
        score: parts(&composed.score),
        sounds: composed.sounds.as_ref().map(sounds),
        integrated_lufs: composed.measured.as_ref().and_then(|measured| measured.lufs),
        true_peak_dbtp: composed
            .measured
            .as_ref()
            .map(|measured| measured.true_peak.0)
            .filter(|peak| peak.is_finite()),
        seconds: composed.seconds,
        warnings: composed.warnings,
    }
}

fn told(wanted: &Composition, composed: &Composed) -> String {
    let mut text = composed.cue.to_string();
    for part in parts(&composed.score) {
        text += &format!("  {part}\n");
    }
    if let Some(made) = &composed.sounds {
        text += &format!("Played on {}.\n", sounds(made));
    }
    for warning in &composed.warnings {
        text += &format!("Note: {warning}\n");
    }
    let files = [&wanted.wav, &wanted.midi, &wanted.nsf, &wanted.stems].into_iter().flatten();
    for file in files {
        text += &format!("Written: {}\n", file.display());
    }
    text
}
