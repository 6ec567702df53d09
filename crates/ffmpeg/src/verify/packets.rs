//! The packets of an output's picture, held against the source's.

use std::io::{BufRead, BufReader, PipeReader};

use sound::Time;

use super::broken;
use crate::MediaError;
use crate::film::{Clock, Film};
use crate::plan::PictureMode;

/// The picture's packets as ffmpeg's `framehash` lists them.
#[derive(Debug, Default)]
pub(super) struct Written {
    base: (i64, i64),
    /// Presentation stamp, size and MurmurHash3, in file order.
    pub(super) packets: Vec<(i64, u32, u128)>,
}

impl Written {
    fn time(&self, stamp: i64) -> Time {
        Clock { base: self.base, start: 0, lag: 0 }.time(stamp)
    }
}

/// Reads lines `#tb 0: 1/15360` and `0, dts, pts, duration, size, hash` until the pipe closes.
///
/// # Errors
/// [`MediaError::RenderFailed`] for lines of another kind.
pub(super) fn read(pipe: PipeReader) -> Result<Written, MediaError> {
    let mut written = Written { base: (1, 1000), packets: Vec::new() };
    for line in BufReader::new(pipe).lines() {
        let line = line.map_err(|error| broken(error.to_string()))?;
        if let Some(base) = line.strip_prefix("#tb 0: ") {
            let base =
                base.split_once('/').and_then(|(n, d)| Some((n.parse().ok()?, d.trim().parse().ok()?)));
            written.base = base.ok_or_else(|| broken("its time base cannot be read"))?;
        } else if !line.starts_with('#') {
            written.packets.push(packet(&line).ok_or_else(|| broken("its packets cannot be read"))?);
        }
    }
    Ok(written)
}

fn packet(line: &str) -> Option<(i64, u32, u128)> {
    let mut fields = line.split(',').map(str::trim).skip(2);
    let pts = fields.next()?.parse().ok()?;
    let size = fields.nth(1)?.parse().ok()?;
    Some((pts, size, u128::from_str_radix(fields.next()?, 16).ok()?))
}

/// How many of the source's packets stand in the output, byte for byte and in order: all, or it is an error.
///
/// Where the source separates units by start codes, MP4 must write their lengths instead: then only count and times
/// can be held against each other, and none counts as copied byte for byte.
///
/// # Errors
/// [`MediaError::RenderFailed`] at the first packet that differs.
pub(super) fn compare(written: &Written, film: &Film) -> Result<usize, MediaError> {
    let (found, wanted) = (written.packets.len(), film.stored.len());
    if found != wanted {
        return Err(broken(format!("its picture has {found} packets instead of {wanted}")));
    }
    if !film.stream.length_prefixed {
        return Ok(0);
    }
    let differs = written.packets.iter().zip(&film.stored).position(|(w, s)| (w.1, w.2) != (s.size, s.hash));
    match differs {
        Some(index) => Err(broken(format!("packet {index} of its picture is not the film's own"))),
        None => Ok(found),
    }
}

/// Whether frames are shown when the film shows them.
///
/// # Errors
/// [`MediaError::RenderFailed`] when one is not.
pub(super) fn in_time(written: &Written, film: &Film, mode: PictureMode) -> Result<(), MediaError> {
    let mut shown: Vec<Time> =
        written.packets.iter().map(|packet| written.time(packet.0)).filter(|at| *at >= Time::ZERO).collect();
    shown.sort_unstable();
    let wanted = &film.packets;
    // Frames that a broken film cannot decode are missing when it is encoded.
    let missing = wanted.len().saturating_sub(shown.len());
    if mode == PictureMode::Encode && missing > 0 && missing * 10 <= wanted.len() {
        return Ok(());
    }
    if shown.len() != wanted.len() {
        return Err(broken(format!("it shows {} frames instead of {}", shown.len(), wanted.len())));
    }
    // Half a unit of either clock is lost to rounding.
    let slack = written.time(1) + Time::from_seconds(1e-6);
    match shown.iter().zip(wanted).find(|(at, packet)| at.distance(packet.at) > slack) {
        Some((at, packet)) => Err(broken(format!("a frame is shown at {at} instead of {}", packet.at))),
        None => Ok(()),
    }
}
