//! What is said of the picture in English.

use sound::Time;
use timeline::{Anchor, Canvas, Clip, EditError, Fades, Fit, Ratio};

use super::super::change::Shot;
use super::super::figure::{clock, seconds, tidy};
use super::list;

/// A difference of the picture, as a sentence.
pub(in super::super) fn shot(shot: &Shot) -> String {
    match shot {
        Shot::Length { now, was, clips } => {
            let clips = if *clips > 1 { format!(", in {clips} clips") } else { String::new() };
            format!("The film is {} long now (it was {}){clips}.", clock(*now), clock(*was))
        }
        Shot::Order(names) if names.len() > 6 => "The clips play in another order now.".to_owned(),
        Shot::Order(names) => format!("The clips play in this order now: {}.", list(names)),
        Shot::Count(1) => "The film is one clip now.".to_owned(),
        Shot::Count(clips) => format!("The film has {clips} clips now and is as long as it was."),
        Shot::Speed(which, percent) => {
            format!("{} at {percent}% of its own speed now.", subject(*which, "runs"))
        }
        Shot::Muted(which, true) => format!("{} is off now.", own_sound(*which)),
        Shot::Muted(which, false) => format!("{} is heard again.", own_sound(*which)),
        Shot::Level(which, percent) => format!("{} stands at {}% now.", own_sound(*which), tidy(*percent, 1)),
        Shot::Crossfade(which, length) => crossfade(*which, *length),
        Shot::Framed(which, fit) => match fit {
            Some(fit) => format!("{} the picture {} now.", subject(*which, "fills"), filled(*fit)),
            None => format!("{} the picture like all the others now.", subject(*which, "fills")),
        },
        Shot::Shaped(canvas) => shaped(canvas),
        Shot::Faded(fades) => faded(*fades),
    }
}

fn subject(which: Option<usize>, verb: &str) -> String {
    which.map_or_else(|| format!("The picture {verb}"), |n| format!("Clip {n} {verb}"))
}

fn own_sound(which: Option<usize>) -> String {
    which.map_or_else(|| "The film's own sound".to_owned(), |n| format!("The own sound of clip {n}"))
}

fn crossfade(which: Option<usize>, length: Time) -> String {
    match (which, length > Time::ZERO) {
        (None, true) => format!("Every clip fades into the next over {} s.", seconds(length)),
        (None, false) => "Every clip begins with a cut now.".to_owned(),
        (Some(n), true) => format!("Clip {n} fades out of the one before it over {} s.", seconds(length)),
        (Some(n), false) => format!("Clip {n} begins with a cut now."),
    }
}

fn shaped(canvas: &Canvas) -> String {
    let lines = canvas.lines.map(|lines| format!(", {lines} pixels at its shorter side")).unwrap_or_default();
    if canvas.ratio == Ratio::Source {
        return format!("The picture has the shape it was filmed in{lines}.");
    }
    let kept = match (canvas.fit, canvas.anchor) {
        (Fit::Crop, Anchor::Motion) => "with what moves kept in it".to_owned(),
        (Fit::Crop, anchor) => format!("with the {} kept in it", format!("{anchor:?}").to_lowercase()),
        (fit, _) => filled(fit).to_owned(),
    };
    format!("The picture is {} now, {kept}{lines}.", canvas.ratio.name())
}

fn filled(fit: Fit) -> &'static str {
    match fit {
        Fit::Crop => "to its edges",
        Fit::Pad => "whole, with black beside it",
        Fit::Blur => "whole, with itself blurred behind it",
    }
}

fn faded(fades: Fades) -> String {
    let comes =
        (fades.fade_in > Time::ZERO).then(|| format!("comes out of black over {} s", seconds(fades.fade_in)));
    let goes = (fades.fade_out > Time::ZERO)
        .then(|| format!("fades to black over {} s at the end", seconds(fades.fade_out)));
    match [comes, goes].into_iter().flatten().collect::<Vec<_>>() {
        said if said.is_empty() => "The picture has no fades now.".to_owned(),
        said => format!("The picture {}.", list(&said)),
    }
}

/// Why the picture cannot be so.
pub(super) fn cannot(error: &EditError) -> String {
    let reason = match error {
        EditError::Locked(item) => format!("{item} is locked; unlock it first"),
        EditError::NothingLeft => "nothing of the film would be left".to_owned(),
        EditError::SpeedOutOfRange(percent) => format!(
            "a film can run at {} to {}% of its own speed, and {percent}% lies outside",
            Clip::SPEEDS_PCT.start(),
            Clip::SPEEDS_PCT.end()
        ),
        EditError::LevelOutOfRange(percent) => {
            format!("the level of the film's own sound goes from 0 to 200%, and {}% lies outside", tidy(*percent, 1))
        }
        EditError::NothingToSplit(at) => format!("two clips meet at {} already", clock(*at)),
        EditError::NothingToJoin(_) => {
            "only clips that go on where the one before ends can become one; they play one after another as it is"
                .to_owned()
        }
        EditError::CrossfadeTooLong(_, most) if *most == Time::ZERO => {
            "the first clip has none before it to fade out of".to_owned()
        }
        EditError::CrossfadeTooLong(length, most) => {
            format!("a crossfade of {} s does not fit there; {} s is the most", seconds(*length), seconds(*most))
        }
        EditError::PictureFadesTooLong(one, two, film) => {
            format!("fades of {} s do not fit into a film of {} s", seconds(*one + *two), seconds(*film))
        }
        EditError::TooShort(length, least) => {
            format!("a clip of {} s is too short; {} s is the least", seconds(*length), seconds(*least))
        }
        other => {
            let told = other.to_string();
            told.split_once(": ").map_or_else(|| told.clone(), |(_, reason)| reason.to_owned())
        }
    };
    format!("That cannot be done, so nothing was changed: {reason}.")
}
