//! Opening: every test film against its index, and every refusal with its code.

use ffmpeg::Tools;
use serde_json::Value;
use sound::{Silent, Time};

use crate::{films, hostile, slate};

/// Films whose own header is wrong, with the length their packets have.
const LIARS: [(&str, f64); 5] = [
    ("odd/h264_444_editlist_1fps.mp4", 12.0),
    ("odd/fragmented_bad_duration.mp4", 1.0),
    ("odd/made_truncated_half_faststart.mp4", 13.7),
    ("odd/webm_no_duration_vp9_opus_silent.webm", 5.0),
    ("nasa_speech_2v2a2s.mp4", 13.0),
];

const REFUSED: [(&str, u16); 10] = [
    ("speech_jfk_11s.flac", 4007),
    ("odd/audio_only.mp4", 4007),
    ("odd/mp3_with_cover_art.mp3", 4007),
    ("odd/vvc_undecodable_here.mp4", 4001),
    ("odd/made_text_as.mp4", 4001),
    ("odd/made_still.jpg", 4001),
    ("odd/made_still.webp", 4001),
    ("odd/made_random_bytes.mp4", 4003),
    ("odd/made_zero_byte.mp4", 4003),
    ("odd", 4001),
];

#[test]
fn every_film_is_what_the_index_says() {
    let (Some(tools), Some(folder)) = (films::tools(), films::folder()) else { return };
    let index: Vec<Value> =
        serde_json::from_slice(&std::fs::read(folder.join("index.json")).unwrap()).unwrap();
    for entry in &index {
        let name = entry["file"].as_str().unwrap();
        if REFUSED.iter().any(|(refused, _)| *refused == name) {
            continue;
        }
        let film = films::open(&tools, &folder, name);
        let (probe, picture) = (film.probe(), &film.probe().picture);
        println!("{name}: {probe:?}");
        assert_eq!(picture.codec, entry["video_codec"], "{name}");
        assert_eq!(picture.pixel_format, entry["pix_fmt"], "{name}");
        let sideways = entry["rotation"].as_f64().unwrap().abs() == 90.0;
        let (w, h) = (picture.width, picture.height);
        let stored = if sideways { (h, w) } else { (w, h) };
        assert_eq!(format!("{}x{}", stored.0, stored.1), entry["resolution"], "{name}");
        assert_eq!(format!("{}/{}", picture.frame_rate.0, picture.frame_rate.1), entry["fps"], "{name}");
        assert_eq!(probe.sound.is_some(), !entry["audio"].is_null(), "{name}");
        let liar = LIARS.iter().find(|(liar, _)| *liar == name);
        let length = liar.map_or(entry["duration"].as_f64().unwrap(), |(_, length)| *length);
        assert!((probe.length.seconds() - length).abs() < 0.4, "{name}: {} {length}", probe.length);
        let packets = film.packets();
        assert_eq!(packets[0].at, Time::ZERO, "{name}");
        assert!(packets.is_sorted_by_key(|packet| packet.at), "{name}");
        assert!(packets.iter().any(|packet| packet.keyframe), "{name}");
    }
}

#[test]
fn what_is_no_film_is_refused_with_its_code() {
    let (Some(tools), Some(folder)) = (films::tools(), films::folder()) else { return };
    for (name, code) in REFUSED {
        let error = tools.open(&folder.join(name), &Silent).unwrap_err();
        assert_eq!(error.code(), code, "{name}: {error}");
        println!("{name}: {error}");
    }
}

#[test]
fn limits_are_kept() {
    let (Some(mut tools), Some(folder)) = (films::tools(), films::folder()) else { return };
    let film = folder.join("nasa_speech_2v2a2s.mp4");
    let code = |tools: &Tools| tools.open(&film, &Silent).map(|_| ()).map_err(|error| error.code());
    tools.limits.length = Time::from_seconds(10.0);
    assert_eq!(code(&tools), Err(4004));
    tools.limits = ffmpeg::Limits { pixels: 10_000, ..Default::default() };
    assert_eq!(code(&tools), Err(4004));
    tools.limits = ffmpeg::Limits { streams: 3, ..Default::default() };
    assert_eq!(code(&tools), Err(4004));
    tools.limits = ffmpeg::Limits { packets: 100, ..Default::default() };
    assert_eq!(code(&tools), Err(4004));
    // Only the picture's own packets count: the file has a thousand in all.
    tools.limits = ffmpeg::Limits { packets: 400, ..Default::default() };
    assert_eq!(code(&tools), Ok(()));
}

#[test]
fn a_strange_name_is_only_a_name() {
    let (Some(tools), Some(folder)) = (films::tools(), films::folder()) else { return };
    let place = tempfile::tempdir().unwrap();
    for name in ["-i film%03d.mp4", "a:b|c'd\"e\\f.mp4", "电影 \u{202e}4pm.mp4", "concat:x.mp4"] {
        let path = place.path().join(name);
        std::fs::copy(folder.join("odd/made_0.2s.mp4"), &path).unwrap();
        assert_eq!(tools.open(&path, &Silent).unwrap().packets().len(), 6, "{name}");
    }
}

#[test]
fn time_stamps_out_of_all_reason_are_refused() {
    let Some(tools) = films::tools() else { return };
    let place = tempfile::tempdir().unwrap();
    // In milliseconds: beyond what a time holds, beyond that twice (it once wrapped round to 0), and a true gap.
    for (jump, code) in [("16000000000000", 4003), ("334634784112653", 4003), ("20000000", 4004)] {
        let rest = format!("-c:v libx264 -preset ultrafast -an -bsf:v setts=ts=TS+gte(N\\,30)*{jump}");
        let film = slate::make(place.path(), "jump.mkv", ["", ""], &rest);
        let error = tools.open(&film, &Silent).unwrap_err();
        println!("{jump}: {error}");
        assert_eq!(error.code(), code, "{error}");
    }
}

#[test]
fn a_small_file_cannot_name_frames_without_end() {
    let Some(tools) = films::tools() else { return };
    let place = tempfile::tempdir().unwrap();
    let error = tools.open(&hostile::crowd(place.path(), 8, 300_000, 300_016), &Silent).unwrap_err();
    println!("{error}");
    assert_eq!(error.code(), 4003, "{error}");
    // The very same film is fine where its frames are few.
    let film = tools.open(&hostile::crowd(place.path(), 8, 5_000, 5_016), &Silent).unwrap();
    assert_eq!((film.packets().len(), film.probe().length), (5_000, Time::from_seconds(5.0)));
}
