//! The course of the music in English: levels on the way, other takes, locks, points of the film, single answers.

use score::{Brief, Genre, SectionKind, Taken};
use sound::{Span, Time};
use timeline::{Bed, Ride, Size, Target, Timeline};

use super::super::figure::{clock, ends, one_line, seconds, tidy};
use super::super::playing::{plays, sounds};
use super::super::voice::brief;
use super::{facets, list, place};
use crate::ensemble::ENSEMBLES;
use crate::landmark::Landmark;
use crate::lexicon::shade_names;
use crate::term::Asked;

/// Levels of stretches, for a bed that is new.
pub(super) fn levels(bed: &Bed) -> Option<String> {
    (!bed.rides.is_empty()).then(|| format!("at {}", list(&each(&bed.rides))))
}

fn each(rides: &[Ride]) -> Vec<String> {
    let told = |ride: &Ride| {
        let (start, end) = ends(ride.span);
        format!("{}% from {start} to {end}", tidy(ride.level_pct, 2))
    };
    rides.iter().map(told).collect()
}

/// What differs in levels on the way, in takes and in locks, as verbs.
pub(super) fn differences(old: &Bed, new: &Bed) -> Vec<String> {
    let mut said = Vec::new();
    if let (Some(old), Some(new)) = (brief(old), brief(new)) {
        said.extend(takes(old, new));
    }
    let fresh: Vec<Ride> = new.rides.iter().filter(|ride| !old.rides.contains(ride)).copied().collect();
    if !fresh.is_empty() {
        let stands = if old.level_pct == new.level_pct { "stands at" } else { "goes to" };
        said.push(format!("{stands} {}", list(&each(&fresh))));
    } else if new.rides.is_empty() && !old.rides.is_empty() {
        said.push(format!("stands at {}% throughout", tidy(new.level_pct, 2)));
    } else if new.rides != old.rides {
        said.push(format!("stands at {}% but for {}", tidy(new.level_pct, 2), list(&each(&new.rides))));
    }
    if old.locked != new.locked {
        said.push(if new.locked { "is locked until you unlock it" } else { "is unlocked" }.to_owned());
    }
    said
}

fn takes(old: &Brief, new: &Brief) -> Option<String> {
    let fresh = new.takes.iter().filter(|take| !old.takes.contains(take));
    let name = |taken: Taken| match taken {
        Taken::Role(role) => format!("the {}", facets::player(role)),
        Taken::Section(index) => format!("section {}", index + 1),
    };
    let names: Vec<String> = fresh.map(|take| name(take.of)).collect();
    (!names.is_empty())
        .then(|| format!("has a new take of {}, while all else stays note for note", list(&names)))
}

/// A section by what it is for.
pub(super) fn section(kind: SectionKind) -> &'static str {
    match kind {
        SectionKind::Intro => "an intro",
        SectionKind::Statement => "a verse",
        SectionKind::Contrast => "a bridge",
        SectionKind::Climax => "a chorus",
        SectionKind::Outro => "an outro",
        SectionKind::Sting => "such a section",
    }
}

/// Stretches of the film.
pub(super) fn stretches(spans: &[Span]) -> String {
    let told: Vec<String> =
        spans.iter().map(|span| format!("{} to {}", clock(span.start), clock(span.end))).collect();
    list(&told)
}

pub(super) fn landmark(landmark: Landmark) -> String {
    let numbered = |what: &str, n: usize| match n {
        0 => format!("I see no {what} in the film"),
        1 => format!("I see no {what} in the film"),
        n => format!("The film has no {what} number {n}"),
    };
    match landmark {
        Landmark::SpeechStart | Landmark::SpeechEnd => "I hear nobody talk in the film".to_owned(),
        Landmark::Intro => "I see no cut where an intro could end".to_owned(),
        Landmark::Cut(n) => numbered("cut", n),
        Landmark::Scene(n) => numbered("scene", n),
        Landmark::Shot(n) => numbered("shot", n),
        Landmark::Title => "There is no title in the film yet".to_owned(),
        Landmark::Clip(n) => numbered("clip", n),
    }
}

/// What was asked about one piece.
pub(in super::super) fn asked(
    asked: Asked,
    bed: &Bed,
    name: &str,
    genre: Option<&Genre>,
    timeline: &Timeline,
) -> String {
    let subject = if timeline.beds.len() == 1 { "The music" } else { name };
    let wished = brief(bed);
    let later = "is decided when it is composed";
    match asked {
        Asked::Level => {
            let rides = levels(bed).map(|levels| format!(", and {levels}")).unwrap_or_default();
            format!("{subject} stands at {}%{rides}.", tidy(bed.level_pct, 2))
        }
        Asked::Tempo => match (wished.and_then(|brief| brief.tempo_bpm), genre) {
            (Some(bpm), _) => format!("{subject} runs at {} BPM.", tidy(bpm, 1)),
            (None, Some(genre)) => format!(
                "The tempo {later}: {} runs at {} to {} BPM.",
                name,
                tidy(genre.tempo.0, 1),
                tidy(genre.tempo.1, 1)
            ),
            (None, None) => format!("The tempo {later}, from the film."),
        },
        Asked::Key => match wished.and_then(|brief| brief.key) {
            Some(key) => format!("{subject} is in {key}."),
            None => format!("No key was asked for: it {later}."),
        },
        Asked::Genre if genre.is_some() || wished.is_none() => format!("{subject} is {name}."),
        Asked::Genre => format!("No genre was asked for: it {later}, from the film."),
        Asked::Place => format!("{subject} plays {}.", place(bed, timeline)),
        Asked::Fades => fades(subject, bed),
        Asked::Player(_) | Asked::Instrument(_) => {
            let (player, plays) = match asked {
                Asked::Player(role) => (facets::player(role), plays(role, wished, genre)),
                Asked::Instrument(which) => (ENSEMBLES[which].name.0, sounds(which, wished, genre)),
                _ => return String::new(),
            };
            match plays {
                Some(true) => format!("{subject} is played with {player}."),
                Some(false) => format!("{subject} is played without {player}."),
                None => format!("Whether {} has {player} {later}.", subject.to_lowercase()),
            }
        }
        Asked::Length | Asked::Titles | Asked::Credits | Asked::OwnSound => String::new(),
        Asked::OwnMusic | Asked::Size | Asked::Loudness => String::new(),
    }
}

fn fades(subject: &str, bed: &Bed) -> String {
    match (bed.fade_in > Time::ZERO, bed.fade_out > Time::ZERO) {
        (false, false) => format!("{subject} has no fades."),
        (true, false) => format!("{subject} fades in over {} s and has no fade-out.", seconds(bed.fade_in)),
        (false, true) => format!("{subject} fades out over {} s and has no fade-in.", seconds(bed.fade_out)),
        (true, true) => format!(
            "{subject} fades in over {} s and out over {} s.",
            seconds(bed.fade_in),
            seconds(bed.fade_out)
        ),
    }
}

pub(in super::super) fn size(size: Size) -> String {
    format!("The picture is {}x{} pixels.", size.width, size.height)
}

pub(in super::super) fn loudness_wished(target: Target) -> String {
    match target.lufs() {
        Some(lufs) => format!("The finished film is brought to {} LUFS ({}).", tidy(lufs, 0), target.name()),
        None => "The finished film is as loud as it was.".to_owned(),
    }
}

pub(in super::super) fn credits() -> String {
    "The music was composed by undersong for this film alone, without any song of others in it: nobody has to be \
     credited. The report that is written on request names the sounds it is played on and their licences."
        .to_owned()
}

pub(in super::super) fn own_sound(timeline: &Timeline) -> String {
    let told = |clip: &timeline::Clip| match clip.muted {
        true => "muted".to_owned(),
        false => format!("at {}%", tidy(clip.level_pct, 2)),
    };
    let mut levels: Vec<String> = timeline.clips.iter().map(told).collect();
    levels.dedup();
    format!("The film's own sound is {}.", levels.join(", then "))
}

pub(in super::super) fn length(timeline: &Timeline) -> String {
    let clips = timeline.placed().into_iter().map(|placed| {
        let name = timeline.source(placed.clip.source).map_or("", |source| source.name.as_str());
        format!("{name} {}", clock(placed.span.length()))
    });
    match timeline.clips.len() {
        0 | 1 => format!("The film is {} long.", clock(timeline.length())),
        all => {
            let clips = clips.collect::<Vec<_>>().join(", ");
            format!("The film is {} long, in {all} clips: {clips}.", clock(timeline.length()))
        }
    }
}

pub(in super::super) fn titles(timeline: &Timeline) -> String {
    let told = timeline.titles.iter().map(|title| {
        let (start, end) = ends(title.span);
        let colour =
            shade_names(title.look.colour).map(|(name, _)| format!(", in {name}")).unwrap_or_default();
        let size = title.look.size_px.map(|size| format!(", {size} px high")).unwrap_or_default();
        format!("\"{}\" from {start} to {end}{colour}{size}", one_line(&title.text))
    });
    let told: Vec<String> = told.collect();
    match told.len() {
        0 => "There is no title in the film.".to_owned(),
        1 => format!("There is one title: {}.", told[0]),
        n => format!("There are {n} titles: {}.", list(&told)),
    }
}
