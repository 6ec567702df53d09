//! Other takes: a player or a section written again over the same harmony, while all else stays note for note.

use sound::{Span, Time};

use super::{Chair, Plan};
use crate::brief::{Take, Taken};
use crate::{CueSheet, Part, Role};

/// Players come in a little before the beat; what sounds so shortly before a section belongs to it.
const EARLY: Time = Time::from_ticks(sound::TICKS_PER_SECOND * 30 / 1000);

/// Puts takes into parts, in their order; `plan` and `chairs` are those from which the parts were written.
pub(super) fn put_in(parts: &mut [Part], plan: &Plan, chairs: &[Chair], authentic: bool, takes: &[Take]) {
    for take in takes {
        let again = Plan { seed: take.seed, idea: take.seed, ..plan.clone() }.parts(chairs, authentic);
        for (part, mut other) in parts.iter_mut().zip(again) {
            let Some(span) = replaced(take.of, part.role, plan.cue) else { continue };
            part.notes.retain(|note| !span.contains(note.at));
            other.notes.retain(|note| span.contains(note.at));
            part.notes.append(&mut other.notes);
            part.notes.sort_by_key(|note| note.at);
        }
    }
}

/// Where players of a role play what was written again.
fn replaced(taken: Taken, role: Role, cue: &CueSheet) -> Option<Span> {
    match taken {
        Taken::Role(again) => (again == role).then_some(Span::new(Time::MIN, Time::MAX)),
        Taken::Section(index) => {
            let section = cue.sections.get(index)?;
            let [start, end] =
                [section.first_bar, section.first_bar + section.bars].map(|bar| cue.bar_start(bar) - EARLY);
            let last = index + 1 == cue.sections.len();
            Some(Span::new(if index == 0 { Time::MIN } else { start }, if last { Time::MAX } else { end }))
        }
    }
}
