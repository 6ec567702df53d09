//! Watches a film: shows the watcher what it asks for, and keeps the film's own sound for the mix.

use std::path::Path;
use std::sync::Arc;

use ffmpeg::{Film, Seen, Tools};
use footage::{Gallery, Look, Still, Watcher};
use sound::{Frame, Portion, Progress, SAMPLE_RATE};

use super::Watched;
use crate::Fault;
use crate::memory::Memory;
use crate::spool::{BLOCK, Spool, Spooling};

/// How long to look: music does not wait; where the watching is the work there is time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pace {
    Hurried,
    Patient,
}

impl Pace {
    fn watcher(self, film: &Film) -> Watcher {
        let begin = if self == Pace::Patient { Watcher::patient } else { Watcher::new };
        begin(film.probe(), film.packets())
    }
}

/// Recalls what is in a film, or watches it.
pub(super) fn find_out(
    tools: &Tools,
    film: Arc<Film>,
    pace: Pace,
    folder: &Path,
    progress: &dyn Progress,
) -> Result<Watched, Fault> {
    let memory = Memory::open();
    let key = memory.key(film.path(), pace == Pace::Patient, progress)?;
    if let Some(profile) = memory.recall(key.as_ref(), film.probe().length) {
        return Ok(Watched { film, profile });
    }
    let (watched, _) = watch(tools, film, pace, folder, None, progress)?;
    memory.keep(key.as_ref(), &watched.profile);
    Ok(watched)
}

/// The same with the film's own sound, exactly as long as its picture.
pub(super) fn find_out_and_hear(
    tools: &Tools,
    film: Arc<Film>,
    folder: &Path,
    progress: &dyn Progress,
) -> Result<(Watched, Spool), Fault> {
    let memory = Memory::open();
    let key = memory.key(film.path(), false, progress)?;
    if let Some(profile) = memory.recall(key.as_ref(), film.probe().length) {
        let mut ear = Ear::new(&film, folder)?;
        tools.film_sound(&film, progress, &mut |frames| {
            ear.keep(frames);
        })?;
        return Ok((Watched { film, profile }, ear.finish()?));
    }
    let (watched, sound) = watch(tools, film, Pace::Hurried, folder, None, progress)?;
    memory.keep(key.as_ref(), &watched.profile);
    Ok((watched, sound))
}

/// Watches a film patiently whether it is remembered or not, for what is drawn must be seen; it is remembered then.
pub(super) fn look_at(
    tools: &Tools,
    film: Arc<Film>,
    folder: &Path,
    gallery: &mut Gallery,
    progress: &dyn Progress,
) -> Result<Watched, Fault> {
    let memory = Memory::open();
    let key = memory.key(film.path(), true, progress)?;
    let (watched, _) = watch(tools, film, Pace::Patient, folder, Some(gallery), progress)?;
    memory.keep(key.as_ref(), &watched.profile);
    Ok(watched)
}

/// Watches and hears the whole film; gives its sound, too, exactly as long as its picture.
///
/// Whoever wants to draw the film gives a gallery, which is shown what the watcher sees.
fn watch(
    tools: &Tools,
    film: Arc<Film>,
    pace: Pace,
    folder: &Path,
    mut gallery: Option<&mut Gallery>,
    progress: &dyn Progress,
) -> Result<(Watched, Spool), Fault> {
    let mut watcher = pace.watcher(&film);
    let mut show = |still: Still, watcher: &mut Watcher| {
        if let Some(gallery) = &mut gallery {
            gallery.show(&still);
        }
        watcher.see(still);
    };
    let mut ear = Ear::new(&film, folder)?;
    let mut heard = false;
    // Two passes: first the whole or the keyframes, then what is in doubt or the sound.
    let [first, second] = [0.0, 0.5].map(|from| Portion::new(progress, from, 0.5));
    let mut pass = &first;
    while let Some(look) = watcher.next_look() {
        // Keyframes and sound come from one child, which saves a pass through the file.
        if look == Look::Keyframes && !heard {
            heard = true;
            tools.keyframes_and_sound(&film, pass, &mut |seen| match seen {
                Seen::Still(still) => show(still, &mut watcher),
                Seen::Sound(frames) => watcher.hear(ear.keep(frames)),
            })?;
        } else {
            tools.stills(&film, &look, pass, &mut |still| show(still, &mut watcher))?;
        }
        pass = &second;
    }
    if !heard {
        tools.film_sound(&film, pass, &mut |frames| watcher.hear(ear.keep(frames)))?;
    }
    let sound = ear.finish()?;
    let profile = watcher.finish();
    Ok((Watched { film, profile }, sound))
}

/// Spools the film's own sound, no longer and no shorter than the picture.
struct Ear {
    spooling: Spooling,
    left: usize,
    fault: Option<Fault>,
}

impl Ear {
    fn new(film: &Film, folder: &Path) -> Result<Ear, Fault> {
        let left = film.probe().length.samples(SAMPLE_RATE).max(1) as usize;
        Ok(Ear { spooling: Spooling::create(folder, "film")?, left, fault: None })
    }

    /// Gives what of the frames belongs to the film.
    fn keep<'f>(&mut self, frames: &'f [Frame]) -> &'f [Frame] {
        let frames = &frames[..frames.len().min(self.left)];
        self.left -= frames.len();
        if self.fault.is_none() {
            self.fault = self.spooling.write(frames).err();
        }
        frames
    }

    fn finish(mut self) -> Result<Spool, Fault> {
        if let Some(fault) = self.fault {
            return Err(fault);
        }
        let silence = vec![[0.0; 2]; BLOCK.min(self.left)];
        while self.left > 0 {
            let count = self.left.min(BLOCK);
            self.spooling.write(&silence[..count])?;
            self.left -= count;
        }
        self.spooling.finish()
    }
}
