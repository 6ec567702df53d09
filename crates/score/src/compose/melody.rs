//! The melody: themes laid out in phrases over the form.

use std::collections::HashMap;

use super::sketch::{STEPS_PER_BEAT, Sketch, step_beat};
use super::theme::{Motif, Scheme, Theme};
use super::tune::{Singer, Slot, steps_taken};
use super::{Chair, Plan, changes::PHRASE};
use crate::chance::Chance;
use crate::cue::{CueSection, FAMILY, SectionKind};
use crate::genre::Genre;
use crate::harmony::Chord;
use crate::pattern::Step;

/// What was sung before, so that a theme is recognised when it returns.
#[derive(Default)]
struct Memory {
    /// Pitches, where even the chords were the same.
    pitches: HashMap<(Bar, Vec<Chord>), Vec<u8>>,
    /// Steps from note to note, the way into the bar first, whatever the chords were.
    shapes: HashMap<Bar, Vec<Option<i32>>>,
}

/// A bar of a theme: the theme, the bar of its phrase, its rhythm.
type Bar = (usize, usize, Vec<Step>);

/// Writes the melody.
pub(super) fn write(plan: &Plan, chair: &Chair) -> Vec<Sketch> {
    let register = Genre::register(chair.layer, chair.instrument);
    let mut memory = Memory::default();
    let mut notes = Vec::new();
    for section in plan.cue.sections.iter().filter(|section| section.kind != SectionKind::Intro) {
        let theme = &Theme::numbered(plan.genre, plan.idea, section.theme);
        for (number, first) in
            (section.first_bar..section.first_bar + section.bars).step_by(PHRASE).enumerate()
        {
            let bars = PHRASE.min(section.first_bar + section.bars - first);
            let phrase = Phrase { section, theme, number, first, bars };
            notes.extend(phrase.write(plan, register, &mut memory));
        }
    }
    notes.retain(|note: &Sketch| plan.plays(chair.layer, bar_of(note.beat)));
    let pickup = pickup(plan, register, notes.first());
    notes.splice(0..0, pickup);
    close(plan, chair, register, &mut notes);
    notes
}

fn bar_of(beat: f64) -> usize {
    (beat / crate::BEATS_PER_BAR as f64).floor().max(0.0) as usize
}

/// A phrase of up to four bars: motifs as the theme's scheme asks, then an ending.
struct Phrase<'a> {
    section: &'a CueSection,
    theme: &'a Theme,
    /// Which phrase of its section it is, from 0.
    number: usize,
    first: usize,
    bars: usize,
}

impl Phrase<'_> {
    fn write(&self, plan: &Plan, register: (u8, u8), memory: &mut Memory) -> Vec<Sketch> {
        let mut chance = Chance::new(plan.seed, &format!("phrase {}", self.first));
        // Only who has spoken may fall silent.
        let said = self.number % 2 == 1 && self.section.variation > 0;
        let may_rest = said && self.section.kind != SectionKind::Climax;
        if may_rest && chance.happens(plan.genre.melody.rest) {
            return Vec::new();
        }
        let motifs = self.layout();
        let mut slots = Vec::new();
        for (index, motif) in motifs.iter().enumerate() {
            slots.extend(self.slots(plan, index, motif, memory));
        }
        let pitches = self.singer(plan, register).sing(&slots);
        self.remember(plan, &motifs, &slots, &pitches, memory);
        let count = slots.len().max(1) as f64;
        slots
            .iter()
            .zip(pitches)
            .enumerate()
            .map(|(index, (slot, pitch))| Sketch {
                beat: slot.beat,
                length: slot.length * 0.95,
                pitch,
                force: swell(index as f64 / count) * (0.9 + 0.2 * plan.energy_at(bar_of(slot.beat))),
            })
            .collect()
    }

    fn singer(&self, plan: &Plan, register: (u8, u8)) -> Singer {
        let climax = if self.section.kind == SectionKind::Climax { 5 } else { 0 };
        let contrast = if self.section.theme % FAMILY == 1 { 2 } else { 0 };
        Singer {
            register,
            lift: climax + contrast,
            leap: plan.genre.melody.leap,
            pentatonic: self.theme.pentatonic,
            closing: self.number % 2 == 1
                || self.first + self.bars == self.section.first_bar + self.section.bars,
            seed: plan.idea,
            theme: self.section.theme,
        }
    }

    /// The notes of one bar, still without pitch; none once the last chord sounds.
    fn slots(&self, plan: &Plan, index: usize, motif: &Motif, memory: &Memory) -> Vec<Slot> {
        let bar = self.first + index;
        if bar >= plan.final_bar && !plan.looping {
            return Vec::new();
        }
        let beat = plan.beat_of(bar);
        let place = self.place(index, motif);
        // At the climax the theme is the same and stands higher.
        let higher = self.section.kind == SectionKind::Climax;
        let sung = memory.pitches.get(&(place.clone(), self.chords(plan, index))).filter(|_| !higher);
        let shape = memory.shapes.get(&place);
        let drawn = |note: usize| note.checked_sub(1).and_then(|before| motif.contour.get(before)).copied();
        motif
            .rhythm
            .iter()
            .enumerate()
            .map(|(note, step)| {
                let beat = step_beat(beat, step.at);
                let change = plan.changes.at(beat);
                Slot {
                    beat,
                    length: step.length as f64 / STEPS_PER_BEAT,
                    step: shape.map_or_else(|| drawn(note), |shape| shape.get(note).copied().flatten()),
                    heard: shape.is_some(),
                    chord: change.chord.clone(),
                    key: change.key,
                    remembered: sung.and_then(|pitches| pitches.get(note)).copied(),
                }
            })
            .collect()
    }

    fn place(&self, index: usize, motif: &Motif) -> Bar {
        (self.section.theme, index, motif.rhythm.clone())
    }

    fn chords(&self, plan: &Plan, index: usize) -> Vec<Chord> {
        let beat = plan.beat_of(self.first + index);
        let changes = plan.changes.within(beat, beat + crate::BEATS_PER_BAR as f64);
        changes.iter().map(|change| change.chord.clone()).collect()
    }

    fn remember(&self, plan: &Plan, motifs: &[Motif], slots: &[Slot], pitches: &[u8], memory: &mut Memory) {
        let taken = steps_taken(slots, pitches);
        let way_to = |note: usize| note.checked_sub(1).and_then(|before| taken.get(before)).copied();
        let mut from = 0;
        for (index, motif) in motifs.iter().enumerate() {
            let until = (from + motif.rhythm.len()).min(pitches.len());
            let place = self.place(index, motif);
            let chords = self.chords(plan, index);
            memory.pitches.entry((place.clone(), chords)).or_insert_with(|| pitches[from..until].to_vec());
            memory.shapes.entry(place).or_insert_with(|| (from..until).map(way_to).collect());
            from = until;
        }
    }

    /// Which motif each bar has, varied the more often the theme was heard.
    fn layout(&self) -> Vec<Motif> {
        let (theme, second) = (self.theme, self.number % 2 == 1);
        // At home it is told plainly.
        let varied = if self.section.kind == SectionKind::Outro { 0 } else { self.section.variation % 5 };
        let call = if varied == 2 { theme.call.ornamented() } else { theme.call.clone() };
        let answer = match varied {
            1 => theme.answer.ornamented(),
            3 => theme.answer.diminished(),
            _ => theme.answer.clone(),
        };
        let first = if varied == 4 { call.augmented() } else { call.clone() };
        let silence = Motif { rhythm: Vec::new(), contour: Vec::new() };
        // The second phrase says the same and ends otherwise.
        let mut motifs = match theme.scheme {
            Scheme::Sentence => vec![first, call, answer],
            Scheme::Period => vec![first, answer, call],
            Scheme::Waiting => vec![first, silence, if second { call } else { call.tail() }],
        };
        motifs.truncate(self.bars.saturating_sub(1));
        motifs.push(theme.call.ending());
        motifs
    }
}

/// Two steps that lead into the first note of the tune, in every second piece whose tune begins on a downbeat after a
/// bar in which music plays and nobody talks.
fn pickup(plan: &Plan, register: (u8, u8), first: Option<&Sketch>) -> Vec<Sketch> {
    let mut chance = Chance::new(plan.idea, "pickup");
    let wanted = chance.happens(0.5);
    let on_one = |first: &&Sketch| {
        let bar = crate::BEATS_PER_BAR as f64;
        first.beat >= bar && first.beat % bar < 0.01
    };
    let Some(first) = first.filter(|_| wanted).filter(on_one) else { return Vec::new() };
    let before = bar_of(first.beat - 1.0);
    if plan.talk_in(before) > 0.0 || plan.cue.section_at(before).silent {
        return Vec::new();
    }
    let change = plan.changes.at(first.beat);
    let scale = change.chord.scale(change.key);
    let below: Vec<u8> =
        (register.0..first.pitch).rev().filter(|pitch| scale[usize::from(pitch % 12)]).take(2).collect();
    let [near, far] = below[..] else { return Vec::new() };
    let step =
        |before: f64, pitch: u8, force: f64| Sketch { beat: first.beat - before, length: 0.45, pitch, force };
    vec![step(1.0, far, 0.84), step(0.5, near, 0.9)]
}

/// A phrase swells towards its third quarter and falls away; `place` runs from 0 to 1.
fn swell(place: f64) -> f64 {
    0.9 + 0.16 * (1.0 - ((place - 0.7) / 0.7).powi(2))
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
