//! How a picture is encoded that cannot be copied.

use crate::colour::{to_bt709, whole_frames};
use crate::delivery::Delivery;
use crate::film::Film;
use crate::grid::Grid;
use crate::titles::DRAWING;

/// Arguments before the output; where the picture is `titled`, the script of its titles is drawn on it.
pub(super) fn arguments(film: &Film, titled: bool, delivery: Delivery) -> Vec<String> {
    let strings = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let grid = delivery.grid(&film.probe.picture);
    let mut output = vec!["-map".to_owned(), format!("0:{}", film.probe.picture.stream)];
    output.extend(["-filter:v".to_owned(), filters(film, titled, grid)]);
    // Every frame keeps its own time: the encoder counts in the film's units instead of frames.
    let unit = grid.map_or_else(|| "-1".to_owned(), |grid| format!("{}:{}", grid.base().0, grid.base().1));
    output.extend(strings(&["-fps_mode", "passthrough", "-enc_time_base", &unit]));
    output.extend(strings(&["-c:v", "libx264"]));
    output.extend(strings(&delivery.quality.encoder()));
    output.extend(strings(&["-profile:v", "high"]));
    output.extend(strings(&["-pix_fmt", "yuv420p", "-colorspace", "bt709", "-color_primaries", "bt709"]));
    output.extend(strings(&["-color_trc", "bt709", "-color_range", "tv", "-flags:v", "+bitexact"]));
    output.extend(strings(&[
        "-map_metadata",
        "-1",
        "-map_chapters",
        "-1",
        "-fflags",
        "+bitexact",
        "-f",
        "mp4",
    ]));
    output
}

/// ffmpeg itself turns the picture upright first.
fn filters(film: &Film, titled: bool, grid: Option<Grid>) -> String {
    let mut filters = whole_frames(film);
    filters.extend(grid.map(|grid| grid.filters(grid.frames(film.probe.length))));
    filters.extend(to_bt709(film));
    // 4:2:0 needs even sides; a missing row is cut, not stretched.
    filters.push("crop=trunc(iw/2)*2:trunc(ih/2)*2:0:0:exact=1".to_owned());
    if titled {
        filters.push(DRAWING.to_owned());
    }
    filters.join(",")
}
