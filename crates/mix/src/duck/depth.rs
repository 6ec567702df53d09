//! How far the music must go down under each stretch of talk.

use footage::Curve;
use sound::{Decibels, Loudness, Span, Time};
use timeline::Duck;

use super::plateau::Plateau;
use crate::carve::over;
use crate::clearance::Clearance;
use crate::spectrum::Spectrum;
use crate::treatment::{Treatment, moments};

/// The least the music goes down under talk, however soft it is, in decibels.
const LEAST: f64 = 1.0;
/// Where the treatment takes more than that, the fader gives back so much of it at most, in decibels.
const GIVEN_BACK: f64 = 4.5;
/// Deeper than this is never asked for: the music would be gone.
const DEEPEST: f64 = 24.0;
/// Talk is looked at in pieces of at most so many seconds, as the music under it changes.
const PIECE: f64 = 4.0;
/// A pause shorter than this, in seconds, does not end a piece: a single word says little of a voice.
const PAUSE: f64 = 2.0;
/// The cuts aim at the clearance in every band; by so many decibels above it where the whole needs more, and below it
/// where the whole stands clearer by this than asked and the music would be thinner than it need be.
const DEEPER_CUTS: i8 = 8;
const SHALLOWER_CUTS: i8 = 6;
const SPARE: f64 = 2.2;
/// First the cuts aim so many decibels above it: a single band hides a consonant where the whole does not.
const MARGIN: i8 = 1;
/// A tenth of the talk may stand less far above the music, by so many LU (Torcoli et al. 2019: 10 of the 14).
const SOFT_WORDS: f64 = 4.0;
/// The softest words may ask for so much more than the mean does, in decibels.
const SOFT_WORDS_ASK: f64 = 1.5;
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
    /// What else it gets under talk.
    pub(crate) treatment: Treatment,
}

impl Voice<'_> {
    /// Treats the music only so far that the talk stands clear, and leaves to the fader what the cuts cannot do.
    pub(crate) fn treat(&mut self, film: &Spectrum, music: &Spectrum, speech: &[Span]) {
        let Some(clearance) = self.duck.clearance() else {
            return;
        };
        let start = self.begins.seconds();
        let pairs =
            |(from, to)| moments(from, to).filter_map(|at| Some((film.at(at)?, music.at(at - start)?)));
        let pieces: Vec<Vec<_>> =
            pieces(speech).into_iter().map(|piece| piece.into_iter().flat_map(pairs).collect()).collect();
        if pieces.iter().all(Vec::is_empty) {
            return;
        }
        let over = over(&pieces, self.gain);
        let treated =
            |more: i8| Treatment::new((music, self.begins), speech, &over, clearance + f64::from(more));
        let talk = stretches(speech);
        let enough = |voice: &Self| voice.depth(&talk, clearance) <= LEAST;
        let mut more = MARGIN;
        self.treatment = treated(more);
        while !enough(self) && more < DEEPER_CUTS {
            more += 1;
            self.treatment = treated(more);
        }
        while more <= MARGIN && more > -SHALLOWER_CUTS && self.spare(speech, clearance) > SPARE {
            more -= 1;
            self.treatment = treated(more);
        }
    }

    /// By how much the talk stands further above the music than it was to, however much the fader gives back, in decibels.
    fn spare(&self, speech: &[Span], clearance: f64) -> f64 {
        let mut sums = [0.0; 2];
        for piece in pieces(speech) {
            let depth = self.depth(&piece, clearance);
            for (_, over) in piece.iter().flat_map(|stretch| self.over_music(*stretch)) {
                sums = [sums[0] + over + depth - clearance, sums[1] + 1.0];
            }
        }
        if sums[1] > 0.0 { sums[0] / sums[1] } else { 0.0 }
    }

    /// The talk in pieces, each with the depth it needs; none where the music stays where it is.
    pub(super) fn pieces(&self, speech: &[Span]) -> Vec<Plateau> {
        let Some(clearance) = self.duck.clearance() else {
            return Vec::new();
        };
        let plateau = |piece: Vec<(f64, f64)>| {
            let (start, end) = (piece.first()?.0, piece.last()?.1);
            Some(Plateau { start, end, depth: self.depth(&piece, clearance) })
        };
        pieces(speech).into_iter().filter_map(plateau).collect()
    }

    /// The least depth, or as much more as it takes that the talk stands clear of the music.
    fn depth(&self, piece: &[(f64, f64)], clearance: f64) -> f64 {
        let over = piece.iter().flat_map(|stretch| self.over_music(*stretch)).map(|(_, lu)| lu).collect();
        let needed = Clearance::of(over).map_or(0.0, |over| {
            let needed = clearance - over.mean;
            needed.max((clearance - SOFT_WORDS - over.tenth_percentile).min(needed + SOFT_WORDS_ASK))
        });
        needed.clamp((LEAST - self.treatment.taken).clamp(-GIVEN_BACK, LEAST), DEEPEST)
    }

    /// By how many LU the talk stands above the music that is not ducked, about every tenth of a second of the
    /// stretch, with the moment in seconds; moments without music are left out.
    pub(crate) fn over_music(&self, (start, end): (f64, f64)) -> Vec<(f64, f64)> {
        let (mut from, mut to) = (start, end);
        if end - start > 2.0 * (INSET.0 + INSET.1) {
            (from, to) = (start + INSET.0, end - INSET.1);
        }
        let steps = ((to - from) * 10.0).ceil().max(1.0) as usize;
        let moments = (0..steps).map(|step| from + (step as f64 + 0.5) * (to - from) / steps as f64);
        moments.filter_map(|at| Some((at, self.talk(at) - self.played(at)?))).collect()
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

    /// Momentary loudness of the music at its level, treated, in the mono fold; `None` where it is silent.
    fn played(&self, at: f64) -> Option<f64> {
        let own = at - self.begins.seconds();
        let energy = |offset: f64| {
            let lufs = value_at(self.music, own + offset).map_or(Loudness::SILENT, f64::from);
            let kept = || self.treatment.kept(own + offset);
            if lufs > Loudness::SILENT { 10f64.powf(lufs / 10.0) * kept() } else { 0.0 }
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

/// The stretches of talk in pieces that are long enough to judge and short enough to follow the music.
fn pieces(speech: &[Span]) -> Vec<Vec<(f64, f64)>> {
    let mut pieces: Vec<Vec<(f64, f64)>> = Vec::new();
    for (start, end) in stretches(speech) {
        let count = ((end - start) / PIECE).ceil().max(1.0);
        let at = |index: usize| start + (end - start) * index as f64 / count;
        for stretch in (0..count as usize).map(|index| (at(index), at(index + 1))) {
            let fits = |piece: &Vec<(f64, f64)>| {
                let (Some(first), Some(last)) = (piece.first(), piece.last()) else { return false };
                stretch.0 - last.1 < PAUSE && stretch.1 - first.0 <= PIECE
            };
            match pieces.last_mut().filter(|piece| fits(piece)) {
                Some(piece) => piece.push(stretch),
                None => pieces.push(vec![stretch]),
            }
        }
    }
    pieces
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
