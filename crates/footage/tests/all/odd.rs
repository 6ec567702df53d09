//! Films at the edge of what a film is give sane profiles, too.

use std::path::{Path, PathBuf};
use std::process::Command;

use footage::Profile;
use sound::Time;

use crate::any::check;
use crate::film::{Film, open};

/// Makes a film with these arguments of ffmpeg; `None`, with a word, where there is none.
fn made(name: &str, args: &[&str]) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let made = Command::new("ffmpeg").args(["-nostdin", "-v", "error", "-y"]).args(args).arg(&path).status();
    match made {
        Ok(status) => {
            assert!(status.success(), "{name}");
            Some(path)
        }
        Err(_) => {
            assert!(std::env::var_os("CI").is_none(), "ffmpeg is missing");
            println!("skipped: ffmpeg is missing");
            None
        }
    }
}

fn sane(film: &mut Film) -> Profile {
    let profile = film.watch();
    check(&profile);
    profile
}

#[test]
fn odd_films_of_the_media_are_sane() {
    for name in [
        "odd/made_0.2s.mp4",
        "odd/h264_444_editlist_1fps.mp4",
        "odd/hevc10_hdr10_1080p_vfr.mp4",
        "odd/phone_hevc10_rot90_editlist_vfr.mp4",
        "odd/phone_720p_rot270_speech.mp4",
        "odd/rotate_and_reflect_matrix.mp4",
        "odd/made_interlaced_tff_576i25.mp4",
        "odd/made_corrupt_bitflips.mp4",
        "odd/audio_shorter_than_video.mp4",
        "odd/vp9_alpha.webm",
        "odd/mp3_with_cover_art.mp3",
        "bikes_street_cuts_640x272_noaudio.mp4",
    ] {
        let Some(mut film) = open(name) else { return };
        println!("{name}");
        sane(&mut film);
    }
}

#[test]
fn a_black_film_has_no_cuts() {
    let args = ["-f", "lavfi", "-i", "color=black:size=160x90:rate=25:duration=8"];
    let Some(path) = made("black.mp4", &args) else { return };
    assert!(sane(&mut Film::at(&path)).cuts.is_empty());
}

#[test]
fn an_hour_is_watched_without_all_of_it_being_seen() {
    let args = ["-f", "lavfi", "-i", "testsrc2=size=640x360:rate=10:duration=20", "-g", "100"];
    let Some(short) = made("short.mp4", &args) else { return };
    let short = short.to_string_lossy().into_owned();
    let Some(path) = made("hour.mp4", &["-stream_loop", "179", "-i", &short, "-c", "copy"]) else { return };
    let mut film = Film::at(&path);
    // So large a picture is not seen whole.
    film.probe.picture.width = 8000;
    let profile = sane(&mut film);
    assert!(profile.length >= Time::from_seconds(3599.0), "{}", profile.length);
    assert!(film.shown < 12_000, "{} frames", film.shown);
}
