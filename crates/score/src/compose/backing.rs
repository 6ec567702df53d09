//! The backing: chords in a rhythm, chords held, chords broken.

use std::ops::Range;

use super::changes::Change;
use super::sketch::{STEPS_PER_BEAT, Sketch, step_beat};
use super::{Chair, Plan, underscore};
use crate::chance::Chance;
use crate::genre::{BEATS_PER_BAR, Genre, STEPS_PER_BAR};
use crate::harmony::voice;
use crate::{Pattern, Role};

/// Beats from string to string when a chord is strummed.
const STRING: f64 = 0.022;

/// A chord as it is voiced.
struct Voiced<'a> {
    change: &'a Change,
    pitches: Vec<u8>,
}

/// Voices every chord of the piece, each as near to the one before as it can be.
fn voiced<'a>(plan: &'a Plan, chair: &Chair, voices: usize) -> Vec<Voiced<'a>> {
    let (low, high) = Genre::register(chair.layer, chair.instrument);
    let ceilings = ceilings(plan, chair.layer.role);
    let mut before: Option<Vec<u8>> = None;
    plan.changes
        .all()
        .iter()
        .map(|change| {
            let bar = (change.beat / BEATS_PER_BAR as f64) as usize;
            let ceiling = ceilings.iter().find(|(bars, _)| bars.contains(&bar)).map_or(high, |(_, top)| *top);
            let register = (low, ceiling.max(low + NARROWEST).min(high));
            let pitches = voice(&change.chord, change.key, voices, register, before.as_deref());
            before = Some(pitches.clone());
            Voiced { change, pitches }
        })
        .collect()
}

/// The least range, in semitones, that chords need to move well.
const NARROWEST: u8 = 19;

/// Under which key chords stay in the bars of each section that has a tune: most of the tune lies above them.
fn ceilings(plan: &Plan, role: Role) -> Vec<(Range<usize>, u8)> {
    if role == Role::Arpeggio {
        return Vec::new();
    }
    let sections = plan.cue.sections.iter().filter_map(|section| {
        let bars = section.first_bar..section.first_bar + section.bars;
        let (from, until) = (plan.beat_of(bars.start), plan.beat_of(bars.end));
        let mut pitches: Vec<u8> = plan
            .tune
            .iter()
            .filter(|note| (from..until).contains(&note.beat))
            .map(|note| note.pitch)
            .collect();
        pitches.sort_unstable();
        let low = *pitches.get(pitches.len() / 5)?;
        Some((bars, low.saturating_sub(1)))
    });
    sections.collect()
}

fn at<'v, 'a>(chords: &'v [Voiced<'a>], beat: f64) -> Option<&'v Voiced<'a>> {
    let after = chords.partition_point(|chord| chord.change.beat <= beat + 1e-9);
    chords.get(after.saturating_sub(1))
}

/// The pattern of each bar: one is kept for two bars; a phrase has one and another, every second ends with a third. Two
/// chairs of one role never play the same where there is a choice.
fn pattern_for<'a>(plan: &'a Plan, chair: &Chair, bar: usize) -> Option<&'a Pattern> {
    let role = chair.layer.role;
    let mut choices = plan.genre.patterns_for(role, Some(chair.instrument), plan.energy_at(bar));
    let section = plan.cue.section_at(bar);
    let mut chance = Chance::new(plan.seed, &format!("{} {}", role.name(), section.theme));
    let mut order = Vec::with_capacity(choices.len());
    while !choices.is_empty() {
        order.push(choices.swap_remove(chance.below(choices.len())));
    }
    let pair = (bar - section.first_bar) / 2;
    let turn = [0, 1, 0, 2][pair % 4] + chair.desk;
    order.get(turn % order.len().max(1)).copied()
}

/// How many voices comping has: more when more goes on.
fn voices(plan: &Plan, chair: &Chair) -> usize {
    let widest = plan.changes.all().iter().map(|change| change.chord.tones.len()).max().unwrap_or(3);
    if chair.layer.role == Role::Pad { widest.min(4) } else { widest.clamp(3, 4) }
}

/// Chords in the rhythm of the genre; a chord that changes in the middle of a stroke is struck again.
pub(super) fn chords(plan: &Plan, chair: &Chair) -> Vec<Sketch> {
    let chords = voiced(plan, chair, voices(plan, chair));
    let (mut strokes, symbols): (Vec<(f64, f64)>, Vec<char>) = strokes(plan, chair).into_iter().unzip();
    let beat_length = 60.0 / plan.cue.heard_tempo().bpm();
    underscore::ring_on(&mut strokes, beat_length, |beat| {
        plan.is_under_talk((beat / BEATS_PER_BAR as f64) as usize)
    });
    let mut notes = Vec::new();
    for ((from, until), symbol) in strokes.into_iter().zip(symbols) {
        let mut start = from;
        while start < until - 1e-9 {
            let Some(chord) = at(&chords, start) else { break };
            let end = until.min(chord.change.beat + chord.change.length);
            if end <= start + 1e-9 {
                break;
            }
            notes.extend(stroke_of(chord, start, end - start, symbol));
            start = end;
        }
    }
    close(plan, chair, &chords, &mut notes);
    notes
}

/// The strokes of the genre's rhythm, each with its beats from and until and its sign.
fn strokes(plan: &Plan, chair: &Chair) -> Vec<((f64, f64), char)> {
    let mut strokes = Vec::new();
    for (bar, _) in plan.bars().filter(|(bar, _)| plan.plays(chair.layer, *bar)) {
        let Some(pattern) = pattern_for(plan, chair, bar) else { continue };
        for stroke in pattern.bar(bar, STEPS_PER_BAR) {
            let from = step_beat(plan.beat_of(bar), stroke.at);
            strokes.push(((from, from + stroke.length as f64 / STEPS_PER_BEAT), stroke.symbol));
        }
    }
    strokes
}

/// A chord as a sign of the pattern asks: struck, or strummed down or up.
fn stroke_of(chord: &Voiced, beat: f64, length: f64, symbol: char) -> Vec<Sketch> {
    let force = if symbol == 'X' || symbol == 'D' { 1.12 } else { 0.95 };
    let mut notes: Vec<Sketch> = strike(chord, beat, length, force).collect();
    let later = |index: usize| (index as f64 * STRING).min(length / 2.0);
    match symbol {
        'd' | 'D' => notes.iter_mut().enumerate().for_each(|(index, note)| note.delay(later(index))),
        // On its way up the hand meets the high strings.
        'u' => {
            notes.drain(..notes.len().saturating_sub(3));
            notes.iter_mut().rev().enumerate().for_each(|(index, note)| note.delay(later(index)));
            notes.iter_mut().for_each(|note| note.force *= 0.84);
        }
        _ => {}
    }
    notes
}

fn strike<'v>(chord: &'v Voiced, beat: f64, length: f64, force: f64) -> impl Iterator<Item = Sketch> + 'v {
    let top = chord.pitches.len().saturating_sub(1);
    chord.pitches.iter().enumerate().map(move |(index, pitch)| {
        // The top of a chord is what is heard of it.
        let force = force * if index == top { 1.06 } else { 0.95 };
        Sketch { beat, length, pitch: *pitch, force }
    })
}

/// Chords held as long as they last.
pub(super) fn pad(plan: &Plan, chair: &Chair) -> Vec<Sketch> {
    let chords = voiced(plan, chair, voices(plan, chair));
    let last = plan.bars().last().map_or(0.0, |(bar, _)| plan.beat_of(bar + 1));
    let mut notes: Vec<Sketch> = chords
        .iter()
        .filter(|chord| chord.change.beat < last - 1e-9)
        .filter(|chord| plan.plays(chair.layer, (chord.change.beat / BEATS_PER_BAR as f64) as usize))
        .flat_map(|chord| strike(chord, chord.change.beat, chord.change.length * 0.99, 0.95))
        .collect();
    close(plan, chair, &chords, &mut notes);
    notes
}

/// The tones of each chord one after the other.
pub(super) fn arpeggio(plan: &Plan, chair: &Chair) -> Vec<Sketch> {
    let chords = voiced(plan, chair, 3);
    let (_, top) = Genre::register(chair.layer, chair.instrument);
    let mut notes = Vec::new();
    for (bar, _) in plan.bars().filter(|(bar, _)| plan.plays(chair.layer, *bar)) {
        let Some(pattern) = pattern_for(plan, chair, bar) else { continue };
        let beat = plan.beat_of(bar);
        for stroke in pattern.bar(bar, STEPS_PER_BAR) {
            let from = step_beat(beat, stroke.at);
            let Some(chord) = at(&chords, from) else { continue };
            let wanted = stroke.symbol.to_digit(10).unwrap_or(1).max(1) as usize - 1;
            let octave = (wanted / chord.pitches.len()) as u8;
            let tone = chord.pitches[wanted % chord.pitches.len()];
            // An octave higher as far as the instrument reaches.
            let pitch = tone + 12 * octave.min(top.saturating_sub(tone) / 12);
            let length = stroke.length as f64 / STEPS_PER_BEAT * 0.95;
            notes.push(Sketch { beat: from, length, pitch, force: 0.95 });
        }
    }
    close(plan, chair, &chords, &mut notes);
    notes
}

/// The last chord, ringing to the end.
fn close(plan: &Plan, chair: &Chair, chords: &[Voiced], notes: &mut Vec<Sketch>) {
    let beat = plan.beat_of(plan.final_bar);
    if plan.looping || !plan.plays(chair.layer, plan.final_bar) {
        return;
    }
    if let Some(chord) = at(chords, beat) {
        let length = (plan.end_beat() - beat).max(0.25);
        notes.extend(strike(chord, beat, length, 1.0));
    }
}
