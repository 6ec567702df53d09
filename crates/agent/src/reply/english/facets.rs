//! The single things that can be said of a bed in English.

use score::{Brief, Instrument, MOOD_WORDS, Mood, Role};
use sound::Time;
use timeline::{Bed, Duck};

use super::super::change::{Direction, direction, switched};
use super::super::figure::{clock, seconds, tidy};
use super::super::voice::brief;
use super::{course, list};
use crate::ensemble::names;

/// What is said of a switch that is on and of one that is off: breathing, authentic, looping.
const SWITCHES: [(&str, &str); 3] = [
    ("leaves room where the film carries itself", "plays all the time"),
    ("keeps to the voices of the real console", "may use more voices than the console had"),
    ("loops without a seam", "ends by itself"),
];

/// What is special about a bed, each after a comma; with the mood where it is asked for.
pub(super) fn features(bed: &Bed, mood: bool) -> String {
    let mut said = Vec::new();
    if let Some(brief) = brief(bed) {
        said.extend(
            brief
                .mood
                .filter(|_| mood && brief.genre.is_some())
                .map(|m| format!("in {} mood", with_article(m.word()))),
        );
        said.extend(brief.tempo_bpm.map(|bpm| format!("at {} BPM", tidy(bpm, 1))));
        said.extend(brief.key.map(|key| format!("in {key}")));
        said.extend(line_up(brief));
        said.extend(hits(brief, bed.span.start));
        said.extend(brief.climax.map(|at| format!("building up to {}", clock(bed.span.start + at))));
        said.extend(brief.breathing.then(|| "leaving room where the film carries itself".to_owned()));
        said.extend(brief.authentic.then(|| "with the voices of the real console".to_owned()));
        said.extend(brief.looping.then(|| "looping without a seam".to_owned()));
    }
    said.extend(
        fades(bed)
            .filter(|_| bed.fade_in > Time::ZERO || bed.fade_out > Time::ZERO)
            .map(|f| format!("fading {f}")),
    );
    said.extend(course::levels(bed));
    if bed.duck != Duck::default() {
        said.push(match bed.duck.clearance() {
            None => "not giving way to speech".to_owned(),
            Some(clearance) => format!("giving way until speech stands {} LU above it", tidy(clearance, 0)),
        });
    }
    said.extend(bed.locked.then(|| "locked".to_owned()));
    said.iter().map(|feature| format!(", {feature}")).collect()
}

/// What differs between two beds that play the same kind of music, as verbs.
pub(super) fn differences(old: &Bed, new: &Bed, from: Option<Mood>, place: &str) -> Vec<String> {
    let mut said = in_music(old, new, from);
    if old.span != new.span {
        said.push(format!("plays {place}"));
    }
    if old.level_pct != new.level_pct {
        said.push(format!("stands at {}% (it was {}%)", tidy(new.level_pct, 2), tidy(old.level_pct, 2)));
    }
    if old.duck != new.duck {
        said.push(match new.duck.clearance() {
            None => "does not give way to speech".into(),
            Some(clearance) => format!("gives way until speech stands {} LU above it", tidy(clearance, 0)),
        });
    }
    if (old.fade_in, old.fade_out) != (new.fade_in, new.fade_out) {
        said.push(fades(new).map_or("has no fades".into(), |fades| format!("fades {fades}")));
    }
    said.extend(course::differences(old, new));
    said
}

/// What differs in what is played.
fn in_music(old: &Bed, new: &Bed, from: Option<Mood>) -> Vec<String> {
    let mut said = Vec::new();
    let start = old.span.start;
    if let (Some(old), Some(brief)) = (brief(old), brief(new)) {
        if old.mood != brief.mood {
            said.push(mood(from, brief.mood));
        }
        if old.tempo_bpm != brief.tempo_bpm {
            said.push(
                brief
                    .tempo_bpm
                    .map_or("has a free tempo".into(), |bpm| format!("runs at {} BPM", tidy(bpm, 1))),
            );
        }
        if old.key != brief.key {
            said.push(brief.key.map_or("has a free key".into(), |key| format!("stands in {key}")));
        }
        if line_up(old) != line_up(brief) {
            said.push(format!("plays {}", line_up(brief).unwrap_or("with everybody".into())));
        }
        if hits(old, start) != hits(brief, new.span.start) {
            said.push(
                hits(brief, new.span.start)
                    .map_or("has no hits of its own".into(), |hits| format!("plays {hits}")),
            );
        }
        let climax = |brief: &Brief, start: Time| brief.climax.map(|at| clock(start + at));
        if climax(old, start) != climax(brief, new.span.start) {
            let at = climax(brief, new.span.start);
            said.push(at.map_or("has no climax of its own".into(), |at| format!("builds up to {at}")));
        }
        said.extend(switched(old, brief, SWITCHES));
    }
    said
}

/// A mood by its word where it is one, else by the way from the mood before.
fn mood(old: Option<Mood>, new: Option<Mood>) -> String {
    let Some(new) = new else { return "takes its mood from the film".into() };
    let named = MOOD_WORDS.iter().any(|entry| entry.mood == new);
    match old.filter(|_| !named).and_then(|old| direction(old, new)) {
        Some(Direction::Livelier) => format!("is livelier (nearest to {})", new.word()),
        Some(Direction::Calmer) => format!("is calmer (nearest to {})", new.word()),
        Some(Direction::Brighter) => format!("is brighter (nearest to {})", new.word()),
        Some(Direction::Darker) => format!("is darker (nearest to {})", new.word()),
        None => format!("has {} mood", with_article(new.word())),
    }
}

fn with_article(word: &str) -> String {
    let article = if word.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {word}")
}

fn fades(bed: &Bed) -> Option<String> {
    match (bed.fade_in > Time::ZERO, bed.fade_out > Time::ZERO) {
        (false, false) => None,
        (true, false) => Some(format!("in over {} s", seconds(bed.fade_in))),
        (false, true) => Some(format!("out over {} s", seconds(bed.fade_out))),
        (true, true) => {
            Some(format!("in over {} s and out over {} s", seconds(bed.fade_in), seconds(bed.fade_out)))
        }
    }
}

/// Who plays, as far as somebody said: `with piano and without drums`, `with strings only`.
fn line_up(brief: &Brief) -> Option<String> {
    let roles = |roles: &[Role]| roles.iter().map(|role| player(*role).to_owned()).collect::<Vec<_>>();
    let mut said = Vec::new();
    let only = [roles(&brief.only), instruments(&brief.only_instruments)].concat();
    if only.is_empty() {
        let with = instruments(&brief.with);
        said.extend((!with.is_empty()).then(|| format!("with {}", list(&with))));
    } else {
        said.push(format!("with {} only", list(&only)));
    }
    let without = [roles(&brief.without), instruments(&brief.without_instruments)].concat();
    said.extend((!without.is_empty()).then(|| format!("without {}", list(&without))));
    (!said.is_empty()).then(|| said.join(" and "))
}

fn instruments(instruments: &[Instrument]) -> Vec<String> {
    let (groups, single) = names(instruments);
    let groups = groups.iter().map(|ensemble| ensemble.name.0.to_owned());
    let mut said: Vec<String> = groups.chain(single.iter().map(|one| named(*one))).collect();
    said.dedup();
    said
}

/// A single instrument; which kit the drums are, nobody asked.
fn named(instrument: Instrument) -> String {
    if instrument.is_drums() { "drums".to_owned() } else { instrument.name().replace('-', " ") }
}

pub(super) fn player(role: Role) -> &'static str {
    match role {
        Role::Melody => "melody",
        Role::Counter => "counter-melody",
        Role::Chords => "chords",
        Role::Arpeggio => "arpeggio",
        Role::Pad => "pad",
        Role::Bass => "bass",
        Role::Drums => "drums",
        Role::Effects => "effects",
    }
}

/// Hits besides the climax on the film's clock, of music that starts at `start`.
fn hits(brief: &Brief, start: Time) -> Option<String> {
    let others = brief.hits.iter().filter(|hit| brief.climax != Some(**hit));
    let times: Vec<String> = others.map(|hit| clock(start + *hit)).collect();
    match times.len() {
        0 => None,
        1 => Some(format!("with a hit at {}", times[0])),
        _ => Some(format!("with hits at {}", list(&times))),
    }
}
