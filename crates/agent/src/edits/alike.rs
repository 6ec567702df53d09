//! Pieces that are to be alike in one thing.

use timeline::Music;

use super::way::Way;
use super::{Draft, Ground, Plan, difference, settings};
use crate::alike::{Alike, Aspect};
use crate::remark::Problem;

/// Plans that pieces take after another; none where all are as loud already, so that the level may yet be made even.
pub(crate) fn alike(wish: &Alike, ground: Ground<'_>) -> Result<Option<Plan>, Problem> {
    let timeline = ground.timeline;
    let Some(model) = timeline.bed(wish.model) else { return Ok(None) };
    let tempo = settings::playing(model, ground).map(|cue| cue.heard_tempo().bpm());
    let mut kept = timeline.beds.clone();
    for bed in kept.iter_mut().filter(|bed| wish.others.contains(&bed.id)) {
        match (&mut bed.music, wish.aspect) {
            (_, Aspect::Level) => bed.level_pct = model.level_pct,
            (Music::Composed(brief), Aspect::Tempo) => {
                brief.tempo_bpm = tempo.map(|bpm| (bpm * 10.0).round() / 10.0).or(brief.tempo_bpm);
            }
            (Music::Recording(_), Aspect::Tempo) => {}
        }
    }
    let draft = Draft { kept, fresh: Vec::new(), target: timeline.target, remarks: Vec::new() };
    let mut way = Way::from(timeline);
    difference::go(&mut way, &draft)?;
    let plan = Plan { edits: way.edits, after: way.state, remarks: draft.remarks };
    Ok(Some(plan).filter(|plan| !(plan.edits.is_empty() && wish.even)))
}
