//! Which of what sounds like a voice is talk: both detectors, the rhythm of syllables and gliding pitch agree.

use super::Speech;
use crate::hearing::modulation;

/// Frames of 16 ms: gaps under 0.3 s are joined, talk under 0.2 s is dropped, under 0.6 s doubted.
const GAP: usize = 19;
const SHORTEST: usize = 13;
const SHORT: usize = 37;
/// From this score on, of 255, a detector hears a voice.
const VOICE: u8 = 128;
/// Within a run the voice is as loud as its louder frames; what is softer by this factor is a pause.
const PAUSE: f32 = 0.36;
/// What is softer by this factor and stands still besides is the music between two phrases.
const BED: f32 = 0.55;
const BED_STILL: f32 = 0.4;
/// Consonants before and after the loud frames: how many frames at most, and how soft.
const HEAD: usize = 7;
const TAIL: usize = 10;
const SOFT: f32 = 0.04;
/// What talk must reach: syllables this deep, the second detector this sure, and the sum of how sure both detectors
/// are and of the syllables, less the share of tones that stand still, both weighted (fitted to speech over noise and
/// over 27 pieces of music at 8 to 20 dB, and to these alone).
const DEPTH: f32 = 0.25;
const SURE: f32 = 0.45;
const TALK: f32 = 1.53;
const SHORT_TALK: f32 = 1.6;
const SYLLABLES_COUNT: f32 = 1.2;
const STILLNESS_COUNTS: f32 = 1.2;
/// Talk comes in company: within two seconds of talk so much less is enough, unless it is short.
const COMPANY: f32 = 0.3;
const NEAR: usize = 125;
/// More than this neither detector can add: both are quite sure of many a chord.
const FIRST_MOST: f32 = 0.85;
const SECOND_MOST: f32 = 0.65;

/// A stretch of frames, its end not included.
type Run = (usize, usize);

/// Where somebody talks, in frames of the first detector; `still` holds how still the tones stand in each.
pub(super) fn talk(heard: &Speech, still: &[f32]) -> Vec<Run> {
    let depths = modulation::depth(&heard.envelope);
    let voiced = voiced(&heard.first_scores, &heard.second_scores);
    let phrases: Vec<(Run, f32)> =
        runs(voiced.iter().enumerate().filter(|(_, voiced)| **voiced).map(|(index, _)| index))
            .into_iter()
            .flat_map(|run| phrases(&heard.envelope, still, run))
            .filter_map(|run| Some((run, likeness(heard, run, &depths, still)?)))
            .collect();
    let company = |run: Run| {
        let near = |other: &Run| other.0 < run.1 + NEAR && run.0 < other.1 + NEAR;
        phrases.iter().any(|(other, like)| *like > 0.0 && near(other))
    };
    let mut talk: Vec<Run> = phrases
        .iter()
        .filter(|(run, like)| *like > 0.0 || *like > -COMPANY && run.1 - run.0 >= SHORT && company(*run))
        .map(|(run, _)| *run)
        .collect();
    talk.dedup_by(|later, earlier| {
        let breath = later.0 - earlier.1 < GAP;
        earlier.1 = if breath { later.1 } else { earlier.1 };
        breath
    });
    talk
}

/// For every frame whether both detectors hear a voice.
fn voiced(first: &[u8], second: &[u8]) -> Vec<bool> {
    (0..first.len())
        .map(|index| {
            // Neither is punctual: each may be up to three frames off.
            let near = &first[index.saturating_sub(3)..(index + 4).min(first.len())];
            let fine = fine(index);
            let near_fine = &second[fine.saturating_sub(5).min(second.len())..(fine + 6).min(second.len())];
            let most = |scores: &[u8]| scores.iter().copied().max().unwrap_or(0);
            most(near) >= VOICE && most(near_fine) >= VOICE
        })
        .collect()
}

/// The fine frame that begins with a frame of the first detector.
fn fine(frame: usize) -> usize {
    frame * 8 / 5
}

/// Runs of these frames, which are sorted; those with short gaps are joined.
fn runs(frames: impl Iterator<Item = usize>) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for index in frames {
        match runs.last_mut() {
            Some(run) if index - run.1 < GAP => run.1 = index + 1,
            _ => runs.push((index, index + 1)),
        }
    }
    runs
}

/// Divides a run where the voice pauses: the detectors hear the music between two phrases as a voice, too.
fn phrases(envelope: &[f32], still: &[f32], (start, end): Run) -> Vec<Run> {
    let mut levels = envelope[start..end].to_vec();
    levels.sort_by(f32::total_cmp);
    let voice = levels[levels.len() * 17 / 20];
    let sounds = |index: &usize| {
        let level = envelope[*index];
        let stands = still.get(*index).copied().unwrap_or(0.0) > BED_STILL;
        level >= PAUSE * voice && !(stands && level < BED * voice)
    };
    let soft = |index: usize| envelope[index] >= SOFT * voice;
    let mut before = start;
    runs((start..end).filter(sounds))
        .into_iter()
        .map(|(first, last)| {
            let head = (before..first).rev().take(HEAD).take_while(|index| soft(*index)).count();
            let tail = (last..end).take(TAIL).take_while(|index| soft(*index)).count();
            before = last + tail;
            (first - head, last + tail)
        })
        .collect()
}

/// How much more like talk a phrase is than it must be; `None` where it is none whatever is around it.
///
/// Singing, an engine or a chord may fool both detectors; but they have no syllables, or stand still.
fn likeness(heard: &Speech, (start, end): Run, depths: &[f32], still: &[f32]) -> Option<f32> {
    let mean = |values: &[f32]| values.iter().sum::<f32>() / values.len().max(1) as f32;
    let sure = |scores: &[u8], start: usize, end: usize| {
        let scores = &scores[start.min(scores.len())..end.min(scores.len())];
        scores.iter().map(|score| f32::from(*score) / 255.0).sum::<f32>() / scores.len().max(1) as f32
    };
    let depth = mean(&depths[start..end]);
    let still = mean(&still[start.min(still.len())..end.min(still.len())]);
    let first = sure(&heard.first_scores, start, end);
    let second = sure(&heard.second_scores, fine(start), fine(end));
    let enough = if end - start < SHORT { SHORT_TALK } else { TALK };
    let possible = end - start >= SHORTEST && depth > DEPTH && second > SURE;
    let detectors = first.min(FIRST_MOST) + second.min(SECOND_MOST);
    possible.then_some(detectors + SYLLABLES_COUNT * depth - STILLNESS_COUNTS * still - enough)
}
