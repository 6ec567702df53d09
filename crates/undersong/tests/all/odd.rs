//! Odd films: turned, stretched, of uneven pace, short, folded down from surround sound.

use std::path::Path;
use std::process::Command;

use super::facts::{lengths, packets, picture, pictures_end, probe};
use super::heard::{RATE, decode, fit, lag, rms};
use super::program::{Room, film};

/// Scores a film; gives the room with `out.mp4` in it.
fn score(film: &Path) -> Room {
    let room = Room::new();
    room.run(["add", film.to_str().unwrap(), "add lo-fi music at 8%", "-o", "out.mp4", "--seed", "1"]).text();
    assert!(room.leftovers().is_empty());
    let wanted = pictures_end(film);
    let made = lengths(&room.file("out.mp4"));
    assert!(made.iter().all(|length| (length - wanted).abs() < 0.0334), "{made:?} instead of {wanted}");
    room
}

/// The first picture as a player shows it, 32 x 32 in grey.
fn shown(file: &Path) -> Vec<u8> {
    let told = Command::new("ffmpeg")
        .args(["-nostdin", "-v", "error", "-i"])
        .arg(file)
        .args([
            "-map",
            "0:v:0",
            "-frames:v",
            "1",
            "-vf",
            "scale=32:32:flags=area,format=gray",
            "-f",
            "rawvideo",
            "-",
        ])
        .output()
        .unwrap();
    assert_eq!(told.stdout.len(), 1024, "{}", String::from_utf8_lossy(&told.stderr));
    told.stdout
}

/// How far two pictures differ on average, 0 to 255.
fn apart(a: &[u8], b: &[u8]) -> f64 {
    a.iter().zip(b).map(|(a, b)| f64::from(a.abs_diff(*b))).sum::<f64>() / a.len() as f64
}

/// The times of all pictures, in order.
fn times(file: &Path) -> Vec<f64> {
    let mut times: Vec<f64> = packets(file).into_iter().map(|one| one.1).collect();
    times.sort_by(f64::total_cmp);
    times
}

/// The first picture stands as it did.
fn upright(name: &str, film: &Path, room: &Room) {
    let (before, after) = (shown(film), shown(&room.file("out.mp4")));
    assert!(apart(&before, &after) < 4.0, "{name}: {}", apart(&before, &after));
    let upside_down: Vec<u8> = before.iter().rev().copied().collect();
    assert!(apart(&upside_down, &after) > 8.0, "{name} cannot tell up from down");
}

#[test]
fn turned_films_stay_upright() {
    for name in [
        "odd/phone_720p_rot270_speech.mp4",
        "odd/rotate_and_reflect_matrix.mp4",
        "odd/motionphoto_two_hevc_tracks_rot90.mp4",
    ] {
        let Some(film) = film(name) else { return };
        let room = score(&film);
        upright(name, &film, &room);
    }
}

#[test]
fn pixels_keep_their_shape() {
    for (name, shape) in [("odd/sar_2by3.mp4", "2:3"), ("odd/made_interlaced_tff_576i25.mp4", "106:75")] {
        let Some(film) = film(name) else { return };
        assert_eq!(picture(&film)["sample_aspect_ratio"], shape);
        let room = score(&film);
        assert_eq!(picture(&room.file("out.mp4"))["sample_aspect_ratio"], shape, "{name}");
    }
}

#[test]
fn uneven_pace_stays_in_sync() {
    // The second is turned, too, and hides its first pictures by an edit list.
    for name in ["odd/hevc10_hdr10_1080p_vfr.mp4", "odd/phone_hevc10_rot90_editlist_vfr.mp4"] {
        let Some(film) = film(name) else { return };
        let room = score(&film);
        // The first is HDR, whose tones change on the way to H.264.
        if !name.contains("hdr10") {
            upright(name, &film, &room);
        }
        let (before, after) = (times(&film), times(&room.file("out.mp4")));
        assert_eq!(before.len(), after.len(), "{name}");
        let worst = before.iter().zip(&after).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        assert!(worst < 0.01, "{name}: a picture is {worst} s off");
        let (sum, sound) = (decode(&room.file("out.mp4")), decode(&film));
        let late = lag(&sound, &sum, 480);
        assert!(late.abs() <= 48, "{name}: the sound is {late} samples late");
    }
}

#[test]
fn the_shortest_film_gets_a_sting() {
    let Some(film) = film("odd/made_0.2s.mp4") else { return };
    let room = score(&film);
    assert_eq!(packets(&film), packets(&room.file("out.mp4")));
    assert!(rms(&decode(&room.file("out.mp4"))) > 0.001);
}

#[test]
fn sound_that_ends_early_is_followed_by_music() {
    let Some(film) = film("odd/audio_shorter_than_video.mp4") else { return };
    let room = score(&film);
    let heard = decode(&room.file("out.mp4"));
    assert!(heard.len() as f64 / RATE as f64 > 1.15);
    assert_eq!(times(&film).len(), times(&room.file("out.mp4")).len());
}

#[test]
fn a_wrong_header_does_not_make_a_film_long() {
    let Some(film) = film("odd/fragmented_bad_duration.mp4") else { return };
    let room = score(&film);
    let told = probe(&room.file("out.mp4"), &["-show_entries", "format=duration"]);
    assert!(super::facts::number(&told["format"]["duration"]) < 2.0);
}

#[test]
fn surround_sound_is_folded_to_its_front() {
    let Some(film) = film("animation_bbb_720p25_5.1.mp4") else { return };
    let room = Room::new();
    // Music far below, so that what is heard is the film.
    let wanted = ["add", film.to_str().unwrap(), "add calm music at 1%", "-o", "out.mp4", "--seed", "1"];
    room.run(wanted).text();
    assert_eq!(
        probe(&room.file("out.mp4"), &["-show_entries", "stream=channels"])["streams"]
            .to_string()
            .matches("2")
            .count(),
        1
    );
    // Front left and right at unity, centre and surrounds at -3 dB: ITU-R BS.775, table 2.
    let told = Command::new("ffmpeg")
        .args(["-nostdin", "-v", "error", "-i"])
        .arg(&film)
        .args([
            "-map",
            "0:a:0",
            "-af",
            "pan=stereo|c0=c0+0.707*c2+0.707*c4|c1=c1+0.707*c2+0.707*c5,aresample=48000",
        ])
        .args(["-c:a", "pcm_f32le"])
        .arg(room.file("front.wav"))
        .status();
    assert!(told.unwrap().success());
    let (sum, front) = (decode(&room.file("out.mp4")), decode(&room.file("front.wav")));
    let silence = vec![[0.0; 2]; RATE];
    // A quiet second, where no limiter acts.
    let second = 4 * RATE..5 * RATE;
    let found = fit(&sum[second.clone()], &front[second.clone()], &silence);
    let alone: Vec<[f32; 2]> = sum[second.clone()]
        .iter()
        .zip(&front[second.clone()])
        .map(|(sum, front)| [0, 1].map(|side| sum[side] - front[side] * found.film as f32))
        .collect();
    let (left, whole) = (rms(&alone), found.film * rms(&front[second]));
    assert!(left < 0.2 * whole, "{left} of {whole} is not the front image");
}
