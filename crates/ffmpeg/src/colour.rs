//! Brings any picture to what players expect of H.264: progressive, 4:2:0, BT.709.

use crate::film::Film;

/// The least side of a picture whose frames are looked at one by one.
const LEAST: u32 = 16;

/// Filters that make whole frames of fields and leave the frames' times as they are. Both fields are of one frame's time
/// and size, so this comes before whatever repeats, drops or scales frames.
pub(crate) fn whole_frames(film: &Film) -> Vec<String> {
    let picture = &film.probe.picture;
    let (numerator, denominator) = film.clock.base;
    // Some containers and codecs (Matroska, MPEG-4 in AVI, HEVC) do not tell of fields, but each decoded frame does:
    // then those that have none go through as they are.
    let asked = if picture.interlaced { "all" } else { "interlaced" };
    // `bwdif` halves the unit of time, in which all filters behind it would count.
    let filter = format!("bwdif=mode=send_frame:deint={asked},settb={numerator}/{denominator}");
    // It would turn other colours than these into them first.
    let fits = picture.pixel_format.starts_with("yuv") && picture.width.min(picture.height) >= LEAST;
    if fits { vec![filter] } else { Vec::new() }
}

/// Filters that bring whole frames to BT.709; ffmpeg itself turns the picture upright before them. Both sides of the
/// result may be odd.
pub(crate) fn to_bt709(film: &Film) -> Vec<String> {
    let mut filters = Vec::new();
    let [_, transfer, _] = &film.stream.colour;
    if matches!(transfer.as_str(), "smpte2084" | "arib-std-b67") {
        // Bright films (PQ, HLG) in linear light, mapped onto 100 nits.
        filters.push("zscale=transfer=linear:npl=100,format=gbrpf32le,zscale=primaries=bt709".to_owned());
        filters.push("tonemap=hable:desat=0,zscale=transfer=bt709:matrix=bt709:range=tv".to_owned());
        filters.push("format=yuv420p".to_owned());
    } else {
        let from = matrix(film);
        filters.push(format!(
            "scale=in_color_matrix={from}:out_color_matrix=bt709:out_range=tv:flags=bicubic,format=yuv420p"
        ));
    }
    filters
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
