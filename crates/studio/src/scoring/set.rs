//! What a film is made with, and the way from its timeline to its files.

use std::sync::Arc;

use ffmpeg::{Film, RenderPlan, Tools};
use score::Library;
use tempfile::TempDir;
use timeline::Timeline;

use super::desk::Desk;
use super::production::{Production, write_documents};
use super::request::Understood;
use super::{Scored, Scoring, Watched, music, overlay, tools, watching};
use crate::performance::Sounds;
use crate::publish::Results;
use crate::spool::Spool;
use crate::stage::{Stage, Stopwatch};
use crate::{Fault, composition, folder, genres};

/// What a film is made with.
pub(super) struct Set<'a> {
    wanted: &'a Scoring,
    pub(super) library: Library,
    pub(super) tools: Tools,
    job: TempDir,
}

/// A film that was watched, with its own sound and the timeline whose picture it shows.
pub(super) struct Seen {
    pub(super) watched: Watched,
    film_sound: Spool,
    pub(super) shows: Timeline,
}

impl<'a> Set<'a> {
    pub(super) fn new(wanted: &'a Scoring) -> Result<Set<'a>, Fault> {
        wanted.expect_files()?;
        let job = folder::private(wanted.output.as_deref().or(wanted.wav.as_deref()))?;
        Ok(Set { wanted, library: genres::library()?, tools: tools::boxed(job.path())?, job })
    }

    /// Cuts what a timeline shows where it must be cut, watches it, and keeps its sound.
    pub(super) fn show(&self, desk: &Desk, shows: Timeline, watch: &mut Stopwatch) -> Result<Seen, Fault> {
        let (tools, folder) = (&self.tools, self.job.path());
        let film = match shows.untouched() {
            Some(_) => desk.film(tools, &shows, true, folder, &sound::Silent)?,
            None => watch.run(Stage::Cut, |progress| desk.film(tools, &shows, true, folder, progress))?,
        };
        let (watched, film_sound) =
            watch.run(Stage::Watch, |progress| watching::find_out_and_hear(tools, film, folder, progress))?;
        Ok(Seen { watched, film_sound, shows })
    }

    /// Composes, plays, mixes and writes what was understood.
    pub(super) fn finish(
        &self,
        desk: &Desk,
        seen: Seen,
        understood: &Understood,
        seed: u64,
        mut watch: Stopwatch,
    ) -> Result<(Scored, Results), Fault> {
        let Seen { watched, film_sound, shows } = seen;
        let (wanted, timeline) = (self.wanted, &understood.timeline);
        let pieces =
            watch.run(Stage::Compose, |_| music::compose(timeline, &watched.profile, &self.library))?;
        let mut results = Results::default();
        // what is no music for a console is told before anything is played
        if let (Some(path), Some(piece)) = (&wanted.nsf, pieces.first()) {
            composition::write_nsf(&piece.score, &piece.cue, path, &mut results)?;
        }
        let profile = Some(watched.profile.clone());
        let mut scored = Scored::new(wanted, timeline.clone(), &watched.film, profile, pieces, seed);
        let mut sounds = music::unplayed(&scored.timeline);
        if wanted.output.is_some() || wanted.wav.is_some() || wanted.stems.is_some() {
            let (tools, folder) = (&self.tools, self.job.path());
            let production = Production { wanted, tools, watched: &watched, desk, shows: &shows, folder };
            sounds = production.make(&mut scored, &mut results, film_sound, &mut watch)?;
        }
        self.tell(&mut scored, understood, &sounds, &mut results)?;
        scored.seconds = watch.seconds();
        Ok((scored, results))
    }

    /// Lays a timeline's titles over a film whose sound stays as it is, where no more is wanted: nothing is watched then,
    /// heard or mixed. `None` where more is wanted, or where the sound could not be kept.
    pub(super) fn overlay(
        &self,
        film: &Arc<Film>,
        understood: &Understood,
        seed: u64,
        watch: &mut Stopwatch,
    ) -> Result<Option<(Scored, Results)>, Fault> {
        let timeline = &understood.timeline;
        let plan = RenderPlan::with_own_sound(film, &timeline.titles, self.wanted.delivery);
        let Some(plan) = plan.filter(|_| overlay::is_all(self.wanted, understood)) else { return Ok(None) };
        let mut scored = Scored::new(self.wanted, timeline.clone(), film, None, Vec::new(), seed);
        let mut results = Results::default();
        if let Some(output) = &self.wanted.output {
            let (tools, folder) = (&self.tools, self.job.path());
            let made = watch
                .run(Stage::Render, |progress| overlay::make(tools, film, plan, folder, output, progress))?;
            let Some((finished, draft)) = made else { return Ok(None) };
            results.keep_film(draft, output)?;
            scored.finished = Some(finished);
        }
        self.tell(&mut scored, understood, &[], &mut results)?;
        scored.seconds = watch.seconds();
        Ok(Some((scored, results)))
    }

    /// Writes the documents and what there is to say.
    fn tell(
        &self,
        scored: &mut Scored,
        understood: &Understood,
        sounds: &[Sounds],
        results: &mut Results,
    ) -> Result<(), Fault> {
        scored.licence.played_on(sounds);
        write_documents(self.wanted, scored, understood, results)?;
        let notes = scored.notes(self.wanted, sounds);
        scored.warnings.extend(notes);
        scored.warnings.extend(understood.notice.clone());
        scored.read_by = understood.read_by;
        scored.reply = understood.reply(scored, sounds, &self.library);
        Ok(())
    }
}
