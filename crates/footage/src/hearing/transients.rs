//! Sudden loud sounds that music may meet: a door, a shot, an explosion.

use sound::{Span, Time};

use crate::Transient;

/// Samples in a slice at 48 kHz: 10 ms.
const SLICE: usize = 480;
/// Slices that a burst is measured over, and those before it that it must stand out of.
const BURST: usize = 3;
const BEFORE: usize = 25;
/// A burst is louder by so many decibels than what was before it, and 30 dB more count no further.
const RISE: f32 = 12.0;
const FULL_RISE: f32 = 30.0;
/// No burst is softer, in decibels of full scale.
const SOFTEST: f32 = -36.0;
/// Bursts keep this distance, in slices; the strongest wins.
const APART: usize = 40;
/// So many slices to each side, a burst must be among the strongest: where every beat is one, none is.
const AROUND: usize = 300;
const MOST_AROUND: usize = 3;

/// Listens for bursts; keeps a byte every 10 ms.
#[derive(Default)]
pub(crate) struct Transients {
    /// Level of each slice in half decibels over -127.5 dB.
    levels: Vec<u8>,
    sum: f32,
    filled: usize,
    last: f32,
}

impl Transients {
    /// Takes the next samples at 48 kHz, mono.
    pub(crate) fn hear(&mut self, mono: &[f32]) {
        for sample in mono {
            // The difference of neighbours leaves out rumble and wind; a bang has everything.
            let edge = sample - 0.9 * self.last;
            self.last = *sample;
            self.sum += edge * edge;
            self.filled += 1;
            if self.filled == SLICE {
                let decibels = 10.0 * (self.sum / SLICE as f32).max(1e-13).log10();
                self.levels.push((2.0 * (decibels + 127.5)).clamp(0.0, 255.0) as u8);
                (self.sum, self.filled) = (0.0, 0);
            }
        }
    }

    /// The bursts inside a film, in time order; those of speech are left out.
    pub(crate) fn finish(&self, length: Time, speech: &[Span]) -> Vec<Transient> {
        let bursts = self.bursts();
        let strongest = |index: usize, strength: f32| {
            let near = |other: &&(usize, f32)| other.0.abs_diff(index) < AROUND && other.1 > 0.8 * strength;
            bursts.iter().filter(near).count() <= MOST_AROUND
        };
        bursts
            .iter()
            .filter(|(index, strength)| strongest(*index, *strength))
            .map(|(index, strength)| Transient { at: time(*index), strength: f64::from(*strength) })
            .filter(|burst| burst.at < length && !speech.iter().any(|span| span.contains(burst.at)))
            .collect()
    }

    /// The slice each burst begins with, and its strength, 0 to 1.
    fn bursts(&self) -> Vec<(usize, f32)> {
        let level = |index: usize| f32::from(self.levels[index]) / 2.0 - 127.5;
        let mut bursts: Vec<(usize, f32)> = Vec::new();
        for index in 1..self.levels.len().saturating_sub(BURST) {
            let now = (index..index + BURST).map(level).sum::<f32>() / BURST as f32;
            // The loudest of what was before: a tremble is no burst. The slice just before may hold its start.
            let before = (index.saturating_sub(BEFORE)..index).map(level).fold(-127.5, f32::max);
            let rise = now - before;
            if now < SOFTEST || rise < RISE || level(index) < now - 6.0 {
                continue;
            }
            // A faint bang is a weaker reason to stop the music than a loud one.
            let loud = ((now - SOFTEST) / -SOFTEST).clamp(0.0, 1.0);
            let strength = (0.2 + 0.4 * (rise.min(FULL_RISE) / FULL_RISE) + 0.4 * loud).min(1.0);
            match bursts.last_mut() {
                Some(last) if index - last.0 < APART => {
                    if last.1 < strength {
                        *last = (index, strength);
                    }
                }
                _ => bursts.push((index, strength)),
            }
        }
        bursts
    }
}

fn time(slice: usize) -> Time {
    Time::from_samples((slice * SLICE) as i64, sound::SAMPLE_RATE)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A hum with bangs at these places, in seconds.
    fn found(bangs: &[f64]) -> Vec<f64> {
        let wave: Vec<f32> = (0..48_000 * 8)
            .map(|i| {
                let t = f64::from(i) / 48e3;
                let hum = 0.02 * (t * 700.0).sin();
                let since = bangs.iter().filter(|at| **at <= t).map(|at| t - at).fold(99.0, f64::min);
                (hum + 0.7 * (-since * 20.0).exp() * (t * 9000.0 + (t * 777.0).sin() * 9.0).sin()) as f32
            })
            .collect();
        let mut ear = Transients::default();
        wave.chunks(1001).for_each(|block| ear.hear(block));
        ear.finish(Time::from_seconds(8.0), &[]).iter().map(|burst| burst.at.seconds()).collect()
    }

    #[test]
    fn bangs_are_found_within_10_ms_and_a_drum_machine_gives_none() {
        let bangs = [1.234, 4.0, 6.5];
        let heard = found(&bangs);
        assert_eq!(heard.len(), 3, "{heard:?}");
        assert!(heard.iter().zip(bangs).all(|(heard, at)| (heard - at).abs() <= 0.011), "{heard:?}");
        let beats: Vec<f64> = (1..15).map(|i| f64::from(i) * 0.5).collect();
        assert!(found(&beats).is_empty(), "{:?}", found(&beats));
        assert!(found(&[]).is_empty());
    }
}
