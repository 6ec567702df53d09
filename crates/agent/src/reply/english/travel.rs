//! Ways through the history, and the film at their end, in English.

use super::one_line;
use crate::reply::ScoredBed;
use crate::reply::figure::tidy;

pub(in crate::reply) fn made(path: &str, seconds: f64, lufs: Option<f64>) -> String {
    let loud = lufs.map(|lufs| format!(", at {lufs:.1} LUFS")).unwrap_or_default();
    format!("The film is written: {} ({} s{loud}).", one_line(path), tidy(seconds, 1))
}

pub(in crate::reply) fn no_film() -> String {
    "The project does not say where its film lies, so there is nothing to write yet.".to_owned()
}

pub(in crate::reply) fn cancelled() -> String {
    "Nothing was changed; to take back what was done before, say \"undo\".".to_owned()
}

pub(in crate::reply) fn versions(names: &[&str]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("\"{}\"", one_line(name))).collect();
    match names.len() {
        0 => "No version has a name yet: \"call this version calm\" gives one.".to_owned(),
        _ => format!("Versions: {}.", names.join(", ")),
    }
}

pub(in crate::reply) fn changes(said: &[&str], all: usize) -> String {
    let told: Vec<String> = said.iter().map(|said| format!("\"{}\"", one_line(said))).collect();
    match (all, told.len()) {
        (0, _) => "Nothing was changed yet.".to_owned(),
        (all, some) if all > some => format!("Of {all} changes the latest are: {}.", told.join(", then ")),
        _ => format!("So far: {}.", told.join(", then ")),
    }
}

pub(in crate::reply) fn undone(said: &str, steps: usize) -> String {
    match steps {
        1 => format!("Taken back: \"{}\".", one_line(said)),
        _ => format!("{steps} steps are taken back, the last of them \"{}\".", one_line(said)),
    }
}

pub(in crate::reply) fn redone(said: &str) -> String {
    format!("Done again: \"{}\".", one_line(said))
}

pub(in crate::reply) fn nothing_to_undo() -> String {
    "There is nothing to take back: this is where it began.".to_owned()
}

pub(in crate::reply) fn nothing_to_redo() -> String {
    "There is nothing to do again: nothing was taken back since the last change.".to_owned()
}

pub(in crate::reply) fn named(name: &str) -> String {
    let name = one_line(name);
    format!("This version is called \"{name}\" now; \"go back to {name}\" brings it back at any time.")
}

pub(in crate::reply) fn back_at(name: &str) -> String {
    format!("Back at \"{}\".", one_line(name))
}

pub(in crate::reply) fn no_such_version(name: &str, names: &[&str]) -> String {
    let name = one_line(name);
    match names {
        [] => format!("No version is called \"{name}\", so nothing was changed: \"undo\" goes back a step."),
        names => {
            let names: Vec<String> = names.iter().map(|name| format!("\"{}\"", one_line(name))).collect();
            format!("No version is called \"{name}\": did you mean {}?", names.join(" or "))
        }
    }
}

pub(in crate::reply) fn option(n: usize) -> String {
    format!("option {n}")
}

pub(in crate::reply) fn options(names: &[String], most: bool) -> String {
    let all = names.len();
    let count = if most {
        format!("{all} at a time are the most")
    } else {
        format!("There are {all} to choose from")
    };
    let others: Vec<String> = names.iter().skip(1).map(|name| format!("\"{name}\"")).collect();
    format!("{count}: this is {}; say {} to take another.", names[0], others.join(" or "))
}

pub(in crate::reply) fn chose(name: &str) -> String {
    format!("This is {name}.")
}

pub(in crate::reply) fn plays_already(name: &str) -> String {
    format!("That is the one that plays already: {name}.")
}

pub(in crate::reply) fn choice(name: &str, genre: &str, piece: &ScoredBed) -> String {
    format!("{name} is {genre} at {} BPM in {}", tidy(piece.tempo_bpm, 1), piece.key)
}
