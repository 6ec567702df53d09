//! The packets of an MP4 that one of our children wrote: where each lies and in which order they are shown.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use mp4_atom::{Avc1, Codec, Decode, Moov};

use crate::MediaError;
use crate::movie;
use crate::sample_table::{Sample, unfolded};
use crate::splice::broken;

/// An MP4 of H.264 alone.
#[derive(Debug)]
pub(crate) struct Samples {
    path: PathBuf,
    file: File,
    /// How decoders are set up.
    pub(crate) entry: Avc1,
    /// In the order of decoding.
    pub(crate) samples: Vec<Sample>,
}

impl Samples {
    /// Reads what the file says of its first track.
    ///
    /// # Errors
    /// [`MediaError::Io`], [`MediaError::RenderFailed`] when it holds no H.264.
    pub(crate) fn read(path: PathBuf) -> Result<Samples, MediaError> {
        let mut file = File::open(&path).map_err(MediaError::io("opened", &path))?;
        let moov = movie::header(&mut file).map_err(MediaError::io("read", &path))?;
        let moov = moov.ok_or_else(|| broken("a part of it has no whole header"))?;
        let boxed = [&(moov.len() as u32 + 8).to_be_bytes()[..], b"moov", &moov].concat();
        let moov = Moov::decode(&mut boxed.as_slice()).map_err(|fault| broken(fault.to_string()))?;
        let track = moov.trak.into_iter().next().ok_or_else(|| broken("a part of it is empty"))?;
        let table = track.mdia.minf.stbl;
        let samples = unfolded(&table).ok_or_else(|| broken("a part of it contradicts itself"))?;
        match table.stsd.codecs.into_iter().next() {
            Some(Codec::Avc1(entry)) => Ok(Samples { path, file, entry, samples }),
            _ => Err(broken("a part of it is no H.264")),
        }
    }

    /// The bytes of a packet, in place of what `bytes` held.
    ///
    /// # Errors
    /// [`MediaError::Io`].
    pub(crate) fn packet(&mut self, index: usize, bytes: &mut Vec<u8>) -> Result<(), MediaError> {
        let sample = self.samples[index];
        bytes.resize(sample.size as usize, 0);
        let read = self.file.seek(SeekFrom::Start(sample.offset)).and_then(|_| self.file.read_exact(bytes));
        read.map_err(MediaError::io("read", &self.path))
    }

    /// Where it lies.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }
}

/// The stamp at which each packet of a stretch is shown: its frames take these stamps in the order in which they
/// are shown.
///
/// # Errors
/// [`MediaError::RenderFailed`] where there are not as many packets as stamps.
pub(crate) fn in_their_order(stretch: &Samples, mut stamps: Vec<i64>) -> Result<Vec<i64>, MediaError> {
    let count = stretch.samples.len();
    if count != stamps.len() {
        return Err(broken(format!("a stretch has {count} frames instead of {}", stamps.len())));
    }
    stamps.sort_unstable();
    let mut places: Vec<usize> = (0..count).collect();
    places.sort_by_key(|place| stretch.samples[*place].shown);
    let mut shown = vec![0; count];
    places.into_iter().zip(stamps).for_each(|(place, stamp)| shown[place] = stamp);
    Ok(shown)
}
