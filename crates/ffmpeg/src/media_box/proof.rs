//! Tries, from inside the box, what the box forbids.

use std::path::Path;

use serde::Serialize;

#[cfg(target_os = "linux")]
use super::{
    deeds::{self, Outcome},
    place::Place,
};
use crate::{MediaError, Tools};

/// One forbidden thing that was tried inside the box.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Attempt {
    /// What was tried.
    pub what: &'static str,
    /// Whether the box refused it.
    pub refused: bool,
}

impl Tools {
    /// Tries from inside the box what it forbids: files, the network, the kernel's doors, more than is due, other
    /// processes. The attempts are system calls of a child that has entered the box as ffmpeg does; each is harmless
    /// where it is not refused. What they touch lies in the folder `job` meanwhile.
    ///
    /// # Errors
    /// [`MediaError::NoBox`] where there is no box or it is so tight that nothing runs in it; other errors when the
    /// attempts cannot be made.
    #[cfg(target_os = "linux")]
    pub fn prove_box(&self, job: &Path) -> Result<Vec<Attempt>, MediaError> {
        let place = Place::make(job).map_err(MediaError::io("made", "a temporary folder"))?;
        let told = self.try_out(&place)?;
        let mut told = told.into_iter().map(Some).chain(std::iter::repeat(None));
        for (deed, told) in deeds::HARMLESS.iter().zip(&mut told) {
            if told != Some(Outcome::Done as u8) {
                return Err(MediaError::NoBox { why: format!("a child could not {}", deed.what) });
            }
        }
        let refused = |told| told == Some(Outcome::Refused as u8);
        let attempts = deeds::hostile().zip(told);
        Ok(attempts.map(|(deed, told)| Attempt { what: deed.what, refused: refused(told) }).collect())
    }

    /// Makes sure of the box: that it refuses all that [`Tools::prove_box`] tries, or that the operator does without.
    ///
    /// # Errors
    /// As [`Tools::prove_box`]; [`MediaError::NoBox`] names what was not refused, too.
    #[cfg(target_os = "linux")]
    pub fn insist_on_box(&self, job: &Path) -> Result<(), MediaError> {
        if super::unboxed_allowed() {
            return Ok(());
        }
        match self.prove_box(job)?.iter().find(|attempt| !attempt.refused) {
            Some(open) => Err(MediaError::NoBox { why: format!("a child could {}", open.what) }),
            None => Ok(()),
        }
    }

    /// Other systems have limits instead of a box: there is nothing to insist on.
    ///
    /// # Errors
    /// None.
    #[cfg(not(target_os = "linux"))]
    pub fn insist_on_box(&self, _job: &Path) -> Result<(), MediaError> {
        Ok(())
    }

    /// Nothing is tried: without Linux there are no walls.
    ///
    /// # Errors
    /// Always [`MediaError::NoBox`].
    #[cfg(not(target_os = "linux"))]
    pub fn prove_box(&self, _job: &Path) -> Result<Vec<Attempt>, MediaError> {
        Err(MediaError::NoBox { why: "it is no Linux".into() })
    }

    /// How each deed went, as far as the child came.
    #[cfg(target_os = "linux")]
    fn try_out(&self, place: &Place) -> Result<Vec<u8>, MediaError> {
        let mut invocation = self.ffmpeg("proof of the box");
        invocation.reads.push(place.input.clone());
        invocation.writes.push(place.job.clone());
        let mut command = super::command(&invocation);
        deeds::end_soon(&mut command);
        super::enter::arrange(&mut command, &invocation, &self.limits)?;
        let scene = place.scene().map_err(MediaError::io("named", "a temporary folder"))?;
        deeds::instead(&mut command, scene, deeds::HARMLESS.iter().chain(deeds::hostile()).collect());
        let ended = command.output().map_err(MediaError::io("started", &invocation.program))?;
        Ok(ended.stdout)
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::time::Instant;

    use crate::Tools;

    #[test]
    fn the_box_refuses_every_hostile_deed() {
        let tools = match Tools::find() {
            Ok(tools) => tools,
            Err(error) => {
                assert!(std::env::var_os("CI").is_none(), "{error}");
                println!("skipped: {error}");
                return;
            }
        };
        let place = tempfile::tempdir().unwrap();
        let began = Instant::now();
        let attempts = tools.prove_box(place.path()).unwrap();
        println!("{} attempts took {:?}", attempts.len(), began.elapsed());
        let allowed: Vec<_> = attempts.iter().filter(|attempt| !attempt.refused).collect();
        assert!(allowed.is_empty(), "the box let a child do this: {allowed:?}");
        assert!(attempts.len() >= 36);
        tools.insist_on_box(place.path()).unwrap();
    }
}
