//! Cuts a picture without encoding it: only the frames between a cut and the next keyframe are encoded, the rest are the
//! source's own packets.

use std::ops::Range;
use std::path::{Path, PathBuf};

use sound::{Portion, Progress};

use super::pieces::{MOST_TOUCHED, cuttable};
use super::seams::Seam;
use super::stretch::Stretch;
use super::{Piece, broken, put_together};
use crate::entry::entry_before;
use crate::film::Film;
use crate::grid::Grid;
use crate::{MediaError, Tools, verify};

/// Frames of a film that follow on each other, by their places in the order in which they are shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Run {
    /// Which of the film.
    pub(crate) frames: Range<usize>,
    /// The place of the first among the frames of the picture that is cut.
    pub(crate) at: usize,
}

/// A part of a cut picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    /// Packets that stay, by their places in the file's order; or frames that are encoded, by those in the order in
    /// which they are shown.
    piece: Piece,
    /// How much later a frame stands in the cut picture than in the source, in frames.
    shift: i64,
}

/// What becomes of the frames of some runs.
///
/// # Errors
/// What stands against it, in words for the user.
pub(crate) fn parts(film: &Film, runs: &[Run]) -> Result<Vec<Part>, String> {
    if !film.stream.length_prefixed {
        return Err("its packets cannot be taken as they are".into());
    }
    let borders = cuttable(film)?;
    let ranks = ranks(film).ok_or("a frame has no time")?;
    let parts = parts_of(&borders, &ranks, runs);
    let count = |encoded: bool| -> usize {
        let pieces = parts.iter().map(|part| &part.piece).filter(|piece| piece.is_encoded() == encoded);
        pieces.map(|piece| piece.range().len()).sum()
    };
    match count(true) as f64 > MOST_TOUCHED * (count(true) + count(false)) as f64 {
        true => Err("most of it changes".into()),
        false => Ok(parts),
    }
}

/// The place of each packet's frame in the order in which frames are shown.
fn ranks(film: &Film) -> Option<Vec<usize>> {
    let mut places: Vec<usize> = (0..film.stored.len()).collect();
    places.sort_by_key(|place| film.stored[*place].pts);
    let mut ranks = vec![0; places.len()];
    places.into_iter().enumerate().for_each(|(rank, place)| ranks[place] = rank);
    film.stored.iter().all(|packet| packet.pts.is_some()).then_some(ranks)
}

/// Between borders that no frame reaches across, frames have the same places in both orders.
fn parts_of(borders: &[usize], ranks: &[usize], runs: &[Run]) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let ends = borders.iter().skip(1).copied().chain([ranks.len()]);
    let groups: Vec<(usize, usize)> = borders.iter().copied().zip(ends).collect();
    for run in runs {
        let shift = run.at as i64 - run.frames.start as i64;
        for (begin, end) in &groups {
            let (first, next) = (run.frames.start.max(*begin), run.frames.end.min(*end));
            if first >= next {
                continue;
            }
            // Up to a packet before which nothing is stored that is shown later, what comes after may be left out.
            let whole = |until: &usize| ranks[*begin..*until].iter().all(|rank| rank < until);
            let kept = if first > *begin { first } else { (first..=next).rev().find(whole).unwrap_or(first) };
            for piece in [Piece::Copy(first..kept), Piece::Encode(kept..next)] {
                push(&mut parts, Part { piece, shift });
            }
        }
    }
    parts
}

/// Appends a part, or lets the last one reach further where the two are one.
fn push(parts: &mut Vec<Part>, part: Part) {
    let range = part.piece.range();
    if range.is_empty() {
        return;
    }
    match parts.last_mut().filter(|last| last.shift == part.shift) {
        Some(Part { piece: Piece::Copy(last), .. })
            if !part.piece.is_encoded() && last.end == range.start =>
        {
            last.end = range.end;
        }
        Some(Part { piece: Piece::Encode(last), .. })
            if part.piece.is_encoded() && last.end == range.start =>
        {
            last.end = range.end;
        }
        _ => parts.push(part),
    }
}

impl Tools {
    /// Makes a cut picture: an MP4 of it alone, its frames at the moments of the grid. Says of each packet whether it is
    /// the film's own.
    ///
    /// # Errors
    /// [`MediaError::RenderFailed`] when the parts do not fit together; [`MediaError::Cancelled`],
    /// [`MediaError::TimedOut`], [`MediaError::Io`].
    pub(crate) fn cut(
        &self,
        film: &Film,
        parts: &[Part],
        grid: Grid,
        (job, path): (&Path, PathBuf),
        progress: &dyn Progress,
    ) -> Result<(PathBuf, Vec<bool>), MediaError> {
        let [encoding, joining] =
            [(0.0, 0.8), (0.8, 0.2)].map(|(from, share)| Portion::new(progress, from, share));
        let ranks = ranks(film).ok_or_else(|| broken("a frame has no time"))?;
        let encoded = parts.iter().filter(|part| part.piece.is_encoded());
        let stretches: Vec<Stretch> = encoded.map(|part| stretch(film, part.piece.range())).collect();
        let apart = self.take_apart(film, &stretches, job, &encoding)?;
        let pieces: Vec<Piece> = parts.iter().map(|part| part.piece.clone()).collect();
        let shown = |index: usize, place: usize| {
            let rank = if pieces[index].is_encoded() { place } else { ranks[place] };
            rank as i64 + parts[index].shift
        };
        let frames: usize = pieces.iter().map(|piece| piece.range().len()).sum();
        let stamp = |index, place| Ok(shown(index, place));
        put_together(film, &pieces, apart, &stamp, (grid.base(), frames as i64), path.clone())?;
        let own = pieces
            .iter()
            .enumerate()
            .flat_map(|(index, piece)| piece.range().map(move |place| (index, place)));
        let own = own.map(|(index, place)| match pieces[index].is_encoded() {
            true => None,
            false => Some((grid.time(shown(index, place)), film.stored[place].hash)),
        });
        let own: Vec<_> = own.collect();
        verify::cut(&path, &own)?;
        let seams = pieces
            .windows(2)
            .zip(1..)
            .map(|(pair, index)| Seam::behind(&pair[0], grid.time(shown(index, pair[1].range().start))));
        let seams: Vec<Seam> = seams.collect();
        self.check_seams(&seams, &path, &joining)?;
        joining.report(1.0);
        Ok((path, own.iter().map(Option::is_some).collect()))
    }
}

/// Frames by their places in the order in which they are shown.
fn stretch(film: &Film, range: Range<usize>) -> Stretch {
    let mut stamps: Vec<i64> = film.stored.iter().filter_map(|packet| packet.pts).collect();
    stamps.sort_unstable();
    let span = (stamps[range.start], stamps.get(range.end).copied());
    Stretch { keyframe: entry_before(film, span.0), span, frames: range.len(), titled: false }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_lies_between_a_cut_and_the_next_border_is_encoded() {
        // Two groups of six; in each the third frame is stored before the second, and so on.
        let ranks = [0, 2, 1, 4, 3, 5, 6, 8, 7, 10, 9, 11];
        let of = |runs: &[(Range<usize>, usize)]| {
            let runs: Vec<Run> =
                runs.iter().map(|(frames, at)| Run { frames: frames.clone(), at: *at }).collect();
            let parts = parts_of(&[0, 6], &ranks, &runs);
            parts.iter().map(|part| format!("{} {:+}", part.piece, part.shift)).collect::<Vec<_>>()
        };
        assert_eq!(of(&[(0..12, 0)]), ["copy 0..12 +0"]);
        assert_eq!(of(&[(6..12, 0)]), ["copy 6..12 -6"]);
        assert_eq!(of(&[(4..12, 0)]), ["encode 4..6 -4", "copy 6..12 -4"]);
        // What is shown before the cut may be stored behind what is shown after it.
        assert_eq!(of(&[(0..9, 0)]), ["copy 0..9 +0"]);
        assert_eq!(of(&[(0..8, 0)]), ["copy 0..7 +0", "encode 7..8 +0"]);
        assert_eq!(of(&[(1..3, 0)]), ["encode 1..3 -1"]);
        assert_eq!(of(&[(6..12, 0), (0..3, 6)]), ["copy 6..12 -6", "copy 0..3 +6"]);
    }
}
