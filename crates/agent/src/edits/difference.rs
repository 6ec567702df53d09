//! The edits that lead from one state to another.

use timeline::{Bed, Edit, EditError, Music, Timeline};

use super::Draft;
use super::way::Way;

/// Goes from a timeline to a draft.
pub(super) fn go(way: &mut Way, draft: &Draft) -> Result<(), EditError> {
    let before = way.state.clone();
    if draft.target != before.target {
        way.take(Edit::Aim { target: draft.target })?;
    }
    for wanted in &draft.kept {
        settle(way, wanted.id, wanted)?;
    }
    // New beds come before others go, so that no number is used twice.
    for wanted in &draft.fresh {
        way.take(Edit::AddBed {
            name: wanted.name.clone(),
            music: wanted.music.clone(),
            span: (wanted.span != before.whole()).then_some(wanted.span),
        })?;
        let id = way.state.beds.last().map_or(0, |bed| bed.id);
        settle(way, id, wanted)?;
    }
    for gone in before.beds.iter().filter(|bed| draft.kept.iter().all(|kept| kept.id != bed.id)) {
        way.take(Edit::RemoveBed { bed: gone.id })?;
    }
    Ok(())
}

/// Brings a bed of the state to what is wanted, one edit for each thing that differs.
fn settle(way: &mut Way, id: u32, wanted: &Bed) -> Result<(), EditError> {
    let differs = |state: &Timeline, same: &dyn Fn(&Bed) -> bool| state.bed(id).is_some_and(|bed| !same(bed));
    if differs(&way.state, &|bed| bed.span == wanted.span) {
        way.take(Edit::Place { bed: id, span: wanted.span })?;
    }
    if let Music::Composed(brief) = &wanted.music
        && differs(&way.state, &|bed| bed.music == wanted.music && bed.name == wanted.name)
    {
        let (name, brief) = (wanted.name.clone(), brief.clone());
        way.take(Edit::Rescore { bed: id, name, brief })?;
    }
    if differs(&way.state, &|bed| bed.level_pct == wanted.level_pct) {
        way.take(Edit::Level { bed: id, percent: wanted.level_pct })?;
    }
    if differs(&way.state, &|bed| bed.duck == wanted.duck) {
        way.take(Edit::Duck { bed: id, duck: wanted.duck })?;
    }
    if differs(&way.state, &|bed| (bed.fade_in, bed.fade_out) == (wanted.fade_in, wanted.fade_out)) {
        way.take(Edit::Fade { bed: id, fade_in: wanted.fade_in, fade_out: wanted.fade_out })?;
    }
    let carried = wanted.rides.iter().map(|ride| (ride.span.overlap(wanted.span), ride.level_pct));
    for (span, percent) in carried.filter(|(span, _)| !span.is_empty()) {
        let rides = |bed: &Bed| bed.rides.iter().any(|ride| ride.span == span && ride.level_pct == percent);
        if differs(&way.state, &rides) {
            way.take(Edit::Ride { bed: id, span, percent: Some(percent) })?;
        }
    }
    Ok(())
}
