//! Encodes the mixed sound as a setting of the master has it.

use std::path::Path;

use ffmpeg::{EncodedSound, MediaError, Tools};
use mix::{Master, Setting, Spots};
use sound::{Frame, Progress};

use super::sound_mix::Mixed;
use crate::Fault;
use crate::spool::{BLOCK, Reel, Spool};

/// The mixed sound on its way to be encoded.
#[derive(Clone, Copy)]
pub(super) struct Encoding<'a> {
    pub(super) tools: &'a Tools,
    pub(super) mixed: &'a Mixed,
    pub(super) folder: &'a Path,
}

impl Encoding<'_> {
    pub(super) fn encode(
        &self,
        setting: Setting,
        spots: &Spots,
        progress: &dyn Progress,
    ) -> Result<EncodedSound, Fault> {
        let sum = &self.mixed.sum;
        let mut source = Mastered::new(sum, setting, spots)?;
        let mut fault = None;
        let encoded = self.tools.encode_sound(sum.frames(), self.folder, progress, &mut |buffer| {
            source.fill(buffer).map_err(|reason| {
                fault = Some(reason);
                MediaError::Cancelled
            })
        });
        match fault {
            Some(fault) => Err(fault),
            None => Ok(encoded?),
        }
    }
}

/// A spool read through a master, as much at a time as somebody asks for.
struct Mastered<'a> {
    reel: Reel,
    spots: &'a Spots,
    master: Option<Master>,
    block: Vec<Frame>,
    /// Frames that were handed out.
    handed: usize,
    ready: Vec<Frame>,
    taken: usize,
}

impl<'a> Mastered<'a> {
    fn new(sum: &Spool, setting: Setting, spots: &'a Spots) -> Result<Mastered<'a>, Fault> {
        let (block, ready) = (Vec::new(), Vec::new());
        let master = Some(Master::new(setting));
        Ok(Mastered { reel: sum.reel()?, spots, master, block, handed: 0, ready, taken: 0 })
    }

    /// Fills a buffer; silence where there is nothing left.
    fn fill(&mut self, buffer: &mut [Frame]) -> Result<(), Fault> {
        while self.ready.len() - self.taken < buffer.len() && self.master.is_some() {
            self.ready.drain(..self.taken);
            self.taken = 0;
            let count = self.reel.read(BLOCK, &mut self.block)?;
            match &mut self.master {
                Some(master) if count > 0 => master.push(&self.block, &mut self.ready),
                _ => {
                    if let Some(master) = self.master.take() {
                        master.finish(&mut self.ready);
                    }
                }
            }
        }
        let count = buffer.len().min(self.ready.len() - self.taken);
        buffer[..count].copy_from_slice(&self.ready[self.taken..self.taken + count]);
        buffer[count..].fill([0.0; 2]);
        // After the limiter: there a dip stays a dip.
        self.spots.apply(self.handed, &mut buffer[..count]);
        self.handed += count;
        self.taken += count;
        Ok(())
    }
}
