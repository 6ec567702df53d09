//! How the camera moves: by how much the picture as a whole shifts from frame to frame.

use sound::{TICKS_PER_SECOND, Time};

use crate::Still;

const WIDTH: usize = Still::WIDTH;
const HEIGHT: usize = Still::HEIGHT;
/// How far the picture may shift between two frames, in pixels of a still.
const REACH: i32 = 6;
/// A shift explains at least this share of the change, as a square, else nothing moved as a whole.
const EXPLAINED: f32 = 0.6;
/// Mean difference of two profiles below which nothing moved: coding noise.
const NOISE: f32 = 0.6;
/// Frames further apart say nothing of how it moved between them.
const APART: Time = Time::from_ticks(TICKS_PER_SECOND / 4);

/// Keeps one speed for every tenth of a second.
#[derive(Default)]
pub(crate) struct Camera {
    /// When, and picture widths a second.
    pub(crate) speeds: Vec<(Time, f32)>,
    last: Option<Outline>,
    /// Speeds that are not kept yet: their sum, their number, and when the first was.
    open: Option<(f32, u16, Time)>,
}

/// A picture's mean luma by column, of the upper and the lower half, and by row, of the left and the right half.
struct Outline {
    at: Time,
    columns: [[f32; WIDTH]; 2],
    rows: [[f32; HEIGHT]; 2],
}

impl Camera {
    pub(crate) fn see(&mut self, still: &Still) {
        let now = Outline::of(still);
        if let Some(last) = self.last.take().filter(|last| now.at > last.at && now.at - last.at <= APART) {
            let x =
                agreed(shift(&last.columns[0], &now.columns[0]), shift(&last.columns[1], &now.columns[1]));
            let y = agreed(shift(&last.rows[0], &now.rows[0]), shift(&last.rows[1], &now.rows[1]));
            let way = (x / WIDTH as f32).hypot(y / HEIGHT as f32);
            self.keep(now.at, way / (now.at - last.at).seconds() as f32);
        }
        self.last = Some(now);
    }

    fn keep(&mut self, at: Time, speed: f32) {
        let (sum, count, since) = self.open.take().unwrap_or((0.0, 0, at));
        if at >= since && at - since < Time::from_ratio(1, 10) {
            self.open = Some((sum + speed, count + 1, since));
        } else {
            self.speeds.push((since, sum / f32::from(count.max(1))));
            self.open = Some((speed, 1, at));
        }
    }
}

impl Outline {
    fn of(still: &Still) -> Outline {
        let (mut columns, mut rows) = ([[0.0; WIDTH]; 2], [[0.0; HEIGHT]; 2]);
        for (row, line) in still.rgb.chunks_exact(3 * WIDTH).take(HEIGHT).enumerate() {
            for (column, rgb) in line.chunks_exact(3).enumerate() {
                // A quick luma: green counts twice.
                let luma = f32::from(u16::from(rgb[0]) + 2 * u16::from(rgb[1]) + u16::from(rgb[2])) / 4.0;
                columns[2 * row / HEIGHT][column] += 2.0 * luma / HEIGHT as f32;
                rows[2 * column / WIDTH][row] += 2.0 * luma / WIDTH as f32;
            }
        }
        Outline { at: still.at, columns, rows }
    }
}

/// What both halves agree on: a thing that crosses one half moves that half alone.
fn agreed(one: f32, other: f32) -> f32 {
    if one * other > 0.0 { one.signum() * one.abs().min(other.abs()) } else { 0.0 }
}

/// By how many pixels the later profile is shifted against the earlier one; 0 where no shift explains the change.
fn shift(before: &[f32], after: &[f32]) -> f32 {
    let (still, part, _) = fit(before, after, 0);
    if still < NOISE * NOISE {
        return 0.0;
    }
    let whole = (-REACH..=REACH).min_by(|a, b| fit(before, after, *a).0.total_cmp(&fit(before, after, *b).0));
    let candidates = whole.into_iter().map(|by| (by as f32, fit(before, after, by)));
    let best = candidates.chain([(0.0, (still, part, fit(before, after, 0).2))]);
    best.min_by(|a, b| a.1.2.total_cmp(&b.1.2))
        .filter(|(_, (_, _, left))| *left < (1.0 - EXPLAINED) * still)
        .map_or(0.0, |(by, (_, part, _))| by + part)
}

/// Lays the earlier profile `by` pixels further over the later one. Gives the mean square of what differs, the
/// part of a pixel by which the slopes say that it should lie further yet (Lucas and Kanade 1981), and the mean
/// square that would be left then.
fn fit(before: &[f32], after: &[f32], by: i32) -> (f32, f32, f32) {
    let gap = by.unsigned_abs() as usize;
    let (from, to) = if by >= 0 { (0, gap) } else { (gap, 0) };
    let (mut square, mut along, mut slopes) = (0.0, 0.0, 0.0);
    let size = before.len() - gap;
    for index in 1..size - 1 {
        let differs = after[to + index] - before[from + index];
        let slope = 0.5 * (before[from + index + 1] - before[from + index - 1]);
        square += differs * differs;
        along += differs * slope;
        slopes += slope * slope;
    }
    let part = (-along / slopes.max(1e-3)).clamp(-0.7, 0.7);
    let count = (size - 2) as f32;
    let left = square + 2.0 * part * along + part * part * slopes;
    (square / count, part, left / count)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A picture of stripes and spots, shifted by so many pixels, with a bright block of its own place.
    fn picture(frame: i64, shift: f64, block: f64) -> Still {
        let mut rgb = Vec::new();
        for row in 0..HEIGHT {
            for column in 0..WIDTH {
                let x = column as f64 + shift;
                let wave = (x * 0.31).sin() + (x * 0.13 + row as f64 * 0.2).sin();
                let inside = (block..block + 4.0).contains(&(column as f64)) && (10..14).contains(&row);
                rgb.extend([if inside { 250 } else { (120.0 + 50.0 * wave) as u8 }; 3]);
            }
        }
        Still { at: Time::from_ratio(frame, 25), rgb }
    }

    fn speed(shift: f64, block: f64) -> f32 {
        let mut camera = Camera::default();
        (0..25).for_each(|i| camera.see(&picture(i, i as f64 * shift, i as f64 * block)));
        camera.speeds.iter().map(|(_, speed)| speed).sum::<f32>() / camera.speeds.len() as f32
    }

    #[test]
    fn a_pan_moves_the_camera_and_a_ball_does_not() {
        let pan = speed(1.5, 0.0);
        assert!((pan - 1.5 * 25.0 / 64.0).abs() < 0.12, "{pan}");
        assert!(speed(0.0, 1.5) < 0.1 * pan, "{}", speed(0.0, 1.5));
        assert_eq!(speed(0.0, 0.0), 0.0);
    }
}
