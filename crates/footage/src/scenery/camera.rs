//! How the camera moves: by how much the picture as a whole shifts over a moment.

use sound::{TICKS_PER_SECOND, Time};

use crate::Still;

const WIDTH: usize = Still::WIDTH;
const HEIGHT: usize = Still::HEIGHT;
/// How far the picture may shift in that moment, in pixels of a still.
const REACH: i32 = 10;
/// The time a shift is measured over, or a frame more: the same for any number of frames a second, and long enough for
/// a slow pan to shift the picture by more than the coding noise.
const OVER: Time = Time::from_ticks(TICKS_PER_SECOND / 8);
/// A shift explains at least this share of the change, as a square, else nothing moved as a whole.
const EXPLAINED: f32 = 0.6;
/// Mean difference of two profiles below which nothing moved: coding noise.
const NOISE: f32 = 0.6;
/// Pictures further apart say nothing of how it moved between them.
const APART: Time = Time::from_ticks(TICKS_PER_SECOND / 4);

/// Measures a speed about every eighth of a second.
#[derive(Default)]
pub(crate) struct Camera {
    /// When, and picture widths a second.
    pub(crate) speeds: Vec<(Time, f32)>,
    last: Option<Outline>,
}

/// A picture's mean luma by column, of the upper and the lower half, and by row, of the left and the right half.
struct Outline {
    at: Time,
    columns: [[f32; WIDTH]; 2],
    rows: [[f32; HEIGHT]; 2],
}

impl Camera {
    pub(crate) fn see(&mut self, still: &Still) {
        let since = self.last.as_ref().map(|last| still.at - last.at);
        if since.is_some_and(|since| since > Time::ZERO && since < OVER) {
            return;
        }
        let now = Outline::of(still);
        if let Some(last) = self.last.take().filter(|last| now.at > last.at && now.at - last.at <= APART) {
            let x =
                agreed(shift(&last.columns[0], &now.columns[0]), shift(&last.columns[1], &now.columns[1]));
            let y = agreed(shift(&last.rows[0], &now.rows[0]), shift(&last.rows[1], &now.rows[1]));
            // Of a still's pixels, which count as square: both ways in widths, as what moves before the camera is.
            let speed = x.hypot(y) / WIDTH as f32 / (now.at - last.at).seconds() as f32;
            self.speeds.push((last.at + (now.at - last.at) / 2, speed));
        }
        self.last = Some(now);
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
    let unmoved = fit(before, after, 0);
    let still = unmoved.0;
    if still < NOISE * NOISE {
        return 0.0;
    }
    let moved = (-REACH..=REACH).filter(|by| *by != 0).map(|by| (by, fit(before, after, by)));
    let whole = moved.min_by(|a, b| a.1.0.total_cmp(&b.1.0));
    let best = whole.into_iter().chain([(0, unmoved)]).min_by(|a, b| a.1.2.total_cmp(&b.1.2));
    best.filter(|(_, (_, _, left))| *left < (1.0 - EXPLAINED) * still)
        .map_or(0.0, |(by, (_, part, _))| by as f32 + part)
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

    /// Spots that move by so many pixels a second, across or down.
    fn spots(frame: i64, rate: i64, across: f64, down: f64) -> Still {
        let seconds = frame as f64 / rate as f64;
        let mut rgb = Vec::new();
        for row in 0..HEIGHT {
            for column in 0..WIDTH {
                let (x, y) = (column as f64 + across * seconds, row as f64 + down * seconds);
                rgb.extend([(120.0 + 50.0 * ((x * 0.31).sin() + (y * 0.31).sin())) as u8; 3]);
            }
        }
        Still { at: Time::from_ratio(frame, rate), rgb }
    }

    #[test]
    fn a_tilt_is_as_fast_as_a_pan_and_what_happens_at_the_end_counts() {
        for (across, down) in [(20.0, 0.0), (0.0, 20.0)] {
            let mut camera = Camera::default();
            (0..60).for_each(|i| camera.see(&spots(i, 60, across, down)));
            assert!(camera.speeds.last().is_some_and(|(at, _)| at.seconds() > 0.8));
            assert!(
                camera.speeds.iter().all(|(_, speed)| (speed * 64.0 - 20.0).abs() < 2.0),
                "{:?}",
                camera.speeds
            );
        }
    }
}
