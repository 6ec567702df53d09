//! Real films of many kinds get their music; what came out is measured by ffmpeg, not by undersong.

use std::path::Path;

use serde_json::Value;

use super::facts::{lengths, loudness, loudness_of_raw, packets, picture, pictures_end};
use super::heard::{RATE, decode, explained, fit, lag, silences, write_raw};
use super::program::{Room, film};

/// A frame at 30 frames a second: how far lengths may lie apart.
const FRAME: f64 = 0.033_4;

/// A film that was scored, with its music on its own.
struct Scored {
    room: Room,
    report: Value,
    film: std::path::PathBuf,
}

/// Scores a film and proves what holds for every film.
fn score(name: &str, request: &str) -> Option<Scored> {
    let film = film(name)?;
    let room = Room::new();
    let wanted = ["add", film.to_str().unwrap(), request];
    let told =
        room.run([&wanted[..], &["-o", "out.mp4", "--wav", "music.wav", "--seed", "1", "--json"]].concat());
    let scored = Scored { report: told.answer(), room, film };
    assert_eq!(scored.room.results(), ["music.wav", "out.mp4"]);
    assert!(scored.room.leftovers().is_empty());
    scored.lasts_as_long();
    scored.is_as_loud_as_wanted();
    scored.is_honest();
    scored.music_never_stops();
    Some(scored)
}

impl Scored {
    fn out(&self) -> std::path::PathBuf {
        self.room.file("out.mp4")
    }

    fn warned(&self, of: &str) -> bool {
        self.report["warnings"].as_array().unwrap().iter().any(|text| text.as_str().unwrap().contains(of))
    }

    /// Picture, sound and container last as long as the film's pictures.
    fn lasts_as_long(&self) {
        let wanted = pictures_end(&self.film);
        let made = [&lengths(&self.out())[..], &[pictures_end(&self.out())]].concat();
        assert!(made.iter().all(|length| (length - wanted).abs() < FRAME), "{made:?} instead of {wanted}");
        let heard = decode(&self.out()).len() as f64 / RATE as f64;
        assert!((heard - wanted).abs() < FRAME + 0.022, "{heard} s are heard of {wanted}");
    }

    fn is_as_loud_as_wanted(&self) {
        let (lufs, peak) = loudness(&self.out());
        assert!(peak < -1.0, "{peak} dBTP");
        assert!((lufs + 14.0).abs() <= 0.5 || self.warned("LUFS"), "{lufs} LUFS without a word");
    }

    /// The report says what ffprobe and ffmpeg say.
    fn is_honest(&self) {
        let (report, picture, [video, audio, whole]) =
            (&self.report, picture(&self.out()), lengths(&self.out()));
        let near = |value: &Value, fact: f64, by: f64| (value.as_f64().unwrap() - fact).abs() < by;
        let (lufs, peak) = loudness(&self.out());
        // ffmpeg tells tenths.
        assert!(near(&report["mix"]["integrated_lufs"], lufs, 0.11), "{lufs} {}", report["mix"]);
        assert!(near(&report["mix"]["true_peak_dbtp"], peak, 0.26), "{peak} {}", report["mix"]);
        let file = &report["output_file"];
        assert!(
            near(&file["duration_s"], whole, 0.002) && near(&file["video_duration_s"], video, 0.002),
            "{file}"
        );
        assert!(near(&file["audio_duration_s"], audio, 0.002), "{file} {audio}");
        assert_eq!(file["size_bytes"], self.out().metadata().unwrap().len());
        assert_eq!((&file["width"], &file["height"]), (&picture["width"], &picture["height"]));
        assert_eq!(file["video_codec"], picture["codec_name"]);
        assert_eq!(report["render"]["packets_total"], packets(&self.out()).len());
    }

    /// The music begins in the first second, lasts into the last one and a half, and never pauses for two.
    fn music_never_stops(&self) {
        let music = decode(&self.room.file("music.wav"));
        let end = music.len() as f64 / RATE as f64;
        for [from, to] in silences(&music, 0.001) {
            assert!(to - from <= 2.0, "no music from {from} to {to}");
            assert!(from > 0.0 || to <= 1.0, "the music begins at {to}");
            assert!(to < end || end - from <= 1.5, "the music ends at {from} of {end}");
        }
    }

    /// The picture's packets are the film's own: the same bytes at the same times.
    fn keeps_its_picture(&self) {
        let (before, after) = (packets(&self.film), packets(&self.out()));
        assert_eq!(before.len(), after.len());
        for (index, (before, after)) in before.iter().zip(&after).enumerate() {
            assert_eq!(before.0, after.0, "packet {index}");
            assert!((before.1 - after.1).abs() < 0.002, "packet {index}: {} is now {}", before.1, after.1);
        }
        let render = &self.report["render"];
        assert_eq!((&render["picture"], &render["packets_copied"]), (&"copied".into(), &before.len().into()));
    }

    /// The music of the result, second by second, is the music that was written on its own; film sound stays in place.
    fn holds_film_and_music(&self) {
        let (sum, music) = (decode(&self.out()), decode(&self.room.file("music.wav")));
        let mut film = decode(&self.film);
        film.resize(sum.len(), [0.0; 2]);
        assert!(
            lag(&film, &sum, 480).abs() <= 48,
            "the film's sound is {} samples late",
            lag(&film, &sum, 480)
        );
        let seconds = sum.chunks_exact(RATE).zip(film.chunks_exact(RATE)).zip(music.chunks_exact(RATE));
        for (index, ((sum, film), music)) in seconds.enumerate() {
            let share = explained(sum, film, music);
            assert!(share > 0.25, "second {index}: only {share:.2} of what is not film is the music");
        }
    }

    /// By how many LU speech stands above the music in these spans.
    fn clearance(&self, speech: &[[f64; 2]]) -> f64 {
        let (sum, music) = (decode(&self.out()), decode(&self.room.file("music.wav")));
        let film = decode(&self.film);
        let (mut said, mut played) = (Vec::new(), Vec::new());
        for [from, to] in speech {
            // Short pieces, as ducking moves the music's gain.
            let (from, to) = ((from * RATE as f64) as usize, (to * RATE as f64) as usize);
            for at in (from..to).step_by(RATE / 2) {
                let piece = at..(at + RATE / 2).min(to);
                let (film, music) = (&film[piece.clone()], &music[piece.clone()]);
                let found = fit(&sum[piece], film, music);
                let at_gain = |frames: &[[f32; 2]], gain: f64| {
                    frames.iter().map(|frame| frame.map(|sample| sample * gain as f32)).collect::<Vec<_>>()
                };
                said.extend(at_gain(film, found.film));
                played.extend(at_gain(music, found.music));
            }
        }
        let loud = |frames: &[[f32; 2]], name: &str| {
            write_raw(frames, &self.room.file(name));
            loudness_of_raw(&self.room.file(name)).0
        };
        loud(&said, "speech.f32") - loud(&played, "music.f32")
    }
}

#[test]
fn gameplay_gets_chiptune() {
    let request = "add retro chiptune background music to my gameplay video";
    let Some(scored) = score("gameplay_myrkur_480x320_60fps.mp4", request) else { return };
    assert_eq!(scored.report["cue"]["genre"], "chiptune");
    scored.keeps_its_picture();
    scored.holds_film_and_music();
}

#[test]
fn speech_stays_clear() {
    let Some(scored) = score("nasa_speech_single.mkv", "add soft cinematic music and keep the speech clear")
    else {
        return;
    };
    scored.keeps_its_picture();
    scored.holds_film_and_music();
    let clearance = scored.clearance(&[[0.6, 4.6], [5.0, 7.9], [8.4, 11.8]]);
    assert!(clearance >= 10.0, "speech is only {clearance:.1} LU above the music");
    let said = scored.report["mix"]["speech_over_music_lu"].as_f64().unwrap();
    // the report is a mean over moments; a gated loudness gives loud ones more weight
    assert!((said - clearance).abs() < 2.5, "the report says {said:.1}, {clearance:.1} were measured");
}

#[test]
fn a_film_without_sound_gets_sound() {
    let request = "add upbeat corporate music that lands on the cuts";
    let Some(scored) = score("bikes_street_cuts_640x272_noaudio.mp4", request) else { return };
    scored.keeps_its_picture();
}

#[test]
fn peaks_that_the_codec_raises_are_brought_down() {
    let Some(film) = film("bikes_street_cuts_640x272_noaudio.mp4") else { return };
    let room = Room::new();
    for seed in ["2", "3", "5"] {
        let request = "add upbeat corporate music that lands on the cuts";
        room.run(["add", film.to_str().unwrap(), request, "-o", "out.mp4", "--seed", seed]).text();
        let (lufs, peak) = loudness(&room.file("out.mp4"));
        assert!(peak < -1.0 && (lufs + 14.0).abs() <= 0.5, "seed {seed}: {lufs} LUFS, {peak} dBTP");
    }
}

#[test]
fn surround_sound_keeps_its_front() {
    let Some(scored) = score("animation_bbb_720p25_5.1.mp4", "add a short playful tune") else { return };
    scored.keeps_its_picture();
    scored.holds_film_and_music();
}

#[test]
fn a_silent_track_is_no_hindrance() {
    let Some(scored) = score("carpark_12.5fps_silent_track.mp4", "add chill lo-fi beats") else { return };
    assert_eq!(scored.report["cue"]["genre"], "lofi");
    scored.keeps_its_picture();
}

#[test]
fn uncompressed_camera_sound_goes_under_music() {
    let Some(scored) = score("camera_1080p50_pcm.mov", "add a calm ambient pad") else { return };
    scored.keeps_its_picture();
    scored.holds_film_and_music();
}

#[test]
fn other_codecs_are_encoded_once() {
    let Some(scored) = score("film_avi_mpeg4_mp3.avi", "add a cinematic emotional score") else { return };
    assert_eq!(scored.report["render"]["picture"], "encoded");
    assert!(scored.warned("encoded anew"));
    assert_eq!(picture(&scored.out())["codec_name"], "h264");
    same_pictures(&scored.film, &scored.out());
    scored.holds_film_and_music();
}

/// As many pictures at the same times, whatever they are coded as.
fn same_pictures(film: &Path, made: &Path) {
    let times = |file: &Path| {
        let mut times: Vec<f64> = packets(file).into_iter().map(|one| one.1).collect();
        times.sort_by(f64::total_cmp);
        times
    };
    let (before, after) = (times(film), times(made));
    assert_eq!(before.len(), after.len());
    assert!(before.iter().zip(&after).all(|(before, after)| (before - after).abs() < 0.02));
}
