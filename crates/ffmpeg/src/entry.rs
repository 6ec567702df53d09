//! Where decoding of a film begins, so that a frame comes out whole.

use std::fs::File;
use std::os::unix::fs::FileExt;

use crate::film::{Film, Stored};
use crate::sniff::Kind;

/// The kind of a unit that holds a slice of a picture at which decoding may start (H.264, table 7-1).
const IDR: u8 = 5;
/// Kinds of units that hold slices.
const SLICES: std::ops::RangeInclusive<u8> = 1..=5;
/// How many bytes tell the length of a unit, mostly; where they do not, nothing is found to be a refresh.
const LENGTH_SIZE: u8 = 4;

/// The stamps of the packets that a container calls keyframes, in order.
pub(crate) fn keyframes(stored: &[Stored]) -> Vec<i64> {
    let mut stamps: Vec<i64> = stored.iter().filter(|p| p.keyframe).filter_map(|p| p.pts).collect();
    stamps.sort_unstable();
    stamps
}

/// The last keyframe that is certainly decoded before anything shown at `stamp`: of an open group of pictures the
/// first frames shown belong to the group before, so one that is shown at `stamp` itself will do, too.
pub(crate) fn keyframe_before(keyframes: &[i64], stamp: i64) -> Option<i64> {
    let after = keyframes.partition_point(|keyframe| *keyframe <= stamp);
    after.checked_sub(1).map(|index| keyframes[index]).filter(|_| after > 1)
}

/// The keyframe from which decoding gives the frame at `stamp` whole; `None` for the start of the film.
///
/// A picture that is refreshed bit by bit (periodic intra refresh) has keyframes from which it takes a whole period until
/// nothing is missing. Only H.264 has them under this name; what is not known to be an instantaneous refresh is entered
/// a keyframe earlier.
pub(crate) fn entry_before(film: &Film, stamp: i64) -> Option<i64> {
    let keyframes = keyframes(&film.stored);
    let last = keyframe_before(&keyframes, stamp)?;
    let gradual = film.probe.picture.codec == "h264" && !refreshes_at_once(film, last);
    if gradual { keyframe_before(&keyframes, last - 1) } else { Some(last) }
}

/// Whether the packet shown at a stamp is seen to refresh the whole picture.
fn refreshes_at_once(film: &Film, stamp: i64) -> bool {
    let whole = || {
        let packet = film.stored.iter().find(|packet| packet.keyframe && packet.pts == Some(stamp))?;
        let mut bytes = vec![0; packet.size as usize];
        File::open(&film.path).ok()?.read_exact_at(&mut bytes, packet.position?).ok()?;
        Some(starts_afresh(&bytes, LENGTH_SIZE))
    };
    film.kind == Kind::Mp4 && film.stream.length_prefixed && whole().unwrap_or(false)
}

/// Whether decoding may start afresh at a packet: all of its slices are those of an instantaneous refresh.
pub(crate) fn starts_afresh(packet: &[u8], length_size: u8) -> bool {
    let mut rest = packet;
    let mut found = false;
    while rest.len() > usize::from(length_size) {
        let (length, behind) = rest.split_at(usize::from(length_size));
        let length = length.iter().fold(0usize, |length, byte| length << 8 | usize::from(*byte));
        let (Some(unit), Some(next)) = (behind.get(..length), behind.get(length..)) else { return false };
        let kind = unit.first().map_or(0, |byte| byte & 31);
        if SLICES.contains(&kind) {
            found = true;
            if kind != IDR {
                return false;
            }
        }
        rest = next;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refresh_is_told_from_a_plain_keyframe() {
        let refresh = [0, 0, 0, 2, 6, 1, 0, 0, 0, 2, 0x65, 1];
        let plain = [0, 0, 0, 2, 6, 1, 0, 0, 0, 2, 0x41, 1];
        assert!(starts_afresh(&refresh, 4) && !starts_afresh(&plain, 4));
        assert!(!starts_afresh(&refresh[..6], 4) && !starts_afresh(&[0, 0, 0, 9, 0x65], 4));
    }
}
