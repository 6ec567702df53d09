//! Reads the header of an MP4 we wrote: lengths and edit lists as a player sees them (ISO/IEC 14496-12).

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

use mp4_atom::{Atom, Stbl};
use sound::Time;

use crate::MediaError;
use crate::sample_table::{Sample, unfolded};

/// The largest header that is read; four hours at 120 frames a second need 40 MB.
const HEADER_BYTES: u64 = 256 << 20;

/// What an MP4 says of itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Movie {
    /// Length of the whole.
    pub(crate) length: Time,
    /// Its tracks.
    pub(crate) tracks: Vec<Track>,
}

/// What a track says of itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Track {
    /// `vide` or `soun`.
    pub(crate) kind: String,
    /// Sample entry: `avc1`, `mp4a`, ...
    pub(crate) codec: String,
    /// Width and height in pixels as coded; 0 for sound.
    pub(crate) size: (u32, u32),
    /// How long it is presented: the sum of its edits, else of its samples.
    pub(crate) length: Time,
    /// How late it begins: leading empty edits.
    pub(crate) late: Time,
    /// What the edit list skips at its start: the sound's priming, the picture's reordering delay.
    pub(crate) skipped: Time,
    /// Units of its clock in a second.
    pub(crate) scale: i64,
    /// Its packets in the order of decoding.
    pub(crate) samples: Vec<Sample>,
}

impl Track {
    /// When a packet of it is shown, on the movie's clock.
    pub(crate) fn shown(&self, sample: &Sample) -> Time {
        Time::from_ratio(sample.shown, self.scale) + self.late - self.skipped
    }
}

impl Movie {
    /// Reads a file's header.
    ///
    /// # Errors
    /// [`MediaError::Io`], and [`MediaError::RenderFailed`] when there is no whole header.
    pub(crate) fn read(path: &Path) -> Result<Movie, MediaError> {
        let mut file = File::open(path).map_err(MediaError::io("opened", path))?;
        let header = header(&mut file).map_err(MediaError::io("read", path))?;
        let movie = header.as_deref().and_then(movie);
        movie.ok_or_else(|| MediaError::failed("check of the output", "it has no whole header"))
    }

    /// The first track of a kind.
    pub(crate) fn track(&self, kind: &str) -> Option<&Track> {
        self.tracks.iter().find(|track| track.kind == kind)
    }
}

/// The body of the `moov` box.
pub(crate) fn header(file: &mut File) -> std::io::Result<Option<Vec<u8>>> {
    let end = file.seek(SeekFrom::End(0))?;
    let mut at = 0;
    while at + 16 <= end {
        file.seek(SeekFrom::Start(at))?;
        let mut head = [0; 16];
        file.read_exact(&mut head)?;
        let (small, kind) = (u32_at(&head, 0).unwrap_or(0), &head[4..8]);
        let (size, skip) = match small {
            0 => (end - at, 8),
            1 => (u64_at(&head, 8).unwrap_or(0), 16),
            size => (u64::from(size), 8),
        };
        if kind == b"moov" {
            if size < skip || size > HEADER_BYTES {
                return Ok(None);
            }
            file.seek(SeekFrom::Start(at + skip))?;
            let mut body = vec![0; (size - skip) as usize];
            file.read_exact(&mut body)?;
            return Ok(Some(body));
        }
        at = at.saturating_add(size.max(8));
    }
    Ok(None)
}

fn movie(body: &[u8]) -> Option<Movie> {
    let (scale, length) = clock(child(body, b"mvhd")?)?;
    let tracks = children(body).filter(|(kind, _)| kind == b"trak").map(|(_, body)| track(body, scale));
    Some(Movie { length: Time::from_ratio(length, scale), tracks: tracks.collect::<Option<_>>()? })
}

fn track(body: &[u8], movie_scale: i64) -> Option<Track> {
    let media = child(body, b"mdia")?;
    let (scale, samples) = clock(child(media, b"mdhd")?)?;
    let kind = String::from_utf8_lossy(child(media, b"hdlr")?.get(8..12)?).into_owned();
    let tables = child(child(media, b"minf")?, b"stbl")?;
    let entry = child(tables, b"stsd")?.get(8..)?;
    let codec = String::from_utf8_lossy(entry.get(4..8)?).into_owned();
    let size = match kind.as_str() {
        "vide" => (u16_at(entry, 32)?, u16_at(entry, 34)?),
        _ => (0, 0),
    };
    let length = Time::from_ratio(samples, scale);
    let samples = unfolded(&table(tables)?)?;
    let mut track = Track { kind, codec, size, length, scale, samples, ..Track::default() };
    if let Some(list) = child(body, b"edts").and_then(|edits| child(edits, b"elst")) {
        edit(&mut track, list, movie_scale, scale)?;
    }
    Some(track)
}

/// What is said of the packets; what is said of their codec is left out.
fn table(tables: &[u8]) -> Option<Stbl> {
    fn one<A: Atom>(tables: &[u8]) -> Option<A> {
        A::decode_body(&mut child(tables, A::KIND.as_ref())?).ok()
    }
    Some(Stbl {
        stts: one(tables)?,
        ctts: one(tables),
        stss: one(tables),
        stsc: one(tables)?,
        stsz: one(tables)?,
        stco: one(tables),
        co64: one(tables),
        ..Stbl::default()
    })
}

/// Applies an edit list (14496-12, 8.6.6).
fn edit(track: &mut Track, list: &[u8], movie_scale: i64, scale: i64) -> Option<()> {
    let wide = *list.first()? == 1;
    let step = if wide { 20 } else { 12 };
    let mut length = Time::ZERO;
    for entry in list.get(8..)?.chunks_exact(step) {
        let (duration, start) = match wide {
            true => (u64_at(entry, 0)? as i64, u64_at(entry, 8)? as i64),
            false => (i64::from(u32_at(entry, 0)?), i64::from(u32_at(entry, 4)? as i32)),
        };
        let duration = Time::from_ratio(duration, movie_scale);
        if start < 0 {
            track.late += duration;
        } else if length == Time::ZERO {
            track.skipped = Time::from_ratio(start, scale);
        }
        length += duration;
    }
    track.length = length;
    Some(())
}

/// Time scale and duration of an `mvhd` or `mdhd` box.
fn clock(body: &[u8]) -> Option<(i64, i64)> {
    let (scale, duration) = match body.first()? {
        1 => (u32_at(body, 20)?, u64_at(body, 24)? as i64),
        _ => (u32_at(body, 12)?, i64::from(u32_at(body, 16)?)),
    };
    (scale > 0).then_some((i64::from(scale), duration))
}

fn children(body: &[u8]) -> impl Iterator<Item = ([u8; 4], &[u8])> {
    let mut rest = body;
    std::iter::from_fn(move || {
        let size = u32_at(rest, 0)? as usize;
        let kind: [u8; 4] = rest.get(4..8)?.try_into().ok()?;
        let inside = rest.get(8..size)?;
        rest = &rest[size..];
        Some((kind, inside))
    })
}

fn child<'a>(body: &'a [u8], kind: &[u8; 4]) -> Option<&'a [u8]> {
    children(body).find(|(found, _)| found == kind).map(|(_, body)| body)
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?)))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_be_bytes(bytes.get(at..at + 8)?.try_into().ok()?))
}
