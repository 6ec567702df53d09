//! Watching: exact times, upright stills, sound on the picture's clock and at its level.

use std::process::Command;

use ffmpeg::Seen;
use footage::{Look, Still};
use sound::{Frame, Silent, Span, Time};

use crate::{films, slate};

#[test]
fn flashes_and_clicks_meet_on_the_films_clock() {
    let Some(tools) = films::tools() else { return };
    let place = tempfile::tempdir().unwrap();
    let h264 = "-c:v libx264 -preset ultrafast -bf 2 -g 20 -c:a aac";
    let table = [
        ("even.mp4", ["", ""], h264.to_owned()),
        (
            "uneven.mp4",
            ["", ""],
            format!("{h264} -vf select='not(between(mod(n\\,15)\\,3\\,9))' -fps_mode vfr"),
        ),
        (
            "uneven.mkv",
            ["", ""],
            format!("{h264} -vf select='not(mod(n\\,5)-1)+not(mod(n\\,3))' -fps_mode vfr"),
        ),
        ("late_start.mkv", ["", ""], format!("{h264} -output_ts_offset 100.5")),
        // ffmpeg 5.1 writes this sound 7 ms early: it takes Opus's delay off twice.
        ("opus.webm", ["", ""], "-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -c:a libopus".to_owned()),
        ("mp3.avi", ["", ""], "-c:v mpeg4 -bf 0 -c:a pcm_s16le".to_owned()),
        ("bframes.avi", ["", ""], "-c:v libx264 -preset ultrafast -bf 2 -c:a pcm_s16le".to_owned()),
    ];
    for (name, before, rest) in table {
        let film = tools.open(&slate::make(place.path(), name, before, &rest), &Silent).unwrap();
        let flashes = slate::in_sync(&tools, &film, name);
        for (index, flash) in flashes.iter().enumerate() {
            let wanted = Time::from_seconds(index as f64 + 1.0);
            assert!(flash.distance(wanted) < Time::from_seconds(0.0011), "{name}: {flash}");
        }
    }
}

#[test]
fn a_late_stream_stays_late() {
    let Some(tools) = films::tools() else { return };
    let place = tempfile::tempdir().unwrap();
    let h264 = "-copyts -c:v libx264 -preset ultrafast -c:a aac";
    let slow = format!("{h264} -ar 16000");
    for (name, before, rest, wanted) in [
        ("late_sound.mp4", ["", "-itsoffset 0.35"], h264, (1.0, 1.35)),
        ("late_picture.mkv", ["-itsoffset 0.4", ""], h264, (1.0, 0.6)),
        ("late_picture_slow_sound.mkv", ["-itsoffset 0.4", ""], &slow, (1.0, 0.6)),
    ] {
        let film = tools.open(&slate::make(place.path(), name, before, rest), &Silent).unwrap();
        let (flash, click) = (slate::flashes(&tools, &film)[0], slate::clicks(&tools, &film)[0]);
        println!("{name}: {flash} {click}");
        assert!((flash.seconds() - wanted.0).abs() < 0.0011, "{name}: {flash}");
        assert!((click.seconds() - wanted.1).abs() < 0.004, "{name}: {click}");
    }
}

#[test]
fn stills_have_the_times_of_their_packets() {
    let (Some(tools), Some(folder)) = (films::tools(), films::folder()) else { return };
    for name in [
        "odd/hevc10_hdr10_1080p_vfr.mp4",
        "odd/phone_hevc10_rot90_editlist_vfr.mp4",
        "odd/h264_444_editlist_1fps.mp4",
        "odd/av1_360p.mkv",
        "odd/fragmented_bad_duration.mp4",
    ] {
        let film = films::open(&tools, &folder, name);
        let times = |look: &Look| {
            let mut times = Vec::new();
            tools.stills(&film, look, &Silent, &mut |still| times.push(still.at)).unwrap();
            times
        };
        let packets = film.packets();
        let all: Vec<Time> = packets.iter().map(|packet| packet.at).collect();
        assert_eq!(times(&Look::Whole), all, "{name}");
        let keyed: Vec<Time> = packets.iter().filter(|p| p.keyframe).map(|p| p.at).collect();
        assert_eq!(times(&Look::Keyframes), keyed, "{name}");
    }
}

#[test]
fn keyframes_before_frames_that_are_shown_sooner_have_their_own_times() {
    let Some(tools) = films::tools() else { return };
    let place = tempfile::tempdir().unwrap();
    let h264 = "-c:v libx264 -preset superfast -bf 3 -g 20 -c:a aac";
    let film = tools.open(&slate::make(place.path(), "film.mp4", ["", ""], h264), &Silent).unwrap();
    let mut times = Vec::new();
    tools.stills(&film, &Look::Keyframes, &Silent, &mut |still| times.push(still.at)).unwrap();
    let keyed: Vec<Time> = film.packets().iter().filter(|p| p.keyframe).map(|p| p.at).collect();
    assert!(film.packets().iter().any(|packet| packet.between) && keyed.len() > 2);
    assert_eq!(times, keyed);
}

/// Makes a film of 43 s with a keyframe at least every 3.6 s.
fn long(place: &std::path::Path, name: &str, groups: &str) -> std::path::PathBuf {
    let path = place.join(name);
    let made = Command::new("ffmpeg")
        .args(["-v", "error", "-f", "lavfi", "-i", "testsrc2=s=320x180:r=25:d=43"])
        .args(["-c:v", "libx264", "-preset", "superfast", "-bf", "2", "-b_strategy", "0", "-g", "90"])
        .args(["-x264-params", groups])
        .arg(&path)
        .status();
    assert!(made.unwrap().success());
    path
}

#[test]
fn a_share_that_is_damaged_all_over_is_forgiven() {
    let Some(tools) = films::tools() else { return };
    let place = tempfile::tempdir().unwrap();
    let path = long(place.path(), "film.mp4", "open-gop=0");
    let mut bytes = std::fs::read(&path).unwrap();
    let film = tools.open(&path, &Silent).unwrap();
    // The second share, from 10.8 s to 21.6 s, is packets 270 to 540.
    let size = |range: std::ops::Range<usize>| -> usize {
        film.packets()[range].iter().map(|packet| packet.size as usize).sum()
    };
    let (from, until) = (48 + size(0..270), 48 + size(0..540));
    bytes[from..until].fill(0);
    std::fs::write(&path, bytes).unwrap();
    let film = tools.open(&path, &Silent).unwrap();
    let mut times = Vec::new();
    tools.stills(&film, &Look::References, &Silent, &mut |still| times.push(still.at)).unwrap();
    assert!(times.first().unwrap().seconds() < 1.0 && times.last().unwrap().seconds() > 42.0);
    assert!(times.iter().filter(|at| (11.0..21.0).contains(&at.seconds())).count() < 10);
}

#[test]
fn a_long_look_is_shared_out_and_misses_no_frame() {
    let Some(tools) = films::tools() else { return };
    let place = tempfile::tempdir().unwrap();
    // Frames before the keyframes of an open group belong to the share before it.
    for (name, groups) in [("closed.mp4", "open-gop=0"), ("open.mp4", "open-gop=1")] {
        let path = long(place.path(), name, groups);
        let film = tools.open(&path, &Silent).unwrap();
        let mut times = Vec::new();
        tools.stills(&film, &Look::References, &Silent, &mut |still| times.push(still.at)).unwrap();
        let drawn: Vec<Time> = film.packets().iter().filter(|p| !p.between).map(|p| p.at).collect();
        assert!(drawn.len() > 300);
        assert_eq!(times, drawn, "{name}");
    }
}

#[test]
fn a_look_within_spans_gives_just_those_frames() {
    let (Some(tools), Some(folder)) = (films::tools(), films::folder()) else { return };
    for name in
        ["gameplay_myrkur_480x320_60fps.mp4", "animation_bbb_720p24_vp8.webm", "nasa_speech_single.mkv"]
    {
        let film = films::open(&tools, &folder, name);
        let spans = vec![
            Span::seconds(0.0, 0.2),
            Span::seconds(0.9, 1.1),
            Span::seconds(5.5, 5.9),
            Span::seconds(12.0, 12.5),
        ];
        let wanted: Vec<Time> = film
            .packets()
            .iter()
            .map(|packet| packet.at)
            .filter(|at| spans.iter().any(|span| span.contains(*at)))
            .collect();
        let mut found: Vec<Still> = Vec::new();
        tools.stills(&film, &Look::Within(spans), &Silent, &mut |still| found.push(still)).unwrap();
        let times: Vec<Time> = found.iter().map(|still| still.at).collect();
        assert_eq!(times, wanted, "{name}");
    }
}

#[test]
fn keyframes_and_sound_come_from_one_child_as_from_two() {
    let (Some(tools), Some(folder)) = (films::tools(), films::folder()) else { return };
    let film = films::open(&tools, &folder, "gopro_karma_vp9_opus.webm");
    let (mut stills, mut sound): (Vec<Still>, Vec<Frame>) = Default::default();
    tools
        .keyframes_and_sound(&film, &Silent, &mut |seen| match seen {
            Seen::Still(still) => stills.push(still),
            Seen::Sound(block) => sound.extend(block),
        })
        .unwrap();
    let (mut apart, mut heard): (Vec<Still>, Vec<Frame>) = Default::default();
    tools.stills(&film, &Look::Keyframes, &Silent, &mut |still| apart.push(still)).unwrap();
    tools.film_sound(&film, &Silent, &mut |block| heard.extend(block)).unwrap();
    assert_eq!(stills, apart);
    assert!(sound == heard && !sound.is_empty());
}

/// A tone of amplitude 0.25 in one channel of a layout.
fn tone(place: &std::path::Path, layout: &str, channel: usize, channels: usize, codec: &str) -> Vec<Frame> {
    let path = place.join(format!("{layout}_{channel}_{codec}.mkv"));
    let expressions: Vec<&str> =
        (0..channels).map(|c| if c == channel { "0.25*sin(2*PI*440*t)" } else { "0" }).collect();
    let source = format!("aevalsrc='{}':c={layout}:s=44100:d=1", expressions.join("|"));
    let status = Command::new("ffmpeg")
        .args(["-v", "error", "-y", "-f", "lavfi", "-i", "color=black:s=64x36:r=10:d=1", "-f", "lavfi", "-i"])
        .args([source.as_str(), "-c:v", "libx264", "-preset", "ultrafast", "-c:a", codec])
        .arg(&path)
        .status();
    assert!(status.unwrap().success());
    let tools = films::tools().unwrap();
    let film = tools.open(&path, &Silent).unwrap();
    let mut sound = Vec::new();
    tools.film_sound(&film, &Silent, &mut |block| sound.extend(block)).unwrap();
    sound
}

fn peaks(sound: &[Frame]) -> [f32; 2] {
    let middle = &sound[12_000..36_000];
    [0, 1].map(|side| middle.iter().fold(0.0f32, |peak, frame| peak.max(frame[side].abs())))
}

#[test]
fn the_front_image_stays_at_unity() {
    if films::tools().is_none() {
        return;
    }
    let place = tempfile::tempdir().unwrap();
    let half = 0.25 * std::f32::consts::FRAC_1_SQRT_2;
    for (layout, channel, channels, codec, wanted) in [
        ("mono", 0, 1, "pcm_s16le", [0.25, 0.25]),
        ("mono", 0, 1, "aac", [0.25, 0.25]),
        ("stereo", 0, 2, "pcm_s16le", [0.25, 0.0]),
        ("5.1", 0, 6, "pcm_s16le", [0.25, 0.0]),
        ("5.1", 1, 6, "flac", [0.0, 0.25]),
        ("5.1", 2, 6, "pcm_s16le", [half, half]),
        ("5.1", 2, 6, "aac", [half, half]),
        ("5.1", 3, 6, "pcm_s16le", [0.0, 0.0]),
        ("5.1", 4, 6, "pcm_s16le", [half, 0.0]),
        ("7.1", 1, 8, "pcm_f32le", [0.0, 0.25]),
    ] {
        let found = peaks(&tone(place.path(), layout, channel, channels, codec));
        for side in [0, 1] {
            assert!((found[side] - wanted[side]).abs() < 0.01, "{layout} {channel} {codec}: {found:?}");
        }
    }
}

#[test]
fn a_turned_film_comes_upright() {
    let (Some(tools), Some(folder)) = (films::tools(), films::folder()) else { return };
    let place = tempfile::tempdir().unwrap();
    for name in ["odd/phone_720p_rot270_speech.mp4", "odd/rotate_and_reflect_matrix.mp4"] {
        // ffmpeg's own turning of the large picture is the judge of ours of the small one.
        let raw = place.path().join("first.rgb");
        let status = Command::new("ffmpeg")
            .args(["-v", "error", "-y", "-i"])
            .arg(folder.join(name))
            .args(["-frames:v", "1", "-vf", "scale=64:36:flags=area,format=rgb24", "-f", "rawvideo"])
            .arg(&raw)
            .status();
        assert!(status.unwrap().success());
        let wanted = std::fs::read(&raw).unwrap();
        let film = films::open(&tools, &folder, name);
        let mut first: Option<Still> = None;
        tools
            .stills(&film, &Look::Keyframes, &Silent, &mut |still| {
                first.get_or_insert(still);
            })
            .unwrap();
        let first = first.unwrap();
        let apart: u32 = first.rgb.iter().zip(&wanted).map(|(a, b)| u32::from(a.abs_diff(*b))).sum();
        assert!(apart < 6 * first.rgb.len() as u32, "{name}: {apart}");
    }
}

#[test]
fn a_recording_is_read_whatever_its_kind() {
    let (Some(tools), Some(folder)) = (films::tools(), films::folder()) else { return };
    for (name, seconds) in [
        ("speech_jfk_11s.flac", 11.0),
        ("odd/audio_only.mp4", 1.05),
        ("odd/mp3_with_cover_art.mp3", 1.02),
        ("nasa_speech_single.mkv", 13.1),
    ] {
        let mut frames = 0;
        tools.recording(&folder.join(name), &Silent, &mut |block| frames += block.len()).unwrap();
        assert!((frames as f64 / 48_000.0 - seconds).abs() < 0.1, "{name}: {frames}");
    }
    let code = |name| tools.recording(&folder.join(name), &Silent, &mut |_| {}).unwrap_err().code();
    assert_eq!((code("odd/made_still.jpg"), code("odd/made_random_bytes.mp4")), (4001, 4003));
}
