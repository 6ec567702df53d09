//! What a request and the flags beside it come to: the timeline that is wanted, and the reply that tells of it.

use agent::{Kind, Reader, Reading};
use ffmpeg::Film;
use footage::Profile;
use llm::{Model, Question};
use score::Library;
use timeline::{Edit, History, Music, Target, Timeline};

use super::{Piece, Scored, Scoring};
use crate::Fault;
use crate::advice::{self, ReadBy};
use crate::performance::Sounds;
use crate::stage::Stopwatch;

/// A request that was understood.
pub(super) struct Understood {
    before: Timeline,
    pub(super) timeline: Timeline,
    /// What was read; none where a timeline is only made into a film.
    reading: Option<Reading>,
    pub(super) read_by: ReadBy,
    /// Why a language model had no part in it, where one was asked.
    pub(super) notice: Option<String>,
}

/// A request that was read, before anything is done about it.
pub(super) struct Heard {
    before: Timeline,
    /// With the recording that was given.
    timeline: Timeline,
    /// The bed of that recording.
    own: Option<u32>,
    pub(super) reading: Reading,
    read_by: ReadBy,
    pub(super) notice: Option<String>,
}

/// Reads the request.
pub(super) fn hear(
    wanted: &Scoring,
    start: &Timeline,
    profile: &Profile,
    library: &Library,
    seed: u64,
) -> Result<Heard, Fault> {
    let (before, mut timeline, mut own) = (start.clone(), start.clone(), None);
    if let Some(path) = &wanted.recording {
        let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let music = Music::Recording(path.to_string_lossy().into_owned());
        timeline = timeline.apply(&Edit::AddBed { name, music, span: None })?;
        own = timeline.beds.first().map(|bed| bed.id);
    }
    let reading = Reader::new(library).read_adding(&wanted.request, &timeline, profile, seed);
    Ok(Heard { before, timeline, own, reading, read_by: ReadBy::Reader, notice: None })
}

impl Heard {
    /// Asks a model about it; the timeline of the question is that with the recording.
    pub(super) fn ask(
        &mut self,
        model: &Model,
        question: Question<'_>,
        watch: &mut Stopwatch<'_>,
    ) -> Result<(), Fault> {
        let question = Question { timeline: &self.timeline, ..question };
        let reader = Reader::new(question.library);
        let follow = |edits| reader.advised(question.request, &self.timeline, edits, &self.reading);
        match advice::sought(model, &question, watch, follow)? {
            Ok(reading) => (self.reading, self.read_by) = (reading, ReadBy::Model),
            Err(notice) => self.notice = Some(notice),
        }
        Ok(())
    }

    /// Does what was read; the flags stand above the words.
    pub(super) fn understood(self, wanted: &Scoring) -> Result<Understood, Fault> {
        let Heard { mut before, mut timeline, own, reading, read_by, notice } = self;
        // Words like "use my song" cannot be carried out by words alone, but here the song is given; a note says so.
        let given = own.is_some() && (!reading.notes.is_empty() || wanted.request.trim().is_empty());
        if matches!(reading.kind, Kind::Asks | Kind::Refused) && !given {
            return Err(Fault::Refused(reading.reply));
        }
        for edit in &reading.edits {
            if let Some(edit) = own.map_or(Some(edit.clone()), |bed| about_own(edit, bed)) {
                timeline = timeline.apply(&edit)?;
            }
        }
        // Nothing to make: the reply says why, or answers a question.
        if timeline == before {
            return Err(Fault::Refused(reading.reply));
        }
        let aimed = reading.edits.iter().any(|edit| matches!(edit, Edit::Aim { .. }));
        if let Some(target) = wanted.target {
            timeline = timeline.apply(&Edit::Aim { target })?;
        } else if timeline.beds.is_empty() && !aimed {
            // Who only wants a title wants nothing of the sound.
            (before.target, timeline.target) = (Target::Keep, Target::Keep);
        }
        Ok(Understood { before, timeline, reading: Some(reading), read_by, notice })
    }
}

/// What is left of an edit when the music is the user's own recording in bed `own`: where it plays and how loud, but
/// never other music in its place.
fn about_own(edit: &Edit, own: u32) -> Option<Edit> {
    let mut edit = edit.clone();
    match &mut edit {
        Edit::AddBed { span, .. } => return span.map(|span| Edit::Place { bed: own, span }),
        Edit::RemoveBed { .. } | Edit::Rescore { .. } | Edit::Retake { .. } => return None,
        Edit::Place { bed, .. } | Edit::Level { bed, .. } => *bed = own,
        Edit::Duck { bed, .. } | Edit::Fade { bed, .. } | Edit::Ride { bed, .. } => *bed = own,
        _ => {}
    }
    Some(edit)
}

impl Understood {
    /// A timeline to which nothing is to be done.
    pub(super) fn as_it_stands(timeline: &Timeline) -> Understood {
        Understood {
            before: timeline.clone(),
            timeline: timeline.clone(),
            reading: None,
            read_by: ReadBy::Reader,
            notice: None,
        }
    }

    /// Whether it would be understood alike whatever is to be seen and heard in the film.
    pub(super) fn holds_for_any_film(&self) -> bool {
        self.reading.as_ref().is_none_or(|reading| reading.holds_for_any_film)
    }

    /// What was before the request and what is after it.
    pub(super) fn history(&self, said: &str) -> History {
        let mut history = History::new(self.before.clone());
        history.record(said, self.timeline.clone());
        history
    }

    /// The reply, with the figures of what was done.
    pub(super) fn reply(&self, scored: &Scored, sounds: &[Sounds], library: &Library) -> String {
        let lane = |bed| scored.mix.as_ref().and_then(|plan| plan.lanes.iter().find(|lane| lane.bed == bed));
        let told = |piece: &Piece| {
            let lane = lane(piece.bed);
            agent::ScoredBed {
                duck_db: lane.map(|lane| -lane.deepest().0),
                speech_over_music_lu: lane.and_then(|lane| lane.clearance.as_ref()).map(|lane| lane.mean),
                ..piece.told()
            }
        };
        let measured = agent::Scored {
            beds: scored.pieces.iter().map(told).collect(),
            lufs: scored.finished.as_ref().and_then(|finished| finished.sound.as_ref()?.lufs),
            own_voices: sounds.contains(&Sounds::Substitutes),
            // A silent film has no sound that could become louder.
            film_gain_db: scored
                .finished
                .as_ref()
                .filter(|_| scored.profile.as_ref().is_some_and(|profile| profile.film_loudness.is_some()))
                .map(|finished| finished.film_gain.0),
            done: scored.finished.is_some(),
        };
        match &self.reading {
            Some(reading) => {
                agent::reply_for(reading, &self.before, &self.timeline, Some(&measured), library)
            }
            None => measured.lufs.map_or_else(
                || self.timeline.to_string(),
                |lufs| format!("{} It measures {lufs:.1} LUFS.", self.timeline),
            ),
        }
    }
}

/// What chance is drawn from when nobody says: the film and the words, so that asking again gives the same music.
pub(super) fn seed_of(film: &Film, request: &str) -> u64 {
    let sizes = film.packets().iter().take(600).flat_map(|packet| packet.size.to_le_bytes());
    hashed(sizes.chain(request.bytes()))
}

/// The same in a conversation, where the same words said later ask for something new.
pub(super) fn seed_of_turn(steps: usize, request: &str) -> u64 {
    hashed((steps as u64).to_le_bytes().into_iter().chain(request.bytes()))
}

/// FNV-1a of the bytes.
fn hashed(bytes: impl Iterator<Item = u8>) -> u64 {
    let hash = bytes
        .fold(0xcbf2_9ce4_8422_2325u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3));
    // Small enough that people can say it, and that JSON readers keep it whole.
    hash % 1_000_000
}

#[cfg(test)]
mod tests {
    use score::Brief;
    use sound::Span;

    use super::*;

    #[test]
    fn words_move_the_users_own_music_but_never_replace_it() {
        let span = Span::seconds(2.0, 5.0);
        let brief = Brief { genre: Some("lofi".into()), ..Brief::default() };
        let add = |span| Edit::AddBed {
            name: "Lo-fi".into(),
            music: Music::Composed(Box::new(brief.clone())),
            span,
        };
        assert_eq!(about_own(&add(Some(span)), 1), Some(Edit::Place { bed: 1, span }));
        let rescore = Edit::Rescore { bed: 1, name: "Lo-fi".into(), brief: Box::new(brief.clone()) };
        for gone in [add(None), rescore, Edit::RemoveBed { bed: 1 }] {
            assert_eq!(about_own(&gone, 1), None);
        }
        let softer = Edit::Level { bed: 2, percent: 20.0 };
        assert_eq!(about_own(&softer, 1), Some(Edit::Level { bed: 1, percent: 20.0 }));
    }
}
