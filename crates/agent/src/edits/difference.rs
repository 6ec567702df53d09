//! The edits that lead from one state to another.

use timeline::{Bed, Edit, Music, Timeline};

use super::Draft;
use crate::remark::Problem;

/// The way from a timeline to a draft; empty where they are the same.
pub(super) fn edits(timeline: &Timeline, draft: &Draft) -> Result<Vec<Edit>, Problem> {
    let mut way = Way { state: timeline.clone(), edits: Vec::new() };
    if draft.target != timeline.target {
        way.take(Edit::Aim { target: draft.target })?;
    }
    for wanted in &draft.kept {
        way.settle(wanted.id, wanted)?;
    }
    // New beds come before others go, so that no number is used twice.
    for wanted in &draft.fresh {
        way.take(Edit::AddBed {
            name: wanted.name.clone(),
            music: wanted.music.clone(),
            span: (wanted.span != timeline.whole()).then_some(wanted.span),
        })?;
        let id = way.state.beds.last().map_or(0, |bed| bed.id);
        way.settle(id, wanted)?;
    }
    for gone in timeline.beds.iter().filter(|bed| draft.kept.iter().all(|kept| kept.id != bed.id)) {
        way.take(Edit::RemoveBed { bed: gone.id })?;
    }
    Ok(way.edits)
}

struct Way {
    state: Timeline,
    edits: Vec<Edit>,
}

impl Way {
    fn take(&mut self, edit: Edit) -> Result<(), Problem> {
        self.state = self.state.apply(&edit)?;
        self.edits.push(edit);
        Ok(())
    }

    /// Brings a bed of the state to what is wanted, one edit for each thing that differs.
    fn settle(&mut self, id: u32, wanted: &Bed) -> Result<(), Problem> {
        let differs =
            |state: &Timeline, same: &dyn Fn(&Bed) -> bool| state.bed(id).is_some_and(|bed| !same(bed));
        if differs(&self.state, &|bed| bed.span == wanted.span) {
            self.take(Edit::Place { bed: id, span: wanted.span })?;
        }
        if let Music::Composed(brief) = &wanted.music
            && differs(&self.state, &|bed| bed.music == wanted.music && bed.name == wanted.name)
        {
            let (name, brief) = (wanted.name.clone(), brief.clone());
            self.take(Edit::Rescore { bed: id, name, brief })?;
        }
        if differs(&self.state, &|bed| bed.level_pct == wanted.level_pct) {
            self.take(Edit::Level { bed: id, percent: wanted.level_pct })?;
        }
        if differs(&self.state, &|bed| bed.duck == wanted.duck) {
            self.take(Edit::Duck { bed: id, duck: wanted.duck })?;
        }
        if differs(&self.state, &|bed| (bed.fade_in, bed.fade_out) == (wanted.fade_in, wanted.fade_out)) {
            self.take(Edit::Fade { bed: id, fade_in: wanted.fade_in, fade_out: wanted.fade_out })?;
        }
        let carried = wanted.rides.iter().map(|ride| (ride.span.overlap(wanted.span), ride.level_pct));
        for (span, percent) in carried.filter(|(span, _)| !span.is_empty()) {
            let rides =
                |bed: &Bed| bed.rides.iter().any(|ride| ride.span == span && ride.level_pct == percent);
            if differs(&self.state, &rides) {
                self.take(Edit::Ride { bed: id, span, percent: Some(percent) })?;
            }
        }
        Ok(())
    }
}
