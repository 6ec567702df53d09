//! Draws sound: the least and the greatest sample of equal stretches, at several zooms, from one pass.

use crate::Frame;

/// The least and the greatest sample of a stretch over both sides, -32767 to 32767: that is full scale, which is not
/// passed. Eight bits would draw faint speech as stairs.
pub type Peak = [i16; 2];

/// Collects the peaks of sound as it comes.
#[derive(Clone, Debug)]
pub struct Waveform {
    zooms: Vec<Zoom>,
    /// The stretch of the finest zoom that is not full yet, and its samples.
    open: Option<Peak>,
    held: u32,
}

/// The peaks of stretches of one length.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zoom {
    /// Samples in a stretch, at [`crate::SAMPLE_RATE`]; the last stretch may have fewer.
    pub samples_per_peak: u32,
    /// One for each stretch, in their order.
    pub peaks: Vec<Peak>,
}

impl Waveform {
    /// Samples in a stretch at each zoom, the finest first: a pixel of them is 5 ms, 21 ms, 85 ms and 341 ms of sound.
    pub const ZOOMS: [u32; 4] = [256, 1024, 4096, 16384];

    /// Takes the next frames.
    pub fn add(&mut self, frames: &[Frame]) {
        for frame in frames {
            let sample = frame.map(scaled);
            let here = [sample[0].min(sample[1]), sample[0].max(sample[1])];
            self.open = Some(self.open.map_or(here, |open| both(open, here)));
            self.held += 1;
            if self.held == Self::ZOOMS[0] {
                self.close();
            }
        }
    }

    fn close(&mut self) {
        self.held = 0;
        self.zooms[0].peaks.extend(self.open.take());
    }

    /// The peaks, the finest zoom first. Each coarser one is made of the one before it.
    pub fn finish(mut self) -> Vec<Zoom> {
        self.close();
        for place in 1..self.zooms.len() {
            let (finer, coarser) = self.zooms.split_at_mut(place);
            let finer = &finer[place - 1];
            let group = (coarser[0].samples_per_peak / finer.samples_per_peak) as usize;
            let groups = finer.peaks.chunks(group);
            coarser[0].peaks = groups.filter_map(|group| group.iter().copied().reduce(both)).collect();
        }
        self.zooms
    }
}

impl Default for Waveform {
    fn default() -> Waveform {
        let zoom = |samples_per_peak| Zoom { samples_per_peak, peaks: Vec::new() };
        Waveform { zooms: Self::ZOOMS.map(zoom).into(), open: None, held: 0 }
    }
}

/// A sample that is no number is silence.
fn scaled(sample: f32) -> i16 {
    (sample.clamp(-1.0, 1.0) * f32::from(i16::MAX)).round() as i16
}

fn both(a: Peak, b: Peak) -> Peak {
    [a[0].min(b[0]), a[1].max(b[1])]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(blocks: &[&[Frame]]) -> Vec<Zoom> {
        let mut waveform = Waveform::default();
        blocks.iter().for_each(|block| waveform.add(block));
        waveform.finish()
    }

    #[test]
    fn a_click_is_seen_at_every_zoom_where_it_is() {
        let mut frames = vec![[0.0f32; 2]; 40_000];
        (frames[20_000], frames[20_001]) = ([0.0, 0.5], [-1.7, 0.0]);
        let zooms = drawn(&[&frames]);
        for (zoom, samples) in zooms.iter().zip(Waveform::ZOOMS) {
            assert_eq!(zoom.samples_per_peak, samples);
            assert_eq!(zoom.peaks.len(), 40_000usize.div_ceil(samples as usize));
            for (place, peak) in zoom.peaks.iter().enumerate() {
                let clicked = place == 20_000 / samples as usize;
                assert_eq!(*peak, if clicked { [-32767, 16384] } else { [0, 0] }, "{samples}: {place}");
            }
        }
    }

    #[test]
    fn blocks_of_any_length_give_the_same_peaks() {
        let frames: Vec<Frame> = (0..5_000).map(|at| [(at as f32 * 0.37).sin(), f32::NAN]).collect();
        let whole = drawn(&[&frames]);
        assert_eq!(drawn(&[&frames[..1], &frames[1..700], &[], &frames[700..]]), whole);
        assert!(whole[3].peaks == [[-32767, 32767]]);
        assert!(drawn(&[]).iter().all(|zoom| zoom.peaks.is_empty()));
    }
}
