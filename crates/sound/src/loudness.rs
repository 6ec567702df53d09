//! Loudness after ITU-R BS.1770-4, from one energy for each tenth of a second.

use std::f64::consts::TAU;

use crate::{Frame, SAMPLE_RATE, Span, Time};

/// Frames in a tenth of a second; four of them make the 400 ms that gating works on.
const TENTH: usize = SAMPLE_RATE as usize / 10;
const GATED: usize = 4;

/// Measures the loudness of stereo sound block by block; the result does not depend on how it is cut into blocks.
#[derive(Clone, Debug, Default)]
pub struct Loudness {
    weighting: [Stage; 2],
    /// Frames of the tenth that is being heard, and the squares of each side in it.
    filled: usize,
    squares: [f64; 2],
    /// Mean square after weighting of every tenth, sides summed.
    energies: Vec<f32>,
}

impl Loudness {
    /// What silence is called, and the absolute gate (BS.1770-4, 5.1), in LUFS.
    pub const SILENT: f64 = -70.0;

    /// One that has heard nothing yet.
    pub fn new() -> Loudness {
        Loudness { weighting: [Stage::new(HEAD), Stage::new(LOW_CUT)], ..Loudness::default() }
    }

    /// What the energy of a frequency in Hz counts for when loudness is measured: the K-weighting.
    pub fn weight(hz: f64) -> f64 {
        let turn = TAU * hz / f64::from(SAMPLE_RATE);
        let energy = |taps: [f64; 3]| {
            let sum = |wave: fn(f64) -> f64| (0..3).map(|n| taps[n] * wave(n as f64 * turn)).sum::<f64>();
            sum(f64::cos).powi(2) + sum(f64::sin).powi(2)
        };
        let stages = [HEAD, LOW_CUT].into_iter();
        stages.map(|[b0, b1, b2, a1, a2]| energy([b0, b1, b2]) / energy([1.0, a1, a2])).product()
    }

    /// Hears the next frames; samples that are no numbers count as silence.
    pub fn hear(&mut self, mut frames: &[Frame]) {
        while !frames.is_empty() {
            let (now, later) = frames.split_at(frames.len().min(TENTH - self.filled));
            self.weigh(now);
            self.filled += now.len();
            if self.filled == TENTH {
                self.energies.push(self.energy() as f32);
                (self.filled, self.squares) = (0, [0.0; 2]);
                self.weighting.iter_mut().for_each(Stage::settle);
            }
            frames = later;
        }
    }

    fn weigh(&mut self, frames: &[Frame]) {
        // Locals, so that the states stay in registers.
        let ([mut head, mut low_cut], mut squares) = (self.weighting, self.squares);
        for frame in frames {
            let heard = frame.map(|sample| if sample.is_finite() { f64::from(sample) } else { 0.0 });
            let weighted = low_cut.next(head.next(heard));
            squares = [squares[0] + weighted[0] * weighted[0], squares[1] + weighted[1] * weighted[1]];
        }
        (self.weighting, self.squares) = ([head, low_cut], squares);
    }

    /// Mean square of what was heard of the present tenth.
    fn energy(&self) -> f64 {
        (self.squares[0] + self.squares[1]) / self.filled.max(1) as f64
    }

    /// Loudness of each tenth of a second in LUFS, never below -70; the last may be shorter.
    pub fn tenths(&self) -> Vec<f32> {
        let begun = (self.filled > 0).then(|| self.energy() as f32);
        let all = self.energies.iter().copied().chain(begun);
        all.map(|energy| lufs(f64::from(energy)).max(Self::SILENT) as f32).collect()
    }

    /// Momentary loudness (400 ms) in LUFS after each whole tenth, never below -70.
    pub fn momentary(&self) -> Vec<f32> {
        (0..self.energies.len())
            .map(|last| {
                let block = &self.energies[last.saturating_sub(GATED - 1)..=last];
                let mean = block.iter().map(|e| f64::from(*e)).sum::<f64>() / GATED as f64;
                lufs(mean).max(Self::SILENT) as f32
            })
            .collect()
    }

    /// Integrated loudness in LUFS; `None` when nothing is over the gate. Sound too short for the gates, less than
    /// 400 ms, is judged without them.
    pub fn integrated(&self) -> Option<f64> {
        if self.energies.len() >= GATED {
            return gated(&self.energies);
        }
        let whole = self.energies.iter().map(|e| f64::from(*e) * TENTH as f64).sum::<f64>();
        let frames = self.energies.len() * TENTH + self.filled;
        let loudness = lufs((whole + self.energy() * self.filled as f64) / frames.max(1) as f64);
        Some(loudness).filter(|lufs| *lufs > Self::SILENT)
    }

    /// Integrated loudness of what lies within the spans, to the nearest tenth.
    pub fn integrated_within(&self, spans: &[Span]) -> Option<f64> {
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
    let size = energies.len().min(GATED);
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
    let absolute = mean_above(energy(Loudness::SILENT))?;
    mean_above(energy(lufs(absolute) - 10.0)).map(lufs)
}

fn lufs(energy: f64) -> f64 {
    10.0 * energy.log10() - 0.691
}

fn energy(lufs: f64) -> f64 {
    10f64.powf((lufs + 0.691) / 10.0)
}

/// Two poles and two zeros: `b0, b1, b2, a1, a2`.
type Coefficients = [f64; 5];

/// What a head does to sound, at 48 kHz (BS.1770-4, table 1).
const HEAD: Coefficients =
    [1.53512485958697, -2.69169618940638, 1.19839281085285, -1.69065929318241, 0.73248077421585];
/// The low cut, at 48 kHz (BS.1770-4, table 2).
const LOW_CUT: Coefficients = [1.0, -2.0, 1.0, -1.99004745483398, 0.99007225036621];

/// One stage of the weighting for both sides at once (transposed direct form II).
#[derive(Clone, Copy, Debug, Default)]
struct Stage {
    by: Coefficients,
    first: [f64; 2],
    second: [f64; 2],
}

impl Stage {
    fn new(by: Coefficients) -> Stage {
        Stage { by, ..Stage::default() }
    }

    #[inline]
    fn next(&mut self, x: [f64; 2]) -> [f64; 2] {
        let [b0, b1, b2, a1, a2] = self.by;
        let y = [b0 * x[0] + self.first[0], b0 * x[1] + self.first[1]];
        self.first = [0, 1].map(|i| (b1 * x[i] + self.second[i]) - a1 * y[i]);
        self.second = [0, 1].map(|i| b2 * x[i] - a2 * y[i]);
        y
    }

    /// Forgets what is too soft to matter: in silence it would shrink until processors take long over it.
    fn settle(&mut self) {
        for state in self.first.iter_mut().chain(&mut self.second).filter(|state| state.abs() < 1e-30) {
            *state = 0.0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sine(seconds: f64, gain: f32) -> Vec<Frame> {
        (0..(seconds * 48e3) as usize)
            .map(|i| [gain * (std::f64::consts::TAU * 997.0 * i as f64 / 48e3).sin() as f32; 2])
            .collect()
    }

    fn heard(frames: &[Frame]) -> Loudness {
        let mut loudness = Loudness::new();
        frames.chunks(777).for_each(|block| loudness.hear(block));
        loudness
    }

    #[test]
    fn agrees_with_another_meter_though_fed_in_odd_blocks() {
        let mut film = sine(4.0, 0.3);
        film.extend(sine(3.0, 0.003));
        film.extend(sine(5.0, 0.1));
        // High and low noise, so that both filters of the weighting count.
        let noise =
            (0..48_000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 8) as f32 / (1u32 << 24) as f32 - 0.5);
        film.extend(noise.clone().map(|x| [x, 0.0]));
        film.extend(sine(1.0, 0.2).iter().zip(0..).map(|(frame, i)| [frame[0], (i as f32 * 0.006).sin()]));
        let mut meter = ebur128::EbuR128::new(2, SAMPLE_RATE, ebur128::Mode::I).unwrap();
        meter.add_frames_f32(film.as_flattened()).unwrap();
        let (ours, reference) = (heard(&film).integrated().unwrap(), meter.loudness_global().unwrap());
        assert!((ours - reference).abs() < 1e-3, "{ours} {reference}");
    }

    #[test]
    fn a_full_sine_on_one_side_measures_what_the_standard_says() {
        // BS.1770-4, 2: 997 Hz at 0 dBFS on one side is -3.01 LKFS.
        let one: Vec<Frame> = sine(2.0, 1.0).iter().map(|frame| [frame[0], 0.0]).collect();
        let loudness = heard(&one).integrated().unwrap();
        assert!((loudness + 3.01).abs() < 0.02, "{loudness}");
    }

    #[test]
    fn lows_count_little_and_highs_more() {
        let db = |hz| 10.0 * Loudness::weight(hz).log10();
        assert!((db(997.0) - 0.691).abs() < 0.01, "{}", db(997.0));
        assert!(db(30.0) < -8.0 && (db(10_000.0) - 4.0).abs() < 0.1);
    }

    #[test]
    fn silence_has_no_loudness_and_what_is_no_number_is_silence() {
        let mut ours = heard(&vec![[0.0; 2]; 48_000]);
        ours.hear(&[[f32::NAN, f32::INFINITY]; 4800]);
        assert_eq!(ours.integrated(), None);
        assert!(ours.momentary().iter().chain(&ours.tenths()).all(|m| *m == -70.0));
        assert_eq!(Loudness::new().integrated(), None);
    }

    #[test]
    fn the_loudness_of_a_part_is_that_part_alone() {
        let mut film = sine(3.0, 0.1);
        film.extend(sine(3.0, 0.01));
        let part = heard(&film).integrated_within(&[Span::seconds(3.5, 6.0)]).unwrap();
        assert!((part + 40.0).abs() < 0.3, "{part}");
    }

    #[test]
    fn a_short_sound_is_judged_as_a_whole() {
        let short = heard(&sine(0.25, 0.1));
        assert!((short.integrated().unwrap() + 20.0).abs() < 0.1, "{:?}", short.integrated());
        assert_eq!(short.tenths().len(), 3);
    }
}
