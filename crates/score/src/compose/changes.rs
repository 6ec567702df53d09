//! Changes: which chord sounds when.

use super::sketch::Sketch;
use crate::chance::Chance;
use crate::cue::{CueSection, CueSheet, SectionKind};
use crate::genre::{BEATS_PER_BAR, Genre};
use crate::harmony::{Bar, Bars, Cadence, Chord, Progression, clearness};
use crate::{Key, Mode};

/// A chord with its place.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Change {
    /// The beat it begins on.
    pub(super) beat: f64,
    /// Its length in beats.
    pub(super) length: f64,
    /// The key it is in.
    pub(super) key: Key,
    /// The chord.
    pub(super) chord: Chord,
}

/// All chords of a piece, without gap.
#[derive(Clone)]
pub(super) struct Changes(Vec<Change>);

/// Drafts that may be written until one says its key.
const DRAFTS: u64 = 6;
/// How much clearer than any other key that has to be.
const CLEAR: f64 = 0.1;

/// Bars in a phrase.
pub(super) const PHRASE: usize = 4;

impl Changes {
    /// Chooses the chords of a piece: of some drafts the first in which its key is heard, else the clearest.
    pub(super) fn plan(cue: &CueSheet, genre: &Genre, final_bar: usize, looping: bool, seed: u64) -> Changes {
        let mut clearest = (f64::NEG_INFINITY, Changes(Vec::new()));
        for draft in 0..DRAFTS {
            let seed = seed.wrapping_add(draft.wrapping_mul(0xd1b5_4a32_d192_ed03));
            let changes = Changes::draft(cue, genre, final_bar, looping, seed);
            let home = changes.0.iter().filter(|change| change.key == cue.key);
            let clear = clearness(home.map(|change| (&change.chord, change.length)), cue.key);
            if clear > clearest.0 {
                clearest = (clear, changes);
            }
            if clear > CLEAR {
                break;
            }
        }
        clearest.1
    }

    /// One progression for each theme, cadences where phrases end, the tonic at last.
    fn draft(cue: &CueSheet, genre: &Genre, final_bar: usize, looping: bool, seed: u64) -> Changes {
        let writer = Writer::new(cue, genre, seed);
        let mut bars: Vec<Bar> = cue.sections.iter().flat_map(|section| writer.section(section)).collect();
        let mut keys: Vec<Key> =
            cue.sections.iter().flat_map(|section| vec![cue.key_of(section); section.bars]).collect();
        for section in cue.sections.iter().filter(|section| section.lift > 0) {
            // The way up, and the way home.
            bars[section.first_bar - 1] = dominant(section.lift);
            let last = section.first_bar + section.bars - 1;
            (bars[last], keys[last]) = (dominant(0), cue.key);
        }
        if !looping {
            let home = writer.home();
            if final_bar > 0 {
                let last = writer.cadence(final_bar);
                bars[final_bar - 1] = last;
            }
            for bar in bars.iter_mut().skip(final_bar) {
                *bar = home.clone();
            }
        }
        Changes(spread(&bars, &keys))
    }

    /// The chord that sounds at a beat.
    pub(super) fn at(&self, beat: f64) -> &Change {
        let after = self.0.partition_point(|change| change.beat <= beat + 1e-9);
        &self.0[after.saturating_sub(1)]
    }

    /// The chords that begin within some beats.
    pub(super) fn within(&self, from: f64, until: f64) -> &[Change] {
        let first = self.0.partition_point(|change| change.beat < from - 1e-9);
        let last = self.0.partition_point(|change| change.beat < until - 1e-9);
        &self.0[first..last.max(first)]
    }

    /// Takes the colour out of chords where it would stand a semitone beside a tone of the tune that is held or falls
    /// on a beat: sevenths but those of dominants, sixths, ninths and what lies above.
    pub(super) fn make_room<'n>(&mut self, tune: impl Iterator<Item = &'n Sketch>) {
        for note in tune.filter(|note| note.length >= 0.75 || note.beat.fract() < 0.05) {
            let first = self.0.partition_point(|change| change.beat + change.length <= note.beat + 1e-9);
            for change in self.0[first..].iter_mut().take_while(|change| change.beat < note.end() - 1e-9) {
                let chord = &mut change.chord;
                let (root, dominant) = (chord.root_class(change.key), chord.tones.contains(&4));
                let colour = |tone: u8| tone > 8 && !(dominant && tone == 10);
                let beside = |tone: u8| matches!((root + tone + 12 - note.pitch % 12) % 12, 1 | 11);
                chord.tones.retain(|tone| !(colour(*tone) && beside(*tone)));
            }
        }
    }

    /// Every chord.
    pub(super) fn all(&self) -> &[Change] {
        &self.0
    }
}

/// Lays bars out over beats; a chord that goes on is struck anew with each bar.
fn spread(bars: &[Bar], keys: &[Key]) -> Vec<Change> {
    let mut changes: Vec<Change> = Vec::new();
    for (index, (bar, key)) in bars.iter().zip(keys).enumerate() {
        let length = BEATS_PER_BAR as f64 / bar.chords.len() as f64;
        for (place, chord) in bar.chords.iter().enumerate() {
            let beat = (index as i64 * BEATS_PER_BAR) as f64 + place as f64 * length;
            changes.push(Change { beat, length, key: *key, chord: chord.clone() });
        }
    }
    changes
}

/// A bar of the dominant of the key so many semitones above.
fn dominant(lift: u8) -> Bar {
    let root = (7 + lift) % 12;
    Bar { chords: vec![Chord { root, tones: vec![0, 4, 7, 10], bass: root }] }
}

struct Writer<'a> {
    cue: &'a CueSheet,
    progressions: Vec<&'a Progression>,
    cadence: Option<&'a Cadence>,
    seed: u64,
}

impl<'a> Writer<'a> {
    fn new(cue: &'a CueSheet, genre: &'a Genre, seed: u64) -> Writer<'a> {
        let mode = cue.key.mode;
        let minor = mode.is_minor();
        let mut chance = Chance::new(seed, "harmony");
        let mut left: Vec<&Progression> = genre.progressions.iter().filter(|p| p.minor == minor).collect();
        let mut progressions = Vec::new();
        // One for each theme, no two the same while there are others; those first that let the mode be heard. The first
        // theme opens at home, for what a listener hears first and often is home to him.
        loop {
            let opening = |p: &Progression| if progressions.is_empty() { homely(&p.chords) } else { 1.0 };
            let likely = |p: &&Progression| p.weight * belongs(&p.chords, mode) * opening(p);
            let Some(next) = chance.weighted(&left, likely).copied() else { break };
            progressions.push(next);
            left.retain(|p| !std::ptr::eq(*p, next));
        }
        let cadences: Vec<&Cadence> = genre.cadences.iter().filter(|c| c.minor == minor).collect();
        let ending = |c: &&Cadence| belongs(&c.half, mode) + belongs(&c.full, mode);
        Writer { cue, progressions, cadence: chance.weighted(&cadences, ending).copied(), seed }
    }

    /// The bars of a section.
    fn section(&self, section: &CueSection) -> Vec<Bar> {
        let Some(progression) = self.progressions.get(section.theme % self.progressions.len().max(1)) else {
            return vec![self.home(); section.bars];
        };
        let mut bars: Vec<Bar> = progression.chords.0.iter().cycle().take(section.bars).cloned().collect();
        let Some(cadence) = self.cadence else { return bars };
        let mut chance = Chance::new(self.seed, &format!("cadences {}", section.first_bar));
        for end in (PHRASE..=section.bars).step_by(PHRASE) {
            let last = end == section.bars;
            if last && section.kind != SectionKind::Intro && chance.happens(0.7) {
                overwrite(&mut bars, end, &cadence.full.0);
            } else if !last && chance.happens(0.7) {
                overwrite(&mut bars, end, &cadence.half.0);
            }
        }
        bars
    }

    /// The tonic chord as this genre spells it: the end of its full cadence.
    fn home(&self) -> Bar {
        let last = self.cadence.and_then(|cadence| cadence.full.0.last()).and_then(|bar| bar.chords.last());
        let tonic = last.filter(|chord| chord.root == 0 && chord.bass == 0).cloned();
        let third = self.cue.key.mode.steps()[2];
        Bar { chords: vec![tonic.unwrap_or(Chord { root: 0, tones: vec![0, third, 7], bass: 0 })] }
    }

    /// The bar that leads home.
    fn cadence(&self, final_bar: usize) -> Bar {
        let full = self.cadence.map(|cadence| &cadence.full.0[..]).unwrap_or_default();
        match full {
            [.., before, _] if final_bar > 0 => before.clone(),
            _ => self.home(),
        }
    }
}

/// How readily chords are taken in a mode: freely within it, seldom far outside.
fn belongs(chords: &Bars, mode: Mode) -> f64 {
    chords.within(mode).powi(2).max(0.02)
}

/// How well chords say where home is: best where they open on the tonic, badly where they never stand on it.
fn homely(chords: &Bars) -> f64 {
    let mut starts = chords.0.iter().map(|bar| bar.chords.first().is_some_and(|chord| chord.root == 0));
    match starts.next() {
        Some(true) => 1.0,
        _ if starts.any(|home| home) => 0.25,
        _ => 0.05,
    }
}

fn overwrite(bars: &mut [Bar], end: usize, ending: &[Bar]) {
    let start = end.saturating_sub(ending.len());
    for (bar, new) in bars[start..end].iter_mut().zip(ending) {
        bar.clone_from(new);
    }
}
