//! Authentic chip music as an NSF sounds the same when somebody else's console plays it.
//!
//! The other console is libgme, which ffmpeg runs. It takes the chip's two mixers as straight, where ours bend as the
//! chip's do, and has filters of its own; both are a matter of balance and not of what is played. So the balance of
//! thirds of an octave is evened out before the two are compared, once for the whole piece. Its noise does not run on
//! while it is silent, as the chip's does: two runs of one piece whose noise differs correlate by .986, and no more can be
//! had here. docs/chips.md has more seeds.

use std::path::Path;
use std::process::Command;

use realfft::RealFftPlanner;

use super::program::{Room, has};

const RATE: f64 = 48_000.0;
const SIZE: usize = 2048;
const HOP: usize = 512;
/// What is compared, in Hz.
const BAND: [f64; 2] = [50.0, 14_000.0];
/// The two may begin this many samples apart: 100 ms.
const APART: i64 = 4800;

/// Whether the installed ffmpeg plays the music of consoles.
fn plays_consoles() -> bool {
    if !has("ffmpeg") {
        return false;
    }
    let told = Command::new("ffmpeg").args(["-hide_banner", "-demuxers"]).output().unwrap();
    let found = String::from_utf8_lossy(&told.stdout).contains("libgme");
    if !found {
        println!("skipped: this ffmpeg has no libgme");
    }
    found
}

/// The sample rate at which libgme's clock is right: it counts samples in 65536ths of a clock, and at 44100 Hz it is
/// 111 ppm slow for that.
const TRUE_RATE: [&str; 2] = ["-sample_rate", "48010"];

/// The first seconds of a file, mono.
fn decode(file: &Path, seconds: f64) -> Vec<f32> {
    let rate = if file.extension().is_some_and(|kind| kind == "nsf") { &TRUE_RATE[..] } else { &[] };
    let told = Command::new("ffmpeg")
        .args(["-nostdin", "-v", "error"])
        .args(rate)
        .arg("-i")
        .arg(file)
        .args(["-t", &seconds.to_string(), "-ac", "1", "-ar", "48000", "-f", "f32le", "-"])
        .output()
        .unwrap();
    assert!(told.status.success(), "{file:?}: {}", String::from_utf8_lossy(&told.stderr));
    told.stdout.chunks_exact(4).map(|bytes| f32::from_le_bytes(bytes.try_into().unwrap())).collect()
}

/// Bins of the spectrum that are compared.
fn bins() -> std::ops::Range<usize> {
    let bin = |hz: f64| (hz * SIZE as f64 / RATE).ceil() as usize;
    bin(BAND[0])..bin(BAND[1])
}

/// Magnitudes of all windows, one window after the other.
fn magnitudes(sound: &[f32]) -> Vec<Vec<f64>> {
    let plan = RealFftPlanner::<f64>::new().plan_fft_forward(SIZE);
    let mut spectrum = plan.make_output_vec();
    let hann = |at: usize| 0.5 - 0.5 * (std::f64::consts::TAU * at as f64 / SIZE as f64).cos();
    sound
        .windows(SIZE)
        .step_by(HOP)
        .map(|window| {
            let mut values: Vec<f64> =
                window.iter().enumerate().map(|(at, value)| f64::from(*value) * hann(at)).collect();
            plan.process(&mut values, &mut spectrum).unwrap();
            spectrum[bins()].iter().map(|value| value.norm()).collect()
        })
        .collect()
}

/// Gives every third of an octave of `theirs` the energy it has in `ours`.
fn even_out(ours: &[Vec<f64>], theirs: &mut [Vec<f64>]) {
    let third = |bin: usize| (3.0 * (bin as f64 / bins().start as f64).log2()) as usize;
    for group in 0..=third(bins().end) {
        let own: Vec<usize> =
            bins().filter(|bin| third(*bin) == group).map(|bin| bin - bins().start).collect();
        let energy = |all: &[Vec<f64>]| -> f64 {
            all.iter().map(|frame| own.iter().map(|at| frame[*at].powi(2)).sum::<f64>()).sum()
        };
        let gain = (energy(ours) / energy(theirs).max(1e-12)).sqrt();
        theirs.iter_mut().for_each(|frame| own.iter().for_each(|at| frame[*at] *= gain));
    }
}

/// Pearson's correlation of two spectrograms, as far as both reach.
fn correlation(ours: &[Vec<f64>], theirs: &[Vec<f64>]) -> f64 {
    let pairs = || ours.iter().zip(theirs).flat_map(|(a, b)| a.iter().zip(b));
    let count = pairs().count() as f64;
    let [mean_a, mean_b] =
        [pairs().map(|p| p.0).sum::<f64>() / count, pairs().map(|p| p.1).sum::<f64>() / count];
    let (mut ab, mut aa, mut bb) = (0.0, 0.0, 0.0);
    for (a, b) in pairs() {
        let (a, b) = (a - mean_a, b - mean_b);
        ab += a * b;
        aa += a * a;
        bb += b * b;
    }
    ab / (aa * bb).sqrt()
}

/// The correlation where `theirs` begins so many samples later, over the first windows.
fn at_lag(ours: &[f32], theirs: &[f32], lag: i64, windows: usize, evened: bool) -> f64 {
    let from = |sound: &[f32], skip: i64| {
        let sound = &sound[skip.max(0) as usize..];
        magnitudes(&sound[..sound.len().min(SIZE + windows * HOP)])
    };
    let (ours, mut theirs) = (from(ours, -lag), from(theirs, lag));
    if evened {
        even_out(&ours, &mut theirs);
    }
    correlation(&ours, &theirs)
}

fn best_lag(ours: &[f32], theirs: &[f32], lags: impl Iterator<Item = i64>) -> i64 {
    lags.map(|lag| (at_lag(ours, theirs, lag, 120, false), lag)).max_by(|a, b| a.0.total_cmp(&b.0)).unwrap().1
}

#[test]
fn another_console_plays_the_same_music() {
    if !plays_consoles() {
        return;
    }
    let room = Room::new();
    let asked = ["compose", "--length", "25", "--genre", "chiptune", "--authentic", "--seed", "5"];
    room.run([&asked[..], &["-o", "a.wav", "--nsf", "a.nsf"]].concat()).text();
    let [ours, theirs] = ["a.wav", "a.nsf"].map(|name| decode(&room.file(name), 25.0));
    assert!(ours.len() == 25 * RATE as usize && theirs.len() + 4800 > ours.len(), "{}", theirs.len());
    let coarse = best_lag(&ours, &theirs, (-APART..=APART).step_by(480));
    let lag = best_lag(&ours, &theirs, (coarse - 480..=coarse + 480).step_by(48));
    let [plain, evened] =
        [false, true].map(|evened| at_lag(&ours, &theirs, lag, usize::MAX / HOP / 2, evened));
    println!("{lag} samples apart, correlation {plain:.4}, balance evened out {evened:.4}");
    assert!(lag.abs() <= APART && plain >= 0.97 && evened >= 0.97, "{plain:.4} {evened:.4}");
}

#[test]
fn music_that_no_console_plays_is_refused() {
    for asked in [&["--genre", "jazz", "--authentic"][..], &["--genre", "chiptune"]] {
        let room = Room::new();
        let told = room.run([&["compose", "--length", "4", "-o", "a.wav", "--nsf", "a.nsf"], asked].concat());
        assert_eq!(told.status.code(), Some(3), "{}", told.err);
        assert!(told.err.contains("--authentic") && told.err.contains("[400]"), "{}", told.err);
        assert!(room.results().is_empty() && room.leftovers().is_empty());
    }
    let told = Room::new().run(["compose", "--length", "4", "--nsf", "a.wav"]);
    assert_eq!(told.status.code(), Some(2), "{}", told.err);
}
