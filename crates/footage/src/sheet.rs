//! Draws what is in a film on one page, for people who would rather look than read.

mod canvas;
mod circumplex;
mod gallery;
mod ink;
mod lanes;
mod shots;
mod table;

use crate::{Probe, Profile};
use canvas::{Canvas, Size};
pub use gallery::Gallery;

/// Width of the page, and the margin around what is on it.
const WIDTH: i32 = 1600;
const MARGIN: i32 = 32;
/// Distance between two blocks.
const GAP: i32 = 28;

/// A picture of red, green and blue bytes, row by row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raster {
    /// Pixels in a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// `3 * width * height` bytes.
    pub rgb: Vec<u8>,
}

/// Draws a contact sheet: a frame per shot, what happens when on a time line, and every section with its mood,
/// why it was read so, and its colours. The page is 1600 pixels wide.
pub fn draw_sheet(title: &str, probe: &Probe, profile: &Profile, gallery: &Gallery) -> Raster {
    let shots = shots::Shots::of(probe, profile, gallery);
    let heights = [head_height(), shots.height(), lanes::height(), table::height(profile)];
    let height = 2 * MARGIN + heights.iter().sum::<i32>() + GAP * (heights.len() as i32 - 1);
    let mut canvas = Canvas::new(WIDTH, height);
    let mut y = MARGIN;
    head(&mut canvas, y, title, probe, profile);
    y += heights[0] + GAP;
    shots.draw(&mut canvas, y);
    y += heights[1] + GAP;
    lanes::draw(&mut canvas, y, profile, gallery);
    y += heights[2] + GAP;
    table::draw(&mut canvas, y, profile);
    canvas.into_raster()
}

fn head_height() -> i32 {
    62
}

/// The name of the film, its measures, its mood and its colours.
fn head(canvas: &mut Canvas, y: i32, title: &str, probe: &Probe, profile: &Profile) {
    let picture = &probe.picture;
    let most = 80;
    let title: String = title.chars().take(most).collect();
    canvas.text(MARGIN, y, Size::Large, ink::BRIGHT, &title);
    let measures = format!(
        "{}   {}x{}   {:.2} fps   {}   {} {}   {} {}",
        ink::clock(profile.length),
        picture.width,
        picture.height,
        picture.frames_per_second(),
        profile.sound_in_words(),
        profile.cuts.len(),
        if profile.cuts.len() == 1 { "cut" } else { "cuts" },
        profile.sections.len(),
        if profile.sections.len() == 1 { "section" } else { "sections" },
    );
    canvas.text(MARGIN, y + 26, Size::Plain, ink::PLAIN, &measures);
    canvas.text(MARGIN, y + 46, Size::Plain, ink::mood(&profile.feeling), &profile.feeling.sentence());
    let swatch = 44;
    for (index, colour) in profile.colours.palette.iter().rev().enumerate() {
        let x = WIDTH - MARGIN - swatch * (index as i32 + 1);
        canvas.fill(x, y, swatch - 4, swatch - 4, *colour);
    }
}
