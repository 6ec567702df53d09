//! The music of every bed: composed and performed, or the user's own recording.

mod recording;

use std::path::Path;

use ffmpeg::Tools;
use footage::Profile;
use mix::{Meter, Spectrometer};
use score::{Brief, Library};
use sound::{Progress, Span};
use timeline::{Bed, Music, Timeline};

use super::Piece;
use crate::performance::{Played, Sounds, perform};
use crate::publish::Results;
use crate::{Fault, composition, genres};

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
            let brief = &with_marks(brief, timeline, bed);
            let (genre, mood) = genres::chosen(brief, profile, library)?;
            let cue = score::spot(brief, genre, mood, profile, bed.span);
            let score = score::compose(&cue, brief, genre);
            Ok(Piece { bed: bed.id, start: bed.span.start, seed: brief.seed, cue, score })
        })
        .collect()
}

/// The brief with the film's own markers that the music must land on.
fn with_marks(brief: &Brief, timeline: &Timeline, bed: &Bed) -> Brief {
    let marks = timeline.markers.iter().filter(|marker| marker.hit && bed.span.contains(marker.at));
    let mut hits: Vec<_> =
        brief.hits.iter().copied().chain(marks.map(|marker| marker.at - bed.span.start)).collect();
    hits.sort_unstable();
    hits.dedup();
    Brief { hits, ..brief.clone() }
}

/// What the beds sound of as long as nothing was played.
pub(super) fn unplayed(timeline: &Timeline) -> Vec<Sounds> {
    let of_bed = |bed: &Bed| match &bed.music {
        Music::Recording(path) => recording::sounds(Path::new(path)),
        Music::Composed(_) => Sounds::Own,
    };
    timeline.beds.iter().map(of_bed).collect()
}

/// Plays the music of every bed, in the order of the beds, under this talk.
pub(super) fn play(
    tools: &Tools,
    timeline: &Timeline,
    pieces: &[Piece],
    speech: &[Span],
    want_stems: bool,
    folder: &Path,
    progress: &dyn Progress,
) -> Result<Vec<Played>, Fault> {
    timeline
        .beds
        .iter()
        .map(|bed| play_bed(tools, bed, pieces, speech, want_stems, folder, progress))
        .collect()
}

fn play_bed(
    tools: &Tools,
    bed: &Bed,
    pieces: &[Piece],
    speech: &[Span],
    want_stems: bool,
    folder: &Path,
    progress: &dyn Progress,
) -> Result<Played, Fault> {
    let folder = folder.join(format!("bed-{}", bed.id));
    std::fs::create_dir(&folder).map_err(Fault::file("made", &folder))?;
    let spectrometer = Spectrometer::of_music(speech, bed.span.start);
    match (&bed.music, pieces.iter().find(|piece| piece.bed == bed.id)) {
        (Music::Recording(path), _) => {
            let meter = Meter::new().with(spectrometer);
            recording::play(tools, Path::new(path), bed.span.length(), &folder, meter, progress)
        }
        (Music::Composed(brief), Some(piece)) => {
            // Peaks are looked for in the mix.
            let meter = Meter::of_loudness().with(spectrometer);
            perform(&piece.score, brief.looping, want_stems, &folder, meter, progress)
        }
        (Music::Composed(_), None) => Err(Fault::OutOfRange(format!("Bed {} was not composed", bed.id))),
    }
}

/// Writes the stems of every bed, each bed into a folder of its own where there are several. A recording has none.
pub(super) fn write_stems(
    timeline: &Timeline,
    played: &[Played],
    folder: &Path,
    results: &mut Results,
) -> Result<(), Fault> {
    let several = played.len() > 1;
    for (bed, played) in timeline.beds.iter().zip(played) {
        let own = folder.join(format!("bed-{}", bed.id));
        composition::write_stems(&played.stems, if several { &own } else { folder }, results)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use sound::Time;
    use timeline::{Edit, Source};

    use super::*;
    use crate::spool::Spooling;

    #[test]
    fn several_beds_keep_their_stems_apart() {
        let place = tempfile::tempdir().unwrap();
        let stems = place.path().join("stems");
        let film = Source::film("film", Time::from_seconds(10.0));
        let played = || {
            let spool = || Spooling::create(place.path(), "sound").unwrap().finish().unwrap();
            let (stems, measured) = (vec![("bass".to_owned(), spool())], Meter::new().finish());
            Played { music: spool(), stems, measured, sounds: Sounds::Own }
        };
        let add = |span| {
            let music = Music::Composed(Box::default());
            Edit::AddBed { name: "music".into(), music, span: Some(span) }
        };
        let one = Timeline::new(film).apply(&add(sound::Span::seconds(0.0, 4.0))).unwrap();
        let two = one.apply(&add(sound::Span::seconds(5.0, 9.0))).unwrap();
        for (timeline, names) in [(&one, &["bass.wav"][..]), (&two, &["bed-1/bass.wav", "bed-2/bass.wav"])] {
            let mut results = Results::default();
            let played: Vec<Played> = timeline.beds.iter().map(|_| played()).collect();
            write_stems(timeline, &played, &stems, &mut results).unwrap();
            assert!(names.iter().all(|name| results.lying(&stems.join(name)).is_some()), "{results:?}");
        }
    }
}
