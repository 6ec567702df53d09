//! Watches and hears a film: small stills with exact times, and its sound at 48 kHz in stereo.

mod frames;
pub(crate) mod looks;
mod pictures;
pub(crate) mod sounds;

use std::os::fd::OwnedFd;
use std::sync::mpsc::{Receiver, Sender, channel, sync_channel};

use footage::{Look, Still};
use sound::{Frame, Progress, Time};

use crate::child::{self, Ended, Pipes};
use crate::film::Film;
use crate::media_box::Invocation;
use crate::team::Team;
use crate::{MediaError, Tools};
use looks::Stretch;

const STAGE: &str = "watching of the film";

/// Stills and blocks of sound that may wait: some megabytes. The child does one thing at a time, so whenever it waits
/// for one pipe the other stands still, too.
const AHEAD: usize = 64;

/// Something seen or heard in a film.
#[derive(Debug)]
pub enum Seen<'a> {
    /// A frame of the picture.
    Still(Still),
    /// The next block of the film's own sound.
    Sound(&'a [Frame]),
}

/// What the threads that read the child's pipes hand over.
enum Event {
    Still(Still),
    Sound(Vec<Frame>),
}

impl Tools {
    /// Gives the frames that `look` asks for, in the order they are shown, with their exact times.
    ///
    /// Stills come upright, whole-frame, in full-range RGB, scaled by area averaging.
    ///
    /// # Errors
    /// [`MediaError::Unreadable`] when the picture cannot be decoded; [`MediaError::Cancelled`],
    /// [`MediaError::TimedOut`] and what starting a child may fail with.
    pub fn stills(
        &self,
        film: &Film,
        look: &Look,
        progress: &dyn Progress,
        each: &mut dyn FnMut(Still),
    ) -> Result<(), MediaError> {
        let team = Team::new(self.limits.threads);
        let stretches = looks::stretches(film, look, team.size());
        let whole: Time = stretches.iter().map(|stretch| stretch.span.length()).sum();
        let mut before = Time::ZERO;
        // Side by side, but no longer than their stills can wait for one another.
        let runs = stretches.chunk_by(|one, other| one.is_short() && other.is_short());
        for run in runs.flat_map(|run| run.chunks(team.size())) {
            match run {
                [stretch] => self.look(film, stretch, (before, whole), progress, each)?,
                run => {
                    let seen = team.each(run, progress, |stretch, watch| {
                        let mut stills = Vec::new();
                        let mut keep = |still| stills.push(still);
                        self.look(film, stretch, (before, whole), watch, &mut keep).map(|()| stills)
                    })?;
                    seen.into_iter().flatten().for_each(&mut *each);
                }
            }
            before += run.iter().map(|stretch| stretch.span.length()).sum();
            progress.report((before.seconds() / whole.seconds().max(1e-9)).min(1.0));
        }
        progress.report(1.0);
        Ok(())
    }

    /// Gives the stills of one stretch, `before` of `whole` having been looked at.
    fn look(
        &self,
        film: &Film,
        stretch: &Stretch,
        (before, whole): (Time, Time),
        progress: &dyn Progress,
        each: &mut dyn FnMut(Still),
    ) -> Result<(), MediaError> {
        let task = Task { pictures: Some(stretch), sound: false, before, whole };
        self.watch(film, task, progress, &mut |seen| match seen {
            Seen::Still(still) => each(still),
            Seen::Sound(_) => {}
        })
    }

    /// Gives the film's own sound in blocks of at most a few thousand frames.
    ///
    /// The first frame is at time 0 of the film's clock, gaps are filled with silence. The sound may end before or
    /// after the picture; a film without sound gives nothing. More than two channels are folded down with the front
    /// left and right at unity (centre and surrounds at -3 dB, no normalising, so peaks may exceed 1); a single
    /// channel arrives at unity on both sides.
    ///
    /// # Errors
    /// As [`Tools::stills`].
    pub fn film_sound(
        &self,
        film: &Film,
        progress: &dyn Progress,
        each: &mut dyn FnMut(&[Frame]),
    ) -> Result<(), MediaError> {
        if film.probe.sound.is_some() {
            let task = Task { pictures: None, sound: true, before: Time::ZERO, whole: film.probe.length };
            self.watch(film, task, progress, &mut |seen| match seen {
                Seen::Sound(block) => each(block),
                Seen::Still(_) => {}
            })?;
        }
        progress.report(1.0);
        Ok(())
    }

    /// Gives the keyframes and the film's own sound from one child, which saves a start and a pass through the file.
    /// Stills and sound are each in order, but not in step with each other.
    ///
    /// # Errors
    /// As [`Tools::stills`].
    pub fn keyframes_and_sound(
        &self,
        film: &Film,
        progress: &dyn Progress,
        each: &mut dyn FnMut(Seen<'_>),
    ) -> Result<(), MediaError> {
        let stretches = looks::stretches(film, &Look::Keyframes, 1);
        let sound = film.probe.sound.is_some();
        let task = Task { pictures: stretches.first(), sound, before: Time::ZERO, whole: film.probe.length };
        self.watch(film, task, progress, each)?;
        progress.report(1.0);
        Ok(())
    }

    fn watch(
        &self,
        film: &Film,
        task: Task<'_>,
        progress: &dyn Progress,
        each: &mut dyn FnMut(Seen<'_>),
    ) -> Result<(), MediaError> {
        let mut invocation = self.looking(film, task.pictures);
        let mut sound_pipe = None;
        if let Some(stretch) = task.pictures {
            pictures::ask(&mut invocation, film, stretch);
        }
        if task.sound {
            let (reader, writer) = std::io::pipe().map_err(MediaError::io("opened", "a pipe"))?;
            sounds::ask(&mut invocation, film, &writer);
            invocation.inherits = Some(OwnedFd::from(writer));
            sound_pipe = Some(reader);
        }
        let (stamps, stamped) = channel();
        let ((), ended) = child::run(invocation, &self.limits, progress, &hearer(stamps), |pipes| {
            gather(film, &task, pipes, sound_pipe, stamped, progress, each)
        })?;
        judge(&ended)
    }

    fn looking(&self, film: &Film, stretch: Option<&Stretch>) -> Invocation {
        let mut invocation = self.ffmpeg(STAGE);
        // The times of the frames are told as news, so news must be printed.
        invocation.add(["-loglevel", "level+info", "-copyts", "-filter_threads", "2"]);
        invocation.add(self.fenced(film.kind));
        if let Some(stretch) = stretch {
            pictures::ask_decoder(&mut invocation, film, stretch);
        }
        invocation.input(&film.path);
        invocation.patience = self.limits.wall_clock(film.probe.length);
        invocation
    }
}

/// One start of the watching child.
struct Task<'a> {
    pictures: Option<&'a Stretch>,
    sound: bool,
    /// How much of the whole work was done by children before.
    before: Time,
    whole: Time,
}

/// Reads both pipes in threads of their own, because the child blocks when either is full.
fn gather(
    film: &Film,
    task: &Task<'_>,
    pipes: Pipes,
    sound_pipe: Option<std::io::PipeReader>,
    stamped: Receiver<i64>,
    progress: &dyn Progress,
    each: &mut dyn FnMut(Seen<'_>),
) -> Result<(), MediaError> {
    let (events, happened) = sync_channel(AHEAD);
    std::thread::scope(|scope| {
        let pictures = events.clone();
        let seen = scope.spawn(move || match (task.pictures, pipes.output) {
            (Some(_), Some(pipe)) => pictures::read(pipe, film.clock, &stamped, &pictures),
            _ => Ok(()),
        });
        let heard = scope.spawn(move || sound_pipe.map_or(Ok(()), |pipe| sounds::read(pipe, &events)));
        let mut frames = 0i64;
        let mut done: f64 = 0.0;
        for event in happened {
            let now = match event {
                Event::Still(still) => {
                    let at = still.at;
                    each(Seen::Still(still));
                    // The sound, where it is asked for, is most of the work and tells time more evenly.
                    if task.sound {
                        continue;
                    } else {
                        at - task.pictures.map_or(Time::ZERO, |s| s.span.start)
                    }
                }
                Event::Sound(block) => {
                    each(Seen::Sound(&block));
                    frames += block.len() as i64;
                    Time::from_samples(frames, sound::SAMPLE_RATE)
                }
            };
            done = done.max(((task.before + now).seconds() / task.whole.seconds().max(1e-9)).min(1.0));
            progress.report(done);
        }
        let join = |result: std::thread::Result<Result<(), MediaError>>| {
            result.unwrap_or_else(|_| Err(MediaError::failed(STAGE, "a reading thread broke")))
        };
        join(seen.join()).and(join(heard.join()))
    })
}

/// Picks the frames' time stamps out of the child's messages.
fn hearer(stamps: Sender<i64>) -> impl Fn(&str) -> bool + Sync {
    move |line| {
        if !line.starts_with("[Parsed_showinfo") {
            return false;
        }
        if let Some(stamp) = pictures::stamp(line) {
            // Nobody listens any more when the work was stopped.
            let _ = stamps.send(stamp);
        }
        true
    }
}

fn judge(ended: &Ended) -> Result<(), MediaError> {
    if ended.well() { Ok(()) } else { Err(MediaError::unreadable(ended.why())) }
}
