//! Encodes only what a plan touches of a picture and joins it with the source's own packets.
//!
//! Both encoders' parameter sets stand in one decoder configuration under different numbers, so nothing has to be said
//! again inside the stream.

mod parameters;
mod pieces;
mod seams;
mod stretch;

use std::path::{Path, PathBuf};

use mp4_atom::Avc1;
use sound::{Portion, Progress};

use crate::film::Film;
use crate::join::{About, Join};
use crate::samples::{Samples, in_their_order};
use crate::{MediaError, Tools};
use stretch::Manner;

pub(crate) use pieces::{Piece, pieces};

pub(crate) const STAGE: &str = "joining of the picture";

impl Tools {
    /// Makes the picture of a plan's pieces: an MP4 of it alone in the folder `job`, which holds the titles' script.
    ///
    /// # Errors
    /// [`MediaError::RenderFailed`] when the pieces do not fit together; [`MediaError::Cancelled`],
    /// [`MediaError::TimedOut`], [`MediaError::Io`].
    pub(crate) fn splice(
        &self,
        film: &Film,
        pieces: &[Piece],
        job: &Path,
        progress: &dyn Progress,
    ) -> Result<PathBuf, MediaError> {
        let [copying, encoding, joining] =
            [(0.0, 0.2), (0.2, 0.7), (0.9, 0.1)].map(|(from, share)| Portion::new(progress, from, share));
        let source = Samples::read(self.copy_picture(film, job, &copying)?)?;
        if source.samples.len() != film.stored.len() {
            return Err(broken("its packets cannot be told apart"));
        }
        let manner = Manner::of(&source.entry)?;
        let ranges: Vec<_> = pieces.iter().filter(|piece| piece.is_encoded()).map(Piece::range).collect();
        let mut encoded = Vec::new();
        for (index, range) in ranges.iter().enumerate() {
            let share = 1.0 / ranges.len() as f64;
            let portion = Portion::new(&encoding, index as f64 * share, share);
            let path = self.encode_stretch(film, range.clone(), &manner, job, &portion)?;
            encoded.push(Samples::read(path)?);
        }
        let path = put_together(film, pieces, source, encoded, job)?;
        self.check_seams(film, pieces, &path, &joining)?;
        joining.report(1.0);
        Ok(path)
    }
}

/// Writes the pieces one after the other; what they were read from is removed.
fn put_together(
    film: &Film,
    pieces: &[Piece],
    mut source: Samples,
    encoded: Vec<Samples>,
    job: &Path,
) -> Result<PathBuf, MediaError> {
    let entry = entry(&source, &encoded)?;
    let stamp = |index: usize| film.stored[index].pts.ok_or_else(|| broken("a frame has no time"));
    let mut join = Join::create(job.join("picture.mp4"))?;
    let mut bytes = Vec::new();
    let mut encoded = encoded.into_iter();
    for (index, piece) in pieces.iter().enumerate() {
        let range = piece.range();
        if let Piece::Copy(range) = piece {
            for place in range.clone() {
                source.packet(place, &mut bytes)?;
                let seam = index > 0 && place == range.start;
                if seam && !parameters::starts_afresh(&bytes, source.entry.avcc.length_size) {
                    return Err(broken("a keyframe beside a title leans on what came before"));
                }
                join.push(&bytes, stamp(place)?, film.stored[place].keyframe)?;
            }
        } else if let Some(mut stretch) = encoded.next() {
            let stamps: Vec<i64> = range.map(stamp).collect::<Result<_, _>>()?;
            for (place, shown) in in_their_order(&stretch, stamps)?.into_iter().enumerate() {
                stretch.packet(place, &mut bytes)?;
                join.push(&bytes, shown, stretch.samples[place].sync)?;
            }
            std::fs::remove_file(stretch.path()).map_err(MediaError::io("written", stretch.path()))?;
        }
    }
    std::fs::remove_file(source.path()).map_err(MediaError::io("written", source.path()))?;
    let end = film.clock.stamp(film.probe.length);
    join.finish(About { entry, base: film.clock.base, end })
}

/// The source's setting of decoders with the parameter sets of our encoder beside its own.
fn entry(source: &Samples, encoded: &[Samples]) -> Result<Avc1, MediaError> {
    let mut entry = source.entry.clone();
    let Some((first, others)) = encoded.split_first() else { return Ok(entry) };
    if others.iter().any(|other| other.entry.avcc != first.entry.avcc) {
        return Err(broken("its pieces were encoded differently"));
    }
    entry.avcc = parameters::merged(&source.entry.avcc, &first.entry.avcc).map_err(broken)?;
    Ok(entry)
}

pub(crate) fn broken(why: impl Into<String>) -> MediaError {
    MediaError::failed(STAGE, why)
}
