//! Plays, mixes and renders, and writes the documents that were asked for.

use std::path::Path;

use ffmpeg::Tools;
use sound::Time;
use timeline::Timeline;

use super::desk::Desk;
use super::request::Understood;
use super::{Scored, Scoring, Watched, music, rendering, sound_mix};
use crate::performance::Sounds;
use crate::project::Project;
use crate::publish::Results;
use crate::spool::Spool;
use crate::stage::{Stage, Stopwatch};
use crate::{Fault, composition};

/// What is played, mixed and written for a timeline that was understood.
pub(super) struct Production<'a> {
    pub(super) wanted: &'a Scoring,
    pub(super) tools: &'a Tools,
    pub(super) watched: &'a Watched,
    pub(super) desk: &'a Desk,
    /// The timeline whose picture the watched film shows.
    pub(super) shows: &'a Timeline,
    pub(super) folder: &'a Path,
}

impl Production<'_> {
    /// Plays, mixes and renders; gives what made the sound.
    pub(super) fn make(
        &self,
        scored: &mut Scored,
        results: &mut Results,
        film_sound: Spool,
        watch: &mut Stopwatch,
    ) -> Result<Vec<Sounds>, Fault> {
        let stems = self.wanted.stems.is_some();
        let played = watch.run(Stage::Perform, |progress| {
            let speech = &self.watched.profile.speech;
            music::play(self.tools, &scored.timeline, &scored.pieces, speech, stems, self.folder, progress)
        })?;
        if let Some(folder) = &self.wanted.stems {
            music::write_stems(&scored.timeline, &played, folder, results)?;
        }
        if let (Some(path), Some(first)) = (&self.wanted.wav, played.first()) {
            watch.run(Stage::Mix, |progress| composition::master(first, path, results, progress))?;
        }
        if let Some(output) = &self.wanted.output {
            let mixed = watch.run(Stage::Mix, |progress| {
                sound_mix::mix(&scored.timeline, &self.watched.profile, film_sound, &played, progress)
            })?;
            let (finished, draft) = watch.run(Stage::Render, |progress| {
                let shown = rendering::Shown {
                    desk: self.desk,
                    timeline: &scored.timeline,
                    shows: self.shows,
                    film: &self.watched.film,
                };
                rendering::render(self.tools, &shown, &mixed, self.folder, output, progress)
            })?;
            results.keep_film(draft, output)?;
            scored.warnings.extend(mixed.warning());
            scored.warnings.extend(finished.sound.as_ref().and_then(|sound| mixed.missed(sound)));
            scored.mix = Some(mixed.plan);
            scored.finished = Some(finished);
        }
        Ok(played.into_iter().map(|bed| bed.sounds).collect())
    }
}

/// Writes what holds notes, cuts and edits.
pub(super) fn write_documents(
    wanted: &Scoring,
    scored: &Scored,
    understood: &Understood,
    results: &mut Results,
) -> Result<(), Fault> {
    if let (Some(path), Some(piece)) = (&wanted.midi, scored.pieces.first()) {
        composition::write_midi(&piece.score, &piece.cue, path, results)?;
    }
    if let Some(path) = &wanted.otio {
        let rate = scored.probe.picture.frame_rate;
        let cuts = scored.profile.iter().flat_map(|profile| &profile.cuts);
        let cuts: Vec<Time> = cuts.map(|cut| cut.at).collect();
        let text = timeline::otio(&scored.timeline, rate, &cuts);
        results.write(path, text.as_bytes())?;
    }
    if let Some(path) = &wanted.edl {
        let list = timeline::edl(&scored.timeline, scored.probe.picture.frame_rate);
        results.write(path, list.as_bytes())?;
    }
    if let Some(path) = &wanted.project {
        let project = Project { history: understood.history(&wanted.request), profile: None };
        results.write(path, &project.written())?;
    }
    Ok(())
}
