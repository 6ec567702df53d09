//! A film to talk about, and the state after a request in a few words.

use std::sync::LazyLock;

use agent::{Reader, Reading};
use footage::{Cut, Feeling, Profile, Section};
use score::{Brief, Library, Taken};
use sound::{Span, Time};
use timeline::{
    Canvas, Clip, Colour, Duck, Edit, Fades, Fit, Look, Music, Place, Ratio, Source, Target, Timeline,
};

/// The genres, read once.
pub(crate) static LIBRARY: LazyLock<Library> = LazyLock::new(|| Library::built_in().unwrap());
/// Who reads all requests.
pub(crate) static READER: LazyLock<Reader<'static>> = LazyLock::new(|| Reader::new(&LIBRARY));

/// A calm film of 30 s without music in which somebody talks from 5 to 9 s, in three scenes of 10 s.
pub(crate) fn profile() -> Profile {
    let feeling = Feeling { valence: 0.2, arousal: -0.3, confidence: 0.6, reasons: vec!["slow".to_owned()] };
    let scene = |start: f64| Section {
        span: Span::seconds(start, start + 10.0),
        energy: 0.4,
        feeling: feeling.clone(),
        ..Section::default()
    };
    Profile {
        length: Time::from_seconds(30.0),
        frame: Time::from_seconds(0.04),
        cuts: [10.0, 20.0].map(|at| Cut::hard(Time::from_seconds(at), 0.8)).to_vec(),
        sections: [0.0, 10.0, 20.0].map(scene).to_vec(),
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
    empty().apply(&lofi()).unwrap()
}

fn lofi() -> Edit {
    let brief = Brief { genre: Some("lofi".into()), seed: 1, ..Brief::default() };
    let name = LIBRARY.find("lofi").unwrap().title.clone();
    Edit::AddBed { name, music: Music::Composed(Box::new(brief)), span: None }
}

/// The film with lo-fi under its first half and epic music under its second.
pub(crate) fn two() -> Timeline {
    let bed = |genre: &str, seed, start: f64, end: f64| {
        let brief = Brief { genre: Some(genre.into()), seed, ..Brief::default() };
        let name = LIBRARY.find(genre).unwrap().title.clone();
        let span = Some(Span::seconds(start, end));
        Edit::AddBed { name, music: Music::Composed(Box::new(brief)), span }
    };
    empty().apply(&bed("lofi", 1, 0.0, 15.0)).unwrap().apply(&bed("epic", 2, 15.0, 30.0)).unwrap()
}

/// Three films of 10 s, one after another, with lo-fi under all of them.
pub(crate) fn three() -> Timeline {
    let film = |name: &str| Source::film(name, Time::from_seconds(10.0));
    let add = |name| Edit::AddClip { source: film(name), span: None, at: None };
    let bare = Timeline::new(film("a.mp4"));
    let whole = bare.apply(&add("b.mp4")).unwrap().apply(&add("c.mp4")).unwrap();
    whole.apply(&lofi()).unwrap()
}

/// Lo-fi under a film with titles: the first from 2 to 6 s, the second in the last 4 s.
pub(crate) fn titled(texts: &[&str]) -> Timeline {
    let spans = [Span::seconds(2.0, 6.0), Span::seconds(26.0, 30.0)];
    texts.iter().zip(spans).fold(scored(), |state, (text, span)| {
        let title = Edit::AddTitle { text: (*text).to_owned(), span: Some(span), look: Look::default() };
        state.apply(&title).unwrap()
    })
}

/// Reads a request with seed 7.
pub(crate) fn reading(request: &str, timeline: &Timeline) -> Reading {
    READER.read(request, timeline, &profile(), 7)
}

/// Reads a request of somebody who came for music, with seed 7.
pub(crate) fn adding(request: &str, timeline: &Timeline) -> Reading {
    READER.read_adding(request, timeline, &profile(), 7)
}

/// The timeline after a reading; fails where an edit does not apply.
pub(crate) fn after(timeline: &Timeline, reading: &Reading) -> Timeline {
    reading.edits.iter().fold(timeline.clone(), |state, edit| state.apply(edit).unwrap())
}

/// A state in a few words: `lofi 0-30 @35 s7`, what is usual left out.
pub(crate) fn state(timeline: &Timeline) -> String {
    let mut beds: Vec<String> = timeline.beds.iter().map(bed).collect();
    beds.extend(timeline.titles.iter().map(title));
    beds.extend(picture(timeline));
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
    said.extend(brief.takes.iter().map(take));
    said.extend(brief.like.map(|seed| format!("like s{seed}")));
    said.extend(brief.breathing.then(|| "breathing".to_owned()));
    said.extend(brief.authentic.then(|| "authentic".to_owned()));
    said.extend(brief.looping.then(|| "loop".to_owned()));
    said.extend((bed.fade_in > Time::ZERO).then(|| format!("in {}", figure(bed.fade_in))));
    said.extend((bed.fade_out > Time::ZERO).then(|| format!("out {}", figure(bed.fade_out))));
    if bed.duck != Duck::default() {
        said.push(format!("duck {:?}", bed.duck).to_lowercase());
    }
    let ride = |ride: &timeline::Ride| {
        format!("ride {}-{} @{}", figure(ride.span.start), figure(ride.span.end), ride.level_pct)
    };
    said.extend(bed.rides.iter().map(ride));
    said.extend(bed.locked.then(|| "locked".to_owned()));
    said.join(" ")
}

fn take(take: &score::Take) -> String {
    match take.of {
        Taken::Role(role) => format!("take {} s{}", role.name(), take.seed),
        Taken::Section(place) => format!("take section {place} s{}", take.seed),
    }
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
    said += &title.look.size_px.map(|size| format!(" {size}px")).unwrap_or_default();
    if title.look.fade > Time::ZERO {
        said += &format!(" fade {}", figure(title.look.fade));
    }
    said
}

/// Clips, canvas and fades, where they are not those of a film that nobody touched.
fn picture(timeline: &Timeline) -> Vec<String> {
    let mut said = Vec::new();
    let plain = Timeline { canvas: Canvas::default(), fades: Fades::default(), ..timeline.clone() };
    if plain.untouched().is_none() {
        let clips: Vec<String> = timeline.clips.iter().map(|clip| self::clip(clip, timeline)).collect();
        said.push(format!("clips {}", clips.join(", ")));
    }
    if timeline.canvas != Canvas::default() {
        let Canvas { ratio, lines, fit, .. } = timeline.canvas;
        let ratio = (ratio != Ratio::Source).then(|| format!(" {}", ratio.name()));
        let lines = lines.map(|lines| format!(" {lines}p"));
        let fit = (fit != Fit::Crop).then(|| format!(" {fit:?}").to_lowercase());
        said.push(format!("canvas{}", [ratio, lines, fit].into_iter().flatten().collect::<String>()));
    }
    if timeline.fades != Fades::default() {
        let Fades { fade_in, fade_out } = timeline.fades;
        let part = |name: &str, time: Time| {
            if time > Time::ZERO { format!(" {name} {}", figure(time)) } else { String::new() }
        };
        said.push(format!("picture{}{}", part("in", fade_in), part("out", fade_out)));
    }
    said
}

fn clip(clip: &Clip, timeline: &Timeline) -> String {
    let source = timeline.source(clip.source).unwrap();
    let mut said = source.name.trim_end_matches(".mp4").to_owned();
    if clip.span != Span::new(Time::ZERO, source.length().unwrap()) {
        said += &format!(" {}-{}", figure(clip.span.start), figure(clip.span.end));
    }
    if clip.speed_pct != 100 {
        said += &format!(" x{}", f64::from(clip.speed_pct) / 100.0);
    }
    if clip.level_pct != 100.0 {
        said += &format!(" @{}", clip.level_pct);
    }
    if clip.muted {
        said += " muted";
    }
    if clip.crossfade > Time::ZERO {
        said += &format!(" ~{}", figure(clip.crossfade));
    }
    said
}

fn figure(time: Time) -> String {
    let text = format!("{:.2}", time.seconds());
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
