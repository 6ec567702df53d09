//! A strip of frames that shows a film from left to right, as under a player.

use sound::Time;

use crate::Raster;

/// A strip of frames.
#[derive(Clone, Copy, Debug)]
pub struct Strip;

impl Strip {
    /// Frames side by side.
    pub const FRAMES: usize = 24;
    /// Rows of pixels; the width of a frame follows from its shape.
    pub const HEIGHT: u32 = 90;

    /// Which moments of a film are shown: the middles of equal parts.
    pub fn moments(length: Time) -> Vec<Time> {
        let halves = 2 * Self::FRAMES as i64;
        (0..Self::FRAMES as i64).map(|part| length * (2 * part + 1) / halves).collect()
    }

    /// Lays frames of one size side by side. Frames of another size than the first are left black.
    pub fn lay(frames: &[Raster]) -> Raster {
        let (width, height) = frames.first().map_or((0, 0), |first| (first.width, first.height));
        let row = 3 * width as usize;
        let mut rgb = Vec::with_capacity(row * height as usize * frames.len());
        for line in 0..height as usize {
            for frame in frames {
                let fits = (frame.width, frame.height) == (width, height);
                match frame.rgb.get(line * row..(line + 1) * row).filter(|_| fits) {
                    Some(pixels) => rgb.extend_from_slice(pixels),
                    None => rgb.resize(rgb.len() + row, 0),
                }
            }
        }
        Raster { width: width * frames.len() as u32, height, rgb }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_stand_side_by_side_at_even_moments() {
        let moments = Strip::moments(Time::from_seconds(48.0));
        assert_eq!(
            (moments.len(), moments[0], moments[23]),
            (24, Time::from_seconds(1.0), Time::from_seconds(47.0))
        );
        let frame =
            |value: u8| Raster { width: 1, height: 2, rgb: vec![value, value, value, value + 1, 0, 0] };
        let strip = Strip::lay(&[frame(1), frame(5), Raster { width: 2, ..frame(9) }]);
        assert_eq!((strip.width, strip.height), (3, 2));
        assert_eq!(strip.rgb, [1, 1, 1, 5, 5, 5, 0, 0, 0, 2, 0, 0, 6, 0, 0, 0, 0, 0]);
        assert!(Strip::lay(&[]).rgb.is_empty());
    }
}
