//! Sound as a listener gets it, and how much of one sound is in another.

use std::path::Path;
use std::process::Command;

use super::facts::picture_start;

/// Samples in a second.
pub(super) const RATE: usize = 48_000;

/// Decodes the first sound track to stereo, 48 kHz, from the moment the first picture is shown.
pub(super) fn decode(file: &Path) -> Vec<[f32; 2]> {
    let told = Command::new("ffmpeg")
        .args(["-nostdin", "-v", "error", "-i"])
        .arg(file)
        .args(["-map", "0:a:0", "-af", "aresample=48000:async=1:first_pts=0", "-ac", "2", "-f", "f32le", "-"])
        .output()
        .unwrap();
    assert!(told.status.success(), "{file:?}: {}", String::from_utf8_lossy(&told.stderr));
    let sample = |bytes: &[u8]| f32::from_le_bytes(bytes.try_into().unwrap());
    // ffmpeg's clock begins with whatever comes first in the file, which need not be the picture.
    let before = (picture_start(file) * RATE as f64).round() as usize;
    told.stdout.chunks_exact(8).skip(before).map(|frame| [sample(&frame[..4]), sample(&frame[4..])]).collect()
}

/// Writes frames as 32-bit floats.
pub(super) fn write_raw(frames: &[[f32; 2]], file: &Path) {
    let bytes: Vec<u8> = frames.iter().flatten().flat_map(|sample| sample.to_le_bytes()).collect();
    std::fs::write(file, bytes).unwrap();
}

/// Root mean square of frames.
pub(super) fn rms(frames: &[[f32; 2]]) -> f64 {
    (product(frames, frames) / (2 * frames.len().max(1)) as f64).sqrt()
}

/// The stretches, in seconds, where every tenth of a second stays below `floor` (root mean square).
pub(super) fn silences(frames: &[[f32; 2]], floor: f64) -> Vec<[f64; 2]> {
    let mut found: Vec<[f64; 2]> = Vec::new();
    for (index, tenth) in frames.chunks(RATE / 10).enumerate() {
        let start = index as f64 / 10.0;
        let end = start + tenth.len() as f64 / RATE as f64;
        match found.last_mut() {
            _ if rms(tenth) >= floor => {}
            Some(last) if start - last[1] < 1e-6 => last[1] = end,
            _ => found.push([start, end]),
        }
    }
    found
}

/// How much of two sounds is in a third, by least squares.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fit {
    /// The gain of the film's sound.
    pub(super) film: f64,
    /// The gain of the music.
    pub(super) music: f64,
    /// Energy of what the film does not explain, and of what neither does.
    beside_film: f64,
    beside_both: f64,
}

/// Fits one stretch; all three are equally long.
pub(super) fn fit(sum: &[[f32; 2]], film: &[[f32; 2]], music: &[[f32; 2]]) -> Fit {
    let (ff, mm, fm) = (product(film, film), product(music, music), product(film, music));
    let (sf, sm, ss) = (product(sum, film), product(sum, music), product(sum, sum));
    let determinant = ff * mm - fm * fm;
    let alone = |with: f64, of: f64| if of > 0.0 { with / of } else { 0.0 };
    let (film, music) = match determinant > 1e-9 * ff * mm && determinant > 0.0 {
        true => ((sf * mm - sm * fm) / determinant, (sm * ff - sf * fm) / determinant),
        false if ff > 0.0 => (alone(sf, ff), 0.0),
        false => (0.0, alone(sm, mm)),
    };
    let beside_film = ss - alone(sf, ff) * sf;
    let beside_both = ss - film * sf - music * sm;
    Fit { film, music, beside_film, beside_both }
}

/// Which share of what the film's sound does not explain is the music, 0 to 1. It is fitted in short pieces, as ducking
/// and a limiter move gains.
pub(super) fn explained(sum: &[[f32; 2]], film: &[[f32; 2]], music: &[[f32; 2]]) -> f64 {
    const PIECE: usize = RATE / 20;
    let pieces = sum.chunks(PIECE).zip(film.chunks(PIECE)).zip(music.chunks(PIECE));
    let (film, both) = pieces.fold((0.0, 0.0), |(film, both), ((sum, part), music)| {
        let found = fit(sum, part, music);
        (film + found.beside_film, both + found.beside_both)
    });
    if film > 0.0 { 1.0 - both / film } else { 0.0 }
}

/// By how many samples `later` is behind `sooner`, at most `most` either way: where they are most alike.
pub(super) fn lag(sooner: &[[f32; 2]], later: &[[f32; 2]], most: usize) -> isize {
    // Every fourth sample of a few loud seconds tells it well enough.
    let start = loudest(sooner, 3 * RATE).max(most);
    let piece = &sooner[start..(start + 3 * RATE).min(sooner.len())];
    let alike = |by: isize| -> f64 {
        let other = &later[start.saturating_add_signed(by).min(later.len())..];
        let pairs = piece.iter().zip(other).step_by(4);
        pairs.map(|(a, b)| f64::from((a[0] + a[1]) * (b[0] + b[1]))).sum()
    };
    let most = most as isize;
    (-most..=most).step_by(4).max_by(|a, b| alike(*a).total_cmp(&alike(*b))).unwrap_or(0)
}

/// Where the loudest stretch of so many frames begins, in steps of its length.
fn loudest(frames: &[[f32; 2]], length: usize) -> usize {
    let loud = |at: &usize| rms(&frames[*at..(*at + length).min(frames.len())]);
    (0..frames.len()).step_by(length).max_by(|a, b| loud(a).total_cmp(&loud(b))).unwrap_or(0)
}

fn product(a: &[[f32; 2]], b: &[[f32; 2]]) -> f64 {
    a.iter().zip(b).map(|(a, b)| f64::from(a[0]) * f64::from(b[0]) + f64::from(a[1]) * f64::from(b[1])).sum()
}

#[test]
fn a_known_sum_is_taken_apart() {
    let tone = |hertz: f64| {
        move |i: usize| ((i as f64 * hertz / RATE as f64 * std::f64::consts::TAU).sin() * 0.3) as f32
    };
    let frames = |of: &dyn Fn(usize) -> f32| (0..RATE).map(|i| [of(i), of(i)]).collect::<Vec<_>>();
    let (film, music) = (frames(&tone(220.0)), frames(&tone(3001.0)));
    let sum = frames(&|i| 0.8 * film[i][0] + 0.1 * music[i][0]);
    let found = fit(&sum, &film, &music);
    assert!(
        (found.film - 0.8).abs() < 1e-3
            && (found.music - 0.1).abs() < 1e-3
            && explained(&sum, &film, &music) > 0.99
    );
    assert!(explained(&film, &film, &music) < 0.01);
    assert_eq!(silences(&[vec![[0.0; 2]; RATE / 2], film.clone()].concat(), 0.01), [[0.0, 0.5]]);
    let mut state = 1u32;
    let mut noise = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        [(state >> 8) as f32 / (1 << 24) as f32 - 0.5; 2]
    };
    let noise: Vec<[f32; 2]> = (0..4 * RATE).map(|_| noise()).collect();
    let late = [vec![[0.0; 2]; 400], noise.clone()].concat();
    assert_eq!((lag(&noise, &late, 480), lag(&noise, &noise, 480)), (400, 0));
}
