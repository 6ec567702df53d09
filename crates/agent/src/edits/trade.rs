//! Two pieces that change places.

use super::way::Way;
use super::{Draft, Ground, Plan, difference, settings};
use crate::remark::Problem;

/// Plans that two beds change places.
pub(crate) fn traded((first, second): (u32, u32), ground: Ground<'_>) -> Result<Plan, Problem> {
    let timeline = ground.timeline;
    let (kept, fresh) = (timeline.beds.clone(), Vec::new());
    let mut draft = Draft { kept: kept.clone(), fresh, target: timeline.target, remarks: Vec::new() };
    for (bed, other) in [(first, second), (second, first)] {
        let span = kept.iter().find(|bed| bed.id == other).map(|bed| bed.span);
        let place = kept.iter().position(|other| other.id == bed);
        if let (Some(place), Some(span)) = (place, span) {
            let mut bed = kept[place].clone();
            settings::place(&mut bed, span, &mut draft);
            draft.kept[place] = bed;
        }
    }
    let mut way = Way::from(timeline);
    difference::go(&mut way, &draft)?;
    Ok(Plan { edits: way.edits, after: way.state, remarks: draft.remarks })
}
