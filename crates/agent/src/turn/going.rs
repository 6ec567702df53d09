//! Goes a way through the history, and does what else was said on it.

use timeline::{History, Timeline};

use super::Turn;
use super::travel::Travel;
use crate::normal::normal;
use crate::reading::{Kind, Reading};
use crate::reply::{self, Voice};

/// What else is said in a turn that went through the history: a change makes it one step of its own.
pub(super) fn then(gone: Turn, also: Reading, request: &str, history: &History) -> Turn {
    let separator = if also.language.is_chinese() { "" } else { " " };
    let reply = format!("{}{separator}{}", gone.reading.reply, also.reply);
    let both = Reading { reply, through_history: true, ..also };
    match both.kind {
        Kind::Edited => {
            let mut state = gone.history.clone();
            let mut after = history.clone();
            if state.edit(request, &both.edits).is_err() {
                return gone;
            }
            after.record(request, state.now().clone());
            after.leave_open(None);
            Turn { reading: both, history: after }
        }
        // Words of politeness are no second wish.
        Kind::Answered if both.notes.is_empty() => gone,
        _ => Turn { reading: Reading { kind: gone.reading.kind, ..both }, history: gone.history },
    }
}

/// Goes a way through the history.
pub(super) fn gone(travel: &Travel, history: &History, voice: Voice<'_>) -> Turn {
    let before = history.now().clone();
    let mut after = history.clone();
    after.leave_open(None);
    let (kind, told) = match travel {
        Travel::Undo(steps) => back(&mut after, *steps, voice),
        Travel::First => {
            let first = history.past().iter().position(|step| !step.timeline.beds.is_empty()).unwrap_or(0);
            back(&mut after, history.past().len() - 1 - first, voice)
        }
        Travel::Start => match history.past().len() - 1 {
            0 => (Kind::Answered, voice.nothing_to_undo()),
            steps => back(&mut after, steps, voice),
        },
        Travel::Redo(steps) => {
            let said: Vec<String> =
                (0..*steps).map_while(|_| after.redo().is_ok().then(|| said(&after))).collect();
            match said.last() {
                Some(said) => (Kind::Edited, voice.redone(said)),
                None => (Kind::Answered, voice.nothing_to_redo()),
            }
        }
        Travel::Name(name) => {
            after.name(name);
            (Kind::Answered, voice.named(name))
        }
        Travel::Before(what) => match steps_back(history, what) {
            Some(steps) => back(&mut after, steps, voice),
            None => (Kind::Asks, voice.no_such_version(what, &history.names().collect::<Vec<_>>())),
        },
        Travel::To(name) => match version(&mut after, name) {
            true => (Kind::Edited, voice.back_at(name)),
            false => {
                let names: Vec<&str> = history.names().collect();
                (Kind::Asks, voice.no_such_version(name, &names))
            }
        },
    };
    let changed = reply::told(&before, after.now(), voice);
    let sentences: Vec<String> =
        std::iter::once(told).chain(changed.into_iter().map(|(_, sentence)| sentence)).collect();
    let reading = Reading { kind, ..Reading::answered(voice.join(&sentences), voice.language) };
    Turn { reading, history: after }
}

fn back(history: &mut History, steps: usize, voice: Voice<'_>) -> (Kind, String) {
    let undone: Vec<String> = (0..steps)
        .map_while(|_| {
            let said = said(history);
            history.undo().is_ok().then_some(said)
        })
        .collect();
    match undone.last() {
        Some(said) => (Kind::Edited, voice.undone(said, undone.len())),
        None => (Kind::Answered, voice.nothing_to_undo()),
    }
}

/// What led to the state of now.
pub(super) fn said(history: &History) -> String {
    history.past().last().map(|step| step.said.clone()).unwrap_or_default()
}

/// How many steps ago something like this was first said.
fn steps_back(history: &History, what: &str) -> Option<usize> {
    let past = history.past();
    let first = past.iter().position(|step| normal(&step.said).text.contains(what))?;
    Some(past.len() - first)
}

/// Takes up what somebody calls like this: a version, else the last state that such words led to.
fn version(history: &mut History, name: &str) -> bool {
    let wanted = normal(name).text.trim().to_owned();
    let like = |other: &&str| {
        let other = normal(other).text.trim().to_owned();
        other == wanted || other == format!("{wanted}版") || other == format!("the {wanted}")
    };
    let named = history.names().find(like).map(str::to_owned);
    if let Some(named) = named {
        return history.go_to(&named).is_ok();
    }
    let calls =
        |timeline: &Timeline| timeline.beds.iter().any(|bed| bed.name.to_lowercase().contains(&wanted));
    let found = history.past().iter().rev().skip(1).find(|step| {
        step.said.to_lowercase().contains(&wanted) || calls(&step.timeline) && !calls(history.now())
    });
    let Some(state) = found.map(|step| step.timeline.clone()) else { return false };
    history.record(name, state);
    true
}
