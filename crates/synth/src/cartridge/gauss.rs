//! Between two samples the console takes four and weighs them by a bell: its sound is soft at the top.

/// Places between two samples that it tells apart.
const PHASES: usize = 256;

/// The weights for every place.
pub(super) struct Gauss(Vec<[f32; 4]>);

impl Gauss {
    /// A sinc of 0.16 of the rate under a Blackman window four samples wide, in steps of 1/2048, which is the console's
    /// table to one step.
    pub(super) fn new() -> Gauss {
        let weight = |distance: f64| {
            let turn = std::f64::consts::PI * distance;
            let window = 0.42 + 0.5 * (turn / 2.0).cos() + 0.08 * turn.cos();
            let sinc = if distance < 1e-9 { 0.32 } else { (0.32 * turn).sin() / turn };
            if distance < 2.0 { sinc * window } else { 0.0 }
        };
        let phase = |phase: usize| {
            let place = (phase as f64 + 0.5) / PHASES as f64;
            let four = [1.0 + place, place, 1.0 - place, 2.0 - place].map(weight);
            let sum: f64 = four.iter().sum();
            four.map(|weight| ((weight / sum * 2048.0).round() / 2048.0) as f32)
        };
        Gauss((0..PHASES).map(phase).collect())
    }

    /// The value at a place between the middle two of four samples, 0 to 4095.
    #[inline]
    pub(super) fn between(&self, four: [f32; 4], place: u32) -> f32 {
        let weights = &self.0[(place >> 4) as usize & (PHASES - 1)];
        four.iter().zip(weights).map(|(value, weight)| value * weight).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The gain in dB for a sine of so many turns a sample, over all places.
    fn gain(turn: f32) -> f32 {
        let gauss = Gauss::new();
        let sine = |at: f32| (std::f32::consts::TAU * turn * at).sin();
        let count = 40_000;
        let energy: f32 = (0..count)
            .map(|step| {
                let at = step as f32 * 0.37;
                let whole = at.floor();
                let four = [-1.0, 0.0, 1.0, 2.0].map(|offset| sine(whole + offset));
                gauss.between(four, ((at - whole) * 4096.0) as u32).powi(2)
            })
            .sum();
        10.0 * (2.0 * energy / count as f32).log10()
    }

    #[test]
    fn the_top_is_soft() {
        let gains = [0.01, 0.125, 0.25, 0.4].map(gain);
        println!("{gains:?}");
        assert!(gains[0].abs() < 0.1, "{gains:?}");
        assert!((-1.2..-0.8).contains(&gains[1]) && (-4.5..-3.5).contains(&gains[2]), "{gains:?}");
        assert!(gains[3] < -10.0, "{gains:?}");
    }
}
