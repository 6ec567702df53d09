//! Encoding of the sound: exact to the sample, and without a seam where stretches meet.

use std::f64::consts::TAU;
use std::process::Command;

use ffmpeg::Tools;
use sound::{Frame, Silent};

use crate::films;

/// Encodes what `sample` gives for each place, and decodes it again.
fn through_the_codec(tools: &Tools, frames: u64, sample: impl Fn(u64) -> f32) -> Vec<f32> {
    let job = tempfile::tempdir().unwrap();
    let mut at = 0;
    let mut fill = |buffer: &mut [Frame]| {
        for frame in buffer.iter_mut() {
            *frame = [sample(at); 2];
            at += 1;
        }
        Ok(())
    };
    tools.encode_sound(frames, job.path(), &Silent, &mut fill).unwrap();
    let left: Vec<_> =
        std::fs::read_dir(job.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["sound.m4a"], "no stretch is left behind");
    let probed = Command::new("ffprobe")
        .args(["-v", "error", "-show_entries", "stream=duration_ts,start_pts", "-of", "csv=p=0"])
        .arg(job.path().join("sound.m4a"))
        .output()
        .unwrap();
    assert_eq!(String::from_utf8_lossy(&probed.stdout).trim(), format!("0,{frames}"), "priming and length");
    let decoded = Command::new("ffmpeg")
        .args(["-v", "error", "-i"])
        .arg(job.path().join("sound.m4a"))
        .args(["-f", "f32le", "-"])
        .output()
        .unwrap();
    let samples =
        decoded.stdout.chunks_exact(8).map(|frame| f32::from_le_bytes(frame[..4].try_into().unwrap()));
    // ffmpeg itself decodes the last packet to its end.
    let samples: Vec<f32> = samples.collect();
    assert!((frames..frames + 1024).contains(&(samples.len() as u64)), "{} of {frames}", samples.len());
    samples[..frames as usize].to_vec()
}

/// The codec's noise in each window of 20 ms, in dB below full scale.
fn noise(decoded: &[f32], sample: impl Fn(u64) -> f32) -> Vec<f64> {
    let wrong: Vec<f64> =
        (0..).zip(decoded).map(|(at, value)| f64::from(value - sample(at)).powi(2)).collect();
    wrong.chunks(960).map(|window| 10.0 * (window.iter().sum::<f64>() / 960.0 + 1e-12).log10()).collect()
}

fn sine(at: u64) -> f32 {
    (0.5 * (TAU * 440.0 * at as f64 / 48_000.0).sin()) as f32
}

/// A soft chord, struck every second.
fn chord(at: u64) -> f32 {
    let since = (at % 48_000) as f64 / 48_000.0;
    let tone = |hz: f64| (TAU * hz * since).sin();
    (0.08 * (-2.0 * since).exp() * [220.0, 277.0, 330.0, 440.0, 554.0, 660.0].map(tone).iter().sum::<f64>())
        as f32
}

/// A click every 0.4 s, decaying within a few milliseconds.
fn clicks(at: u64) -> f32 {
    let since = (at % 19_200) as f64;
    (0.7 * (-since / 60.0).exp() * (TAU * 3_000.0 * since / 48_000.0).cos()) as f32
}

#[test]
fn a_seam_is_no_louder_than_the_codec() {
    let Some(tools) = films::tools() else { return };
    // Two seams, a third of 125 s apart.
    let frames = 48_000 * 125 + 321;
    for (what, sample) in [("sine", sine as fn(u64) -> f32), ("chord", chord), ("clicks", clicks)] {
        let decoded = through_the_codec(&tools, frames, sample);
        let noise = noise(&decoded, sample);
        let near_a_seam = |window: &usize| {
            let share = 3.0 * *window as f64 / noise.len() as f64;
            // A second on both sides.
            [1.0, 2.0].iter().any(|seam| (share - seam).abs() < 0.024)
        };
        // The encoder's first and last tenth of a second are its own affair.
        let inner = 5..noise.len() - 5;
        let (seams, else_where): (Vec<usize>, Vec<usize>) = inner.partition(near_a_seam);
        let loudest = |windows: &[usize]| windows.iter().map(|at| noise[*at]).fold(f64::MIN, f64::max);
        let (at_seams, otherwise) = (loudest(&seams), loudest(&else_where));
        println!("{what}: noise {at_seams:.1} dB at seams, {otherwise:.1} dB otherwise");
        assert!(
            at_seams <= otherwise + 0.5,
            "{what}: {at_seams:.1} dB at seams, {otherwise:.1} dB otherwise"
        );
    }
}

#[test]
fn a_short_sound_has_its_length() {
    let Some(tools) = films::tools() else { return };
    for frames in [1, 1023, 1024, 1025, 4_800, 48_000] {
        through_the_codec(&tools, frames, sine);
    }
}

#[test]
fn the_same_sound_gives_the_same_bytes() {
    let Some(tools) = films::tools() else { return };
    let bytes = || {
        let job = tempfile::tempdir().unwrap();
        let mut fill = |buffer: &mut [Frame]| {
            buffer.fill([0.25, f32::NAN]);
            Ok(())
        };
        tools.encode_sound(48_000 * 62, job.path(), &Silent, &mut fill).unwrap();
        std::fs::read(job.path().join("sound.m4a")).unwrap()
    };
    assert!(bytes() == bytes());
}
