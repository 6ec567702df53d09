//! Where a film's own sound has music: tones that stand still on a scale, and change.

use sound::{Span, Time};

use super::{HOP, RATE, SIZE, Tone};

/// A tone that moves less than this from one spectrum to the next stands still, in semitones.
const STILL: f32 = 0.12;
/// Spectra in a window, three seconds, and from one window to the next.
const WINDOW: usize = 94;
const STRIDE: usize = 16;
/// In music tones stand still at least this share of the time something is heard, ...
const STILL_SHARE: f32 = 0.2;
/// ... lie as closely on one scale of semitones (0 anywhere, 1 exactly), ...
const ON_SCALE: f32 = 0.6;
/// ... and do so in at least as many spectra of a window, and of the whole piece, on as many notes.
const LEAST_IN_WINDOW: usize = 12;
const LEAST_STILL: usize = 40;
const LEAST_NOTES: usize = 4;
/// A silence of four seconds divides two pieces.
const APART: usize = 125;

/// A spectrum in which something is heard while nobody talks.
struct Heard {
    index: usize,
    pitch: f32,
    still: bool,
}

/// For every spectrum whether its tone is the one of the spectrum before.
pub(super) fn stands(tones: &[Tone]) -> Vec<bool> {
    let same = |before: Tone, now: Tone| match (before, now) {
        (Tone::Pitch(before), Tone::Pitch(now)) => (now - before).abs() < STILL,
        _ => false,
    };
    (0..tones.len()).map(|index| index > 0 && same(tones[index - 1], tones[index])).collect()
}

/// Where there is music; the spans are sorted, apart and inside the film.
pub(super) fn places(tones: &[Tone], length: Time, speech: &[Span]) -> Vec<Span> {
    let film = Span::new(Time::ZERO, length);
    pieces(tones, speech)
        .iter()
        .flat_map(|piece| musical(piece))
        .filter(|part| is_music(part))
        .filter_map(|part| Some(Span::new(start(part.first()?.index), end(part.last()?.index))))
        .map(|span| film.overlap(span))
        .filter(|span| !span.is_empty())
        .collect()
}

/// When what a spectrum speaks for begins and ends, in film time.
fn start(index: usize) -> Time {
    let middle = (index * HOP + SIZE / 2 - HOP / 2) as i64;
    // The very first spectrum speaks for what is before its middle, too.
    if index == 0 { Time::ZERO } else { Time::from_samples(middle, RATE) }
}

fn end(index: usize) -> Time {
    Time::from_samples((index * HOP + SIZE / 2 + HOP / 2) as i64, RATE)
}

/// What is heard while nobody talks, divided at long silences.
fn pieces(tones: &[Tone], speech: &[Span]) -> Vec<Vec<Heard>> {
    let stands = stands(tones);
    let mut talk = speech.iter().peekable();
    let (mut pieces, mut silent) = (vec![Vec::new()], 0);
    for (index, tone) in tones.iter().enumerate() {
        let at = Time::from_samples((index * HOP + SIZE / 2) as i64, RATE);
        while talk.next_if(|span| span.end <= at).is_some() {}
        if talk.peek().is_some_and(|span| span.contains(at)) {
            continue;
        }
        let pitch = match tone {
            Tone::Silence => {
                silent += 1;
                continue;
            }
            Tone::Noise => 0.0,
            Tone::Pitch(pitch) => *pitch,
        };
        if silent > APART {
            pieces.push(Vec::new());
        }
        silent = 0;
        if let Some(piece) = pieces.last_mut() {
            piece.push(Heard { index, pitch, still: stands[index] });
        }
    }
    pieces
}

/// The parts of a piece that sound like music window by window.
fn musical(piece: &[Heard]) -> Vec<&[Heard]> {
    let mut parts: Vec<(usize, usize)> = Vec::new();
    let mut first = 0;
    loop {
        let last = (first + WINDOW).min(piece.len());
        let window = &piece[first..last];
        let (count, share, closeness, _) = traits(window);
        if count >= LEAST_IN_WINDOW && share > STILL_SHARE && closeness > ON_SCALE {
            match parts.last_mut() {
                Some(part) if part.1 >= first => part.1 = last,
                _ => parts.push((first, last)),
            }
        }
        if last == piece.len() {
            break;
        }
        first += STRIDE;
    }
    parts.into_iter().map(|(first, last)| trimmed(&piece[first..last])).collect()
}

/// A window reaches over the ends of the music by what it has to spare: from the first still tone to the last.
fn trimmed(part: &[Heard]) -> &[Heard] {
    let first = part.iter().position(|heard| heard.still).unwrap_or(0).saturating_sub(2);
    let last = part.iter().rposition(|heard| heard.still).map_or(part.len(), |index| index + 2);
    &part[first..last.min(part.len())]
}

fn is_music(part: &[Heard]) -> bool {
    let (count, share, closeness, notes) = traits(part);
    count >= LEAST_STILL && share > STILL_SHARE && closeness > ON_SCALE && notes >= LEAST_NOTES
}

/// How many tones stand still, which share that is, how closely they lie on one scale, and on how many notes.
fn traits(part: &[Heard]) -> (usize, f32, f32, usize) {
    let still: Vec<f32> = part.iter().filter(|heard| heard.still).map(|heard| heard.pitch).collect();
    let (closeness, offset) = scale(&still);
    let share = still.len() as f32 / part.len().max(1) as f32;
    (still.len(), share, closeness, notes(&still, offset))
}

/// How closely pitches lie on one scale of semitones, 0 to 1, and by which part of a semitone it is shifted.
fn scale(pitches: &[f32]) -> (f32, f32) {
    let (x, y) = pitches.iter().fold((0.0, 0.0), |(x, y), pitch| {
        let (sin, cos) = (pitch * std::f32::consts::TAU).sin_cos();
        (x + cos, y + sin)
    });
    let length = (x * x + y * y).sqrt() / (pitches.len() as f32).max(1.0);
    (length, y.atan2(x) / std::f32::consts::TAU)
}

/// How many notes are heard for a tenth of a second or more.
fn notes(pitches: &[f32], offset: f32) -> usize {
    let mut counts = [0usize; 96];
    for pitch in pitches {
        counts[((pitch - offset).round().max(0.0) as usize).min(95)] += 1;
    }
    counts.iter().filter(|count| **count >= 3).count()
}
