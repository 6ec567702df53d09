//! What happens when: one time line with a lane for each thing.

use sound::{Span, Time};

use super::canvas::{Canvas, Size};
use super::ink::{self, Colour};
use super::{Gallery, MARGIN, WIDTH};
use crate::{Curve, Profile, Still};

/// Where the lanes begin; their names stand to the left.
const LEFT: i32 = MARGIN + 96;
const LENGTH: i32 = WIDTH - MARGIN - LEFT;
const GAP: i32 = 8;
const COLOURS: i32 = 40;
const CUTS: i32 = 26;
const SECTIONS: i32 = 40;
const CURVE: i32 = 46;
const SPANS: i32 = 16;
const AXIS: i32 = 22;

/// Momentary loudness at the bottom and at the top of its lane, in LUFS.
const LOUDNESS: (f32, f32) = (-50.0, -8.0);

pub(super) fn height() -> i32 {
    COLOURS + CUTS + SECTIONS + 4 * CURVE + 4 * SPANS + AXIS + 10 * GAP
}

pub(super) fn draw(canvas: &mut Canvas, mut y: i32, profile: &Profile, gallery: &Gallery) {
    let mut lanes = Lanes { canvas, length: profile.length.max(Time::from_ticks(1)) };
    lanes.barcode(y, gallery);
    y += COLOURS + GAP;
    lanes.cuts(y, profile);
    y += CUTS + GAP;
    lanes.sections(y, profile);
    y += SECTIONS + GAP;
    for (name, curve, range, colour) in [
        ("energy", &profile.energy, (0.0, 1.0), ink::ENERGY),
        ("motion", &profile.motion, (0.0, 1.0), ink::MOTION),
        ("brightness", &profile.brightness, (0.0, 1.0), ink::LIGHT),
        ("loudness", &profile.loudness, LOUDNESS, ink::LOUDNESS),
    ] {
        lanes.curve(y, name, curve, range, colour);
        if name == "motion" && !profile.camera.values.is_empty() {
            lanes.line(y, &profile.camera, ink::CAMERA);
            lanes.canvas.text(MARGIN, y + CURVE - 14, Size::Small, ink::CAMERA, "- camera");
        }
        y += CURVE + GAP;
    }
    for (name, spans, colour) in [
        ("speech", &profile.speech, ink::SPEECH),
        ("music", &profile.music, ink::MUSIC),
        ("silence", &profile.silence, ink::SILENCE),
    ] {
        lanes.spans(y, name, spans, colour);
        y += SPANS + GAP;
    }
    lanes.bangs(y, profile);
    lanes.axis(y + SPANS + GAP);
}

struct Lanes<'a> {
    canvas: &'a mut Canvas,
    length: Time,
}

impl Lanes<'_> {
    fn x(&self, at: Time) -> i32 {
        LEFT + (f64::from(LENGTH) * at.seconds() / self.length.seconds()).round() as i32
    }

    /// The moment that a column of pixels, counted from the left, shows.
    fn at(&self, column: i32) -> Time {
        Time::from_seconds(self.length.seconds() * (f64::from(column) + 0.5) / f64::from(LENGTH))
    }

    fn lane(&mut self, y: i32, height: i32, name: &str) {
        self.canvas.fill(LEFT, y, LENGTH, height, ink::PANEL);
        self.canvas.text(MARGIN, y + (height.min(CURVE) - 13) / 2, Size::Plain, ink::DIM, name);
    }

    /// The film's colours from left to right, each frame squeezed into a column.
    fn barcode(&mut self, y: i32, gallery: &Gallery) {
        self.lane(y, COLOURS, "colours");
        for column in 0..LENGTH {
            let Some(still) = gallery.nearest(self.at(column)) else { continue };
            for row in 0..COLOURS {
                let line = row as usize * Still::HEIGHT / COLOURS as usize;
                self.canvas.dot(LEFT + column, y + row, mean_of_line(still, line));
            }
        }
    }

    fn cuts(&mut self, y: i32, profile: &Profile) {
        self.lane(y, CUTS, "cuts");
        for cut in &profile.cuts {
            // A dissolve or a fade takes its time.
            let (x, end) = (self.x(cut.span.start), self.x(cut.span.end));
            self.canvas.fill(x, y + CUTS - 5, end - x, 5, ink::DIM);
            let height = (4.0 + cut.weight * f64::from(CUTS - 4)).round() as i32;
            self.canvas.fill(self.x(cut.at), y + CUTS - height, 2, height, ink::CUT);
        }
    }

    fn sections(&mut self, y: i32, profile: &Profile) {
        self.lane(y, SECTIONS, "sections");
        for section in &profile.sections {
            let (x, end) = (self.x(section.span.start), self.x(section.span.end));
            let mood = ink::mood(&section.feeling);
            let dark = ink::between(ink::PAPER, mood, 0.35);
            self.canvas.fill(x, y, end - x - 2, SECTIONS, dark);
            self.canvas.fill(x, y, end - x - 2, 4, mood);
            let room = end - x - 14;
            self.canvas.text_within(x + 6, y + 9, room, Size::Plain, ink::BRIGHT, section.feeling.word());
            let energy = format!("energy {:.2}", section.energy);
            self.canvas.text_within(x + 6, y + 24, room, Size::Small, ink::PLAIN, &energy);
        }
    }

    /// A curve as a filled shape.
    fn curve(&mut self, y: i32, name: &str, curve: &Curve, (low, high): (f32, f32), colour: Colour) {
        self.lane(y, CURVE, name);
        let fill = ink::between(ink::PANEL, colour, 0.45);
        for column in 0..LENGTH {
            let value = f64::from((self.value(curve, column) - low) / (high - low)).clamp(0.0, 1.0);
            let height = (value * f64::from(CURVE - 4)).round() as i32;
            self.canvas.fill(LEFT + column, y + CURVE - height, 1, height, fill);
            self.canvas.fill(LEFT + column, y + CURVE - height - 2, 1, 2, colour);
        }
    }

    /// A curve from 0 to 1 as a thin line over another.
    fn line(&mut self, y: i32, curve: &Curve, colour: Colour) {
        for column in 0..LENGTH {
            let value = f64::from(self.value(curve, column)).clamp(0.0, 1.0);
            let height = (value * f64::from(CURVE - 4)).round() as i32;
            self.canvas.dot(LEFT + column, y + CURVE - height - 1, colour);
        }
    }

    /// The mean of a curve over a column.
    fn value(&self, curve: &Curve, column: i32) -> f32 {
        let half = self.length / i64::from(2 * LENGTH);
        curve.mean(Span::new(self.at(column) - half, self.at(column) + half)) as f32
    }

    fn spans(&mut self, y: i32, name: &str, spans: &[Span], colour: Colour) {
        self.lane(y, SPANS, name);
        for span in spans {
            let (x, end) = (self.x(span.start), self.x(span.end));
            self.canvas.fill(x, y + 2, (end - x).max(2), SPANS - 4, colour);
        }
    }

    fn bangs(&mut self, y: i32, profile: &Profile) {
        self.lane(y, SPANS, "bangs");
        for bang in &profile.transients {
            let height = (3.0 + bang.strength * f64::from(SPANS - 3)).round() as i32;
            self.canvas.fill(self.x(bang.at) - 1, y + SPANS - height, 3, height, ink::BANG);
        }
    }

    /// Times at round steps, about ten of them.
    fn axis(&mut self, y: i32) {
        const STEPS: [i64; 14] = [1, 2, 5, 10, 20, 50, 100, 150, 300, 600, 1200, 3000, 6000, 18_000];
        let tenths = self.length.seconds() * 10.0;
        let step = STEPS.iter().find(|step| tenths / **step as f64 <= 12.0).copied().unwrap_or(36_000);
        let mut at = 0;
        while (at as f64) < tenths {
            let time = Time::from_ratio(at, 10);
            let x = self.x(time);
            self.canvas.fill(x, y, 1, 5, ink::DIM);
            self.canvas.text(x + 4, y + 2, Size::Small, ink::DIM, &ink::clock(time));
            at += step;
        }
    }
}

fn mean_of_line(still: &Still, line: usize) -> Colour {
    let row = &still.rgb[3 * Still::WIDTH * line..3 * Still::WIDTH * (line + 1)];
    std::array::from_fn(|channel| {
        let sum: u32 = row.iter().skip(channel).step_by(3).map(|value| u32::from(*value)).sum();
        (sum / Still::WIDTH as u32) as u8
    })
}
