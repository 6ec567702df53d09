//! Which packets of a picture stay and which are encoded again.

use std::fmt;
use std::ops::Range;

use sound::Span;

use crate::film::{Film, Stored};

/// A run of the picture's packets, by their places in the file's order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    /// The source's own bytes.
    Copy(Range<usize>),
    /// Frames that are drawn upon and encoded again.
    Encode(Range<usize>),
}

/// Beyond this share of its frames a picture is encoded whole.
pub(super) const MOST_TOUCHED: f64 = 0.6;

/// The picture cut at keyframes so that what `spans` touch is encoded and the rest stays.
///
/// # Errors
/// What stands against it, in words for the user.
pub(crate) fn pieces(film: &Film, spans: &[Span]) -> Result<Vec<Piece>, String> {
    let borders = cuttable(film)?;
    let touched = |(first, end): (usize, usize)| {
        let times =
            film.stored[first..end].iter().filter_map(|packet| packet.pts).map(|pts| film.clock.time(pts));
        let (mut from, mut to) = (film.probe.length, sound::Time::ZERO);
        times.for_each(|at| (from, to) = (from.min(at), to.max(at)));
        spans.iter().any(|span| span.start <= to && from < span.end)
    };
    let ends = borders.iter().skip(1).copied().chain([film.stored.len()]);
    let mut pieces: Vec<Piece> = Vec::new();
    for run in borders.iter().copied().zip(ends) {
        match (touched(run), pieces.last_mut()) {
            (true, Some(Piece::Encode(range))) | (false, Some(Piece::Copy(range))) => range.end = run.1,
            (true, _) => pieces.push(Piece::Encode(run.0..run.1)),
            (false, _) => pieces.push(Piece::Copy(run.0..run.1)),
        }
    }
    let encoded: usize =
        pieces.iter().filter(|piece| piece.is_encoded()).map(|piece| piece.range().len()).sum();
    if encoded as f64 > MOST_TOUCHED * film.stored.len() as f64 {
        return Err("most of it changes".into());
    }
    Ok(pieces)
}

/// The packets at which a picture can be cut, of whose pieces some stay as they are; the first is among them.
///
/// # Errors
/// What stands against it, in words for the user.
pub(super) fn cuttable(film: &Film) -> Result<Vec<usize>, String> {
    let picture = &film.probe.picture;
    if !matches!(picture.pixel_format.as_str(), "yuv420p" | "yuvj420p") {
        return Err(format!("its pixels are {}", picture.pixel_format));
    }
    if picture.interlaced {
        return Err("it is interlaced".into());
    }
    if film.stored.iter().any(|packet| packet.hidden) {
        return Err("an edit list hides some of its frames".into());
    }
    if film.stream.turn.filters().next().is_some() {
        return Err("it is stored turned".into());
    }
    borders(&film.stored).ok_or_else(|| "it cannot be cut at a keyframe".into())
}

/// The keyframes that no frame before them is shown after, and none behind them before; the first packet among them.
fn borders(stored: &[Stored]) -> Option<Vec<usize>> {
    let stamps: Vec<i64> = stored.iter().map(|packet| packet.pts).collect::<Option<_>>()?;
    let mut earliest = i64::MAX;
    let mut closed: Vec<usize> = (0..stored.len())
        .rev()
        .filter(|&index| {
            let first = stamps[index] < earliest;
            earliest = earliest.min(stamps[index]);
            first && stored[index].keyframe
        })
        .collect();
    closed.reverse();
    let mut latest = i64::MIN;
    let mut before = 0;
    closed.retain(|&index| {
        latest = stamps[before..index].iter().fold(latest, |latest, stamp| latest.max(*stamp));
        before = index;
        latest < stamps[index]
    });
    (closed.first() == Some(&0)).then_some(closed)
}

impl Piece {
    /// Its packets.
    pub(crate) fn range(&self) -> Range<usize> {
        let (Piece::Copy(range) | Piece::Encode(range)) = self;
        range.clone()
    }

    /// Whether it is encoded again.
    pub(crate) fn is_encoded(&self) -> bool {
        matches!(self, Piece::Encode(_))
    }
}

impl fmt::Display for Piece {
    /// `copy 174..900`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Range { start, end } = self.range();
        write!(f, "{} {start}..{end}", if self.is_encoded() { "encode" } else { "copy" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packet(pts: i64, keyframe: bool) -> Stored {
        Stored { pts: Some(pts), duration: 1, size: 1, keyframe, ..Stored::default() }
    }

    #[test]
    fn a_picture_is_cut_only_where_no_frame_reaches_across() {
        let of = |packets: &[(i64, bool)]| {
            borders(&packets.iter().map(|(pts, key)| packet(*pts, *key)).collect::<Vec<_>>())
        };
        let closed = [(0, true), (2, false), (1, false), (3, true), (5, false), (4, false)];
        assert_eq!(of(&closed), Some(vec![0, 3]));
        // Frame 2 is shown before the keyframe that it follows in the file.
        let open = [(0, true), (1, false), (3, true), (2, false), (4, false), (5, true)];
        assert_eq!(of(&open), Some(vec![0, 5]));
        assert_eq!(of(&[(0, false), (1, true)]), None);
        assert_eq!(of(&[]), None);
    }
}
