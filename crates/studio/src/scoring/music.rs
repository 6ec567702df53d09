//! The music of every bed: composed and performed, or the user's own recording.

mod recording;

use std::path::Path;

use ffmpeg::Tools;
use footage::Profile;
use score::Library;
use sound::Progress;
use timeline::{Bed, Music, Timeline};

use super::Piece;
use crate::performance::{Played, Sounds, perform};
use crate::{Fault, genres};

/// Composes the beds that ask for it.
pub(super) fn compose(
    timeline: &Timeline,
    profile: &Profile,
    library: &Library,
) -> Result<Vec<Piece>, Fault> {
    let composed = timeline.beds.iter().filter_map(|bed| match &bed.music {
        Music::Composed(brief) => Some((bed, brief)),
        Music::Recording(_) => None,
    });
    composed
        .map(|(bed, brief)| {
            let (genre, mood) = genres::chosen(brief, profile, library)?;
            let cue = score::spot(brief, genre, mood, profile, bed.span);
            let score = score::compose(&cue, brief, genre);
            Ok(Piece { bed: bed.id, start: bed.span.start, seed: brief.seed, cue, score })
        })
        .collect()
}

/// What the beds sound of as long as nothing was played.
pub(super) fn unplayed(timeline: &Timeline) -> Vec<Sounds> {
    let of_bed = |bed: &Bed| match &bed.music {
        Music::Recording(path) => recording::sounds(Path::new(path)),
        Music::Composed(_) => Sounds::Own,
    };
    timeline.beds.iter().map(of_bed).collect()
}

/// Plays the music of every bed, in the order of the beds.
pub(super) fn play(
    tools: &Tools,
    timeline: &Timeline,
    pieces: &[Piece],
    want_stems: bool,
    folder: &Path,
    progress: &dyn Progress,
) -> Result<Vec<Played>, Fault> {
    timeline.beds.iter().map(|bed| play_bed(tools, bed, pieces, want_stems, folder, progress)).collect()
}

fn play_bed(
    tools: &Tools,
    bed: &Bed,
    pieces: &[Piece],
    want_stems: bool,
    folder: &Path,
    progress: &dyn Progress,
) -> Result<Played, Fault> {
    let folder = folder.join(format!("bed-{}", bed.id));
    std::fs::create_dir(&folder).map_err(Fault::file("made", &folder))?;
    match (&bed.music, pieces.iter().find(|piece| piece.bed == bed.id)) {
        (Music::Recording(path), _) => {
            recording::play(tools, Path::new(path), bed.span.length(), &folder, progress)
        }
        (Music::Composed(brief), Some(piece)) => {
            perform(&piece.score, brief.looping, want_stems, &folder, progress)
        }
        (Music::Composed(_), None) => Err(Fault::OutOfRange(format!("Bed {} was not composed", bed.id))),
    }
}
