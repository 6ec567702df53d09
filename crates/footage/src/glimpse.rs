//! What is kept of a still while it is compared with its neighbours: its luma and its colours, counted.

use sound::Time;

use crate::Still;

const PIXELS: usize = Still::WIDTH * Still::HEIGHT;
const LUMA_BINS: usize = 24;
const CHROMA_BINS: usize = 24;
/// Sides of the squares that the coarse picture averages.
const SQUARE: usize = 4;
const COARSE: usize = PIXELS / (SQUARE * SQUARE) * 3;

/// A still as the comparison sees it.
#[derive(Clone, Debug)]
pub(crate) struct Glimpse {
    pub(crate) at: Time,
    /// BT.601 luma, row by row.
    pub(crate) luma: Vec<u8>,
    /// Mean distance of the luma from its mean, in levels of 255.
    pub(crate) spread: f32,
    pub(crate) tone: Tone,
    /// Red, green and blue of squares of four by four pixels, in levels of 255.
    pub(crate) coarse: Vec<f32>,
    histograms: Histograms,
}

/// The look of a picture as a whole; every figure from 0 to 1 except warmth, from -1 (blue) to 1 (red).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Tone {
    pub(crate) brightness: f32,
    pub(crate) contrast: f32,
    pub(crate) saturation: f32,
    pub(crate) warmth: f32,
}

/// Contrast at which a picture begins to show something, and at which it is plainly seen: a mean distance of 1.5 and
/// of 5 levels of 255 from its mean.
const SHOWS: (f32, f32) = (1.5 / 96.0, 5.0 / 96.0);

impl Tone {
    /// How much there is to be seen, 0 (black, white or another blank) to 1.
    pub(crate) fn seen(&self) -> f32 {
        ((self.contrast - SHOWS.0) / (SHOWS.1 - SHOWS.0)).clamp(0.0, 1.0)
    }
}

#[derive(Clone, Debug)]
struct Histograms {
    luma: [f32; LUMA_BINS],
    blue: [f32; CHROMA_BINS],
    red: [f32; CHROMA_BINS],
}

impl Glimpse {
    /// Reads a still; missing bytes count as black.
    pub(crate) fn of(still: &Still) -> Glimpse {
        let mut luma = vec![0; PIXELS];
        let mut histograms = Histograms::default();
        let (mut saturation, mut warmth) = (0.0, 0.0);
        for (pixel, rgb) in luma.iter_mut().zip(still.rgb.chunks_exact(3)) {
            let (r, g, b) = (f32::from(rgb[0]), f32::from(rgb[1]), f32::from(rgb[2]));
            let y = 0.299 * r + 0.587 * g + 0.114 * b;
            *pixel = y as u8;
            histograms.count(y, 0.564 * (b - y), 0.713 * (r - y));
            // Chroma as a share of full scale rather than HSV saturation: near black that is all noise.
            saturation += r.max(g).max(b) - r.min(g).min(b);
            warmth += r - b;
        }
        let scale = 1.0 / (255.0 * PIXELS as f32);
        let mean = luma.iter().map(|y| f32::from(*y)).sum::<f32>() / PIXELS as f32;
        let spread = luma.iter().map(|y| (f32::from(*y) - mean).abs()).sum::<f32>() / PIXELS as f32;
        let tone = Tone {
            brightness: mean / 255.0,
            contrast: (spread / 96.0).min(1.0),
            saturation: saturation * scale,
            warmth: warmth * scale,
        };
        Glimpse { at: still.at, luma, spread, tone, coarse: coarse(&still.rgb), histograms }
    }

    /// How much there is to see: brightness and contrast together, 0 (black) to about 1.
    pub(crate) fn level(&self) -> f32 {
        0.5 * self.tone.brightness + 0.5 * self.spread / 64.0
    }

    /// Whether there is nothing to be seen.
    pub(crate) fn is_black(&self) -> bool {
        self.tone.brightness < 0.04 && self.spread < 4.0
    }

    /// Whether there is light and nothing else.
    pub(crate) fn is_blank(&self) -> bool {
        self.tone.brightness > 0.5 && self.spread < 2.0
    }

    /// How differently two pictures are coloured, 0 (alike) to 1 (nothing in common).
    pub(crate) fn colour_distance(&self, other: &Glimpse) -> f32 {
        let (a, b) = (&self.histograms, &other.histograms);
        let luma = distance(&a.luma, &b.luma);
        let chroma = 0.5 * (distance(&a.blue, &b.blue) + distance(&a.red, &b.red));
        0.5 * luma + 0.5 * chroma
    }
}

fn coarse(rgb: &[u8]) -> Vec<f32> {
    let mut sums = vec![0.0; COARSE];
    let columns = Still::WIDTH / SQUARE;
    for (pixel, colours) in rgb.chunks_exact(3).take(PIXELS).enumerate() {
        let (x, y) = (pixel % Still::WIDTH / SQUARE, pixel / Still::WIDTH / SQUARE);
        let square = &mut sums[(y * columns + x) * 3..][..3];
        square.iter_mut().zip(colours).for_each(|(sum, value)| *sum += f32::from(*value));
    }
    sums.iter_mut().for_each(|sum| *sum /= (SQUARE * SQUARE) as f32);
    sums
}

impl Default for Histograms {
    fn default() -> Histograms {
        Histograms { luma: [0.0; LUMA_BINS], blue: [0.0; CHROMA_BINS], red: [0.0; CHROMA_BINS] }
    }
}

impl Histograms {
    fn count(&mut self, luma: f32, blue: f32, red: f32) {
        spread_over(&mut self.luma, luma / 255.0);
        // Chroma rarely leaves the middle half of its range: finer bins there tell more.
        spread_over(&mut self.blue, 0.5 + blue / 160.0);
        spread_over(&mut self.red, 0.5 + red / 160.0);
    }
}

/// Counts a value into its two nearest bins, so that a small shift of light moves little.
fn spread_over(bins: &mut [f32], value: f32) {
    let place = (value * bins.len() as f32 - 0.5).clamp(0.0, (bins.len() - 1) as f32);
    let low = place as usize;
    let part = place - low as f32;
    bins[low] += 1.0 - part;
    bins[(low + 1).min(bins.len() - 1)] += part;
}

fn distance(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(a, b)| (a - b).abs()).sum::<f32>() / (2.0 * PIXELS as f32)
}
