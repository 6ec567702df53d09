//! Spots: the few moments at which a codec raised a peak, and a dip of a few milliseconds for each.
//!
//! A hard stroke out of silence comes back from a lossy codec up to 3 dB higher. A lower ceiling for the whole film would
//! make all of it softer for the sake of one stroke.

use serde::Serialize;
use sound::{Decibels, Frame, SAMPLE_RATE};

/// Peaks are looked at in steps of 5 ms.
const STEP: usize = SAMPLE_RATE as usize / 200;
/// A dip takes so many steps to come and to go.
const SLOPE: usize = 3;
/// More steps than this a minute are no spots, but the character of the film.
const MOST_A_MINUTE: usize = 60;
/// True peaks stand a little above samples; what comes so near the limit is lowered, too.
const NEAR: f64 = 0.4;

/// Remembers the highest sample of every step of a finished sound.
#[derive(Debug, Default)]
pub struct Peaks {
    steps: Vec<f32>,
    frames: usize,
}

impl Peaks {
    /// Hears the next frames.
    pub fn add(&mut self, frames: &[Frame]) {
        let mut rest = frames;
        while !rest.is_empty() {
            let into = self.frames % STEP;
            let (now, later) = rest.split_at(rest.len().min(STEP - into));
            if into == 0 {
                self.steps.push(0.0);
            }
            if let Some(peak) = self.steps.last_mut() {
                *peak = peak.max(highest(now));
            }
            self.frames += now.len();
            rest = later;
        }
    }
}

/// The highest sample; eight running maxima, because one alone would wait for itself.
fn highest(frames: &[Frame]) -> f32 {
    let higher = |most: f32, sample: f32| if sample.abs() > most { sample.abs() } else { most };
    let (blocks, rest) = frames.as_flattened().as_chunks::<8>();
    let mut lanes = [0.0f32; 8];
    for block in blocks {
        lanes = std::array::from_fn(|i| higher(lanes[i], block[i]));
    }
    lanes.into_iter().chain(rest.iter().copied()).fold(0.0, higher)
}

/// Dips in the gain of a film, one for each moment that came out too high.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Spots {
    /// Steps with the gain they need, in order.
    dips: Vec<(usize, f32)>,
}

impl Spots {
    /// The spots that bring these peaks under a limit, on top of those there are already; `None` where there are too
    /// many, so that the ceiling of the whole film must come down.
    pub fn with(&self, peaks: &Peaks, limit: Decibels) -> Option<Spots> {
        let over = |peak: f32| Decibels::from_gain(f64::from(peak)).0 - (limit.0 - NEAR);
        let high = peaks.steps.iter().enumerate().filter(|(_, peak)| over(**peak) > 0.0);
        let new: Vec<(usize, f32)> =
            high.map(|(step, peak)| (step, Decibels(-over(*peak) - 0.2).gain() as f32)).collect();
        let minutes = 1 + peaks.frames / (60 * SAMPLE_RATE as usize);
        if new.len() > MOST_A_MINUTE * minutes {
            return None;
        }
        let mut dips = self.dips.clone();
        for (step, gain) in new {
            match dips.iter_mut().find(|(known, _)| *known == step) {
                Some((_, known)) => *known *= gain,
                None => dips.push((step, gain)),
            }
        }
        dips.sort_unstable_by_key(|(step, _)| *step);
        Some(Spots { dips })
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.dips.is_empty()
    }

    /// Lowers frames that begin at frame `at` of the film; the result does not depend on how it is cut into blocks.
    pub fn apply(&self, at: usize, frames: &mut [Frame]) {
        let reach = (SLOPE + 1) * STEP;
        let first = self.dips.partition_point(|(step, _)| (step + 1) * STEP + reach < at);
        for &(step, gain) in &self.dips[first..] {
            let (from, until) = ((step * STEP).saturating_sub(reach), (step + 1) * STEP + reach);
            if from >= at + frames.len() {
                break;
            }
            for place in from.max(at)..until.min(at + frames.len()) {
                let lowered = 1.0 + (gain - 1.0) * depth(step, place);
                frames[place - at] = frames[place - at].map(|sample| sample * lowered);
            }
        }
    }
}

/// How much of a dip there is at a frame: all of it in its step, less and less on both sides.
fn depth(step: usize, place: usize) -> f32 {
    let (start, end) = (step * STEP, (step + 1) * STEP);
    let away = if place < start { start - place } else { (place + 1).saturating_sub(end) };
    let share = 1.0 - away as f32 / (SLOPE * STEP) as f32;
    if share <= 0.0 { 0.0 } else { 0.5 - 0.5 * (std::f32::consts::PI * share).cos() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stroke() -> Vec<Frame> {
        let mut frames = vec![[0.1; 2]; 10 * STEP];
        frames[4 * STEP + 7] = [1.3, -0.2];
        frames
    }

    #[test]
    fn one_stroke_is_lowered_and_the_rest_stays() {
        let mut peaks = Peaks::default();
        peaks.add(&stroke());
        let spots = Spots::default().with(&peaks, Decibels(-1.0)).unwrap();
        let mut frames = stroke();
        spots.apply(0, &mut frames);
        assert!(frames[4 * STEP + 7][0] < Decibels(-1.0).gain() as f32);
        assert_eq!(frames[0], [0.1; 2]);
        assert_eq!(frames[9 * STEP + 7], [0.1; 2]);
    }

    #[test]
    fn blocks_leave_no_trace() {
        let mut peaks = Peaks::default();
        peaks.add(&stroke());
        let spots = Spots::default().with(&peaks, Decibels(-1.0)).unwrap();
        let mut whole = stroke();
        spots.apply(0, &mut whole);
        let mut pieces = stroke();
        for (index, piece) in pieces.chunks_mut(37).enumerate() {
            spots.apply(index * 37, piece);
        }
        assert_eq!(whole, pieces);
    }

    #[test]
    fn a_loud_film_has_no_spots() {
        let mut peaks = Peaks::default();
        peaks.add(&vec![[1.2; 2]; SAMPLE_RATE as usize]);
        assert!(Spots::default().with(&peaks, Decibels(-1.0)).is_none());
    }
}
