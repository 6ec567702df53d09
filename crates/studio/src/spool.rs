//! Sound on its way from one stage to the next: stereo frames as they lie in memory, in a file of the job's own folder,
//! so that memory does not grow with the length of a film.

use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use sound::Frame;

use crate::Fault;

/// Frames read at once, a sixth of a second: what lies in the cache is cheap to pass on.
pub(crate) const BLOCK: usize = 1 << 13;
/// Bytes written or read at once. Larger pieces gain nothing: the file system looks for large pages for them, which cost
/// more to come by than many small ones.
const BUFFER: usize = 1 << 16;

/// A spool that is being written.
pub(crate) struct Spooling {
    path: PathBuf,
    file: BufWriter<File>,
    frames: u64,
}

/// A finished spool, read as often as needed.
#[derive(Debug)]
pub(crate) struct Spool {
    path: PathBuf,
    frames: u64,
}

/// A spool being read.
pub(crate) struct Reel {
    path: PathBuf,
    file: BufReader<File>,
}

impl Spooling {
    /// A new spool of this name in the job's folder.
    pub(crate) fn create(folder: &Path, name: &str) -> Result<Spooling, Fault> {
        let path = folder.join(format!("{name}.f32"));
        let file = File::create(&path).map_err(Fault::file("written", &path))?;
        Ok(Spooling { path, file: BufWriter::with_capacity(BUFFER, file), frames: 0 })
    }

    /// Appends frames.
    pub(crate) fn write(&mut self, frames: &[Frame]) -> Result<(), Fault> {
        self.frames += frames.len() as u64;
        self.file.write_all(bytemuck::cast_slice(frames)).map_err(Fault::file("written", &self.path))
    }

    /// Ends it.
    pub(crate) fn finish(mut self) -> Result<Spool, Fault> {
        self.file.flush().map_err(Fault::file("written", &self.path))?;
        Ok(Spool { path: self.path, frames: self.frames })
    }
}

impl Spool {
    /// How many frames it holds.
    pub(crate) fn frames(&self) -> u64 {
        self.frames
    }

    /// Starts reading at the beginning.
    pub(crate) fn reel(&self) -> Result<Reel, Fault> {
        let file = File::open(&self.path).map_err(Fault::file("read", &self.path))?;
        Ok(Reel { path: self.path.clone(), file: BufReader::with_capacity(BUFFER, file) })
    }

    /// Replaces every block by what `change` makes of it, as many frames as it was; what was there is gone.
    pub(crate) fn rewrite(
        self,
        mut change: impl FnMut(&mut [Frame]) -> Result<(), Fault>,
    ) -> Result<Spool, Fault> {
        let wrong = || Fault::file("written", &self.path);
        let mut writer = File::options().write(true).open(&self.path).map_err(wrong())?;
        let mut reel = self.reel()?;
        let mut block = Vec::new();
        while reel.read(BLOCK, &mut block)? > 0 {
            change(&mut block)?;
            writer.write_all(bytemuck::cast_slice(&block)).map_err(wrong())?;
        }
        drop(reel);
        Ok(self)
    }

    /// Hands all frames over block by block.
    pub(crate) fn each(&self, mut take: impl FnMut(&[Frame]) -> Result<(), Fault>) -> Result<(), Fault> {
        let mut reel = self.reel()?;
        let mut block = Vec::new();
        while reel.read(BLOCK, &mut block)? > 0 {
            take(&block)?;
        }
        Ok(())
    }
}

impl Reel {
    /// Replaces `frames` by the next ones, at most `most`; gives how many there were, 0 at the end.
    pub(crate) fn read(&mut self, most: usize, frames: &mut Vec<Frame>) -> Result<usize, Fault> {
        frames.resize(most, [0.0; 2]);
        let bytes: &mut [u8] = bytemuck::cast_slice_mut(frames);
        let mut filled = 0;
        while filled < bytes.len() {
            let count = self.file.read(&mut bytes[filled..]).map_err(Fault::file("read", &self.path))?;
            if count == 0 {
                break;
            }
            filled += count;
        }
        frames.truncate(filled / size_of::<Frame>());
        Ok(frames.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_come_back_as_they_went_in() {
        let folder = tempfile::tempdir().unwrap();
        let frames: Vec<Frame> = (0..BLOCK as i32 + 7).map(|i| [i as f32, -(i as f32) / 3.0]).collect();
        let mut spooling = Spooling::create(folder.path(), "test").unwrap();
        frames.chunks(1000).for_each(|chunk| spooling.write(chunk).unwrap());
        let spool = spooling.finish().unwrap();
        assert_eq!(spool.frames(), frames.len() as u64);
        let mut read = Vec::new();
        spool
            .each(|block| {
                read.extend_from_slice(block);
                Ok(())
            })
            .unwrap();
        assert_eq!(read, frames);
    }

    #[test]
    fn a_spool_is_rewritten_in_place() {
        let folder = tempfile::tempdir().unwrap();
        let mut spooling = Spooling::create(folder.path(), "test").unwrap();
        spooling.write(&vec![[1.0, 2.0]; 3 * BLOCK + 5]).unwrap();
        let negate = |block: &mut [Frame]| {
            block.iter_mut().for_each(|frame| *frame = frame.map(|sample| -sample));
            Ok(())
        };
        let spool = spooling.finish().unwrap().rewrite(negate).unwrap();
        let mut count = 0;
        spool
            .each(|block| {
                count += block.len();
                assert!(block.iter().all(|frame| *frame == [-1.0, -2.0]));
                Ok(())
            })
            .unwrap();
        assert_eq!(count, 3 * BLOCK + 5);
    }
}
