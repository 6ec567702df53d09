//! The packets of an MP4 that one of our children wrote: where each lies and in which order they are shown.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use mp4_atom::{Avc1, Codec, Decode, Moov, Stbl, StszSamples};

use crate::MediaError;
use crate::movie;
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

/// A packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Sample {
    offset: u64,
    size: u32,
    /// When it is shown, in units of its own file.
    pub(crate) shown: i64,
    /// Whether decoding may start here.
    pub(crate) sync: bool,
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
        let samples = samples(&table).ok_or_else(|| broken("a part of it contradicts itself"))?;
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

/// The stamp at which each packet of a stretch is shown: its frames
/// take these stamps in the order in which they are shown.
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

/// Unfolds the tables of ISO/IEC 14496-12, 8.6 and 8.7; `None` where they do not agree.
fn samples(table: &Stbl) -> Option<Vec<Sample>> {
    let sizes = match &table.stsz.samples {
        StszSamples::Identical { count, size } => vec![*size; *count as usize],
        StszSamples::Different { sizes } => sizes.clone(),
    };
    let decoded = decoding_times(table);
    let late = table.ctts.iter().flat_map(|box_| &box_.entries);
    let late = late.flat_map(|entry| std::iter::repeat_n(entry.sample_offset, entry.sample_count as usize));
    let mut samples: Vec<Sample> = sizes
        .into_iter()
        .zip(decoded)
        .zip(late.chain(std::iter::repeat(0)))
        .map(|((size, decoded), late)| Sample {
            offset: 0,
            size,
            shown: decoded + late,
            sync: table.stss.is_none(),
        })
        .collect();
    for number in table.stss.iter().flat_map(|box_| &box_.entries) {
        samples.get_mut((*number as usize).checked_sub(1)?)?.sync = true;
    }
    place(&mut samples, table)?;
    Some(samples)
}

fn decoding_times(table: &Stbl) -> impl Iterator<Item = i64> + '_ {
    let steps = table.stts.entries.iter();
    let steps = steps.flat_map(|e| std::iter::repeat_n(i64::from(e.sample_delta), e.sample_count as usize));
    steps.scan(0, |now, step| {
        let at = *now;
        *now += step;
        Some(at)
    })
}

/// Gives each packet its place in the file.
fn place(samples: &mut [Sample], table: &Stbl) -> Option<()> {
    let chunks: Vec<u64> = match (&table.stco, &table.co64) {
        (Some(short), _) => short.entries.iter().map(|offset| u64::from(*offset)).collect(),
        (None, Some(long)) => long.entries.clone(),
        (None, None) => return None,
    };
    let mut left = samples.iter_mut();
    for (index, entry) in table.stsc.entries.iter().enumerate() {
        let first = (entry.first_chunk as usize).checked_sub(1)?;
        let next = table.stsc.entries.get(index + 1);
        let end = next.map_or(chunks.len(), |next| next.first_chunk.saturating_sub(1) as usize);
        for offset in chunks.get(first..end)? {
            let mut at = *offset;
            for sample in left.by_ref().take(entry.samples_per_chunk as usize) {
                sample.offset = at;
                at += u64::from(sample.size);
            }
        }
    }
    left.next().is_none().then_some(())
}
