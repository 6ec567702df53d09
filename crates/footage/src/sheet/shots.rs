//! A frame for each shot.

use sound::{Span, Time};

use super::canvas::{Canvas, Size};
use super::{Gallery, MARGIN, WIDTH, ink};
use crate::{Probe, Profile, Still};

/// Frames in a row, fewer and larger in a film of few shots, and rows at most.
const COLUMNS: i32 = 8;
const LEAST_COLUMNS: i32 = 6;
const ROWS: usize = 5;
const GAP: i32 = 10;
const LABEL: i32 = 20;
/// Frames are shown no taller than this share of their width: an upright film would fill the page.
const TALLEST: f64 = 0.75;

/// The shots that are shown.
pub(super) struct Shots<'a> {
    shots: Vec<Shot<'a>>,
    columns: i32,
    /// Width and height of the place of a frame, and of the frame inside it.
    cell: (i32, i32),
    frame: (i32, i32),
    /// Shots that are not shown for want of room.
    left_out: usize,
}

struct Shot<'a> {
    span: Span,
    /// The weight of the cut it begins with.
    weight: f64,
    still: Option<&'a Still>,
}

impl<'a> Shots<'a> {
    /// Every shot, or those that begin with the weightiest cuts; a film of one shot is shown at even steps.
    pub(super) fn of(probe: &Probe, profile: &Profile, gallery: &'a Gallery) -> Shots<'a> {
        let room = COLUMNS as usize * ROWS;
        let mut shots = shots(profile, gallery);
        let left_out = shots.len().saturating_sub(room);
        if left_out > 0 {
            shots.sort_by(|a, b| b.weight.total_cmp(&a.weight));
            shots.truncate(room);
            shots.sort_by_key(|shot| shot.span.start);
        }
        let columns = (shots.len() as i32).clamp(LEAST_COLUMNS, COLUMNS);
        let width = (WIDTH - 2 * MARGIN + GAP) / columns - GAP;
        let shape = f64::from(probe.picture.height.max(1)) / f64::from(probe.picture.width.max(1));
        let height = (f64::from(width) * shape.min(TALLEST)).round().max(24.0);
        let frame = (f64::from(width).min(height / shape.max(0.05)).round() as i32, height as i32);
        Shots { shots, columns, cell: (width, height as i32 + LABEL), frame, left_out }
    }

    pub(super) fn height(&self) -> i32 {
        let rows = (self.shots.len() as i32 + self.columns - 1) / self.columns;
        (rows * (self.cell.1 + GAP) - GAP).max(0) + if self.left_out > 0 { LABEL } else { 0 }
    }

    pub(super) fn draw(&self, canvas: &mut Canvas, y: i32) {
        for (index, shot) in self.shots.iter().enumerate() {
            let (column, row) = (index as i32 % self.columns, index as i32 / self.columns);
            let (x, y) = (MARGIN + column * (self.cell.0 + GAP), y + row * (self.cell.1 + GAP));
            canvas.fill(x, y, self.cell.0, self.frame.1, ink::PANEL);
            if let Some(still) = shot.still {
                picture(canvas, x + (self.cell.0 - self.frame.0) / 2, y, self.frame, still);
            }
            let label = y + self.frame.1 + 4;
            canvas.text(x, label, Size::Small, ink::PLAIN, &ink::clock(shot.span.start));
            // How much the cut before the shot weighs.
            let room = self.cell.0 - 50;
            if shot.weight > 0.0 {
                canvas.fill(x + 50, label + 4, room, 3, ink::PANEL);
                canvas.fill(x + 50, label + 4, (f64::from(room) * shot.weight) as i32, 3, ink::ENERGY);
            }
        }
        if self.left_out > 0 {
            let text = format!("and {} more shots", self.left_out);
            canvas.text(MARGIN, y + self.height() - 14, Size::Small, ink::DIM, &text);
        }
    }
}

fn shots<'a>(profile: &Profile, gallery: &'a Gallery) -> Vec<Shot<'a>> {
    let steps = || (1..COLUMNS).map(|i| (profile.length * i64::from(i) / i64::from(COLUMNS), 0.0));
    let mut starts = vec![(Time::ZERO, 0.0)];
    if profile.cuts.is_empty() {
        starts.extend(steps());
    } else {
        starts.extend(profile.cuts.iter().map(|cut| (cut.at, cut.weight)));
    }
    let ends = starts.iter().skip(1).map(|(at, _)| *at).chain([profile.length]);
    let spans = starts.iter().zip(ends).map(|((start, weight), end)| (Span::new(*start, end), *weight));
    let shot = |(span, weight)| Shot { span, weight, still: gallery.within(span) };
    // A shot of which nothing was kept is shown empty; a step through one shot is none.
    let shown = |shot: &Shot| !shot.span.is_empty() && (shot.still.is_some() || !profile.cuts.is_empty());
    spans.map(shot).filter(shown).collect()
}

/// Draws a still scaled up, between its pixels on a line.
fn picture(canvas: &mut Canvas, x: i32, y: i32, (width, height): (i32, i32), still: &Still) {
    let place = |at: i32, size: i32, pixels: usize| {
        let exact =
            ((f64::from(at) + 0.5) / f64::from(size) * pixels as f64 - 0.5).clamp(0.0, pixels as f64 - 1.0);
        (exact as usize, (exact as usize + 1).min(pixels - 1), exact.fract())
    };
    let pixel = |column: usize, row: usize| -> ink::Colour {
        let at = 3 * (row * Still::WIDTH + column);
        [still.rgb[at], still.rgb[at + 1], still.rgb[at + 2]]
    };
    for row in 0..height {
        let (above, below, down) = place(row, height, Still::HEIGHT);
        for column in 0..width {
            let (left, right, over) = place(column, width, Still::WIDTH);
            let upper = ink::between(pixel(left, above), pixel(right, above), over);
            let lower = ink::between(pixel(left, below), pixel(right, below), over);
            canvas.dot(x + column, y + row, ink::between(upper, lower, down));
        }
    }
}
