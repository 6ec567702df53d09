//! What draws the eye in a picture, added up by column and by row.

use crate::Still;
use crate::glimpse::Glimpse;

const WIDTH: usize = Still::WIDTH;
const HEIGHT: usize = Still::HEIGHT;
/// How far the camera itself may have moved between two stills, in pixels.
const REACH: (i32, i32) = (4, 3);
/// Differences that coding makes, in levels of 255.
const NOISE: u8 = 10;
/// What a sharp edge counts beside something that moves.
const EDGES: f32 = 0.04;
/// How much of all that moves makes a picture whose motion is trusted: a hundredth of it, changing by a third.
const MUCH: f32 = (WIDTH * HEIGHT) as f32 * 80.0 / 100.0;
/// How much the middle is worth where there is nothing else: a subject mostly stands there.
const MIDDLE: f32 = 0.25;

/// What draws the eye, by column and by row.
#[derive(Clone, Debug)]
pub(super) struct Energy {
    columns: Vec<f32>,
    rows: Vec<f32>,
}

impl Energy {
    /// What draws the eye in `now`, after `before` was seen.
    pub(super) fn of(before: Option<&Glimpse>, now: &Glimpse) -> Energy {
        let mut energy = Energy { columns: vec![0.0; WIDTH], rows: vec![0.0; HEIGHT] };
        let (dx, dy) = before.map_or((0, 0), |before| camera(&before.luma, &now.luma));
        for y in 1..HEIGHT {
            for x in 1..WIDTH {
                let here = now.luma[y * WIDTH + x];
                let edge = here
                    .abs_diff(now.luma[y * WIDTH + x - 1])
                    .max(here.abs_diff(now.luma[(y - 1) * WIDTH + x]));
                let moved = before.and_then(|before| pixel(&before.luma, x as i32 + dx, y as i32 + dy));
                let moved = moved.map_or(0, |then| here.abs_diff(then).saturating_sub(NOISE));
                let drawn = f32::from(moved) + EDGES * f32::from(edge);
                energy.columns[x] += drawn;
                energy.rows[y] += drawn;
            }
        }
        energy
    }

    /// Adds what was to be seen at nearly the same moment.
    pub(super) fn add(&mut self, other: &Energy) {
        let pairs = self.columns.iter_mut().zip(&other.columns).chain(self.rows.iter_mut().zip(&other.rows));
        pairs.for_each(|(mine, other)| *mine += other);
    }

    /// How well a window of `share` of the axis shows what there is when its middle lies at `middle`, about 0 to 1.
    pub(super) fn within(&self, axis: usize, middle: f64, share: f64) -> f32 {
        let line = if axis == 0 { &self.columns } else { &self.rows };
        let whole: f32 = line.iter().sum();
        let trust = (whole / MUCH).min(1.0);
        let mut caught = 0.0;
        for (index, energy) in line.iter().enumerate() {
            let off = ((index as f64 + 0.5) / line.len() as f64 - middle).abs() / (share / 2.0);
            // What stands in the middle of the window is seen best; what lies outside is not seen.
            caught += energy * (1.0 - off * off).max(0.0) as f32;
        }
        let central = 1.0 - 2.0 * (middle - 0.5).abs() as f32;
        trust * caught / whole.max(1e-3) + MIDDLE * (1.0 - 0.6 * trust) * central
    }
}

/// How the camera moved: where in the earlier picture what is seen now lay, in pixels.
fn camera(before: &[u8], now: &[u8]) -> (i32, i32) {
    let mut best = (u64::MAX, (0, 0));
    for dy in -REACH.1..=REACH.1 {
        for dx in -REACH.0..=REACH.0 {
            // Staying costs nothing, so that flat pictures stay.
            let mut sum = 40 * u64::from(dx.unsigned_abs() + dy.unsigned_abs());
            for y in (REACH.1 as usize..HEIGHT - REACH.1 as usize).step_by(2) {
                for x in (REACH.0 as usize..WIDTH - REACH.0 as usize).step_by(2) {
                    let then = before[(y as i32 + dy) as usize * WIDTH + (x as i32 + dx) as usize];
                    sum += u64::from(now[y * WIDTH + x].abs_diff(then).min(40));
                }
            }
            best = best.min((sum, (dx, dy)));
        }
    }
    best.1
}

fn pixel(luma: &[u8], x: i32, y: i32) -> Option<u8> {
    let inside = (0..WIDTH as i32).contains(&x) && (0..HEIGHT as i32).contains(&y);
    inside.then(|| luma[y as usize * WIDTH + x as usize])
}
