//! From locks in words to edits: what is unlocked comes first, what is locked last.

use timeline::{Edit, Item, Timeline};

use super::{Ground, chosen};
use crate::remark::{Player, Problem, Remark};
use crate::wishes::Wishes;

/// What must be unlocked before anything else is done.
pub(super) fn opened(wishes: &Wishes, ground: Ground<'_>) -> Result<Vec<Edit>, Problem> {
    if wishes.locks.music != Some(false) {
        Ok(Vec::new())
    } else {
        turned(wishes, ground, ground.timeline, false)
    }
}

/// What is locked when all else is done.
pub(super) fn closed(
    wishes: &Wishes,
    ground: Ground<'_>,
    settled: &Timeline,
    remarks: &mut Vec<Remark>,
) -> Result<Vec<Edit>, Problem> {
    let locks = &wishes.locks;
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
    if locked { turned(wishes, ground, settled, true) } else { Ok(Vec::new()) }
}

fn turned(wishes: &Wishes, ground: Ground<'_>, state: &Timeline, locked: bool) -> Result<Vec<Edit>, Problem> {
    let chosen = chosen(wishes, ground.timeline)?;
    let meant = |id: u32| chosen.contains(&id) || ground.timeline.bed(id).is_none();
    let beds = state.beds.iter().filter(|bed| bed.locked != locked && meant(bed.id));
    Ok(beds.map(|bed| Edit::Lock { item: Item::Bed(bed.id), locked }).collect())
}
