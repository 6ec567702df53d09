//! How one picture differs from another: what moved, and what no movement explains.

use crate::Still;
use crate::glimpse::Glimpse;

const WIDTH: usize = Still::WIDTH;
const BLOCK_WIDTH: usize = 8;
const BLOCK_HEIGHT: usize = 6;
const COLUMNS: usize = Still::WIDTH / BLOCK_WIDTH;
const ROWS: usize = Still::HEIGHT / BLOCK_HEIGHT;
const BLOCK_PIXELS: f32 = (BLOCK_WIDTH * BLOCK_HEIGHT) as f32;

/// How far a block may have moved between two frames, in pixels of a still.
const REACH: (i32, i32) = (6, 4);
/// Mean difference per pixel below which a block did not change: coding noise.
const NOISE: f32 = 1.0;
/// Mean difference per pixel from which a change is seen at a glance.
const VISIBLE: f32 = 6.0;

/// The difference between two pictures.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Change {
    /// What stays different after every block was looked for in its neighbourhood, 0 to 1.
    pub(crate) residual: f32,
    /// Share of the blocks that are not found again, 0 to 1.
    pub(crate) changed: f32,
    /// Distance of the colour histograms, 0 to 1.
    pub(crate) colour: f32,
    /// How much of the difference an eye would see, 0 to 1: nearly nothing between two blacks.
    pub(crate) visible: f32,
    /// Mean way of a block in pixels of a still.
    pub(crate) motion: f32,
}

impl Change {
    /// Compares two pictures; the order matters little.
    pub(crate) fn between(before: &Glimpse, after: &Glimpse) -> Change {
        // Two unlike pictures differ by about their own spread; a darker film differs by less.
        let scale = 0.3 * (before.spread + after.spread) + 4.0;
        let (mut residual, mut changed, mut visible, mut motion) = (0.0, 0.0, 0.0, 0.0);
        for row in 0..ROWS {
            for column in 0..COLUMNS {
                let found = Found::look(&before.luma, &after.luma, column * BLOCK_WIDTH, row * BLOCK_HEIGHT);
                residual += found.left / scale;
                changed += f32::from(u8::from(found.left > 0.35 * scale));
                visible += found.here;
                motion += found.moved;
            }
        }
        let blocks = (ROWS * COLUMNS) as f32;
        Change {
            residual: (residual / blocks).min(1.0),
            changed: changed / blocks,
            colour: before.colour_distance(after),
            visible: (visible / blocks / VISIBLE).min(1.0),
            motion: motion / blocks,
        }
    }

    /// How much like a change of shot it looks, 0 to 1.
    ///
    /// A moving camera keeps the colours, a change of light keeps the structure: a cut changes both.
    pub(crate) fn score(&self) -> f32 {
        let structure = 0.5 * self.residual + 0.5 * self.changed;
        self.visible * ((structure * self.colour).sqrt() * 0.7 + 0.3 * structure)
    }
}

/// Where a block of the later picture is found in the earlier one.
struct Found {
    /// Mean difference per pixel at the same place.
    here: f32,
    /// Mean difference per pixel at the best place.
    left: f32,
    /// How far that place is away, in pixels.
    moved: f32,
}

impl Found {
    fn look(before: &[u8], after: &[u8], x: usize, y: usize) -> Found {
        let still = difference(before, after, (x, y), (x, y), u32::MAX);
        let here = still as f32 / BLOCK_PIXELS;
        if here <= NOISE {
            return Found { here, left: here, moved: 0.0 };
        }
        // Moving costs a little, so that flat blocks stay where they are.
        let (mut best, mut way) = (still, (0, 0));
        for dy in -REACH.1..=REACH.1 {
            for dx in -REACH.0..=REACH.0 {
                let (from_x, from_y) = (x as i32 + dx, y as i32 + dy);
                let fits = from_x >= 0
                    && from_y >= 0
                    && from_x as usize + BLOCK_WIDTH <= Still::WIDTH
                    && from_y as usize + BLOCK_HEIGHT <= Still::HEIGHT;
                if !fits {
                    continue;
                }
                let price = 4 * (dx.unsigned_abs() + dy.unsigned_abs());
                let found =
                    difference(before, after, (from_x as usize, from_y as usize), (x, y), best) + price;
                if found < best {
                    (best, way) = (found, (dx, dy));
                }
            }
        }
        let moved = match way {
            (0, 0) => less_than_a_pixel(after, x, y, here),
            (dx, dy) => ((dx * dx + dy * dy) as f32).sqrt(),
        };
        Found { here, left: best as f32 / BLOCK_PIXELS, moved }
    }
}

/// Sum of absolute differences of two blocks; may stop early once it is over `limit`.
fn difference(before: &[u8], after: &[u8], from: (usize, usize), to: (usize, usize), limit: u32) -> u32 {
    let mut sum = 0;
    for row in 0..BLOCK_HEIGHT {
        let a = &before[(from.1 + row) * WIDTH + from.0..][..BLOCK_WIDTH];
        let b = &after[(to.1 + row) * WIDTH + to.0..][..BLOCK_WIDTH];
        sum += a.iter().zip(b).map(|(a, b)| u32::from(a.abs_diff(*b))).sum::<u32>();
        if sum >= limit {
            break;
        }
    }
    sum
}

/// The way of a block that moved by a fraction of a pixel: its change over its slope (Horn and Schunck 1981).
fn less_than_a_pixel(luma: &[u8], x: usize, y: usize, change: f32) -> f32 {
    let mut slope = 0;
    for row in y..y + BLOCK_HEIGHT {
        for pair in luma[row * WIDTH + x..][..BLOCK_WIDTH].windows(2) {
            slope += u32::from(pair[0].abs_diff(pair[1]));
        }
        if row > y {
            let (above, below) = (&luma[(row - 1) * WIDTH + x..], &luma[row * WIDTH + x..]);
            slope += above
                .iter()
                .zip(below)
                .take(BLOCK_WIDTH)
                .map(|(a, b)| u32::from(a.abs_diff(*b)))
                .sum::<u32>();
        }
    }
    let slope = slope as f32 / (2.0 * BLOCK_PIXELS);
    ((change - NOISE) / (slope + 2.0)).clamp(0.0, 0.7)
}
