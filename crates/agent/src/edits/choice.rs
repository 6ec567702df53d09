//! Which of several pieces a wish is about.

use timeline::Timeline;

use super::Draft;
use crate::remark::{Problem, Remark};
use crate::wishes::{Which, Wishes};

/// The beds that are meant: those named, else all.
pub(super) fn chosen(which: Option<Which>, timeline: &Timeline) -> Result<Vec<u32>, Problem> {
    let ids: Vec<u32> = timeline.beds.iter().map(|bed| bed.id).collect();
    match which {
        Some(Which::Nth(n)) if ids.len() > 1 || n > 1 => {
            let place = if n == 0 { ids.len() } else { n };
            let id = ids.get(place.wrapping_sub(1)).copied();
            id.map(|id| vec![id]).ok_or(Problem::NoSuchPiece { asked: n, beds: ids.len() })
        }
        _ => Ok(ids),
    }
}

/// Of several beds those that are neither locked nor to be locked.
pub(super) fn open(
    meant: &[u32],
    wishes: &Wishes,
    draft: &mut Draft,
    timeline: &Timeline,
) -> Result<Vec<u32>, Problem> {
    let closing = match (wishes.locks.music, wishes.locks.piece) {
        (Some(true), Some(piece)) => chosen(Some(piece), timeline)?,
        _ => Vec::new(),
    };
    let locked = |id: &u32| closing.contains(id) || timeline.bed(*id).is_some_and(|bed| bed.locked);
    let open: Vec<u32> = meant.iter().copied().filter(|id| !locked(id)).collect();
    // Where all are locked, the edit itself says so.
    if open.is_empty() {
        return Ok(meant.to_vec());
    }
    if closing.is_empty() && open.len() < meant.len() {
        draft.remarks.push(Remark::LockedStay);
    }
    Ok(open)
}
