//! Films made on the spot: a white frame and a click at the same moments, as with a clapper board.

use std::path::{Path, PathBuf};
use std::process::Command;

use ffmpeg::{Film, Tools};
use footage::{Look, Still};
use sound::{SAMPLE_RATE, Silent, Time};

/// A frame is white and a tone begins at each whole second from 1 on, for four seconds, 30 frames a second.
const FLASHES: &str = "color=black:s=160x90:r=30:d=4.5,\
drawbox=color=white:t=fill:enable='lt(mod(t,1),0.033)*gt(t,0.5)',format=yuv420p";
const CLICKS: &str = "aevalsrc='if(lt(mod(t,1),0.02)*gt(t,0.5),0.8*sin(2*PI*1000*t),0)':s=48000:d=4.5";

/// Makes a film; `before` stands before the picture's and the sound's input, `rest` holds the output's options.
pub(crate) fn make(folder: &Path, name: &str, before: [&str; 2], rest: &str) -> PathBuf {
    let path = folder.join(name);
    let mut command = Command::new("ffmpeg");
    command.args(["-v", "error", "-y"]);
    for (options, source) in before.into_iter().zip([FLASHES, CLICKS]) {
        command.args(options.split_whitespace()).args(["-f", "lavfi", "-i", source]);
    }
    command.args(rest.split_whitespace()).arg(&path);
    assert!(command.status().unwrap().success(), "{name}");
    path
}

/// When white frames begin.
pub(crate) fn flashes(tools: &Tools, film: &Film) -> Vec<Time> {
    let mut found = Vec::new();
    let mut was_white = false;
    tools
        .stills(film, &Look::Whole, &Silent, &mut |still: Still| {
            let white = still.rgb.iter().map(|v| u32::from(*v)).sum::<u32>() > 160 * still.rgb.len() as u32;
            if white && !was_white {
                found.push(still.at);
            }
            was_white = white;
        })
        .unwrap();
    found
}

/// When tones begin.
pub(crate) fn clicks(tools: &Tools, film: &Film) -> Vec<Time> {
    let (mut found, mut index, mut quiet) = (Vec::new(), 0i64, i64::MAX);
    tools
        .film_sound(film, &Silent, &mut |block| {
            for frame in block {
                if frame[0].abs() > 0.2 {
                    if quiet > 10_000 {
                        found.push(Time::from_samples(index, SAMPLE_RATE));
                    }
                    quiet = 0;
                } else {
                    quiet = quiet.saturating_add(1);
                }
                index += 1;
            }
        })
        .unwrap();
    found
}

/// Asserts that every flash has its click and says when the flashes are.
pub(crate) fn in_sync(tools: &Tools, film: &Film, name: &str) -> Vec<Time> {
    let (flashes, clicks) = (flashes(tools, film), clicks(tools, film));
    println!("{name}: flashes {flashes:?} clicks {clicks:?}");
    assert!(flashes.len() >= 3, "{name}");
    assert_eq!(flashes.len(), clicks.len(), "{name}");
    for (flash, click) in flashes.iter().zip(&clicks) {
        assert!(flash.distance(*click) < Time::from_seconds(0.0075), "{name}: {flash} {click}");
    }
    flashes
}
