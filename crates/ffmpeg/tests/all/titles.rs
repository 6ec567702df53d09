//! Titles: what they touch is drawn, everything else is the film's own, byte for byte.

use std::path::{Path, PathBuf};
use std::process::Command;

use ffmpeg::{Delivery, Film, PictureMode, RenderPlan, Tools};
use sound::{Silent, Span, Time};
use timeline::{Look, Title};

use crate::films;
use crate::rendering::{own_sound, packets};

/// A film of moving noise with sound, encoded with what `x264` asks for.
fn make(place: &Path, name: &str, seconds: u32, rest: &str) -> PathBuf {
    let path = place.join(name);
    let picture = format!("testsrc2=s=320x180:r=25:d={seconds}");
    let sound = format!("sine=f=440:r=48000:d={seconds}");
    let status = Command::new("ffmpeg")
        .args(["-v", "error", "-y", "-f", "lavfi", "-i", &picture, "-f", "lavfi", "-i", &sound])
        .args(["-c:v", "libx264", "-preset", "superfast", "-c:a", "aac"])
        .args(rest.split_whitespace())
        .arg(&path)
        .status()
        .unwrap();
    assert!(status.success());
    path
}

fn title(text: &str, from: f64, to: f64) -> Title {
    let span = Span::new(Time::from_seconds(from), Time::from_seconds(to));
    Title { id: 1, text: text.into(), span, look: Look::default(), locked: false }
}

/// MD5 of every decoded frame with its time in milliseconds.
fn frames(path: &Path) -> Vec<(i64, String)> {
    let output = Command::new("ffmpeg")
        .args(["-v", "error", "-i"])
        .arg(path)
        .args([
            "-map",
            "0:v:0",
            "-fps_mode",
            "passthrough",
            "-enc_time_base",
            "1:1000",
            "-f",
            "framemd5",
            "-",
        ])
        .output()
        .unwrap();
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    let fields = |line: &str| {
        let fields: Vec<&str> = line.split(',').map(str::trim).collect();
        (fields[2].parse().unwrap(), fields[5].to_owned())
    };
    text.lines().filter(|line| !line.starts_with('#')).map(fields).collect()
}

/// Whether parameter sets stand among a film's packets instead of before them.
fn repeats_parameters(path: &Path) -> bool {
    let output = Command::new("ffmpeg")
        .args(["-v", "debug", "-i"])
        .arg(path)
        .args(["-map", "0:v:0", "-c", "copy", "-bsf:v", "trace_headers", "-f", "null", "-"])
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    // Those of the header are shown first, before any packet.
    let packets = text.split_once("Packet:").map_or("", |(_, packets)| packets);
    assert!(!packets.is_empty());
    packets.contains("Sequence Parameter Set")
}

/// Draws titles on a film and holds the result against it; gives how the picture was made.
fn drawn(tools: &Tools, path: &Path, titles: &[Title]) -> PictureMode {
    let place = tempfile::tempdir().unwrap();
    drawn_into(tools, path, titles, &place.path().join("out.mp4"))
}

/// The same with a name for the result.
fn drawn_into(tools: &Tools, path: &Path, titles: &[Title], target: &Path) -> PictureMode {
    let place = target.parent().unwrap();
    let film: Film = tools.open(path, &Silent).unwrap();
    let plan = RenderPlan::new(&film, titles, Delivery::default());
    println!("{}\n{plan}", path.display());
    let sound = own_sound(tools, &film, place);
    let picture = tools.finish_picture(&film, plan, place, &Silent).unwrap();
    let plan = &picture.plan;
    let draft = tools.render(&film, &picture, &sound, target, &Silent, &mut |_| {}).unwrap();
    let checked = draft.verify(&film, &picture, &sound).unwrap();
    let output = draft.publish().unwrap();
    let (was, is) = (frames(path), frames(&output));
    assert_eq!(was.len(), is.len());
    let first = was[0].0;
    for ((before, old), (after, new)) in was.iter().zip(&is) {
        assert!((before - first - after).abs() <= 1, "a frame of {before} ms is shown at {after} ms");
        let at = Time::from_seconds((before - first) as f64 / 1000.0);
        let under = titles.iter().any(|title| title.span.start <= at && at < title.span.end);
        assert!(!under || old != new, "nothing was drawn at {at}");
    }
    if plan.mode == PictureMode::Partly {
        assert!(checked.packets_copied > 0 && checked.packets_copied < checked.packets);
        let (was, is) = (packets(path), packets(&output));
        let same = was.iter().zip(&is).filter(|(was, is)| was == is).count();
        assert_eq!(same, checked.packets_copied);
        assert!(!repeats_parameters(&output));
    }
    plan.mode
}

#[test]
fn only_what_a_title_touches_is_encoded() {
    let Some(tools) = films::tools() else { return };
    let place = tempfile::tempdir().unwrap();
    let film = make(place.path(), "film.mp4", 12, "-g 50 -bf 3");
    for titles in [
        vec![title("Urban Dreams", 0.0, 3.0)],
        vec![title("in the middle", 5.0, 6.5)],
        vec![title("at the end", 10.5, 12.0)],
        vec![title("first", 0.0, 1.0), title("second", 8.1, 9.0)],
    ] {
        assert_eq!(drawn(&tools, &film, &titles), PictureMode::Partly);
    }
}

#[test]
fn a_titled_film_takes_another_title() {
    let Some(tools) = films::tools() else { return };
    let place = tempfile::tempdir().unwrap();
    let mut path = make(place.path(), "film.mp4", 12, "-g 50 -bf 3");
    for (index, from) in [1.0, 5.0, 9.0].into_iter().enumerate() {
        let titles = [title("again", from, from + 1.0)];
        let target = place.path().join(format!("titled-{index}.mp4"));
        assert_eq!(drawn_into(&tools, &path, &titles, &target), PictureMode::Partly);
        path = target;
    }
}

#[test]
fn sources_of_all_kinds_get_their_title() {
    let Some(tools) = films::tools() else { return };
    let place = tempfile::tempdir().unwrap();
    use PictureMode::{Encode, Partly};
    for (name, rest, mode) in [
        ("late.mp4", "-g 48 -bf 2 -output_ts_offset 0.021", Partly),
        ("ntsc.mp4", "-g 48 -r 30000/1001 -profile:v main", Partly),
        ("matroska.mkv", "-g 48 -bf 2", Partly),
        ("baseline.mp4", "-g 48 -profile:v baseline", Partly),
        ("slices.mp4", "-g 48 -slices 4", Partly),
        ("pairs.mp4", "-g 48 -bf 2 -x264-params sps-id=31", Partly),
        ("open.mp4", "-g 25 -bf 3 -x264-params open-gop=1:scenecut=0", Encode),
        ("one_group.mp4", "-g 500", Encode),
        ("deep.mp4", "-g 48 -pix_fmt yuv420p10le", Encode),
        ("rich.mp4", "-g 48 -pix_fmt yuv444p", Encode),
        ("interlaced.mp4", "-g 48 -flags +ildct+ilme -top 1", Encode),
    ] {
        let film = make(place.path(), name, 6, rest);
        assert_eq!(drawn(&tools, &film, &[title("Title", 2.5, 3.5)]), mode, "{name}");
    }
}

/// The packets of a stream as they lie in a file, and when the first is shown or heard, in seconds.
fn listed(path: &Path, stream: &str) -> (Vec<String>, f64) {
    let output = Command::new("ffprobe")
        .args(["-v", "error", "-select_streams", stream, "-show_data_hash", "md5", "-of", "json"])
        .args(["-show_entries", "packet=pts_time,size,data_hash"])
        .arg(path)
        .output()
        .unwrap();
    let told: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let packets = told["packets"].as_array().unwrap();
    let text = |packet: &serde_json::Value| format!("{} {}", packet["size"], packet["data_hash"]);
    let time = |packet: &serde_json::Value| packet["pts_time"].as_str().unwrap().parse::<f64>().unwrap();
    let first = packets.iter().map(time).min_by(f64::total_cmp).unwrap();
    (packets.iter().map(text).collect(), first)
}

#[test]
fn a_sound_of_which_nothing_is_wanted_stays_as_it_is() {
    let Some(tools) = films::tools() else { return };
    let place = tempfile::tempdir().unwrap();
    for (name, rest, copied) in [
        ("plain.mp4", "-g 50 -bf 3", true),
        ("late_sound.mov", "-g 50 -af asetpts=PTS+0.3/TB -output_ts_offset 0.021", true),
        ("surround.mp4", "-g 50 -ac 6 -ar 44100", true),
        ("matroska.mkv", "-g 50", false),
        ("mp3.mp4", "-g 50 -c:a libmp3lame", false),
    ] {
        let path = make(place.path(), name, 6, rest);
        let film = tools.open(&path, &Silent).unwrap();
        let titles = [title("Title", 0.5, 1.5)];
        let plan = RenderPlan::with_own_sound(&film, &titles, Delivery::default());
        assert_eq!(plan.is_some(), copied, "{name}");
        let Some(plan) = plan else { continue };
        assert!(!plan.to_string().contains("SOUND"), "{plan}");
        let job = tempfile::tempdir().unwrap();
        let picture = tools.finish_picture(&film, plan, job.path(), &Silent).unwrap();
        assert_eq!(picture.plan.mode, PictureMode::Partly);
        let target = place.path().join(format!("{name}.out.mp4"));
        let draft = tools.render_with_own_sound(&film, &picture, &target, &Silent).unwrap();
        draft.verify_with_own_sound(&film, &picture).unwrap();
        draft.publish().unwrap();
        let lag = |path: &Path| listed(path, "a:0").1 - listed(path, "v:0").1;
        assert_eq!(listed(&path, "a:0").0, listed(&target, "a:0").0, "{name}");
        let apart = lag(&path) - lag(&target);
        assert!(apart.abs() < 0.002, "{name}: the sound moved by {apart} s");
    }
}

#[test]
fn a_sound_that_is_not_the_films_own_is_found_out() {
    let Some(tools) = films::tools() else { return };
    let place = tempfile::tempdir().unwrap();
    let [path, other] =
        ["-b:a 64k", "-b:a 96k"].map(|rest| make(place.path(), &format!("{rest}.mp4"), 4, rest));
    let [film, other] = [path, other].map(|path| tools.open(&path, &Silent).unwrap());
    let plan = RenderPlan::with_own_sound(&other, &[], Delivery::default()).unwrap();
    let picture = tools.finish_picture(&other, plan, place.path(), &Silent).unwrap();
    let target = place.path().join("out.mp4");
    let draft = tools.render_with_own_sound(&other, &picture, &target, &Silent).unwrap();
    draft.verify_with_own_sound(&other, &picture).unwrap();
    let fault = draft.verify_with_own_sound(&film, &picture).unwrap_err();
    assert!(fault.to_string().contains("its sound is not the film's own"), "{fault}");
}
