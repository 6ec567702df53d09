//! A page to draw on: rectangles, text and small pictures.

use embedded_graphics::draw_target::DrawTarget;
use embedded_graphics::geometry::{OriginDimensions, Point, Size as Extent};
use embedded_graphics::mono_font::{MonoFont, MonoTextStyle, iso_8859_1};
use embedded_graphics::pixelcolor::{Rgb888, RgbColor};
use embedded_graphics::text::{Baseline, Text};
use embedded_graphics::{Drawable, Pixel};

use super::Raster;
use super::ink::{self, Colour};

/// The sizes text comes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Size {
    Small,
    Plain,
    Large,
}

impl Size {
    fn font(self) -> &'static MonoFont<'static> {
        match self {
            Size::Small => &iso_8859_1::FONT_6X13,
            Size::Plain => &iso_8859_1::FONT_8X13,
            Size::Large => &iso_8859_1::FONT_10X20,
        }
    }

    /// Width of so many letters.
    pub(super) fn width(self, letters: usize) -> i32 {
        (self.font().character_size.width + self.font().character_spacing) as i32 * letters as i32
    }
}

/// What is drawn outside it is left out.
pub(super) struct Canvas {
    width: i32,
    height: i32,
    rgb: Vec<u8>,
}

impl Canvas {
    pub(super) fn new(width: i32, height: i32) -> Canvas {
        let (width, height) = (width.max(1), height.max(1));
        let rgb = ink::PAPER.repeat((width * height) as usize);
        Canvas { width, height, rgb }
    }

    pub(super) fn into_raster(self) -> Raster {
        Raster { width: self.width as u32, height: self.height as u32, rgb: self.rgb }
    }

    pub(super) fn dot(&mut self, x: i32, y: i32, colour: Colour) {
        if (0..self.width).contains(&x) && (0..self.height).contains(&y) {
            let at = 3 * (y * self.width + x) as usize;
            self.rgb[at..at + 3].copy_from_slice(&colour);
        }
    }

    /// A filled rectangle.
    pub(super) fn fill(&mut self, x: i32, y: i32, width: i32, height: i32, colour: Colour) {
        for row in y.max(0)..(y + height).min(self.height) {
            for column in x.max(0)..(x + width).min(self.width) {
                self.dot(column, row, colour);
            }
        }
    }

    /// Text with its upper left corner here; letters that the font does not have become question marks.
    pub(super) fn text(&mut self, x: i32, y: i32, size: Size, colour: Colour, text: &str) {
        let style = MonoTextStyle::new(size.font(), Rgb888::new(colour[0], colour[1], colour[2]));
        let Ok(_) = Text::with_baseline(text, Point::new(x, y), style, Baseline::Top).draw(self);
    }

    /// Text cut to what fits into `width` pixels.
    pub(super) fn text_within(&mut self, x: i32, y: i32, width: i32, size: Size, colour: Colour, text: &str) {
        let most = (width / size.width(1)).max(0) as usize;
        let fitting: String = if text.chars().count() <= most {
            text.to_owned()
        } else {
            text.chars().take(most.saturating_sub(2)).chain("..".chars()).take(most).collect()
        };
        self.text(x, y, size, colour, &fitting);
    }
}

impl OriginDimensions for Canvas {
    fn size(&self) -> Extent {
        Extent::new(self.width as u32, self.height as u32)
    }
}

impl DrawTarget for Canvas {
    type Color = Rgb888;
    type Error = std::convert::Infallible;

    fn draw_iter<I: IntoIterator<Item = Pixel<Rgb888>>>(&mut self, pixels: I) -> Result<(), Self::Error> {
        for Pixel(at, colour) in pixels {
            self.dot(at.x, at.y, [colour.r(), colour.g(), colour.b()]);
        }
        Ok(())
    }
}
