//! The packets of a picture in an MP4: where each lies and in which order they are shown.
//!
//! What one of our children wrote is read by its header; of a film, which nobody vouches for, only what ffprobe told.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::PathBuf;

use mp4_atom::{Avc1, Codec, Decode, Moov};

use crate::MediaError;
use crate::film::{Film, Stored};
use crate::movie;
use crate::sample_table::{Sample, unfolded};
use crate::sniff::Kind;
use crate::splice::broken;

/// A picture of H.264.
#[derive(Debug)]
pub(crate) struct Samples {
    path: PathBuf,
    file: File,
    /// How decoders are set up.
    pub(crate) entry: Avc1,
    /// In the order of decoding.
    pub(crate) samples: Vec<Sample>,
    /// Whether the file is a film's and stays.
    lasts: bool,
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
            Some(Codec::Avc1(entry)) => Ok(Samples { path, file, entry, samples, lasts: false }),
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

    /// Whether a film's file holds the packets of its picture as an MP4 wants them, so that they can be read from there.
    pub(crate) fn lie_in(film: &Film) -> bool {
        let known = film.stored.iter().all(|packet| packet.position.is_some());
        film.kind == Kind::Mp4 && film.stream.length_prefixed && known
    }

    /// The packets of a film's picture, which [lie in it](Samples::lie_in), with a setting of decoders of which this
    /// is an example; it is removed.
    ///
    /// # Errors
    /// [`MediaError::Io`].
    pub(crate) fn of_film(self, film: &Film) -> Result<Samples, MediaError> {
        let entry = self.entry.clone();
        self.remove()?;
        let file = File::open(&film.path).map_err(MediaError::io("opened", &film.path))?;
        let sample = |packet: &Stored| {
            let (offset, shown) = (packet.position?, packet.pts?);
            Some(Sample { offset, size: packet.size, shown, sync: packet.keyframe })
        };
        let samples = film.stored.iter().filter_map(sample).collect();
        Ok(Samples { path: film.path.clone(), file, entry, samples, lasts: true })
    }

    /// Removes the file, unless it is a film's.
    ///
    /// # Errors
    /// [`MediaError::Io`].
    pub(crate) fn remove(self) -> Result<(), MediaError> {
        if self.lasts {
            return Ok(());
        }
        std::fs::remove_file(&self.path).map_err(MediaError::io("written", &self.path))
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
