//! How a picture is encoded that cannot be copied.

use crate::film::Film;
use crate::titles::DRAWING;

/// Arguments before the output; where the picture is `titled`, the script of its titles is drawn on it.
pub(super) fn arguments(film: &Film, titled: bool) -> Vec<String> {
    let strings = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let mut output = vec!["-map".to_owned(), format!("0:{}", film.probe.picture.stream)];
    output.extend(["-filter:v".to_owned(), filters(film, titled)]);
    // Every frame keeps its own time: the encoder counts in the film's units instead of frames.
    output.extend(strings(&["-fps_mode", "passthrough", "-enc_time_base", "-1"]));
    output.extend(strings(&["-c:v", "libx264", "-preset", "veryfast", "-crf", "18", "-profile:v", "high"]));
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
fn filters(film: &Film, titled: bool) -> String {
    let mut filters = Vec::new();
    if film.probe.picture.interlaced {
        filters.push("bwdif=mode=send_frame".to_owned());
    }
    let [_, transfer, _] = &film.stream.colour;
    // 4:2:0 needs even sides; a missing row is cut, not stretched.
    let even = "crop=trunc(iw/2)*2:trunc(ih/2)*2:0:0:exact=1";
    if matches!(transfer.as_str(), "smpte2084" | "arib-std-b67") {
        // Bright films (PQ, HLG) in linear light, mapped onto 100 nits.
        filters.push("zscale=transfer=linear:npl=100,format=gbrpf32le,zscale=primaries=bt709".to_owned());
        filters.push("tonemap=hable:desat=0,zscale=transfer=bt709:matrix=bt709:range=tv".to_owned());
        filters.push(format!("format=yuv420p,{even}"));
    } else {
        let from = matrix(film);
        filters.push(format!(
            "scale=in_color_matrix={from}:out_color_matrix=bt709:out_range=tv:flags=bicubic,format=yuv420p,{even}"
        ));
    }
    if titled {
        filters.push(DRAWING.to_owned());
    }
    filters.join(",")
}

/// The colour matrix the film is in. Where nothing says so, large pictures are BT.709 and small ones BT.601: the
/// custom of players.
fn matrix(film: &Film) -> &'static str {
    match film.stream.colour[2].as_str() {
        "bt709" => "bt709",
        "bt2020nc" | "bt2020c" => "bt2020",
        "smpte170m" | "bt470bg" => "bt601",
        "fcc" => "fcc",
        "smpte240m" => "smpte240m",
        _ if film.probe.picture.width.min(film.probe.picture.height) >= 720 => "bt709",
        _ => "bt601",
    }
}
