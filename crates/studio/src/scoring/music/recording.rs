//! The user's own recording, cut or looped to the length of its bed.

use std::path::Path;

use ffmpeg::Tools;
use mix::Meter;
use sound::{Frame, Progress, SAMPLE_RATE, Time};

use crate::Fault;
use crate::performance::{Played, Sounds};
use crate::spool::{BLOCK, Reel, Spool, Spooling};

/// How long one round and the next overlap when a recording is looped, in frames.
const CROSSFADE: usize = 2 * SAMPLE_RATE as usize;
/// How long a recording that goes on beyond the bed takes to fade, in frames.
const FADE: usize = 3 * SAMPLE_RATE as usize;
/// Shorter recordings are not looped: there is nothing to overlap.
const SHORTEST_ROUND: u64 = 2 * CROSSFADE as u64 + 1;

/// Lays a recording out over `length`: as it is, faded where it is longer, looped with a crossfade where it is shorter.
pub(super) fn play(
    tools: &Tools,
    path: &Path,
    length: Time,
    folder: &Path,
    meter: Meter,
    progress: &dyn Progress,
) -> Result<Played, Fault> {
    let whole = decode(tools, path, folder, progress)?;
    let wanted = length.samples(SAMPLE_RATE).max(0) as u64;
    let mut laid = Laid { spooling: Spooling::create(folder, "music")?, meter, left: wanted, wanted };
    let mut source = Rounds::new(&whole)?;
    let mut block = Vec::new();
    while laid.left > 0 {
        progress.check()?;
        if source.read(BLOCK, &mut block)? == 0 {
            break;
        }
        laid.write(&mut block)?;
    }
    let (music, measured) = (laid.spooling.finish()?, laid.meter.finish());
    Ok(Played { music, stems: Vec::new(), measured, sounds: sounds(path) })
}

/// What a recording is.
pub(super) fn sounds(path: &Path) -> Sounds {
    Sounds::Recording {
        name: path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
    }
}

fn decode(tools: &Tools, path: &Path, folder: &Path, progress: &dyn Progress) -> Result<Spool, Fault> {
    let mut spooling = Spooling::create(folder, "recording")?;
    let mut fault = None;
    tools.recording(path, progress, &mut |frames| {
        if fault.is_none() {
            fault = spooling.write(frames).err();
        }
    })?;
    match fault {
        Some(fault) => Err(fault),
        None => spooling.finish(),
    }
}

struct Laid {
    spooling: Spooling,
    meter: Meter,
    left: u64,
    wanted: u64,
}

impl Laid {
    fn write(&mut self, block: &mut Vec<Frame>) -> Result<(), Fault> {
        block.truncate(self.left.min(block.len() as u64) as usize);
        let fade = (FADE as u64).min(self.wanted / 2).max(1);
        for (index, frame) in block.iter_mut().enumerate() {
            let to_end = self.left - index as u64;
            if to_end <= fade {
                let gain = (to_end - 1) as f32 / fade as f32;
                *frame = frame.map(|sample| sample * gain);
            }
        }
        self.left -= block.len() as u64;
        self.meter.add(block);
        self.spooling.write(block)
    }
}

/// A recording over and over, each round fading into the next.
struct Rounds<'a> {
    whole: &'a Spool,
    reel: Reel,
    /// Frames of this round not yet read.
    left: u64,
    /// The faded end of the last round, still to be added to this one.
    tail: Vec<Frame>,
}

impl<'a> Rounds<'a> {
    fn new(whole: &'a Spool) -> Result<Rounds<'a>, Fault> {
        Ok(Rounds { whole, reel: whole.reel()?, left: whole.frames(), tail: Vec::new() })
    }

    fn read(&mut self, most: usize, block: &mut Vec<Frame>) -> Result<usize, Fault> {
        if self.whole.frames() < SHORTEST_ROUND {
            return self.reel.read(most, block);
        }
        // A block is either before the overlap or all of it.
        let before = self.left.saturating_sub(CROSSFADE as u64) as usize;
        if before == 0 {
            self.reel.read(CROSSFADE, &mut self.tail)?;
            self.reel = self.whole.reel()?;
            self.left = self.whole.frames();
            return self.read(most.max(CROSSFADE), block);
        }
        let wanted = if self.tail.is_empty() { most.min(before) } else { CROSSFADE };
        let count = self.reel.read(wanted, block)?;
        self.left -= count as u64;
        let length = self.tail.len().max(1) as f32;
        for (index, (frame, last)) in block.iter_mut().zip(self.tail.drain(..)).enumerate() {
            // Equal power: the two are not alike.
            let (sin, cos) = (index as f32 / length * std::f32::consts::FRAC_PI_2).sin_cos();
            *frame = [frame[0] * sin + last[0] * cos, frame[1] * sin + last[1] * cos];
        }
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_recording_goes_round_without_a_gap() {
        let folder = tempfile::tempdir().unwrap();
        let mut spooling = Spooling::create(folder.path(), "r").unwrap();
        spooling.write(&vec![[0.5, 0.5]; 6 * SAMPLE_RATE as usize]).unwrap();
        let whole = spooling.finish().unwrap();
        let mut rounds = Rounds::new(&whole).unwrap();
        let (mut all, mut block) = (Vec::new(), Vec::new());
        while all.len() < 20 * SAMPLE_RATE as usize {
            assert!(rounds.read(BLOCK, &mut block).unwrap() > 0);
            all.extend_from_slice(&block);
        }
        assert!(all.iter().all(|frame| frame[0] >= 0.499 && frame[0] < 0.71));
    }
}
