//! Encodes only what a plan touches of a picture and joins it with the source's own packets.
//!
//! Both encoders' parameter sets stand in one decoder configuration under different numbers, so nothing has to be said
//! again inside the stream.

mod cut;
mod parameters;
mod pieces;
mod seams;
mod stretch;

use std::path::{Path, PathBuf};

use mp4_atom::Avc1;
use sound::{Portion, Progress};

use crate::entry::starts_afresh;
use crate::film::Film;
use crate::join::{About, Join};
use crate::samples::{Samples, in_their_order};
use crate::{MediaError, Tools};
use seams::Seam;
use stretch::Stretch;

pub(crate) use cut::{Run, parts};
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
        let [encoding, joining] =
            [(0.0, 0.9), (0.9, 0.1)].map(|(from, share)| Portion::new(progress, from, share));
        let ranges = pieces.iter().filter(|piece| piece.is_encoded()).map(Piece::range);
        let stretches = ranges.map(|range| Stretch::titled(film, range)).collect::<Result<Vec<_>, _>>()?;
        let parts = self.take_apart(film, &stretches, job, &encoding)?;
        let stamp = |_, place: usize| film.stored[place].pts.ok_or_else(|| broken("a frame has no time"));
        let (base, end) = (film.clock.base, film.clock.stamp(film.probe.length));
        let path = job.join("picture.mp4");
        put_together(film, pieces, parts, &stamp, (base, end), path.clone())?;
        let seams = pieces.windows(2).filter(|pair| pair[0].is_encoded()).filter_map(|pair| {
            Some(Seam::behind(&pair[0], film.clock.time(film.stored[pair[1].range().start].pts?)))
        });
        let seams: Vec<Seam> = seams.collect();
        self.check_seams(&seams, &path, &joining)?;
        joining.report(1.0);
        Ok(path)
    }
}

/// Writes pieces one after the other into `path`; the parts they were read from are removed. `stamp` says when a place of a
/// piece is shown, by the number of the piece, in units of the base given with the end of the last frame.
fn put_together(
    film: &Film,
    pieces: &[Piece],
    (mut source, encoded): (Samples, Vec<Samples>),
    stamp: &dyn Fn(usize, usize) -> Result<i64, MediaError>,
    (base, end): ((i64, i64), i64),
    path: PathBuf,
) -> Result<(), MediaError> {
    let entry = entry(&source, &encoded)?;
    let mut join = Join::create(path)?;
    let mut bytes = Vec::new();
    let mut encoded = encoded.into_iter();
    for (index, piece) in pieces.iter().enumerate() {
        let range = piece.range();
        if let Piece::Copy(range) = piece {
            for place in range.clone() {
                source.packet(place, &mut bytes)?;
                // What comes before a piece is missed only where the film itself does not begin with it.
                let torn = place == range.start && (index > 0 || place > 0);
                if torn && !starts_afresh(&bytes, source.entry.avcc.length_size) {
                    return Err(broken("a keyframe at which it is cut leans on what came before"));
                }
                join.push(&bytes, stamp(index, place)?, film.stored[place].keyframe)?;
            }
        } else if let Some(mut stretch) = encoded.next() {
            let stamps: Vec<i64> = range.map(|place| stamp(index, place)).collect::<Result<_, _>>()?;
            for (place, shown) in in_their_order(&stretch, stamps)?.into_iter().enumerate() {
                stretch.packet(place, &mut bytes)?;
                join.push(&bytes, shown, stretch.samples[place].sync)?;
            }
            stretch.remove()?;
        }
    }
    source.remove()?;
    join.finish(About { entry, base, end })?;
    Ok(())
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
