//! Interlaced films: every road to a new picture makes whole frames of their fields, and leaves other films alone.

use std::path::{Path, PathBuf};
use std::process::Command;

use ffmpeg::{Film, Quality, RenderPlan, Tools};
use footage::Raster;
use sound::{Silent, Span, Time};
use timeline::Edit;

use crate::conforming::Table;
use crate::films;

/// A white bar that runs over black ground, 8 pixels in each field of 25 frames a second; two fields in a frame, or one.
fn running_bar(place: &Path, name: &str, interlaced: bool, rate: u32) -> PathBuf {
    let path = place.join(name);
    let picture = format!(
        "color=black:s=320x240:r={rate}:d=4[a];color=white:s=40x240:r={rate}:d=4[b];[a][b]overlay=x='mod(n*8,280)'{}",
        if interlaced { ",tinterlace=interleave_top,setfield=tff" } else { "" }
    );
    let flags = match (interlaced, name.ends_with(".mkv")) {
        (true, true) => "-flags +ildct+ilme",
        (true, false) => "-flags +ildct+ilme -top 1",
        (false, _) => "",
    };
    let codec = if name.ends_with(".avi") { "mpeg4" } else { "libx264" };
    let status = Command::new("ffmpeg")
        .args(["-v", "error", "-y", "-f", "lavfi", "-i", &picture, "-c:v", codec])
        .args(["-q:v", "3", "-preset", "ultrafast", "-g", "12", "-pix_fmt", "yuv420p"])
        .args(flags.split_whitespace())
        .arg(&path)
        .status();
    assert!(status.unwrap().success(), "{name}");
    path
}

/// Pixels of a frame that differ from those above and below as teeth of a comb do.
fn teeth(frame: &Raster) -> usize {
    let row = 3 * frame.width as usize;
    let pixels = (row..frame.rgb.len() - row).step_by(3);
    let light = |at: usize| i32::from(frame.rgb[at]);
    let tooth = |at: &usize| {
        let (above, here, below) = (light(at - row), light(*at), light(at + row));
        (here - above > 60 && here - below > 60) || (above - here > 60 && below - here > 60)
    };
    pixels.filter(tooth).count()
}

/// The most teeth in any of some frames of the film, the first and the last among them.
fn most_teeth(tools: &Tools, film: &Film) -> usize {
    let length = film.probe().length;
    let moments: Vec<Time> = (0..=20).map(|part| length * part / 20).collect();
    let frames = tools.frames(film, &moments, None, &Silent).unwrap();
    frames.iter().map(teeth).max().unwrap()
}

/// A comb has some teeth in each of 240 rows; where a bar is drawn anew a few pixels stand out.
const COMB: usize = 240;

#[test]
fn fields_become_frames_where_the_picture_is_encoded() {
    let Some(tools) = films::tools() else { return };
    let place = tempfile::tempdir().unwrap();
    // The last two do not say that they have fields; their frames do.
    for (name, told) in [("fields.mp4", true), ("fields.mkv", false), ("fields.avi", false)] {
        let job = tempfile::tempdir().unwrap();
        let film = tools.open(&running_bar(place.path(), name, true, 50), &Silent).unwrap();
        assert_eq!(film.probe().picture.interlaced, told, "{name}");
        let plan = RenderPlan::new(&film, &[], Quality::Draft.into());
        let plan = plan.fall_back(&film, "a test asked for it").unwrap_or(plan);
        tools.finish_picture(&film, plan, job.path(), &Silent).unwrap();
        let made = tools.open(&job.path().join("picture.mp4"), &Silent).unwrap();
        assert!(!made.probe().picture.interlaced && !made.probe().picture.variable_rate);
        assert_eq!(made.packets().len(), film.packets().len(), "{name}");
        let teeth = most_teeth(&tools, &made);
        assert!(teeth < COMB, "{name}: {teeth}");
    }
}

#[test]
fn fields_become_frames_where_clips_are_cut() {
    let Some(tools) = films::tools() else { return };
    let place = tempfile::tempdir().unwrap();
    let fields = running_bar(place.path(), "fields.mp4", true, 50);
    let untold = running_bar(place.path(), "fields.mkv", true, 50);
    let frames = running_bar(place.path(), "frames.mp4", false, 30);
    // The second begins in the midst of a group of pictures, the third shows each frame twice.
    let edits: [(&str, &[&Path], Vec<Edit>); 5] = [
        ("joined", &[&frames, &fields], vec![]),
        ("trimmed", &[&fields], vec![Edit::TrimClip { clip: 1, span: Span::seconds(1.3, 3.7) }]),
        ("untold", &[&untold, &frames], vec![]),
        ("slower", &[&fields], vec![Edit::Speed { clip: None, percent: 50 }]),
        ("faster", &[&fields], vec![Edit::Speed { clip: None, percent: 200 }]),
    ];
    for (what, films, edits) in &edits {
        let film = Table::with(&tools, place.path(), films).film(edits);
        assert!(!film.probe().picture.interlaced);
        let teeth = most_teeth(&tools, &film);
        assert!(teeth < COMB, "{what}: {teeth}");
    }
}

#[test]
fn a_comb_is_told_from_a_bar_and_whole_frames_stay_sharp() {
    let Some(tools) = films::tools() else { return };
    let place = tempfile::tempdir().unwrap();
    let open = |path: PathBuf| tools.open(&path, &Silent).unwrap();
    let frames = open(running_bar(place.path(), "frames.mp4", false, 30));
    assert!(most_teeth(&tools, &frames) == 0);
    // The fields of a film that does not tell of them.
    let fields = running_bar(place.path(), "fields.mp4", true, 50);
    let raw = place.path().join("untold.mkv");
    let status = Command::new("ffmpeg")
        .args(["-v", "error", "-i"])
        .arg(&fields)
        .args(["-vf", "setfield=prog", "-c:v", "libx264", "-preset", "ultrafast"])
        .arg(&raw)
        .status();
    assert!(status.unwrap().success());
    assert!(most_teeth(&tools, &open(raw)) > 4 * COMB);
}
