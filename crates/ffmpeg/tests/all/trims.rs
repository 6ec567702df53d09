//! Cuts through one film: its own packets stay, but for those between a cut and the next keyframe.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use sound::{Silent, Span, Time};
use timeline::{Edit, Fades};

use crate::conforming::Table;
use crate::rendering::packets;
use crate::{films, slate};

/// MD5 of every decoded frame in the order in which they are shown; decoding says nothing.
fn frames(path: &Path) -> Vec<String> {
    let output = Command::new("ffmpeg")
        .args(["-v", "error", "-xerror", "-err_detect", "explode", "-i"])
        .arg(path)
        .args(["-map", "0:v:0", "-fps_mode", "passthrough", "-f", "framemd5", "-"])
        .output()
        .unwrap();
    assert!(
        output.status.success() && output.stderr.is_empty(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines()
        .filter(|l| !l.starts_with('#'))
        .map(|l| l.rsplit(',').next().unwrap().trim().to_owned())
        .collect()
}

/// A film of noise with 25 frames a second and a keyframe every second; `rest` is for its encoder.
fn noise(place: &Path, name: &str, rest: &str) -> std::path::PathBuf {
    let path = place.join(name);
    let status = Command::new("ffmpeg")
        .args(["-v", "error", "-y", "-f", "lavfi", "-i", "testsrc2=s=320x180:r=25:d=12"])
        .args(["-f", "lavfi", "-i", "sine=f=440:r=48000:d=12", "-c:a", "aac"])
        .args(["-c:v", "libx264", "-preset", "superfast", "-bf", "3", "-g", "25", "-pix_fmt", "yuv420p"])
        .args(rest.split_whitespace())
        .arg(&path)
        .status();
    assert!(status.unwrap().success());
    path
}

/// How many packets of `path` are also in `source`, and how many there are.
fn own(source: &Path, path: &Path) -> (usize, usize) {
    let mut there = BTreeMap::new();
    packets(source).into_iter().for_each(|packet| *there.entry(packet).or_insert(0) += 1);
    let is = packets(path);
    (is.iter().filter(|packet| there.contains_key(*packet)).count(), is.len())
}

#[test]
fn a_cut_film_is_its_own_but_for_the_groups_that_are_cut() {
    let Some(tools) = films::tools() else { return };
    let place = tempfile::tempdir().unwrap();
    let trim = |start, end| Edit::TrimClip { clip: 1, span: Span::seconds(start, end) };
    // What is cut, the places of the source's frames that are shown, and how many of its packets stay at least.
    let table: [(&str, Vec<Edit>, Vec<usize>, usize); 5] = [
        ("at keyframes", vec![trim(3.0, 9.0)], (75..225).collect(), 150),
        ("beside them", vec![trim(3.4, 9.4)], (85..235).collect(), 130),
        ("one frame after", vec![trim(1.04, 12.0)], (26..300).collect(), 250),
        (
            "cut out",
            vec![Edit::CutOut { span: Span::seconds(2.2, 6.6) }],
            (0..55).chain(165..300).collect(),
            170,
        ),
        (
            "turned",
            vec![Edit::SplitClip { at: Time::from_seconds(7.0) }, Edit::MoveClip { clip: 2, to: 0 }],
            (175..300).chain(0..175).collect(),
            300,
        ),
    ];
    for (name, rest) in
        [("plain.mp4", ""), ("late.mkv", "-output_ts_offset 3.021"), ("main.mp4", "-profile:v main")]
    {
        let path = noise(place.path(), name, rest);
        let was = frames(&path);
        for (what, edits, shown, kept) in &table {
            let film = Table::with(&tools, place.path(), &[&path]).film(edits);
            let (own, all) = own(&path, film.path());
            println!("{name} {what}: {own} of {all} packets");
            assert_eq!(all, shown.len(), "{name} {what}");
            assert!(own >= *kept, "{name} {what}: {own} of {all}");
            let is = frames(film.path());
            // The frames of the source's own packets are the source's to the bit.
            let same = shown.iter().zip(&is).filter(|(place, frame)| was[**place] == **frame).count();
            assert!(same >= own, "{name} {what}: {same} of {own}");
            for (place, packet) in film.packets().iter().enumerate() {
                assert!(packet.at.distance(Time::from_ratio(place as i64, 25)) < Time::from_seconds(1e-4));
            }
        }
    }
}

#[test]
fn what_cannot_be_cut_is_encoded() {
    let Some(tools) = films::tools() else { return };
    let place = tempfile::tempdir().unwrap();
    let trim = Edit::TrimClip { clip: 1, span: Span::seconds(3.4, 9.4) };
    let plain = noise(place.path(), "plain.mp4", "");
    let fade = Edit::FadePicture { fades: Fades { fade_in: Time::from_seconds(0.5), fade_out: Time::ZERO } };
    for (name, rest) in [
        ("one_group.mp4", "-g 500 -sc_threshold 0"),
        ("open.mp4", "-x264-params open-gop=1:scenecut=0"),
        ("deep.mp4", "-pix_fmt yuv420p10le"),
        ("fields.mp4", "-flags +ildct+ilme -top 1"),
    ] {
        let path = noise(place.path(), name, rest);
        let film = Table::with(&tools, place.path(), &[&path]).film(std::slice::from_ref(&trim));
        assert_eq!(own(&path, film.path()), (0, 150), "{name}");
        assert_eq!(film.probe().picture.pixel_format, "yuv420p", "{name}");
    }
    for edit in [fade, Edit::Speed { clip: None, percent: 120 }] {
        let film = Table::with(&tools, place.path(), &[&plain]).film(&[trim.clone(), edit]);
        assert_eq!(own(&plain, film.path()).0, 0);
    }
}

#[test]
fn a_trimmed_film_stays_in_sync() {
    let Some(tools) = films::tools() else { return };
    let place = tempfile::tempdir().unwrap();
    for (name, rest) in
        [("clap.mp4", "-bf 2"), ("late.mkv", "-bf 2 -output_ts_offset 7.7"), ("plain.mp4", "-bf 0")]
    {
        let rest = format!("-c:v libx264 -preset ultrafast -g 12 -c:a aac {rest}");
        let path = slate::make(place.path(), name, ["", ""], &rest);
        let film = Table::with(&tools, place.path(), &[&path])
            .film(&[Edit::TrimClip { clip: 1, span: Span::seconds(0.7, 4.3) }]);
        assert!(own(&path, film.path()).0 > 60, "{name}");
        for (flash, wanted) in slate::in_sync(&tools, &film, name).iter().zip([0.3, 1.3, 2.3, 3.3]) {
            assert!((flash.seconds() - wanted).abs() <= 0.01, "{name}: {flash} {wanted}");
        }
        assert!(tools.frames(&film, &[Time::from_seconds(0.31)], None, &Silent).is_ok());
    }
}

/// How like each frame of `is` is to that of `was`, from a place on: 1 for the same (SSIM).
fn likeness(was: &Path, from: usize, is: &Path) -> Vec<f64> {
    let place = tempfile::tempdir().unwrap();
    let graph =
        format!("[1:v]trim=start_frame={from},setpts=PTS-STARTPTS[was];[0:v][was]ssim=f=ssim:shortest=1");
    let made = Command::new("ffmpeg")
        .current_dir(place.path())
        .args(["-v", "error", "-i"])
        .arg(is)
        .arg("-i")
        .arg(was)
        .args(["-filter_complex", &graph, "-f", "null", "-"])
        .status();
    assert!(made.unwrap().success());
    // "n:1 Y:0.99 U:0.98 V:0.98 All:0.99 (20.1)"
    let told = std::fs::read_to_string(place.path().join("ssim")).unwrap();
    let all = |line: &str| line.split("All:").nth(1)?.split(' ').next()?.parse::<f64>().ok();
    told.lines().map(|line| all(line).unwrap()).collect()
}

#[test]
fn a_picture_that_is_refreshed_bit_by_bit_is_entered_where_it_will_be_whole() {
    let Some(tools) = films::tools() else { return };
    let place = tempfile::tempdir().unwrap();
    for name in ["bit_by_bit.mp4", "bit_by_bit.mkv"] {
        let path = noise(place.path(), name, "-bf 0 -x264-params intra-refresh=1:keyint=50:scenecut=0");
        for (from, start) in [(1, 0.04), (100, 4.0), (130, 5.2)] {
            let trim = Edit::TrimClip { clip: 1, span: Span::seconds(start, 12.0) };
            let film = Table::with(&tools, place.path(), &[&path]).film(&[trim]);
            let likeness = likeness(&path, from, film.path());
            assert_eq!(likeness.len(), 300 - from, "{name}");
            let least = likeness.into_iter().fold(1.0, f64::min);
            assert!(least > 0.95, "{name} from {from}: {least}");
        }
    }
}
