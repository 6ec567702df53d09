//! Loudness of the film's own sound, after ITU-R BS.1770-4, from one energy every 100 ms.

use ebur128::{EbuR128, Mode};
use sound::{Frame, SAMPLE_RATE, Span, Time};

/// Frames in a block; four of them make the 400 ms that gating works on.
const BLOCK: usize = SAMPLE_RATE as usize / 10;
/// What silence is called in a curve, and the absolute gate (BS.1770-4, 5.1).
const GATE: f64 = -70.0;

/// Measures loudness block by block.
pub(crate) struct Loudness {
    meter: Option<EbuR128>,
    filled: usize,
    /// Mean square after K-weighting of every 100 ms, channels summed.
    energies: Vec<f32>,
}

impl Loudness {
    pub(crate) fn new() -> Loudness {
        Loudness { meter: EbuR128::new(2, SAMPLE_RATE, Mode::M).ok(), filled: 0, energies: Vec::new() }
    }

    /// Takes the next frames.
    pub(crate) fn hear(&mut self, frames: &[Frame]) {
        let mut rest = frames;
        while !rest.is_empty() {
            let (now, later) = rest.split_at(rest.len().min(BLOCK - self.filled));
            rest = later;
            self.filled += now.len();
            self.measure(now);
            if self.filled == BLOCK {
                self.filled = 0;
                self.energies.push(self.last_energy());
            }
        }
    }

    fn measure(&mut self, frames: &[Frame]) {
        let Some(meter) = &mut self.meter else { return };
        // The meter keeps what it hears: one sample that is not a number would stay for ever.
        if frames.as_flattened().iter().all(|sample| sample.is_finite()) {
            let _ = meter.add_frames_f32(frames.as_flattened());
        } else {
            let clean: Vec<f32> =
                frames.as_flattened().iter().map(|s| if s.is_finite() { *s } else { 0.0 }).collect();
            let _ = meter.add_frames_f32(&clean);
        }
    }

    fn last_energy(&self) -> f32 {
        let loudness = self.meter.as_ref().and_then(|meter| meter.loudness_window(100).ok());
        loudness.map_or(0.0, energy_of) as f32
    }

    /// Momentary loudness (400 ms) in LUFS every 100 ms, never below -70.
    pub(crate) fn momentary(&self) -> Vec<f32> {
        (0..self.energies.len())
            .map(|last| {
                let block = &self.energies[last.saturating_sub(3)..=last];
                let mean = block.iter().map(|e| f64::from(*e)).sum::<f64>() / 4.0;
                loudness_of(mean).max(GATE) as f32
            })
            .collect()
    }

    /// Integrated loudness in LUFS; `None` when nothing is over the gate.
    pub(crate) fn integrated(&self) -> Option<f64> {
        gated(&self.energies)
    }

    /// Integrated loudness of what lies within the spans.
    pub(crate) fn integrated_within(&self, spans: &[Span]) -> Option<f64> {
        let tenth = |time: Time| ((time.seconds() * 10.0).round().max(0.0) as usize).min(self.energies.len());
        let within: Vec<f32> = spans
            .iter()
            .flat_map(|span| &self.energies[tenth(span.start)..tenth(span.end)])
            .copied()
            .collect();
        gated(&within)
    }
}

/// Both gates of BS.1770-4, 5.1 over 400 ms blocks that overlap by 75 %; a shorter sound is one block.
fn gated(energies: &[f32]) -> Option<f64> {
    let size = energies.len().min(4);
    if size == 0 {
        return None;
    }
    let blocks: Vec<f64> = energies
        .windows(size)
        .map(|block| block.iter().map(|e| f64::from(*e)).sum::<f64>() / size as f64)
        .collect();
    let mean_above = |gate: f64| {
        let (sum, count) =
            blocks.iter().filter(|e| **e > gate).fold((0.0, 0u32), |(sum, count), e| (sum + e, count + 1));
        (count > 0).then(|| sum / f64::from(count))
    };
    let absolute = mean_above(energy_of(GATE))?;
    mean_above(energy_of(loudness_of(absolute) - 10.0)).map(loudness_of)
}

fn loudness_of(energy: f64) -> f64 {
    10.0 * energy.log10() - 0.691
}

fn energy_of(loudness: f64) -> f64 {
    10f64.powf((loudness + 0.691) / 10.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sine(seconds: f64, gain: f32) -> Vec<Frame> {
        (0..(seconds * 48e3) as usize)
            .map(|i| [gain * (std::f64::consts::TAU * 997.0 * i as f64 / 48e3).sin() as f32; 2])
            .collect()
    }

    #[test]
    fn agrees_with_the_reference_meter_though_fed_in_odd_blocks() {
        let mut film = sine(4.0, 0.3);
        film.extend(sine(3.0, 0.003));
        film.extend(sine(5.0, 0.1));
        let mut meter = EbuR128::new(2, SAMPLE_RATE, Mode::I).unwrap();
        meter.add_frames_f32(film.as_flattened()).unwrap();
        let mut ours = Loudness::new();
        film.chunks(777).for_each(|block| ours.hear(block));
        let (ours, reference) = (ours.integrated().unwrap(), meter.loudness_global().unwrap());
        assert!((ours - reference).abs() < 0.05, "{ours} {reference}");
    }

    #[test]
    fn silence_has_no_loudness() {
        let mut ours = Loudness::new();
        ours.hear(&vec![[0.0; 2]; 48_000]);
        assert_eq!(ours.integrated(), None);
        assert!(ours.momentary().iter().all(|m| *m == -70.0));
    }

    #[test]
    fn the_loudness_of_a_part_is_that_part_alone() {
        let mut ours = Loudness::new();
        ours.hear(&sine(3.0, 0.1));
        ours.hear(&sine(3.0, 0.01));
        let part = ours.integrated_within(&[Span::seconds(3.5, 6.0)]).unwrap();
        assert!((part + 40.0).abs() < 0.3, "{part}");
    }
}
