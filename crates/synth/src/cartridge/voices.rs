//! Eight voices for all parts together: who comes ninth takes the voice of who rings out longest, or of the oldest.

use score::Score;

use super::programs;
use crate::schedule::{Stroke, strokes};

/// Voices of the console.
pub(super) const VOICES: usize = 8;
/// Samples of ours in which a voice is gone: the console's 8 ms.
const GONE: u64 = 384;

/// A note with the moment its voice is taken from it, in samples of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Key {
    pub(super) stroke: Stroke,
    pub(super) cut: u64,
}

/// A moment in samples of the console.
fn theirs(ours: u64) -> u64 {
    ours * 2 / 3
}

impl Key {
    pub(super) fn begin(&self) -> u64 {
        theirs(self.stroke.at)
    }

    pub(super) fn end(&self) -> u64 {
        theirs(self.stroke.end).max(self.begin() + 1)
    }

    pub(super) fn cut(&self) -> u64 {
        if self.cut == u64::MAX { u64::MAX } else { theirs(self.cut) }
    }
}

/// A note on a voice: its place in the list, and when the voice is free of itself.
#[derive(Clone, Copy)]
struct Held {
    note: usize,
    free: u64,
}

/// The notes of a part of a score that get a voice.
pub(super) fn keys(score: &Score, part: usize) -> Vec<Key> {
    all(score).into_iter().filter(|(index, _)| *index == part).map(|(_, key)| key).collect()
}

/// The notes of all parts of the console that get a voice, each with its part.
pub(super) fn all(score: &Score) -> Vec<(usize, Key)> {
    let parts = score.parts.iter().enumerate().filter(|(_, part)| part.instrument.is_of_cartridge());
    let mut notes: Vec<(usize, Key)> = parts
        .flat_map(|(index, part)| {
            strokes(part).into_iter().map(move |stroke| (index, Key { stroke, cut: u64::MAX }))
        })
        .collect();
    notes.sort_by_key(|(index, key)| (key.stroke.at, *index, key.stroke.key));
    let mut voices: Vec<Held> = Vec::with_capacity(VOICES);
    let mut kept = vec![true; notes.len()];
    for at in 0..notes.len() {
        let (part, Key { stroke, .. }) = notes[at];
        voices.retain(|held| held.free > stroke.at);
        if voices.len() == VOICES {
            match victim(&voices, &notes, stroke.at) {
                Some(index) => {
                    let Held { note, .. } = voices.swap_remove(index);
                    notes[note].1.cut = stroke.at.saturating_sub(GONE);
                }
                None => {
                    kept[at] = false;
                    continue;
                }
            }
        }
        let tail = programs::tail(score.parts[part].instrument, stroke);
        voices.push(Held { note: at, free: stroke.end + tail });
    }
    notes.into_iter().zip(kept).filter(|(_, kept)| *kept).map(|(note, _)| note).collect()
}

/// The voice that is taken, if one has sounded long enough.
fn victim(voices: &[Held], notes: &[(usize, Key)], now: u64) -> Option<usize> {
    let old = |held: &Held| notes[held.note].1.stroke.at + GONE < now;
    let stroke = |held: &Held| notes[held.note].1.stroke;
    let able = || voices.iter().enumerate().filter(|(_, held)| old(held));
    let ringing =
        able().filter(|(_, held)| stroke(held).end + GONE <= now).min_by_key(|(_, held)| stroke(held).end);
    ringing.or_else(|| able().min_by_key(|(_, held)| stroke(held).at)).map(|(index, _)| index)
}
