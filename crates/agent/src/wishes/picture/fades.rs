//! Fades of the picture: "fade to black over 2 seconds", `画面淡出到黑`.

use super::run::Run;
use super::{FadeLength, PictureWish};
use crate::term::{PictureWord, Term};

pub(super) fn read(run: &Run<'_>) -> Vec<PictureWish> {
    let words = [Term::FadeIn, Term::FadeOut, Term::Fade];
    let from = run.word(PictureWord::FromBlack);
    let to = run.word(PictureWord::ToBlack);
    let black = from.or(to).or_else(|| run.word(PictureWord::Black));
    let at = run.find(&words);
    let of_picture = black.is_some() || at.is_some_and(|at| !run.of_music && beside_film(run, at));
    // `渐黑` and "end on black" say both by themselves.
    let ends = |at: &usize| {
        let written = run.written(*at);
        written.starts_with('渐') || written == "变黑" || run.says(&[Term::Start, Term::End])
    };
    let Some(at) = at.or(from.or(to).filter(ends)) else {
        return Vec::new();
    };
    if !of_picture {
        return Vec::new();
    }
    let denied = run.is_denied(at) || black.is_some_and(|at| run.is_denied(at)) || run.says(&[Term::Remove]);
    let length = if denied { FadeLength::None } else { length(run) };
    let (comes, goes) = match run.phrase.term(at) {
        Some(Term::FadeIn) => (true, false),
        Some(Term::FadeOut) => (false, true),
        _ if from.is_some() || to.is_some() => (from.is_some(), to.is_some()),
        // "Fade the video out".
        _ if run.writes(&["out", "in"]) => (run.writes(&["in"]), run.writes(&["out"])),
        _ => (true, true),
    };
    vec![PictureWish::Fade(comes.then_some(length), goes.then_some(length))]
}

/// "Fade the video out", `画面淡出`: the film stands right beside the word, or inside of it.
fn beside_film(run: &Run<'_>, at: usize) -> bool {
    let film = |place: usize| run.at.contains(&place) && run.phrase.is(place, &[Term::Film]);
    let before = at.checked_sub(1).is_some_and(film);
    let gap = if film(at + 1) { run.between(at, at + 1) } else { " of " };
    before && run.between(at - 1, at).trim().is_empty()
        || ![" of ", " for ", " in ", " to "].iter().any(|word| gap.contains(word))
}

fn length(run: &Run<'_>) -> FadeLength {
    match run.seconds() {
        Some((at, seconds)) if run.phrase.after(at, &[Term::At, Term::From]) => FadeLength::Until(seconds),
        Some((_, seconds)) => FadeLength::Seconds(seconds),
        None => FadeLength::Usual,
    }
}
