//! Where the sections lie between pleasant and unpleasant, calm and excited.

use super::canvas::{Canvas, Size};
use super::ink;
use crate::{Feeling, Profile};

/// Width and height.
pub(super) const SIDE: i32 = 220;
const HALF: i32 = SIDE / 2;

pub(super) fn draw(canvas: &mut Canvas, x: i32, y: i32, profile: &Profile) {
    canvas.fill(x, y, SIDE, SIDE, ink::PANEL);
    canvas.fill(x + HALF, y, 1, SIDE, ink::LINE);
    canvas.fill(x, y + HALF, SIDE, 1, ink::LINE);
    for (word, right, down) in
        [("tense", 8, 6), ("happy", SIDE - 48, 6), ("sad", 8, SIDE - 20), ("calm", SIDE - 40, SIDE - 20)]
    {
        canvas.text(x + right, y + down, Size::Plain, ink::DIM, word);
    }
    for section in &profile.sections {
        spot(canvas, (x, y), &section.feeling, 4);
    }
    spot(canvas, (x, y), &profile.feeling, 7);
}

/// A round spot; a feeling that nobody is sure of is pale.
fn spot(canvas: &mut Canvas, (x, y): (i32, i32), feeling: &Feeling, radius: i32) {
    let reach = f64::from(HALF - 10);
    let centre_x = x + HALF + (feeling.valence * reach).round() as i32;
    let centre_y = y + HALF - (feeling.arousal * reach).round() as i32;
    let colour = ink::between(ink::LINE, ink::mood(feeling), 0.4 + feeling.confidence);
    for down in -radius..=radius {
        for right in -radius..=radius {
            if right * right + down * down <= radius * radius {
                canvas.dot(centre_x + right, centre_y + down, colour);
            }
        }
    }
}
