//! A film to talk about, and the state after a request in a few words.

use std::sync::LazyLock;

use agent::{Reading, read, read_adding};
use footage::{Feeling, Profile, Section};
use score::{Brief, Library};
use sound::{Span, Time};
use timeline::{Colour, Duck, Edit, Music, Place, Source, Target, Timeline};

/// The genres, read once.
pub(crate) static LIBRARY: LazyLock<Library> = LazyLock::new(|| Library::built_in().unwrap());

/// A calm film of 30 s without music in which somebody talks.
pub(crate) fn profile() -> Profile {
    let feeling = Feeling { valence: 0.2, arousal: -0.3, confidence: 0.6, reasons: vec!["slow".to_owned()] };
    let whole = Span::seconds(0.0, 30.0);
    Profile {
        length: whole.end,
        cuts: Vec::new(),
        sections: vec![Section { span: whole, energy: 0.4, feeling: feeling.clone(), ..Section::default() }],
        motion: Default::default(),
        brightness: Default::default(),
        loudness: Default::default(),
        energy: Default::default(),
        speech: vec![Span::seconds(5.0, 9.0)],
        film_loudness: Some(-20.0),
        speech_loudness: Some(-19.0),
        has_music: false,
        feeling,
        ..Profile::default()
    }
}

/// The film with nothing done to it.
pub(crate) fn empty() -> Timeline {
    Timeline::new(Source::film("film.mp4", Time::from_seconds(30.0)))
}

/// The film with lo-fi under all of it, at 35 %.
pub(crate) fn scored() -> Timeline {
    let brief = Brief { genre: Some("lofi".into()), seed: 1, ..Brief::default() };
    let name = LIBRARY.find("lofi").unwrap().title.clone();
    empty().apply(&Edit::AddBed { name, music: Music::Composed(Box::new(brief)), span: None }).unwrap()
}

/// Reads a request with seed 7.
pub(crate) fn reading(request: &str, timeline: &Timeline) -> Reading {
    read(request, timeline, &profile(), &LIBRARY, 7)
}

/// Reads a request of somebody who came for music, with seed 7.
pub(crate) fn adding(request: &str, timeline: &Timeline) -> Reading {
    read_adding(request, timeline, &profile(), &LIBRARY, 7)
}

/// The timeline after a reading; fails where an edit does not apply.
pub(crate) fn after(timeline: &Timeline, reading: &Reading) -> Timeline {
    reading.edits.iter().fold(timeline.clone(), |state, edit| state.apply(edit).unwrap())
}

/// A state in a few words: `lofi 0-30 @35 s7`, what is usual left out.
pub(crate) fn state(timeline: &Timeline) -> String {
    let mut beds: Vec<String> = timeline.beds.iter().map(bed).collect();
    beds.extend(timeline.titles.iter().map(title));
    if timeline.target != Target::default() {
        beds.push(format!("aim {}", timeline.target.name()));
    }
    if beds.is_empty() { "nothing".to_owned() } else { beds.join(" | ") }
}

fn bed(bed: &timeline::Bed) -> String {
    let mut said = Vec::new();
    let Music::Composed(brief) = &bed.music else { return "recording".to_owned() };
    said.push(brief.genre.clone().unwrap_or("film".into()));
    said.extend(brief.mood.map(|mood| mood.word().to_owned()));
    said.push(format!("{}-{} @{}", figure(bed.span.start), figure(bed.span.end), bed.level_pct));
    said.push(format!("s{}", brief.seed));
    said.extend(brief.tempo_bpm.map(|bpm| format!("{bpm}bpm")));
    said.extend(brief.key.map(|key| format!("[{key}]")));
    said.extend(brief.without.iter().map(|role| format!("-{}", role.name())));
    said.extend(brief.only.iter().map(|role| format!("only {}", role.name())));
    let names = |sign: &str, list: &[score::Instrument]| {
        let names: Vec<&str> = list.iter().map(|one| one.name()).collect();
        (!names.is_empty()).then(|| format!("{sign}{}", names.join(sign)))
    };
    said.extend(names("-", &brief.without_instruments));
    said.extend(names("=", &brief.only_instruments));
    said.extend(names("+", &brief.with).filter(|_| brief.only_instruments.is_empty()));
    said.extend(brief.hits.iter().map(|hit| format!("hit {}", figure(*hit))));
    said.extend(brief.climax.map(|at| format!("climax {}", figure(at))));
    said.extend(brief.like.map(|seed| format!("like s{seed}")));
    said.extend(brief.breathing.then(|| "breathing".to_owned()));
    said.extend(brief.authentic.then(|| "authentic".to_owned()));
    said.extend(brief.looping.then(|| "loop".to_owned()));
    said.extend((bed.fade_in > Time::ZERO).then(|| format!("in {}", figure(bed.fade_in))));
    said.extend((bed.fade_out > Time::ZERO).then(|| format!("out {}", figure(bed.fade_out))));
    if bed.duck != Duck::default() {
        said.push(format!("duck {:?}", bed.duck).to_lowercase());
    }
    said.join(" ")
}

fn title(title: &timeline::Title) -> String {
    let (start, end) = (figure(title.span.start), figure(title.span.end));
    let mut said = format!("\"{}\" {start}-{end}", title.text);
    if title.look.place != Place::Center {
        said += &format!(" {}", title.look.place.name());
    }
    if title.look.colour != Colour::WHITE {
        said += &format!(" {}", title.look.colour);
    }
    said
}

fn figure(time: Time) -> String {
    let text = format!("{:.2}", time.seconds());
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
