//! The same movement is told the same, however many frames a second show it.

use std::path::Path;
use std::process::Command;

use crate::film::Film;

/// Makes a file with ffmpeg; `None`, with a word, where there is none.
fn make(args: &[&str], to: &Path) -> Option<()> {
    let Ok(made) = Command::new("ffmpeg").args(["-nostdin", "-v", "error"]).args(args).arg(to).status()
    else {
        assert!(std::env::var_os("CI").is_none(), "ffmpeg is missing");
        println!("skipped: ffmpeg is missing");
        return None;
    };
    assert!(made.success(), "{args:?}");
    Some(())
}

/// Mean motion and mean camera of a window that slides over a picture for two seconds.
fn pan(still: &Path, rate: u32, pixels_a_second: u32) -> Option<(f32, f32)> {
    let place = tempfile::tempdir().unwrap();
    let film = place.path().join("pan.mp4");
    let window = format!("crop=640:360:t*{pixels_a_second}:0");
    let rate = rate.to_string();
    let from = ["-loop", "1", "-framerate", &rate, "-i", still.to_str().unwrap(), "-t", "2", "-vf", &window];
    let coded = ["-c:v", "libx264", "-preset", "ultrafast", "-crf", "18", "-pix_fmt", "yuv420p"];
    make(&[&from[..], &coded].concat(), &film)?;
    let profile = Film::at(&film).watch();
    let mean = |values: &[f32]| values.iter().sum::<f32>() / values.len().max(1) as f32;
    Some((mean(&profile.motion.values), mean(&profile.camera.values)))
}

#[test]
fn a_pan_is_as_fast_at_15_as_at_60_frames_a_second() {
    let place = tempfile::tempdir().unwrap();
    let still = place.path().join("still.png");
    let picture = "mandelbrot=size=1600x360:start_scale=0.02:start_x=-0.7436:start_y=-0.1318";
    if make(&["-f", "lavfi", "-i", picture, "-frames:v", "1"], &still).is_none() {
        return;
    }
    let mut wrong = String::new();
    for speed in [60, 120, 240] {
        let told: Vec<(f32, f32)> =
            [15, 30, 60].iter().filter_map(|rate| pan(&still, *rate, speed)).collect();
        println!("{speed} pixels a second: {told:?}");
        let even = |part: fn(&(f32, f32)) -> f32| {
            let (least, most) =
                told.iter().map(part).fold((f32::MAX, 0.0f32), |(l, m), v| (l.min(v), m.max(v)));
            least > 0.8 * most && least > 0.3
        };
        if !even(|told| told.0) || !even(|told| told.1) {
            wrong += &format!("{speed} pixels a second: motion and camera {told:?}\n");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
