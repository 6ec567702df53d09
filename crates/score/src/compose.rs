//! Composing: from a cue sheet to a score.

mod accents;
mod backing;
mod bass;
mod changes;
mod console;
mod counter;
mod drums;
mod feel;
mod melody;
mod seating;
mod sketch;
mod takes;
mod taste;
mod theme;
mod transitions;
mod tune;
mod underscore;

use sound::Time;

use crate::cue::{CueSection, CueSheet, Hit, Landing, SectionKind};
use crate::genre::{BEATS_PER_BAR, Genre, Layer};
use crate::{Brief, Part, Role, Score};
use changes::Changes;
use seating::{Chair, chairs, strip};
use sketch::Sketch;
use taste::Taste;

/// What every writer of a part looks at.
#[derive(Clone)]
struct Plan<'a> {
    cue: &'a CueSheet,
    genre: &'a Genre,
    changes: Changes,
    /// The melody, once it is written: the others hear it.
    tune: Vec<Sketch>,
    /// Share of each bar in which somebody talks.
    talk: Vec<f64>,
    /// Whether each bar belongs to the talk.
    underscore: Vec<bool>,
    /// Energy of each bar.
    energy: Vec<f64>,
    /// Beats of the hits, rising.
    hit_beats: Vec<f64>,
    /// The bar of the last chord; nothing new begins after it.
    final_bar: usize,
    looping: bool,
    seed: u64,
    /// What the themes are drawn from.
    idea: u64,
    /// What the choices are drawn from that a piece may share with another.
    manner: u64,
}

/// Writes the music a cue sheet plans.
///
/// The same cue sheet, brief and genre always give the same score. A cue too short for a form gets a gesture with a
/// final chord; one of no length gets a score without parts.
pub fn compose(cue: &CueSheet, brief: &Brief, genre: &Genre) -> Score {
    let plan = Plan::new(cue, brief, genre);
    let chairs = chairs(&plan, brief);
    let authentic =
        brief.authentic && !chairs.is_empty() && chairs.iter().all(|chair| chair.instrument.is_of_console());
    let mut parts = plan.clone().parts(&chairs, authentic);
    takes::put_in(&mut parts, &plan, &chairs, authentic, &brief.takes);
    parts.retain(|part| !part.notes.is_empty());
    let authentic = authentic && !parts.is_empty();
    if authentic {
        console::keep_to_its_pictures(&mut parts, cue.length);
    }
    Score {
        length: cue.length,
        key: cue.key,
        tempo: cue.tempo.clone(),
        parts,
        authentic,
        finish: genre.finish,
        fade_out: plan.fade_out(),
        seed: brief.seed,
    }
}

/// How many drafts of its tune a piece of so many bars chooses from: more where few notes must say it all.
fn drafts(bars: usize) -> u64 {
    (480 / bars.max(1)).clamp(8, 24) as u64
}

/// The seed of the themes that sing best over these chords.
fn best_idea(plan: &Plan, lead: Option<&Chair>) -> u64 {
    let Some(lead) = lead else { return plan.seed };
    let ideas = (0..drafts(plan.cue.bars))
        .map(|draft| plan.seed.wrapping_add(draft.wrapping_mul(0x9e37_79b9_7f4a_7c15)));
    let taste = Taste::new(plan.seed);
    let judged = ideas.map(|idea| {
        let tune = melody::write(&Plan { idea, ..plan.clone() }, lead);
        let mut changes = plan.changes.clone();
        changes.make_room(tune.iter());
        (taste.displeasure(&tune, &changes), idea)
    });
    judged.min_by(|a, b| a.0.total_cmp(&b.0)).map_or(plan.seed, |(_, idea)| idea)
}

impl<'a> Plan<'a> {
    fn new(cue: &'a CueSheet, brief: &Brief, genre: &'a Genre) -> Plan<'a> {
        let final_bar = final_bar(cue);
        let underscore = underscore::bars(cue);
        Plan {
            cue,
            genre,
            changes: Changes::plan(cue, genre, final_bar, brief.looping, brief.own_seed()),
            tune: Vec::new(),
            energy: (0..cue.bars).map(|bar| energy(cue, bar, underscore[bar])).collect(),
            talk: (0..cue.bars).map(|bar| cue.talk(bar)).collect(),
            underscore,
            hit_beats: cue.hits.iter().map(|hit| cue.tempo.beat(hit.at)).collect(),
            final_bar,
            looping: brief.looping,
            seed: brief.own_seed(),
            idea: brief.own_seed(),
            manner: brief.manner(),
        }
    }

    /// What every chair plays, in an order that only the chairs decide; a part may be empty.
    fn parts(mut self, chairs: &[Chair], authentic: bool) -> Vec<Part> {
        let mut written: Vec<(Chair, Vec<Sketch>)> = Vec::with_capacity(chairs.len());
        if self.cue.length > Time::ZERO {
            // The tune comes first: the backing makes room for it.
            let (lead, backing): (Vec<Chair>, Vec<Chair>) =
                chairs.iter().partition(|chair| chair.layer.role == Role::Melody);
            self.idea = best_idea(&self, lead.first());
            written.extend(lead.into_iter().map(|chair| (chair, self.write(&chair))));
            self.tune = written.iter().flat_map(|(_, notes)| notes).copied().collect();
            self.changes.make_room(self.tune.iter());
            written.extend(backing.into_iter().map(|chair| (chair, self.write(&chair))));
            transitions::hold_breath(&self, &mut written);
            accents::apply(&self, &mut written);
            if authentic {
                console::keep_to_its_voices(&mut written);
            }
        }
        let part = |(chair, sketches): (Chair, Vec<Sketch>)| Part {
            role: chair.layer.role,
            instrument: chair.instrument,
            notes: feel::perform(&self, &chair, sketches),
            expression: feel::expression(&self, &chair),
            strip: strip(&chair, authentic),
        };
        written.into_iter().map(part).collect()
    }

    fn write(&self, chair: &Chair) -> Vec<Sketch> {
        match chair.layer.role {
            Role::Melody => melody::write(self, chair),
            Role::Counter => counter::write(self, chair),
            Role::Chords => backing::chords(self, chair),
            Role::Arpeggio => backing::arpeggio(self, chair),
            Role::Pad => backing::pad(self, chair),
            Role::Bass => bass::write(self, chair),
            Role::Drums => drums::write(self, chair),
            Role::Effects => transitions::write(self),
        }
    }

    /// First beat of a bar.
    fn beat_of(&self, bar: usize) -> f64 {
        (bar as i64 * BEATS_PER_BAR) as f64
    }

    /// The last beat of the music.
    fn end_beat(&self) -> f64 {
        self.cue.tempo.beat(self.cue.length)
    }

    /// Bars in which something may begin, with their sections.
    fn bars(&self) -> impl Iterator<Item = (usize, &CueSection)> {
        let last = if self.looping { self.cue.bars } else { self.final_bar };
        (0..last).map(|bar| (bar, self.cue.section_at(bar)))
    }

    /// Whether a chair plays in a bar.
    fn plays(&self, layer: &Layer, bar: usize) -> bool {
        let section = self.cue.section_at(bar);
        let opening = section.kind == SectionKind::Intro;
        if section.silent {
            return false;
        }
        let energy = match layer.role {
            // Who sang before the end sings it to the end.
            Role::Melody if section.kind == SectionKind::Outro => self.energy_before(section),
            _ => self.energy_at(bar),
        };
        // Somebody lies under the talk, however little goes on.
        let lies = self.is_under_talk(bar) && underscore::is_bed(self.genre, layer);
        if layer.energy > energy + 1e-9 && !lies {
            return false;
        }
        match layer.role {
            Role::Melody => !opening && self.talk_in(bar) < 0.25,
            Role::Counter => !opening && self.talk_in(bar) < 0.1,
            // The last bars before the final chord let go of the beat.
            Role::Drums if section.kind == SectionKind::Outro => bar + 1 < self.final_bar,
            _ => true,
        }
    }

    /// Energy of the bar before a section.
    fn energy_before(&self, section: &CueSection) -> f64 {
        self.energy_at(section.first_bar.saturating_sub(1))
    }

    /// Energy of a bar, 0 to 1; beyond the end that of the last bar.
    fn energy_at(&self, bar: usize) -> f64 {
        self.energy.get(bar).or(self.energy.last()).copied().unwrap_or(0.5)
    }

    /// Share of a bar in which somebody talks.
    fn talk_in(&self, bar: usize) -> f64 {
        self.talk.get(bar).copied().unwrap_or(0.0)
    }

    /// Whether a bar belongs to the talk.
    fn is_under_talk(&self, bar: usize) -> bool {
        self.underscore.get(bar).copied().unwrap_or(false)
    }

    /// Whether a hit falls on a beat.
    fn is_hit(&self, beat: f64) -> bool {
        let next = self.hit_beats.partition_point(|hit| *hit < beat - 0.02);
        self.hit_beats.get(next).is_some_and(|hit| *hit < beat + 0.02)
    }

    /// How long the end takes to fall silent: most of what rings after the last chord or hit, at most three seconds.
    fn fade_out(&self) -> Time {
        if self.looping {
            return Time::ZERO;
        }
        let last_chord = self.cue.bar_start(self.final_bar).max(Time::ZERO);
        let met = |hit: &&Hit| hit.landing != Landing::None;
        let last_hit = self.cue.hits.iter().rev().find(met).map_or(Time::ZERO, |hit| hit.at);
        let ring = self.cue.length - last_chord.max(last_hit);
        Time::from_seconds((ring.seconds() * 0.7).clamp(0.02, 3.0)).min(self.cue.length)
    }
}

/// Energy of a bar: that of its section, opening a little in the section's second half, and little under talk.
fn energy(cue: &CueSheet, bar: usize, underscored: bool) -> f64 {
    let section = cue.section_at(bar);
    let later = section.bars >= 8 && bar >= section.first_bar + section.bars / 2;
    let opening = if later && section.kind != SectionKind::Outro { 0.12 } else { 0.0 };
    let energy = if underscored { underscore::energy(section.energy) } else { section.energy + opening };
    energy.clamp(0.05, 1.0)
}

/// The bar of the last chord: the last one with room for it to ring.
fn final_bar(cue: &CueSheet) -> usize {
    let ring = |bar: usize| (cue.length - cue.bar_start(bar)).seconds();
    let enough = 1.2f64.min(cue.length.seconds() * 0.4);
    (0..cue.bars).rev().find(|bar| ring(*bar) >= enough).unwrap_or(0)
}

#[cfg(test)]
mod tests;
#[cfg(test)]
pub(crate) use tests::empty_film;
