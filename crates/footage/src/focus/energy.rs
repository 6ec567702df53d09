//! What draws the eye in a picture, added up by column and by row.

use crate::Still;
use crate::glimpse::Glimpse;

const WIDTH: usize = Still::WIDTH;
const HEIGHT: usize = Still::HEIGHT;
/// How far the camera itself may have moved between two stills, in pixels.
const REACH: (i32, i32) = (6, 4);
/// Differences that coding makes, in levels of 255.
const NOISE: u8 = 10;
/// What a sharp edge counts beside something that moves: enough to choose between two still halves.
const EDGES: f32 = 0.006;
/// How far from its place a thing may be and still have moved with the camera, in pixels: what is near moves more.
const PARALLAX: i32 = 1;
/// How much a camera may come nearer or go back between two stills, in shares of the picture.
const ZOOMS: [f32; 9] = [-0.16, -0.12, -0.08, -0.04, 0.0, 0.04, 0.08, 0.12, 0.16];
/// Shares of the picture that a subject fills at most, and from which on everything moves: who walks sees all pass by
/// and looks where they go, into the middle.
const SUBJECT: (f32, f32) = (0.06, 0.14);
/// How far a subject reaches from its own middle at most, as a share of the picture, and from which on there is none.
const REACHES: (f32, f32) = (0.1, 0.2);
/// How much that moves makes a picture whose motion is trusted: a hundredth of it, changing by a third.
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
        let mut energy = Energy::nothing();
        let camera = before.map(|before| (&before.luma, Camera::between(&before.luma, &now.luma)));
        let left_over = |x: usize, y: usize| {
            let moved = camera
                .as_ref()
                .map_or(0, |(before, camera)| camera.left_over(before, now.luma[y * WIDTH + x], x, y));
            f32::from(moved.saturating_sub(NOISE))
        };
        let moved: Vec<f32> =
            (0..WIDTH * HEIGHT).map(|place| left_over(place % WIDTH, place / WIDTH)).collect();
        let apart = told_apart(&moved);
        let mut still = Energy::nothing();
        for y in 1..HEIGHT {
            for x in 1..WIDTH {
                let here = now.luma[y * WIDTH + x];
                let edge = here
                    .abs_diff(now.luma[y * WIDTH + x - 1])
                    .max(here.abs_diff(now.luma[(y - 1) * WIDTH + x]));
                still.draw(x, y, EDGES * f32::from(edge));
                energy.draw(x, y, moved[y * WIDTH + x]);
            }
        }
        let told = [&energy.columns, &energy.rows].map(|line| apart * gathered(line));
        energy.columns.iter_mut().for_each(|drawn| *drawn *= told[0]);
        energy.rows.iter_mut().for_each(|drawn| *drawn *= told[1]);
        energy.add(&still);
        energy
    }

    fn nothing() -> Energy {
        Energy { columns: vec![0.0; WIDTH], rows: vec![0.0; HEIGHT] }
    }

    fn draw(&mut self, x: usize, y: usize, drawn: f32) {
        self.columns[x] += drawn;
        self.rows[y] += drawn;
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

/// How much what moves stands apart from its surroundings, 0 to 1.
fn told_apart(moved: &[f32]) -> f32 {
    let share = moved.iter().filter(|moved| **moved > 0.0).count() as f32 / moved.len() as f32;
    ((SUBJECT.1 - share) / (SUBJECT.1 - SUBJECT.0)).clamp(0.0, 1.0)
}

/// How much what moves along one axis is one thing in one place, 0 to 1.
fn gathered(line: &[f32]) -> f32 {
    let whole = line.iter().sum::<f32>().max(1e-3);
    let place = |index: usize| (index as f32 + 0.5) / line.len() as f32;
    let mean = line.iter().enumerate().map(|(index, drawn)| place(index) * drawn).sum::<f32>() / whole;
    let off = |index: usize| (place(index) - mean) * (place(index) - mean);
    let spread =
        (line.iter().enumerate().map(|(index, drawn)| off(index) * drawn).sum::<f32>() / whole).sqrt();
    ((REACHES.1 - spread) / (REACHES.1 - REACHES.0)).clamp(0.0, 1.0)
}

/// How the camera moved: where in the earlier picture what is seen now lay.
struct Camera {
    /// In pixels.
    shift: (i32, i32),
    zoom: f32,
}

impl Camera {
    fn between(before: &[u8], now: &[u8]) -> Camera {
        let mut best = (u64::MAX, Camera { shift: (0, 0), zoom: 0.0 });
        for dy in -REACH.1..=REACH.1 {
            for dx in -REACH.0..=REACH.0 {
                best = Camera { shift: (dx, dy), zoom: 0.0 }.better(before, now, best);
            }
        }
        let shift = best.1.shift;
        for zoom in ZOOMS {
            best = Camera { shift, zoom }.better(before, now, best);
        }
        best.1
    }

    /// The better of two guesses, each with what it does not explain.
    fn better(self, before: &[u8], now: &[u8], best: (u64, Camera)) -> (u64, Camera) {
        // A small thing that moves in a flat picture is no camera that moves: much must be explained.
        let price = 160 * u64::from(self.shift.0.unsigned_abs() + self.shift.1.unsigned_abs());
        let mut sum = price + u64::from(self.zoom != 0.0) * 160;
        for y in (0..HEIGHT).step_by(2) {
            for x in (0..WIDTH).step_by(2) {
                let then = self.place(x, y).and_then(|(x, y)| pixel(before, x, y));
                sum += then.map_or(20, |then| u64::from(now[y * WIDTH + x].abs_diff(then).min(40)));
            }
            if sum >= best.0 {
                return best;
            }
        }
        (sum, self)
    }

    /// Where what is seen at a pixel lay before.
    fn place(&self, x: usize, y: usize) -> Option<(i32, i32)> {
        let from = |at: usize, size: usize, shift: i32| {
            let middle = size as f32 / 2.0;
            (middle + (at as f32 - middle) * (1.0 + self.zoom)).round() as i32 + shift
        };
        let place = (from(x, WIDTH, self.shift.0), from(y, HEIGHT, self.shift.1));
        pixel_there(place.0, place.1).then_some(place)
    }

    /// What of a pixel neither the camera's way nor standing still explains: a sign that lies over the picture stands
    /// still, however the camera moves.
    fn left_over(&self, before: &[u8], here: u8, x: usize, y: usize) -> u8 {
        let still = here.abs_diff(before[y * WIDTH + x]);
        let Some((from_x, from_y)) = self.place(x, y) else { return 0 };
        let near = (-PARALLAX..=PARALLAX)
            .flat_map(|dy| (-PARALLAX..=PARALLAX).map(move |dx| (from_x + dx, from_y + dy)))
            .filter_map(|(x, y)| pixel(before, x, y));
        near.map(|then| here.abs_diff(then)).fold(still, u8::min)
    }
}

fn pixel_there(x: i32, y: i32) -> bool {
    (0..WIDTH as i32).contains(&x) && (0..HEIGHT as i32).contains(&y)
}

fn pixel(luma: &[u8], x: i32, y: i32) -> Option<u8> {
    pixel_there(x, y).then(|| luma[y as usize * WIDTH + x as usize])
}
