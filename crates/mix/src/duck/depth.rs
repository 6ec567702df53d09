//! How far the music must go down under each stretch of talk.

use footage::Curve;
use sound::{Decibels, Loudness, Span, Time};
use timeline::Duck;

use super::plateau::Plateau;
use crate::clearance::Clearance;

/// Deeper than this is never asked for: the music would be gone.
const DEEPEST: f64 = 24.0;
/// Long talk is looked at in pieces of at most so many seconds, as the music under it changes.
const PIECE: f64 = 8.0;
/// A tenth of the talk may stand less far above the music, by so many LU (Torcoli et al. 2019: 10 of the 14).
const SOFT_WORDS: f64 = 4.0;
/// The softest words may ask for so much more than the mean does, in decibels.
const SOFT_WORDS_ASK: f64 = 2.0;
/// The dip where consonants live takes so many LU from music besides (1.0 to 1.7, measured on three genres
/// under two voices).
pub(crate) const DIP_TAKES: f64 = 1.5;
/// The talk of one moment lies so far below and above the talk of the whole film at most, in LU;
/// beyond it the film has a pause or a noise.
const QUIETER: f64 = 10.0;
const LOUDER: f64 = 6.0;
/// The borders of a stretch of talk hold silence besides the word, as momentary loudness looks 400 ms around.
const INSET: (f64, f64) = (0.3, 0.1);
/// The profile's momentary loudness looks back over 400 ms: what it says of a moment stands so much later.
const LATE: f64 = 0.15;

/// A voice and the music it has to stand above.
pub(crate) struct Voice<'a> {
    /// How the music gives way.
    pub(crate) duck: Duck,
    /// Momentary loudness of the film in LUFS.
    pub(crate) film: &'a Curve,
    /// Loudness of the talk alone, in LUFS.
    pub(crate) speech_loudness: Option<f64>,
    /// Loudness of the music before any gain, each tenth of a second, in LUFS.
    pub(crate) music: &'a Curve,
    /// Where the music begins on the film's clock.
    pub(crate) begins: Time,
    /// The gain the music gets.
    pub(crate) gain: Decibels,
}

impl Voice<'_> {
    /// The talk in pieces, each with the depth it needs; none where the music stays where it is.
    pub(super) fn pieces(&self, speech: &[Span]) -> Vec<Plateau> {
        let Some(clearance) = self.duck.clearance() else {
            return Vec::new();
        };
        let mut pieces = Vec::new();
        for (start, end) in stretches(speech) {
            let count = ((end - start) / PIECE).ceil().max(1.0);
            for index in 0..count as usize {
                let at = |i: usize| start + (end - start) * i as f64 / count;
                let (start, end) = (at(index), at(index + 1));
                pieces.push(Plateau { start, end, depth: self.depth(start, end, clearance) });
            }
        }
        pieces
    }

    /// The least depth, or as much more as it takes that the talk stands clear of the music.
    fn depth(&self, start: f64, end: f64, clearance: f64) -> f64 {
        let over = self.over_music(start, end).into_iter().map(|(_, lu)| lu).collect();
        let needed = Clearance::of(over).map_or(0.0, |over| {
            let needed = clearance - over.mean;
            needed.max((clearance - SOFT_WORDS - over.tenth_percentile).min(needed + SOFT_WORDS_ASK))
        });
        needed.clamp(-self.duck.depth().0, DEEPEST)
    }

    /// By how many LU the talk stands above the music that is not ducked, about every tenth of a second of the
    /// stretch, with the moment in seconds; moments without music are left out.
    pub(crate) fn over_music(&self, start: f64, end: f64) -> Vec<(f64, f64)> {
        let (mut from, mut to) = (start, end);
        if end - start > 2.0 * (INSET.0 + INSET.1) {
            (from, to) = (start + INSET.0, end - INSET.1);
        }
        let steps = ((to - from) * 10.0).ceil().max(1.0) as usize;
        let moments = (0..steps).map(|step| from + (step as f64 + 0.5) * (to - from) / steps as f64);
        moments.filter_map(|at| Some((at, self.talk(at) - self.played(at)? + DIP_TAKES))).collect()
    }

    /// Loudness of the talk at a moment.
    fn talk(&self, at: f64) -> f64 {
        let now = value_at(self.film, at + LATE).map(f64::from);
        match (now, self.speech_loudness) {
            (Some(now), Some(whole)) => now.clamp(whole - QUIETER, whole + LOUDER),
            (Some(loudness), None) | (None, Some(loudness)) => loudness,
            (None, None) => Loudness::SILENT,
        }
    }

    /// Momentary loudness of the music at its level; `None` where it is silent.
    fn played(&self, at: f64) -> Option<f64> {
        let own = at - self.begins.seconds();
        let energy = |offset: f64| {
            let lufs = value_at(self.music, own + offset).map_or(Loudness::SILENT, f64::from);
            if lufs > Loudness::SILENT { 10f64.powf(lufs / 10.0) } else { 0.0 }
        };
        let mean = [-0.15, -0.05, 0.05, 0.15].map(energy).iter().sum::<f64>() / 4.0;
        (mean > 0.0 && self.gain > Decibels::SILENCE).then(|| 10.0 * mean.log10() + self.gain.0)
    }
}

/// The value that holds at a time; `None` outside the curve.
fn value_at(curve: &Curve, seconds: f64) -> Option<f32> {
    let index = (seconds / curve.step.seconds()).floor();
    if index.is_finite() && index >= 0.0 { curve.values.get(index as usize).copied() } else { None }
}

/// The stretches of talk in seconds, in order, those that touch joined.
pub(crate) fn stretches(speech: &[Span]) -> Vec<(f64, f64)> {
    let mut spans: Vec<Span> = speech.iter().copied().filter(|span| !span.is_empty()).collect();
    spans.sort_by_key(|span| span.start);
    let mut joined: Vec<(f64, f64)> = Vec::new();
    for span in spans {
        let (start, end) = (span.start.seconds(), span.end.seconds());
        match joined.last_mut() {
            Some(last) if start <= last.1 => last.1 = last.1.max(end),
            _ => joined.push((start, end)),
        }
    }
    joined
}
