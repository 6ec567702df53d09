//! How a sound's level swings at the rate of syllables.

/// Envelope values a second: one every 16 ms.
pub(crate) const RATE: f64 = 62.5;
/// Values in a window: about a second.
const WINDOW: usize = 64;
/// Values from one window to the next.
const HOP: usize = 8;
/// The rates at which syllables follow each other, in Hz (Houtgast and Steeneken 1985: speech peaks at 3 to 6).
const SYLLABLES: std::ops::RangeInclusive<f64> = 2.5..=7.0;

/// How deep the level swings at the rate of syllables, for each envelope value: 0 steady, 1 from nothing to full.
///
/// `envelope` holds amplitudes of the voice band. A sound shorter than a window is padded with silence.
pub(crate) fn depth(envelope: &[f32]) -> Vec<f32> {
    let mut depths = vec![0.0; envelope.len()];
    let bins: Vec<(usize, Vec<(f32, f32)>)> = (1..WINDOW / 2)
        .filter(|bin| SYLLABLES.contains(&(*bin as f64 * RATE / WINDOW as f64)))
        .map(|bin| (bin, wave(bin)))
        .collect();
    for start in (0..envelope.len()).step_by(HOP) {
        // The window is centred on the values it speaks for.
        let value = |i: usize| (start + i).checked_sub(WINDOW / 2).and_then(|at| envelope.get(at)).copied();
        let window: Vec<f32> = (0..WINDOW).map(|i| value(i).unwrap_or(0.0)).collect();
        let mean = window.iter().sum::<f32>() / WINDOW as f32;
        if mean <= 1e-7 {
            continue;
        }
        let power: f32 = bins
            .iter()
            .map(|(_, wave)| {
                let (re, im) = window
                    .iter()
                    .zip(wave)
                    .fold((0.0, 0.0), |(re, im), (value, (cos, sin))| (re + value * cos, im + value * sin));
                (re * re + im * im) * (2.0 / WINDOW as f32).powi(2)
            })
            .sum();
        let depth = (power.sqrt() / mean).min(1.0);
        let end = (start + HOP).min(envelope.len());
        depths[start..end].fill(depth);
    }
    depths
}

fn wave(bin: usize) -> Vec<(f32, f32)> {
    (0..WINDOW)
        .map(|i| {
            let (sin, cos) = (std::f64::consts::TAU * (bin * i) as f64 / WINDOW as f64).sin_cos();
            (cos as f32, sin as f32)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn swinging(rate: f64) -> f32 {
        let envelope: Vec<f32> = (0..400)
            .map(|i| 0.1 + 0.1 * (std::f64::consts::TAU * rate * f64::from(i) / RATE).sin() as f32)
            .collect();
        depth(&envelope)[200]
    }

    #[test]
    fn swings_at_the_rate_of_syllables_only() {
        assert!(swinging(4.0) > 0.8);
        assert!(swinging(0.4) < 0.3);
        assert!(swinging(15.0) < 0.2);
        assert_eq!(depth(&[0.2; 300])[150], depth(&[0.2; 300])[160]);
        assert!(depth(&[0.2; 300])[150] < 0.01);
    }
}
