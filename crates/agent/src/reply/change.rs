//! What differs between two states.

mod picture;

use score::{Brief, Mood};
use timeline::{Bed, Target, Timeline, Title};

use super::voice::brief;
pub(super) use picture::Shot;

/// A difference between two states.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Change {
    Added(Bed),
    /// Music that was there already plays in one more place.
    Returned(Bed),
    Removed(Bed),
    Changed(Box<Bed>, Box<Bed>),
    Aimed(Target),
    /// A title that is new or looks otherwise now.
    Titled(Title),
    Untitled(Title),
    /// The picture or the film's own sound.
    Shot(Shot),
}

/// Every difference: what plays newly, what plays otherwise, what is gone, how loud the whole is to be.
pub(super) fn changes(before: &Timeline, after: &Timeline) -> Vec<Change> {
    let fresh = after.beds.iter().filter(|bed| before.bed(bed.id).is_none());
    let known = |bed: &Bed| before.beds.iter().any(|old| old.name == bed.name && seed(old) == seed(bed));
    let (returned, added): (Vec<&Bed>, Vec<&Bed>) = fresh.partition(|bed| known(bed));
    let added = added.into_iter().cloned().map(Change::Added);
    let returned = returned.into_iter().cloned().map(Change::Returned);
    let changed = after.beds.iter().filter_map(|bed| {
        let old = before.bed(bed.id).filter(|old| !is_same((before, old), (after, bed)))?;
        Some(Change::Changed(Box::new(old.clone()), Box::new(bed.clone())))
    });
    let gone = before.beds.iter().filter(|bed| after.bed(bed.id).is_none()).cloned().map(Change::Removed);
    let aimed = (before.target != after.target).then_some(Change::Aimed(after.target));
    let titled = titled(before, after);
    let shots = picture::shots(before, after).into_iter().map(Change::Shot);
    shots.chain(added).chain(changed).chain(returned).chain(gone).chain(aimed).chain(titled).collect()
}

/// Whether nothing is to be told of a bed: it is as it was, or goes on under a film that is longer or shorter now.
fn is_same((before, old): (&Timeline, &Bed), (after, new): (&Timeline, &Bed)) -> bool {
    let whole = old.span == before.whole() && new.span == after.whole();
    old == new || whole && *old == Bed { span: old.span, ..new.clone() }
}

fn titled(before: &Timeline, after: &Timeline) -> impl Iterator<Item = Change> {
    let old = |title: &Title| before.titles.iter().find(|old| old.id == title.id).cloned();
    let now = after.titles.iter().filter(|title| old(title).as_ref() != Some(title));
    let now = now.cloned().map(Change::Titled);
    let stays = |title: &Title| after.titles.iter().any(|now| now.id == title.id);
    let gone = before.titles.iter().filter(|title| !stays(title)).cloned().map(Change::Untitled);
    now.chain(gone).collect::<Vec<_>>().into_iter()
}

fn seed(bed: &Bed) -> Option<u64> {
    brief(bed).map(|brief| brief.seed)
}

/// Which way a mood has moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    Livelier,
    Calmer,
    Brighter,
    Darker,
}

/// The way from one mood to another, by the axis on which they lie further apart; `None` where they are one.
pub(super) fn direction(old: Mood, new: Mood) -> Option<Direction> {
    let (valence, arousal) = (new.valence - old.valence, new.arousal - old.arousal);
    if valence == 0.0 && arousal == 0.0 {
        return None;
    }
    Some(match (valence.abs() > arousal.abs(), valence > 0.0, arousal > 0.0) {
        (true, true, _) => Direction::Brighter,
        (true, false, _) => Direction::Darker,
        (false, _, true) => Direction::Livelier,
        (false, _, false) => Direction::Calmer,
    })
}

/// What is said of the switches that were turned: of each the words for on and for off.
pub(super) fn switched(old: &Brief, new: &Brief, words: [(&str, &str); 3]) -> Vec<String> {
    let states = |brief: &Brief| [brief.breathing, brief.authentic, brief.looping];
    let turned = states(old).into_iter().zip(states(new)).zip(words).filter(|((old, new), _)| old != new);
    turned.map(|((_, now), (on, off))| if now { on } else { off }.to_owned()).collect()
}
