//! The film's own sound: "mute the video", "original audio at 50%", `把视频原声关掉`. It is touched only where it is named.

use super::PictureWish;
use super::run::Run;
use crate::term::{PictureWord, Term};
use crate::token::Meaning;
use crate::wishes::levels;

pub(super) fn read(run: &Run<'_>) -> Vec<PictureWish> {
    if let Some(at) = run.word(PictureWord::Silence) {
        return if run.is_denied(at) { vec![PictureWish::StaySound] } else { muted(run, true) };
    }
    if let Some(found) = of_clip(run) {
        return found;
    }
    let own = run.word(PictureWord::OwnSound);
    if run.word(PictureWord::Unmute).is_some() && (own.is_some() || !run.of_music) {
        return muted(run, false);
    }
    if let Some(own) = own {
        return named(run, own);
    }
    let words = [Term::Mute, Term::Louder, Term::Quieter, Term::TooLoud, Term::TooQuiet, Term::Volume];
    let foreign = run.of_music || run.says(&[Term::Speech, Term::NoDuck]);
    let about = run.find(&words).filter(|at| !foreign && run.of_film(*at));
    // "The third clip at 50%".
    let plain = run.clip().is_some()
        && !foreign
        && !run.writes(&["play", "run", "播放"])
        && !run.says(&[Term::Pace])
        && run.at.len() <= 4;
    match about {
        Some(at) if run.is_denied(at) && run.phrase.is(at, &[Term::Mute]) => vec![PictureWish::StaySound],
        Some(at) if run.phrase.is(at, &[Term::Mute]) => muted(run, true),
        Some(_) => level(run),
        None if plain => level(run),
        None => Vec::new(),
    }
}

/// `关掉第二段的声音`: sound as such is that of the clip that is named.
fn of_clip(run: &Run<'_>) -> Option<Vec<PictureWish>> {
    if run.clip().is_none() || run.of_music || !run.writes(&["声音"]) {
        return None;
    }
    let gone = run.find(&[Term::Mute, Term::Remove]);
    let off = run.find(&[Term::Not]).is_some();
    match gone {
        Some(at) if run.is_denied(at) => Some(vec![PictureWish::StaySound]),
        _ if gone.is_some() || off => Some(muted(run, true)),
        _ => Some(level(run)).filter(|found| !found.is_empty()),
    }
}

/// What is wished of the own sound that stands at a place.
fn named(run: &Run<'_>, own: usize) -> Vec<PictureWish> {
    let gone = run.find(&[Term::Mute, Term::Remove, Term::Again]);
    let off = run.writes(&["turn off", "switch off", "silence", "kill", "关", "关掉"]);
    let kept = run.says(&[Term::Make]) && run.writes(&["keep", "leave", "保留", "保持"]);
    // "No original audio" takes it away; "don't touch the original audio" does not.
    if run.is_denied(own) {
        let at_once = run.phrase.after(own, &[Term::Not, Term::Without]);
        return if at_once { muted(run, true) } else { vec![PictureWish::StaySound] };
    }
    match gone {
        Some(at) if run.is_denied(at) => vec![PictureWish::StaySound],
        Some(_) => muted(run, true),
        None if off => muted(run, true),
        None => match level(run) {
            found if !found.is_empty() => found,
            _ if kept => vec![PictureWish::StaySound],
            _ => Vec::new(),
        },
    }
}

/// The level that is told: words for music tell it of the own sound, too.
fn level(run: &Run<'_>) -> Vec<PictureWish> {
    let as_music = |meaning| match meaning {
        Meaning::Term(Term::Film | Term::Picture(PictureWord::OwnSound | PictureWord::Clip(_))) => {
            Meaning::Term(Term::Music)
        }
        other => other,
    };
    let mut part = run.phrase.part(run.at.clone(), as_music);
    let wish = levels::read(&mut part, &mut Vec::new()).level;
    let levelled = |wish| run.scopes().into_iter().map(|scope| PictureWish::Level(scope, wish)).collect();
    wish.map(levelled).unwrap_or_default()
}

fn muted(run: &Run<'_>, muted: bool) -> Vec<PictureWish> {
    run.scopes().into_iter().map(|scope| PictureWish::Mute(scope, muted)).collect()
}
