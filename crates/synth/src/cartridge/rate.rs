//! From the console's rate to ours and back: a sinc under a window, at the few places that two to three leaves.

/// Samples that are weighed, and how many of them lie after the place.
const TAPS: usize = 32;
const AHEAD: usize = TAPS / 2;

/// A change of rate under way.
pub(super) struct Rate {
    /// Input samples for so many output samples.
    from: usize,
    to: usize,
    /// Weights for every place between two input samples.
    weights: Vec<[f32; TAPS]>,
    line: Vec<f32>,
    /// Output samples since the line began, modulo `to`.
    phase: usize,
}

impl Rate {
    /// From 32 to 48 kHz.
    pub(super) fn up() -> Rate {
        Rate::new(2, 3, 0.455)
    }

    /// From 48 to 32 kHz.
    pub(super) fn down() -> Rate {
        Rate::new(3, 2, 0.295)
    }

    /// `corner` in turns an input sample.
    fn new(from: usize, to: usize, corner: f64) -> Rate {
        let weights = (0..to).map(|phase| {
            let place = (phase * from % to) as f64 / to as f64;
            let raw: [f64; TAPS] = std::array::from_fn(|tap| {
                let distance = tap as f64 - (TAPS - AHEAD - 1) as f64 - place;
                let turn = std::f64::consts::TAU * corner * distance;
                let sinc = if turn.abs() < 1e-9 { 1.0 } else { turn.sin() / turn };
                let angle = std::f64::consts::PI * distance / AHEAD as f64;
                sinc * (0.42 + 0.5 * angle.cos() + 0.08 * (2.0 * angle).cos()).max(0.0)
            });
            let sum: f64 = raw.iter().sum();
            raw.map(|weight| (weight / sum) as f32)
        });
        Rate { from, to, weights: weights.collect(), line: vec![0.0; TAPS - AHEAD - 1], phase: 0 }
    }

    /// Takes samples and appends what can be said of them: all but the last sixteen.
    pub(super) fn work(&mut self, samples: &[f32], out: &mut Vec<f32>) {
        self.line.extend_from_slice(samples);
        loop {
            let place = self.phase * self.from / self.to;
            let Some(window) = self.line.get(place..place + TAPS) else { break };
            out.push(
                window.iter().zip(&self.weights[self.phase % self.to]).map(|(x, weight)| x * weight).sum(),
            );
            self.phase += 1;
        }
        let whole = self.phase / self.to;
        self.line.drain(..whole * self.from);
        self.phase -= whole * self.to;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sine(turn: f64, count: usize) -> Vec<f32> {
        (0..count).map(|at| (std::f64::consts::TAU * turn * at as f64).sin() as f32).collect()
    }

    #[test]
    fn a_sine_keeps_its_place_and_its_level() {
        for (mut rate, turn, after) in
            [(Rate::up(), 1000.0 / 32_000.0, 1000.0 / 48_000.0), (Rate::down(), 1.0 / 48.0, 1.0 / 32.0)]
        {
            let mut out = Vec::new();
            sine(turn, 4000).chunks(7).for_each(|some| rate.work(some, &mut out));
            let wanted = sine(after, out.len());
            let worst = out.iter().zip(&wanted).skip(100).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
            assert!(worst < 1e-3, "{worst}");
        }
    }

    #[test]
    fn what_one_rate_has_no_room_for_is_left_out() {
        let mut out = Vec::new();
        // 19 kHz would fold down to 13
        Rate::down().work(&sine(19.0 / 48.0, 9000), &mut out);
        let loudest = out[100..].iter().fold(0.0f32, |most, x| most.max(x.abs()));
        assert!(loudest < 1e-3, "{loudest}");
    }
}
