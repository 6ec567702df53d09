//! Every section: when, how it feels and why, its energy and its colours.

use super::canvas::{Canvas, Size};
use super::{MARGIN, WIDTH, circumplex, ink};
use crate::{Profile, Section};

const ROW: i32 = 34;
const HEAD: i32 = 24;
/// Sections shown at most.
const MOST: usize = 24;
/// Where the columns begin.
const TIME: i32 = MARGIN;
const MOOD: i32 = MARGIN + 150;
const SURE: i32 = MARGIN + 240;
const WHY: i32 = MARGIN + 330;
const ENERGY: i32 = MARGIN + 700;
const LIGHT: i32 = MARGIN + 810;
const PALETTE: i32 = MARGIN + 1120;
/// A bar of full length.
const BAR: i32 = 80;

pub(super) fn height(profile: &Profile) -> i32 {
    (HEAD + ROW * profile.sections.len().min(MOST) as i32).max(circumplex::SIDE)
}

pub(super) fn draw(canvas: &mut Canvas, y: i32, profile: &Profile) {
    for (x, name) in [
        (TIME, "section"),
        (MOOD, "mood"),
        (SURE, "sure"),
        (WHY, "because"),
        (ENERGY, "energy"),
        (LIGHT, "light  contrast  colour  warmth"),
        (PALETTE, "palette"),
    ] {
        canvas.text(x, y, Size::Plain, ink::DIM, name);
    }
    for (index, section) in profile.sections.iter().take(MOST).enumerate() {
        row(canvas, y + HEAD + ROW * index as i32, section);
    }
    circumplex::draw(canvas, WIDTH - MARGIN - circumplex::SIDE, y, profile);
}

fn row(canvas: &mut Canvas, y: i32, section: &Section) {
    let (feeling, colours) = (&section.feeling, &section.colours);
    let middle = y + 8;
    let width = WIDTH - 2 * MARGIN - circumplex::SIDE - 24;
    canvas.fill(MARGIN, y, width, 1, ink::LINE);
    let time = format!("{} - {}", ink::clock(section.span.start), ink::clock(section.span.end));
    canvas.text(TIME, middle, Size::Plain, ink::PLAIN, &time);
    canvas.text(MOOD, middle, Size::Plain, ink::mood(feeling), feeling.word());
    bar(canvas, (SURE, middle + 4), BAR - 20, feeling.confidence, ink::DIM);
    let room = ENERGY - WHY - 12;
    canvas.text_within(WHY, middle, room, Size::Plain, ink::PLAIN, &feeling.because());
    bar(canvas, (ENERGY, middle + 4), BAR, section.energy, ink::ENERGY);
    let figures = format!(
        "{:.2}   {:.2}      {:.2}    {:+.2}",
        colours.brightness, colours.contrast, colours.saturation, colours.warmth
    );
    canvas.text(LIGHT, middle, Size::Plain, ink::PLAIN, &figures);
    for (index, colour) in colours.palette.iter().enumerate() {
        canvas.fill(PALETTE + 30 * index as i32, y + 5, 28, ROW - 10, *colour);
    }
}

fn bar(canvas: &mut Canvas, (x, y): (i32, i32), width: i32, value: f64, colour: ink::Colour) {
    canvas.fill(x, y, width, 6, ink::PANEL);
    canvas.fill(x, y, (f64::from(width) * value.clamp(0.0, 1.0)).round() as i32, 6, colour);
}
