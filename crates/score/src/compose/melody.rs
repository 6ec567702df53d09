//! The melody: themes laid out in phrases over the form.

use super::sketch::{STEPS_PER_BEAT, Sketch, step_beat};
use super::theme::{Motif, Scheme, Theme};
use super::tune::{Singer, Slot};
use super::{Chair, Plan, changes::PHRASE};
use crate::chance::Chance;
use crate::cue::{CueSection, SectionKind};
use crate::genre::Genre;

/// Writes the melody.
pub(super) fn write(plan: &Plan, chair: &Chair) -> Vec<Sketch> {
    let themes = Theme::family(plan.genre, plan.seed);
    let register = Genre::register(chair.layer, chair.instrument);
    let mut notes = Vec::new();
    for section in &plan.cue.sections {
        if section.kind == SectionKind::Intro {
            continue;
        }
        let theme = &themes[section.theme.min(2)];
        let mut first = section.first_bar;
        let end = section.first_bar + section.bars;
        while first < end {
            let bars = PHRASE.min(end - first);
            notes.extend(phrase(plan, chair, section, theme, first, bars, register));
            first += bars;
        }
    }
    notes.retain(|note: &Sketch| plan.plays(chair.layer, bar_of(note.beat)));
    close(plan, chair, register, &mut notes);
    notes
}

fn bar_of(beat: f64) -> usize {
    (beat / crate::BEATS_PER_BAR as f64).floor().max(0.0) as usize
}

/// One phrase of up to four bars: motifs as the theme's scheme asks, then an ending.
fn phrase(
    plan: &Plan,
    chair: &Chair,
    section: &CueSection,
    theme: &Theme,
    first: usize,
    bars: usize,
    register: (u8, u8),
) -> Vec<Sketch> {
    let number = (first - section.first_bar) / PHRASE;
    let mut chance = Chance::new(plan.seed, &format!("phrase {first}"));
    let resting =
        number % 2 == 1 && section.kind != SectionKind::Climax && chance.happens(plan.genre.melody.rest);
    if resting {
        return Vec::new();
    }
    let closing = first + bars == section.first_bar + section.bars || number % 2 == 1;
    let motifs = layout(theme, section, number, bars);
    let mut slots = Vec::new();
    for (index, motif) in motifs.iter().enumerate() {
        let beat = plan.beat_of(first + index);
        for (note, step) in motif.rhythm.iter().enumerate() {
            let at = step_beat(beat, step.at);
            if first + index >= plan.final_bar && !plan.looping {
                break;
            }
            slots.push(Slot {
                beat: at,
                length: step.length as f64 / STEPS_PER_BEAT,
                step: note.checked_sub(1).and_then(|before| motif.contour.get(before)).copied(),
                chord: plan.changes.at(at).chord.clone(),
            });
        }
    }
    let lift =
        if section.kind == SectionKind::Climax { 4 } else { 0 } + if section.theme == 1 { 2 } else { 0 };
    let singer = Singer {
        key: plan.cue.key,
        register,
        lift,
        leap: plan.genre.melody.leap,
        closing,
        seed: plan.seed,
        theme: section.theme,
    };
    let pitches = singer.sing(&slots);
    let shape = |index: usize| {
        // A phrase swells towards its third quarter and falls away.
        let place = index as f64 / slots.len().max(1) as f64;
        0.9 + 0.16 * (1.0 - ((place - 0.7) / 0.7).powi(2))
    };
    let _ = chair;
    slots
        .iter()
        .zip(pitches)
        .enumerate()
        .map(|(index, (slot, pitch))| Sketch {
            beat: slot.beat,
            length: slot.length * 0.95,
            pitch,
            force: shape(index) * (0.9 + 0.2 * plan.energy_at(bar_of(slot.beat))),
        })
        .collect()
}

/// Which motif each bar of a phrase has, varied the more often it was heard.
fn layout(theme: &Theme, section: &CueSection, number: usize, bars: usize) -> Vec<Motif> {
    let (call, answer) = match section.variation % 3 {
        1 => (theme.call.clone(), theme.answer.ornamented()),
        2 => (theme.call.ornamented(), theme.answer.clone()),
        _ => (theme.call.clone(), theme.answer.clone()),
    };
    let quiet = Motif { rhythm: Vec::new(), contour: Vec::new() };
    // The second phrase begins like the first and goes on differently.
    let third = if number % 2 == 1 { answer.ornamented() } else { answer.clone() };
    let mut motifs = match theme.scheme {
        Scheme::Sentence => vec![call.clone(), call.clone(), third],
        Scheme::Period => {
            vec![call.clone(), answer, if number % 2 == 1 { call.ornamented() } else { call.clone() }]
        }
        Scheme::Waiting => vec![call.clone(), quiet, call.tail()],
    };
    motifs.truncate(bars.saturating_sub(1));
    motifs.push(if number % 2 == 1 { theme.call.ending() } else { theme.answer.ending() });
    motifs
}

/// The last note: the tonic, near where the tune left off.
fn close(plan: &Plan, chair: &Chair, register: (u8, u8), notes: &mut Vec<Sketch>) {
    let beat = plan.beat_of(plan.final_bar);
    if plan.looping || !plan.plays(chair.layer, plan.final_bar) {
        return;
    }
    notes.retain(|note| note.beat < beat);
    for note in notes.iter_mut() {
        note.length = note.length.min(beat - note.beat);
    }
    let last = notes.last().map_or(register.0 + (register.1 - register.0) / 2, |note| note.pitch);
    let tonic = (register.0..=register.1)
        .filter(|pitch| pitch % 12 == plan.cue.key.tonic)
        .min_by_key(|pitch| pitch.abs_diff(last));
    if let Some(pitch) = tonic {
        notes.push(Sketch { beat, length: (plan.end_beat() - beat).max(0.25), pitch, force: 0.95 });
    }
}
