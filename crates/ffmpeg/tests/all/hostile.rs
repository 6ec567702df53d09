//! A small MP4 that names far more frames than it has bytes for.

use std::path::{Path, PathBuf};

fn boxed(kind: &[u8; 4], parts: &[&[u8]]) -> Vec<u8> {
    let body = parts.concat();
    [&(body.len() as u32 + 8).to_be_bytes()[..], kind, &body].concat()
}

/// A box with version 0, no flags and so many numbers of 32 bits.
fn full(kind: &[u8; 4], numbers: &[u32]) -> Vec<u8> {
    let numbers: Vec<u8> = numbers.iter().flat_map(|number| number.to_be_bytes()).collect();
    boxed(kind, &[&[0; 4], &numbers])
}

const MATRIX: [u32; 9] = [0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x4000_0000];

/// A picture of 160 x 90 (motion JPEG) whose `frames` frames of one byte all lie from byte `at` on.
fn track(number: u32, frames: u32, at: u32) -> Vec<u8> {
    let head = [&[0, 0, number, 0, frames, 0, 0, 0, 0], &MATRIX[..], &[160 << 16, 90 << 16]].concat();
    let mut entry = vec![0u8; 78];
    (entry[7], entry[25], entry[27], entry[41], entry[75]) = (1, 160, 90, 1, 24);
    let table = [
        boxed(b"stsd", &[&[0, 0, 0, 0, 0, 0, 0, 1], &boxed(b"jpeg", &[&entry])]),
        full(b"stts", &[1, frames, 1]),
        full(b"stsc", &[1, 1, frames, 1]),
        full(b"stsz", &[1, frames]),
        full(b"stco", &[1, at]),
    ];
    let table = boxed(b"stbl", &[&table.concat()]);
    let place = full(b"dref", &[1, 12, u32::from_be_bytes(*b"url "), 1]);
    let media = boxed(b"minf", &[&full(b"vmhd", &[0, 0]), &boxed(b"dinf", &[&place]), &table]);
    let handler = full(b"hdlr", &[0, u32::from_be_bytes(*b"vide"), 0, 0, 0, 0]);
    let media = boxed(b"mdia", &[&full(b"mdhd", &[0, 0, 1000, frames, 0]), &handler, &media]);
    boxed(b"trak", &[&full(b"tkhd", &head), &media])
}

/// Makes the film: so many tracks of so many frames each, in little more than `bytes` bytes.
pub(crate) fn crowd(folder: &Path, tracks: u32, frames: u32, bytes: usize) -> PathBuf {
    let head = boxed(b"ftyp", &[b"isom\0\0\0\0isom"]);
    let movie =
        [&[0, 0, 1000, frames, 0x10000, 0x0100_0000, 0, 0], &MATRIX[..], &[0; 6], &[tracks + 1]].concat();
    let mut parts = vec![full(b"mvhd", &movie)];
    parts.extend((1..=tracks).map(|number| track(number, frames, head.len() as u32 + 8)));
    let film = [head, boxed(b"mdat", &[&vec![0xff; bytes]]), boxed(b"moov", &[&parts.concat()])].concat();
    let path = folder.join("crowd.mp4");
    std::fs::write(&path, film).unwrap();
    path
}
