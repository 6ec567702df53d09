//! Decodes the frames at each seam: what does not decode without a fault is not handed out.

use std::path::Path;

use sound::{Progress, Time};

use super::{Piece, STAGE, broken};
use crate::child;
use crate::sniff::Kind;
use crate::{MediaError, Tools};

/// Frames from one keyframe of ours to the next: a seam is checked from the last before it.
pub(super) const OURS: usize = 15;
/// Frames of the source that are decoded behind a seam at least: what does not fit shows within the reach of its
/// reordering.
const THEIRS: usize = 8;
/// So far beside the seam decoding begins to look for a keyframe: less than any frame lasts.
const BESIDE: Time = Time::from_ticks(sound::TICKS_PER_SECOND / 1000);

/// A moment at which packets of one origin follow those of another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Seam {
    pub(super) at: Time,
    /// How many frames before it were encoded here since their last keyframe; 0 where they are the source's, whose last
    /// keyframe may be far.
    pub(super) ours: usize,
}

impl Seam {
    /// The seam behind a piece.
    pub(super) fn behind(piece: &Piece, at: Time) -> Seam {
        let frames = if piece.is_encoded() { piece.range().len() } else { 0 };
        Seam { at, ours: if frames > 0 { (frames - 1) % OURS + 1 } else { 0 } }
    }

    /// Where decoding begins to look back for a keyframe: before the seam, and where that could be far, at it.
    fn start(self) -> Time {
        if self.ours > 0 { self.at - BESIDE } else { self.at + BESIDE }
    }
}

impl Tools {
    /// Decodes across every seam behind what was encoded here, and from every other seam on.
    ///
    /// # Errors
    /// [`MediaError::RenderFailed`] at the first fault.
    pub(super) fn check_seams(
        &self,
        seams: &[Seam],
        picture: &Path,
        progress: &dyn Progress,
    ) -> Result<(), MediaError> {
        for seam in seams {
            let start = seam.start();
            let mut invocation = self.ffmpeg(STAGE);
            invocation.add(["-xerror", "-err_detect", "explode", "-noaccurate_seek"]);
            // Faults show in the bits; the loop filter only smooths what came of them.
            invocation.add(["-threads", "1", "-skip_loop_filter:v", "all"]);
            invocation.add(["-ss".to_owned(), format!("{:.6}", start.seconds())]);
            invocation.add(self.fenced(Kind::Mp4));
            invocation.input(picture);
            invocation.add([
                "-map",
                "0:v:0",
                "-frames:v",
                &(seam.ours + THEIRS).to_string(),
                "-f",
                "null",
                "-",
            ]);
            let ((), ended) = child::run(invocation, &self.limits, progress, &|_| false, |_| Ok(()))?;
            if !ended.well() {
                return Err(broken(format!("it does not decode at {}: {}", seam.at, ended.why())));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use sound::Silent;

    use super::*;
    use crate::test_film::TestFilm;

    #[test]
    fn a_seam_is_checked_from_the_keyframe_before_it() {
        let ours = |piece| Seam::behind(&piece, Time::ZERO).ours;
        assert_eq!(ours(Piece::Encode(0..1)), 1);
        assert_eq!(ours(Piece::Encode(10..10 + OURS)), OURS);
        assert_eq!(ours(Piece::Encode(10..11 + OURS)), 1);
        assert_eq!(ours(Piece::Copy(0..20)), 0);
    }

    #[test]
    fn a_fault_at_a_seam_is_found() {
        let Some(made) = TestFilm::with_keyframe_every(OURS) else { return };
        let TestFilm { tools, film, path, .. } = &made;
        let before = 4 * OURS;
        let seams = [OURS, 0].map(|ours| Seam { at: film.packets[before].at, ours });
        tools.check_seams(&seams, path, &Silent).unwrap();
        let whole = std::fs::read(path).unwrap();
        // Damage at the seam counts always, damage in the group before it where that is ours.
        for (place, found) in [(before, [true, true]), (before - OURS, [true, false])] {
            // Packets lie behind ftyp (32 bytes), free (8) and the head of mdat (8).
            let at = 48 + film.stored[..place].iter().map(|packet| packet.size as usize).sum::<usize>();
            let mut bytes = whole.clone();
            bytes[at + 200..at + 600].fill(0xa5);
            std::fs::write(path, bytes).unwrap();
            for (seam, found) in seams.into_iter().zip(found) {
                let checked = tools.check_seams(&[seam], path, &Silent);
                assert_eq!(
                    checked.err().map(|fault| fault.code()),
                    found.then_some(5001),
                    "{place} {seam:?}"
                );
            }
        }
    }
}
