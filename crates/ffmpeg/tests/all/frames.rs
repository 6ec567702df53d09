//! Whole frames: of the right moment, upright, in square pixels and in the film's colours; and as JPEG.

use std::process::Command;

use footage::{Look, Raster};
use sound::{Silent, Time};

use crate::{films, slate};

/// The mean of a channel, 0 to 255.
fn mean(frame: &Raster, channel: usize) -> f64 {
    let values = frame.rgb.iter().skip(channel).step_by(3).map(|value| f64::from(*value));
    values.sum::<f64>() * 3.0 / frame.rgb.len() as f64
}

#[test]
fn a_frame_is_the_one_that_is_shown_at_its_moment() {
    let Some(tools) = films::tools() else { return };
    let place = tempfile::tempdir().unwrap();
    let h264 = "-c:v libx264 -preset ultrafast -bf 2 -g 20 -c:a aac";
    let uneven = "-vf select='not(between(mod(n\\,15)\\,3\\,9))' -fps_mode vfr";
    for (name, rest) in [
        ("even.mp4", h264.to_owned()),
        ("late.mkv", format!("{h264} {uneven} -output_ts_offset 7.7")),
        ("bframes.avi", "-c:v libx264 -preset ultrafast -bf 2 -c:a pcm_s16le".into()),
    ] {
        let film = tools.open(&slate::make(place.path(), name, ["", ""], &rest), &Silent).unwrap();
        // A white frame stands for a thirtieth of a second from each whole second on, and in the uneven film, too.
        let moments = [3.02, 0.95, 1.0, 2.5, 1.02, 400.0].map(Time::from_seconds);
        let frames = tools.frames(&film, &moments, None, &Silent).unwrap();
        let light: Vec<bool> = frames.iter().map(|frame| mean(frame, 1) > 128.0).collect();
        assert_eq!(light, [true, false, true, false, true, false], "{name}");
        assert!(frames.iter().all(|frame| (frame.width, frame.height) == (160, 90)), "{name}");
        let small = tools.frames(&film, &moments[..2], Some(45), &Silent).unwrap();
        assert!(small.iter().all(|frame| (frame.width, frame.height) == (80, 45)), "{name}");
    }
}

#[test]
fn frames_of_any_film_stand_upright_in_their_shape_and_colours() {
    let (Some(tools), Some(folder)) = (films::tools(), films::folder()) else { return };
    for (name, size) in [
        ("odd/phone_720p_rot270_speech.mp4", (720, 1280)),
        ("odd/sar_2by3.mp4", (427, 360)),
        ("odd/made_interlaced_tff_576i25.mp4", (0, 576)),
        ("odd/hevc10_hdr10_1080p_vfr.mp4", (1920, 1080)),
        ("odd/made_odd_639x271_444.mp4", (638, 270)),
    ] {
        let film = films::open(&tools, &folder, name);
        let middle = film.probe().length / 2;
        let frame = tools.frames(&film, &[middle], None, &Silent).unwrap().remove(0);
        println!("{name}: {}x{}", frame.width, frame.height);
        assert_eq!(frame.height, size.1, "{name}");
        assert!(size.0 == 0 || frame.width.abs_diff(size.0) <= 1, "{name}: {}", frame.width);
        // The small still of the same moment, by another road.
        let mut still = None;
        tools
            .stills(&film, &Look::Whole, &Silent, &mut |seen| {
                if seen.at <= middle {
                    still = Some(seen.rgb);
                }
            })
            .unwrap();
        let still = Raster { width: 64, height: 36, rgb: still.unwrap() };
        // What is brighter than a screen is drawn darker there, so it is not held against its still.
        if !name.contains("hdr") {
            for channel in 0..3 {
                let (large, small) = (mean(&frame, channel), mean(&still, channel));
                assert!((large - small).abs() < 6.0, "{name}: {large} {small}");
            }
        }
    }
}

#[test]
fn a_picture_is_nearly_itself_as_jpeg() {
    let Some(tools) = films::tools() else { return };
    let place = tempfile::tempdir().unwrap();
    let rgb = (0..90u32 * 120).flat_map(|at| [(at % 120 * 2) as u8, (at / 120 * 2) as u8, 90]).collect();
    let picture = Raster { width: 120, height: 90, rgb };
    let path = place.path().join("picture.jpg");
    std::fs::write(&path, tools.jpeg(&picture, &Silent).unwrap()).unwrap();
    let decoded = Command::new("ffmpeg")
        .args(["-v", "error", "-i"])
        .arg(&path)
        .args(["-f", "rawvideo", "-pix_fmt", "rgb24", "-"])
        .output()
        .unwrap();
    assert_eq!(decoded.stdout.len(), picture.rgb.len());
    let apart: u64 = decoded.stdout.iter().zip(&picture.rgb).map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
    assert!(apart < 3 * picture.rgb.len() as u64, "{}", apart as f64 / picture.rgb.len() as f64);
    let wide = Raster { width: 70_000, height: 1, rgb: vec![0; 210_000] };
    assert_eq!(tools.jpeg(&wide, &Silent).unwrap_err().code(), 4004);
}
