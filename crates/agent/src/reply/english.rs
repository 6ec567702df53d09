//! Replies in English.

mod course;
mod facets;
mod outside;
mod picture;
mod travel;
mod trouble;

use score::Mood;
use sound::Time;
use timeline::{Bed, Colour, Duck, Place, Target, Timeline, Title};

use super::ScoredBed;
use super::figure::{clock, ends, one_line, seconds, tidy};
use super::voice::{Played, brief};
use crate::lexicon::shade_names;
pub(super) use course::{asked, credits, length, loudness_wished, own_sound, size, titles};
use facets::{differences, features};
pub(super) use picture::shot;
pub(super) use travel::*;
pub(super) use trouble::{problem, remark};

pub(super) fn added(bed: &Bed, name: &str, after: &Timeline, done: bool) -> String {
    let place = place(bed, after);
    let level = tidy(bed.level_pct, 2);
    let chosen = brief(bed).is_some_and(|brief| brief.genre.is_none() && brief.mood.is_none());
    let subject = if chosen { "Music chosen to fit the film".to_owned() } else { music(bed, name) };
    let plays = if done { "now plays" } else { "would play" };
    format!("{subject} {plays} {place} at {level}%{}.", features(bed, true))
}

pub(super) fn returned(bed: &Bed, name: &str) -> String {
    let (start, end) = ends(bed.span);
    format!("{name} comes back from {start} to {end} at {}%.", tidy(bed.level_pct, 2))
}

pub(super) fn ducks(duck: Duck) -> String {
    match duck.clearance() {
        Some(clearance) => format!("It gives way until speech stands {} LU above it.", tidy(clearance, 0)),
        None => "It does not give way to speech.".to_owned(),
    }
}

pub(super) fn removed(bed: &Bed, name: &str, only: bool) -> String {
    if only {
        return "The music is gone; the film's own sound is as it was.".to_owned();
    }
    let (start, end) = ends(bed.span);
    format!("{name} ({start} to {end}) is gone.")
}

pub(super) fn changed(
    beds: (&Bed, &Bed),
    names: (&str, &str),
    from: Option<Mood>,
    only: bool,
    after: &Timeline,
) -> String {
    let (old, new) = beds;
    let other_genre = brief(old).map(|b| &b.genre) != brief(new).map(|b| &b.genre);
    let other_seed = brief(old).map(|b| b.seed) != brief(new).map(|b| b.seed);
    if other_genre || other_seed {
        let place = place(new, after);
        let level = tidy(new.level_pct, 2);
        let subject = match (other_genre, brief(new).is_some_and(|b| b.genre.is_none() && b.mood.is_none())) {
            (false, _) => format!("Another piece ({name}) takes the place of the one before", name = names.1),
            (true, true) => format!("Music chosen to fit the film takes the place of {}", names.0),
            (true, false) => format!("{} takes the place of {}", music(new, names.1), names.0),
        };
        return format!("{subject}: it plays {place} at {level}%{}.", features(new, true));
    }
    let subject =
        if only { "The music".to_owned() } else { format!("{} ({})", names.1, clock(new.span.start)) };
    let facets = differences(old, new, from, &place(new, after));
    format!("{subject} now {}.", list(&facets))
}

pub(super) fn aimed(target: Target) -> String {
    match target.lufs() {
        Some(lufs) => format!("The finished film aims at {} LUFS ({}).", tidy(lufs, 1), target.name()),
        None => "The finished film keeps the loudness it had.".to_owned(),
    }
}

pub(super) fn titled(title: &Title, done: bool) -> String {
    let (start, end) = ends(title.span);
    let stands = if done { "stands" } else { "would stand" };
    let colour = match (title.look.colour, shade_names(title.look.colour)) {
        (Colour::WHITE, _) => String::new(),
        (_, Some((name, _))) => format!(", in {name}"),
        (colour, None) => format!(", in {colour}"),
    };
    let size = title.look.size_px.map(|size| format!(", its letters {size} px high")).unwrap_or_default();
    let fade = title.look.fade;
    let fade = if fade > Time::ZERO {
        format!(", fading in and out over {} s", seconds(fade))
    } else {
        String::new()
    };
    let locked = if title.locked { ", and it is locked" } else { "" };
    let place = spot(title.look.place);
    format!(
        "The title \"{}\" {stands} {place} from {start} to {end}{colour}{fade}{locked}{size}.",
        one_line(&title.text)
    )
}

pub(super) fn untitled(title: &Title) -> String {
    format!("The title \"{}\" is gone.", one_line(&title.text))
}

/// Where in the picture.
fn spot(place: Place) -> &'static str {
    match place {
        Place::TopLeft => "at the top left",
        Place::Top => "at the top",
        Place::TopRight => "at the top right",
        Place::Left => "at the left",
        Place::Center => "in the middle of the picture",
        Place::Right => "at the right",
        Place::BottomLeft => "at the bottom left",
        Place::Bottom => "at the bottom",
        Place::BottomRight => "at the bottom right",
    }
}

pub(super) fn piece(played: &Played<'_>) -> String {
    let piece = played.piece;
    let verb = match (played.genre.is_some(), played.done) {
        (false, true) if played.now => "now runs",
        (false, true) => "runs",
        (false, false) => "would run",
        (true, true) => "is",
        (true, false) => "would be",
    };
    let genre = played.genre.map(|genre| format!(" {genre},")).unwrap_or_default();
    let why = if piece.hits > 0 { "to meet the cuts" } else { "to fit the length" };
    let missed = played.missed_bpm();
    let missed = missed.map(|bpm| format!(" (not {}, {why})", tidy(bpm, 1))).unwrap_or_default();
    format!(
        "{} {verb}{genre} at {} BPM{missed} in {}{}{}.",
        played.name.unwrap_or("The music"),
        tidy(piece.tempo_bpm, 1),
        piece.key,
        met(played),
        giving_way(piece, played.done),
    )
}

/// How many cuts and moments the beat meets.
fn met(played: &Played<'_>) -> String {
    let (met, all) = (played.piece.hits_on_beat, played.piece.hits);
    let falls = match (played.done, met) {
        (false, _) => "would fall",
        (true, 1) => "falls",
        (true, _) => "fall",
    };
    let things = match (played.wished_moments, all) {
        (false, 1) => "cut",
        (false, _) => "cuts",
        (true, 1) => "moment",
        (true, _) => "moments and cuts",
    };
    match all {
        0 => String::new(),
        // That no cut happens to lie on a beat is no news; that a wished moment does not, is.
        _ if met == 0 && !played.wished_moments => String::new(),
        1 if met == 1 => format!("; its {things} {falls} on a beat"),
        all => format!("; {met} of {all} {things} {falls} on a beat"),
    }
}

/// How far the music goes down under speech, and how far below the voice it lies then.
fn giving_way(piece: &ScoredBed, done: bool) -> String {
    let Some(depth) = piece.duck_db.filter(|depth| *depth >= 0.05) else { return String::new() };
    let goes = if done { "goes" } else { "would go" };
    let below = piece.speech_over_music_lu.map(|lu| format!(", {} LU below the voice", tidy(lu, 0)));
    format!("; under speech it {goes} down by up to {} dB{}", tidy(depth, 1), below.unwrap_or_default())
}

pub(super) fn loudness(lufs: f64, film_gain: Option<f64>) -> String {
    let gain = film_gain.map(|gain| {
        let way = if gain > 0.0 { "raised" } else { "lowered" };
        format!("; the film's own sound was {way} by {} dB to reach that", tidy(gain.abs(), 0))
    });
    format!("The finished film measures {lufs:.1} LUFS{}.", gain.unwrap_or_default())
}

pub(super) fn own_voices() -> String {
    "No SoundFont was found, so every part plays on built-in voices.".to_owned()
}

pub(super) fn state(beds: &[(String, &Bed)], timeline: &Timeline) -> String {
    let length = clock(timeline.length());
    if beds.is_empty() {
        return format!("The film is {length} long and has no added music yet.");
    }
    let pieces: Vec<String> = beds
        .iter()
        .map(|(name, bed)| {
            format!(
                "{name} plays {} at {}%{}",
                place(bed, timeline),
                tidy(bed.level_pct, 2),
                features(bed, true)
            )
        })
        .collect();
    format!("{}.", pieces.join("; "))
}

pub(super) fn not_so() -> String {
    "That is not so, so nothing was changed.".to_owned()
}

pub(super) fn unclear_condition() -> String {
    "I cannot tell whether that is so, so nothing was changed. What should be done?".to_owned()
}

pub(super) fn already() -> String {
    "That is how it is already.".to_owned()
}

pub(super) fn abilities(genres: &[String]) -> String {
    format!(
        "Tell me what music your film should get: a genre ({}), a mood (happy, calm, sad, epic, tense ...), where it plays, how loud, tempo, key, hits, \
         fades, with or without drums. The film can be cut (\"trim the first 3 seconds\"), run faster or slower, get another shape (9:16, square), its own sound \
         lower or off, and fade to black. A title stands in quotation marks: a title \"Hello\" at the top. Later you can say \"a bit quieter\", \"another one\" or \"remove the music\".",
        genres.join(", ")
    )
}

pub(super) fn export(music: bool) -> String {
    if music {
        "The film is written with the music as it is now; nothing had to change.".to_owned()
    } else {
        "There is no added music yet, so nothing had to change: say which music you would like.".to_owned()
    }
}

pub(super) fn greeting() -> String {
    "Gladly. Tell me what music your film should get, or what to change about it.".to_owned()
}

pub(super) fn not_understood() -> String {
    "I did not understand that, so nothing was changed. You can say for instance \"happier music\", \"fade out at the \
     end\", \"make the title larger\", \"cut the first 3 seconds\" or \"undo\"."
        .to_owned()
}

pub(super) fn hint() -> String {
    "Say it again with a mood, a genre or a level to get other music.".to_owned()
}

/// What plays: "Cinematic emotional music", where a genre's name does not say so itself.
fn music(bed: &Bed, name: &str) -> String {
    let genre = brief(bed).is_some_and(|brief| brief.genre.is_some());
    if genre && !name.to_lowercase().ends_with("music") { format!("{name} music") } else { name.to_owned() }
}

/// Where a bed plays.
fn place(bed: &Bed, timeline: &Timeline) -> String {
    let (start, end) = ends(bed.span);
    if bed.span == timeline.whole() {
        format!("under the whole film ({start} to {end})")
    } else {
        format!("from {start} to {end}")
    }
}

/// `a, b and c`.
fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [front @ .., last] => format!("{} and {last}", front.join(", ")),
    }
}
