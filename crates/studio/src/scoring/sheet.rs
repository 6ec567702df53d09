//! Watches a film and draws what is in it as a PNG.

use std::path::Path;
use std::sync::Arc;

use footage::{Gallery, Raster, draw_sheet};

use super::Found;
use super::{tools, watching};
use crate::publish::Results;
use crate::stage::{Onlooker, Stage, Stopwatch};
use crate::{Fault, folder, places};

/// Watches a film, does nothing to it, and writes a contact sheet of it as a PNG.
///
/// # Errors
/// A [`Fault`] when the film cannot be read or the sheet cannot be written there.
pub fn watch_and_draw(film: &Path, sheet: &Path, onlooker: &dyn Onlooker) -> Result<Found, Fault> {
    places::expect(&[film], &[sheet], None)?;
    let mut stopwatch = Stopwatch::new(onlooker);
    let job = folder::private(None)?;
    let tools = tools::boxed(job.path())?;
    let title = film.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let opened = Arc::new(stopwatch.run(Stage::Probe, |progress| tools.open(film, progress))?);
    let mut gallery = Gallery::default();
    let watched = stopwatch.run(Stage::Watch, |progress| {
        watching::look_at(&tools, opened, job.path(), &mut gallery, progress)
    })?;
    let found = Found::new(watched);
    let mut results = Results::default();
    results.write(sheet, &png(&draw_sheet(&title, &found.probe, &found.profile, &gallery), sheet)?)?;
    results.publish(onlooker)?;
    Ok(found)
}

/// The bytes of the PNG that will be `path`.
fn png(raster: &Raster, path: &Path) -> Result<Vec<u8>, Fault> {
    let wrong = |fault: png::EncodingError| Fault::File {
        done: "written",
        path: path.to_owned(),
        source: std::io::Error::other(fault.to_string()),
    };
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, raster.width, raster.height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header().map_err(wrong)?;
    writer.write_image_data(&raster.rgb).map_err(wrong)?;
    writer.finish().map_err(wrong)?;
    Ok(bytes)
}
