//! Rendering: the same packets, the same moments, the right lengths; and nothing left behind when it does not work.

use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use ffmpeg::{
    Checked, Delivery, Draft, EncodedSound, Film, MediaError, PictureMode, Quality, RenderPlan, Tools,
};
use sound::{Frame, Progress, SAMPLE_RATE, Silent, Time};

use crate::{films, slate};

/// Encodes the film's own sound, cut or padded to the length of its picture.
pub(crate) fn own_sound(tools: &Tools, film: &Film, job: &Path) -> EncodedSound {
    let mut frames: Vec<Frame> = Vec::new();
    tools.film_sound(film, &Silent, &mut |block| frames.extend(block)).unwrap();
    frames.resize(film.probe().length.samples(SAMPLE_RATE) as usize, [0.0; 2]);
    let mut rest = frames.as_slice();
    let mut fill = |buffer: &mut [Frame]| {
        let (now, later) = rest.split_at(buffer.len());
        buffer.copy_from_slice(now);
        rest = later;
        Ok(())
    };
    tools.encode_sound(frames.len() as u64, job, &Silent, &mut fill).unwrap()
}

fn render(tools: &Tools, film: &Film, plan: &RenderPlan, target: &Path) -> (Draft, Checked) {
    let job = tempfile::tempdir().unwrap();
    let sound = own_sound(tools, film, job.path());
    let picture = tools.finish_picture(film, plan.clone(), job.path(), &Silent).unwrap();
    let mut heard = 0;
    let mut hear = |block: &[Frame]| heard += block.len() as i64;
    let draft = tools.render(film, &picture, &sound, target, &Silent, &mut hear).unwrap();
    let checked = draft
        .verify(film, &picture, &sound)
        .unwrap_or_else(|error| panic!("{}: {error}", film.path().display()));
    assert_eq!(heard, film.probe().length.samples(SAMPLE_RATE));
    (draft, checked)
}

/// MD5 of every packet of the default picture, by another road than the one under test.
pub(crate) fn packets(path: &Path) -> Vec<String> {
    let output = Command::new("ffmpeg")
        .args(["-v", "error", "-i"])
        .arg(path)
        .args(["-map", "0:v:0", "-c", "copy", "-f", "framemd5", "-"])
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().filter(|l| !l.starts_with('#')).map(|l| l.rsplit(',').next().unwrap().to_owned()).collect()
}

fn close(a: Time, b: Time) -> bool {
    a.distance(b) <= Time::from_seconds(0.0334)
}

#[test]
fn a_copied_picture_is_the_same_byte_for_byte() {
    let (Some(tools), Some(folder)) = (films::tools(), films::folder()) else { return };
    let place = tempfile::tempdir().unwrap();
    for name in [
        "nasa_speech_2v2a2s.mp4",
        "nasa_speech_single.mkv",
        "gopro_karma_drone_480p.mp4",
        "camera_1080p50_pcm.mov",
        "odd/h264_444_editlist_1fps.mp4",
        "odd/h264_10bit_200x200.mp4",
        "odd/fragmented_bad_duration.mp4",
        "odd/made_truncated_half_faststart.mp4",
        "odd/made_corrupt_bitflips.mp4",
        "odd/phone_720p_rot270_speech.mp4",
        "odd/rotate_and_reflect_matrix.mp4",
        "odd/sar_2by3.mp4",
    ] {
        let film = films::open(&tools, &folder, name);
        let plan = RenderPlan::new(&film, &[], Delivery::default());
        assert_eq!(plan.mode, PictureMode::Copy, "{name}: {plan}");
        let (draft, checked) = render(&tools, &film, &plan, &place.path().join("film.mp4"));
        let path = draft.publish().unwrap();
        assert_eq!(packets(&path), packets(film.path()), "{name}");
        assert_eq!(checked.packets_copied, checked.packets, "{name}");
        let length = film.probe().length;
        for other in [checked.picture_length, checked.sound_length, checked.container_length] {
            assert!(close(other, length), "{name}: {checked:?}");
        }
        assert_eq!(checked.priming, Time::from_samples(1024, SAMPLE_RATE), "{name}");
        let again = tools.open(&path, &Silent).unwrap();
        let (before, after) = (&film.probe().picture, &again.probe().picture);
        assert_eq!((after.width, after.height), (before.width, before.height), "{name}");
        assert_eq!(after.pixel_format, before.pixel_format, "{name}");
        assert_eq!(again.packets().len(), film.packets().len(), "{name}");
    }
}

#[test]
fn what_was_in_sync_stays_in_sync() {
    let Some(tools) = films::tools() else { return };
    let place = tempfile::tempdir().unwrap();
    let h264 = "-c:v libx264 -preset ultrafast -bf 2 -g 20 -c:a aac";
    let uneven = "-vf select='not(between(mod(n\\,15)\\,3\\,9))' -fps_mode vfr";
    let table = [
        ("even.mp4", ["", ""], h264.to_owned(), PictureMode::Copy),
        ("late_sound.mp4", ["", "-itsoffset 0.35"], format!("{h264} -copyts"), PictureMode::Copy),
        ("late_picture.mkv", ["-itsoffset 0.4", ""], format!("{h264} -copyts"), PictureMode::Copy),
        ("uneven.mp4", ["", ""], format!("{h264} {uneven}"), PictureMode::Copy),
        ("uneven.mkv", ["", ""], format!("{h264} {uneven} -output_ts_offset 7.7"), PictureMode::Copy),
        ("cut.mp4", ["-ss 0.3", "-ss 0.3"], h264.to_owned(), PictureMode::Copy),
        ("bframes.avi", ["", ""], "-c:v libx264 -bf 2 -c:a pcm_s16le".into(), PictureMode::Encode),
        ("mpeg4.avi", ["", ""], "-c:v mpeg4 -c:a libmp3lame".into(), PictureMode::Encode),
        (
            "uneven.webm",
            ["", ""],
            format!("-c:v libvpx -deadline realtime -c:a libopus {uneven}"),
            PictureMode::Encode,
        ),
    ];
    for (name, before, rest, mode) in table {
        let film = tools.open(&slate::make(place.path(), name, before, &rest), &Silent).unwrap();
        let plan = RenderPlan::new(&film, &[], Delivery::default());
        assert_eq!(plan.mode, mode, "{name}: {plan}");
        let (draft, _) = render(&tools, &film, &plan, &place.path().join("out.mp4"));
        let output = tools.open(draft.path(), &Silent).unwrap();
        for (kind, was, is) in [
            ("flash", slate::flashes(&tools, &film), slate::flashes(&tools, &output)),
            ("click", slate::clicks(&tools, &film), slate::clicks(&tools, &output)),
        ] {
            println!("{name}: {kind} {was:?} {is:?}");
            assert_eq!(was.len(), is.len(), "{name}: {kind}");
            for (was, is) in was.iter().zip(&is) {
                assert!(was.distance(*is) < Time::from_seconds(0.0015), "{name}: {kind} {was} {is}");
            }
        }
    }
}

#[test]
fn a_copy_can_fall_back_to_encoding() {
    let (Some(tools), Some(folder)) = (films::tools(), films::folder()) else { return };
    let place = tempfile::tempdir().unwrap();
    let film = films::open(&tools, &folder, "odd/made_odd_639x271_444.mp4");
    let plan =
        RenderPlan::new(&film, &[], Delivery::default()).fall_back(&film, "a test asked for it").unwrap();
    assert!(plan.fall_back(&film, "again").is_none());
    let (draft, checked) = render(&tools, &film, &plan, &place.path().join("film.mp4"));
    assert_eq!(checked.packets_copied, 0);
    let output = tools.open(draft.path(), &Silent).unwrap();
    assert_eq!(output.probe().picture.pixel_format, "yuv420p");
}

#[test]
fn a_large_film_fits_whatever_the_number_of_cores() {
    let Some(mut tools) = films::tools() else { return };
    tools.limits.threads = 64;
    let place = tempfile::tempdir().unwrap();
    let rest = "-vf scale=8192:4352 -frames:v 4 -c:v mjpeg -c:a libmp3lame -t 0.13";
    let film = tools.open(&slate::make(place.path(), "large.mkv", ["", ""], rest), &Silent).unwrap();
    let plan = RenderPlan::new(&film, &[], Delivery::default());
    assert_eq!(plan.mode, PictureMode::Encode);
    let (_, checked) = render(&tools, &film, &plan, &place.path().join("film.mp4"));
    assert_eq!((checked.width, checked.height, checked.packets), (8192, 4352, 4));
}

/// A film with its own sound, checked; the output lies in the job's folder.
fn score(tools: &Tools, film: &Path, job: &Path) -> Result<Checked, MediaError> {
    let film = tools.open(film, &Silent)?;
    let (plan, sound) = (RenderPlan::new(&film, &[], Delivery::default()), own_sound(tools, &film, job));
    let picture = tools.finish_picture(&film, plan, job, &Silent)?;
    let draft = tools.render(&film, &picture, &sound, &job.join("film.mp4"), &Silent, &mut |_| {})?;
    draft.verify(&film, &picture, &sound)
}

#[test]
fn a_damaged_film_is_scored_or_refused_but_never_our_failure() {
    let (Some(tools), Some(folder)) = (films::tools(), films::folder()) else { return };
    let place = tempfile::tempdir().unwrap();
    let whole = std::fs::read(folder.join("odd/webm_no_duration_vp9_opus_silent.webm")).unwrap();
    let mut scored = 0;
    for percent in [15, 50, 75, 85, 93] {
        let (path, job) = (place.path().join("film.webm"), tempfile::tempdir().unwrap());
        let at = whole.len() * percent / 100;
        std::fs::write(&path, [&whole[..at], &whole[at + 2500..]].concat()).unwrap();
        match score(&tools, &path, job.path()) {
            Ok(checked) => {
                println!("{percent} %: {checked:?}");
                scored += 1;
            }
            Err(error) => assert_eq!(error.code(), 4003, "{percent} %: {error}"),
        }
    }
    assert!(scored >= 3);
}

#[test]
fn frames_at_wrong_times_are_the_fault_of_a_damaged_film() {
    let (Some(tools), Some(folder)) = (films::tools(), films::folder()) else { return };
    let place = tempfile::tempdir().unwrap();
    let mut film = std::fs::read(folder.join("odd/vp9_alpha.webm")).unwrap();
    // One byte hides some packets and another breaks a frame, after which ffmpeg shows others at times of their own.
    (film[26917], film[29560]) = (11, 9);
    let path = place.path().join("film.webm");
    std::fs::write(&path, film).unwrap();
    let error = score(&tools, &path, place.path()).unwrap_err();
    assert_eq!(error.code(), 4003, "{error}");
}

#[test]
fn a_draft_that_is_dropped_leaves_what_was_there() {
    let (Some(tools), Some(folder)) = (films::tools(), films::folder()) else { return };
    let place = tempfile::tempdir().unwrap();
    let target = place.path().join("film.mp4");
    std::fs::write(&target, "older").unwrap();
    let film = films::open(&tools, &folder, "odd/made_0.2s.mp4");
    let (draft, _) = render(&tools, &film, &RenderPlan::new(&film, &[], Delivery::default()), &target);
    drop(draft);
    assert_eq!(std::fs::read(&target).unwrap(), b"older");
    assert_eq!(std::fs::read_dir(place.path()).unwrap().count(), 1);
}

/// Asks to stop a little after the work began.
struct Impatient {
    since: Instant,
    asked: AtomicBool,
}

impl Progress for Impatient {
    fn report(&self, done: f64) {
        assert!((0.0..=1.0).contains(&done));
    }

    fn cancelled(&self) -> bool {
        let now = self.since.elapsed() > Duration::from_millis(400);
        self.asked.fetch_or(now, Ordering::Relaxed);
        now
    }
}

/// Processes that still have `place` among their arguments.
fn alive(place: &Path) -> usize {
    let name = place.to_string_lossy().into_owned();
    let lines = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    lines
        .filter_map(|entry| std::fs::read(entry.path().join("cmdline")).ok())
        .filter(|line| String::from_utf8_lossy(line).contains(&name))
        .count()
}

#[test]
fn stopping_is_quick_and_leaves_nothing() {
    let (Some(tools), Some(folder)) = (films::tools(), films::folder()) else { return };
    let job = tempfile::tempdir().unwrap();
    let film = films::open(&tools, &folder, "animation_bbb_720p24_vp8.webm");
    let impatient = || Impatient { since: Instant::now(), asked: AtomicBool::new(false) };
    let progress = impatient();
    let error = tools
        .finish_picture(&film, RenderPlan::new(&film, &[], Delivery::default()), job.path(), &progress)
        .unwrap_err();
    assert!(matches!(error, MediaError::Cancelled), "{error}");
    assert!(progress.since.elapsed() < Duration::from_millis(1400));
    assert_eq!(alive(job.path()), 0);
    let progress = impatient();
    let error = tools.encode_sound(48_000 * 3600 * 4, job.path(), &progress, &mut |_| Ok(())).unwrap_err();
    assert!(matches!(error, MediaError::Cancelled), "{error}");
    assert!(progress.since.elapsed() < Duration::from_millis(1400) && alive(job.path()) == 0);
}

#[test]
fn a_child_that_takes_too_long_is_stopped() {
    let (Some(mut tools), Some(folder)) = (films::tools(), films::folder()) else { return };
    let job = tempfile::tempdir().unwrap();
    let film = films::open(&tools, &folder, "animation_bbb_720p24_vp8.webm");
    tools.limits.patience = Duration::from_millis(300);
    tools.limits.patience_per_second = 0.0;
    let error = tools
        .finish_picture(&film, RenderPlan::new(&film, &[], Delivery::default()), job.path(), &Silent)
        .unwrap_err();
    assert_eq!(error.code(), 5002, "{error}");
}

#[test]
fn a_plan_prints_as_its_command() {
    let (Some(tools), Some(folder)) = (films::tools(), films::folder()) else { return };
    let film = films::open(&tools, &folder, "odd/fragmented_bad_duration.mp4");
    let text = RenderPlan::new(&film, &[], Delivery::default()).to_string();
    assert!(text.starts_with("picture: copied\nwhy: the picture is H.264"), "{text}");
    assert!(text.contains("ffmpeg -i FILM -i SOUND -map 0:0 -map 1:a:0 -c copy"), "{text}");
}

#[test]
fn quality_decides_what_an_encoded_picture_costs() {
    let (Some(tools), Some(folder)) = (films::tools(), films::folder()) else { return };
    let film = films::open(&tools, &folder, "odd/made_interlaced_tff_576i25.mp4");
    let encoded = |quality: Quality| {
        let job = tempfile::tempdir().unwrap();
        let plan =
            RenderPlan::new(&film, &[], quality.into()).fall_back(&film, "a test asked for it").unwrap();
        let picture = tools.finish_picture(&film, plan, job.path(), &Silent).unwrap();
        let sound = own_sound(&tools, &film, job.path());
        let target = job.path().join("out.mp4");
        let draft = tools.render(&film, &picture, &sound, &target, &Silent, &mut |_| {}).unwrap();
        draft.verify(&film, &picture, &sound).unwrap().bytes
    };
    let [high, medium, draft] = Quality::ALL.map(encoded);
    assert!(high > medium * 5 / 4 && medium > draft, "{high} {medium} {draft}");
}
