//! Pictures as PNG, and the few that show a language model what a film looks like.

use ffmpeg::{Film, Tools};
use footage::Raster;
use llm::Model;
use png::EncodingError;
use sound::{Progress, Time};

use crate::Fault;

/// How many pictures show a film, and the longer side of each at most, in pixels.
const GLIMPSES: i64 = 4;
const LONGER_SIDE: u32 = 320;

/// The bytes of a PNG.
pub(super) fn png(raster: &Raster) -> Result<Vec<u8>, EncodingError> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, raster.width, raster.height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&raster.rgb)?;
    writer.finish()?;
    Ok(bytes)
}

/// A few small pictures of a film as PNG, evenly from its beginning to its end.
pub(super) fn glimpses(tools: &Tools, film: &Film, progress: &dyn Progress) -> Result<Vec<Vec<u8>>, Fault> {
    let length = film.probe().length;
    let moments: Vec<Time> = (0..GLIMPSES).map(|index| length * (2 * index + 1) / (2 * GLIMPSES)).collect();
    let picture = &film.probe().picture;
    let frames = tools.frames(film, &moments, Some(rows(picture.width, picture.height)), progress)?;
    Ok(frames.iter().filter_map(|frame| png(frame).ok()).collect())
}

/// The pictures for a model that may see some; a film that cannot be looked at is none to fail for.
pub(super) fn shown_to(
    model: &Model,
    glimpses: impl FnOnce() -> Result<Vec<Vec<u8>>, Fault>,
) -> Result<Vec<Vec<u8>>, Fault> {
    if !model.sees() {
        return Ok(Vec::new());
    }
    match glimpses() {
        Err(fault) if !fault.is_cancelled() => Ok(Vec::new()),
        other => other,
    }
}

/// The rows in which a picture of this shape is small.
fn rows(width: u32, height: u32) -> u32 {
    let longer = width.max(height).max(1);
    if longer <= LONGER_SIDE { height.max(2) } else { (height * LONGER_SIDE / longer).max(2) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_side_is_longer_than_it_may_be() {
        assert_eq!([rows(1920, 1080), rows(1080, 1920), rows(160, 90), rows(9000, 3)], [180, 320, 90, 2]);
    }

    #[test]
    fn a_picture_becomes_a_png() {
        let raster = Raster { width: 2, height: 1, rgb: vec![0, 0, 0, 255, 255, 255] };
        assert!(png(&raster).unwrap().starts_with(b"\x89PNG"));
    }
}
