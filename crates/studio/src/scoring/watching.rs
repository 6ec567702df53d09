//! Watches a film: shows the watcher what it asks for, and keeps the film's own sound for the mix.

use std::path::Path;

use ffmpeg::{Film, Seen, Tools};
use footage::{Gallery, Look, Packet, Probe, Still, Watcher};
use sound::{Frame, Progress, SAMPLE_RATE};

use super::Watched;
use crate::Fault;
use crate::spool::{BLOCK, Spool, Spooling};

/// How a watcher begins: [`Watcher::new`] where music must not wait, [`Watcher::patient`] where the watching is the work.
pub(super) type Begin = fn(&Probe, &[Packet]) -> Watcher;

/// Watches and hears the whole film; gives its sound, too, exactly as long as its picture.
///
/// Whoever wants to draw the film gives a gallery, which is shown what the watcher sees.
pub(super) fn watch(
    tools: &Tools,
    film: Film,
    begin: Begin,
    folder: &Path,
    mut gallery: Option<&mut Gallery>,
    progress: &dyn Progress,
) -> Result<(Watched, Spool), Fault> {
    let mut watcher = begin(film.probe(), film.packets());
    let mut show = |still: Still, watcher: &mut Watcher| {
        if let Some(gallery) = &mut gallery {
            gallery.show(&still);
        }
        watcher.see(still);
    };
    let mut ear = Ear::new(&film, folder)?;
    let mut heard = false;
    while let Some(look) = watcher.next_look() {
        // Keyframes and sound come from one child, which saves a pass through the file.
        if look == Look::Keyframes && !heard {
            heard = true;
            tools.keyframes_and_sound(&film, progress, &mut |seen| match seen {
                Seen::Still(still) => show(still, &mut watcher),
                Seen::Sound(frames) => ear.hear(frames, &mut watcher),
            })?;
        } else {
            tools.stills(&film, &look, progress, &mut |still| show(still, &mut watcher))?;
        }
    }
    if !heard {
        tools.film_sound(&film, progress, &mut |frames| ear.hear(frames, &mut watcher))?;
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

    fn hear(&mut self, frames: &[Frame], watcher: &mut Watcher) {
        let frames = &frames[..frames.len().min(self.left)];
        self.left -= frames.len();
        watcher.hear(frames);
        if self.fault.is_none() {
            self.fault = self.spooling.write(frames).err();
        }
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
