//! From locks in words to edits: what is unlocked comes first, what is locked last.

use timeline::{Edit, Item, Timeline};

use super::way::Way;
use super::{Ground, chosen};
use crate::remark::{Player, Problem, Remark};
use crate::wishes::Wishes;

/// Those of several pieces that may be changed: `全部换成摇滚` leaves alone what is locked, and says so.
pub(super) fn spared(chosen: Vec<u32>, timeline: &Timeline, remarks: &mut Vec<Remark>) -> Vec<u32> {
    let locked = |id: &u32| timeline.bed(*id).is_some_and(|bed| bed.locked);
    if chosen.iter().all(locked) {
        return chosen;
    }
    let places = (1..).zip(&timeline.beds).filter(|(_, bed)| bed.locked && chosen.contains(&bed.id));
    remarks.extend(places.map(|(n, _)| Remark::StaysLocked(n)));
    chosen.into_iter().filter(|id| !locked(id)).collect()
}

/// Unlocks what must be open before anything else is done.
pub(super) fn open(way: &mut Way, wishes: &Wishes, ground: Ground<'_>) -> Result<(), Problem> {
    if wishes.locks.music == Some(false) { turn(way, wishes, ground, false) } else { Ok(()) }
}

/// Locks what is to stay, when all else is done.
pub(super) fn close(
    way: &mut Way,
    wishes: &Wishes,
    ground: Ground<'_>,
    remarks: &mut Vec<Remark>,
) -> Result<(), Problem> {
    let (locks, settled) = (&wishes.locks, &way.state);
    let untouched = settled == ground.timeline && remarks.is_empty();
    let locked = locks.music == Some(true) || locks.as_is && untouched;
    if (locked || locks.music == Some(false)) && settled.beds.is_empty() {
        remarks.push(Remark::NoMusicYet);
    }
    let players = locks.kept.iter().filter(|role| {
        let again = |retake: &crate::wishes::RetakeWish| *retake == crate::wishes::RetakeWish::Role(**role);
        wishes.retakes.is_empty() || wishes.retakes.iter().any(again)
    });
    if let Some(role) = players.copied().next().filter(|_| !locks.others && remarks.is_empty()) {
        remarks.push(match settled.beds.is_empty() {
            true => Remark::NoMusicYet,
            false => Remark::OnlyWhole(Player::Role(role)),
        });
    }
    if locked { turn(way, wishes, ground, true) } else { Ok(()) }
}

fn turn(way: &mut Way, wishes: &Wishes, ground: Ground<'_>, locked: bool) -> Result<(), Problem> {
    let chosen = chosen(wishes.locks.piece.or(wishes.which), ground.timeline)?;
    let meant = |id: u32| chosen.contains(&id) || ground.timeline.bed(id).is_none();
    let beds: Vec<u32> = way.state.beds.iter().map(|bed| bed.id).filter(|id| meant(*id)).collect();
    Ok(way.take_all(beds.into_iter().map(|bed| Edit::Lock { item: Item::Bed(bed), locked }))?)
}
