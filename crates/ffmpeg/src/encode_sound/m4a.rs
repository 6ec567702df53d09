//! Writes AAC packets into an MP4 file of sound alone, to the exact sample.

use std::fs::File;
use std::io::{BufWriter, Seek, SeekFrom, Write};
use std::path::PathBuf;

use mp4_atom::esds::{DecoderConfig, DecoderSpecific, EsDescriptor, SLConfig};
use mp4_atom::{
    Audio, Co64, Codec, Dinf, Dref, Edts, Elst, ElstEntry, Encode, Esds, FixedPoint, Ftyp, Hdlr, Mdhd, Mdia,
    Minf, Moov, Mp4a, Mvhd, Smhd, Stbl, Stsc, StscEntry, Stsd, Stsz, StszSamples, Stts, SttsEntry, Tkhd,
    Trak, Url,
};
use sound::SAMPLE_RATE;

use super::BIT_RATE;
use super::packets::{PACKET, Packet};
use crate::MediaError;

/// Length of the header before the packets: size 1, name, and the size in 64 bits.
const MDAT_HEADER: u64 = 16;

/// A file being written: its packets first, what describes them at the end.
pub(super) struct M4a {
    path: PathBuf,
    file: BufWriter<File>,
    /// Where the header before the packets stands.
    mdat: u64,
    sizes: Vec<u32>,
}

impl M4a {
    /// Begins the file.
    ///
    /// # Errors
    /// [`MediaError::Io`].
    pub(super) fn create(path: PathBuf) -> Result<M4a, MediaError> {
        let ftyp = Ftyp {
            major_brand: b"M4A ".into(),
            minor_version: 512,
            compatible_brands: vec![b"M4A ".into(), b"isom".into(), b"iso2".into()],
        };
        let mut head = encoded(&ftyp)?;
        let mdat = head.len() as u64;
        head.extend_from_slice(&mdat_header(0));
        let file = File::create(&path).map_err(MediaError::io("written", &path))?;
        let mut m4a = M4a { path, file: BufWriter::new(file), mdat, sizes: Vec::new() };
        m4a.write(&head)?;
        Ok(m4a)
    }

    /// Appends packets.
    ///
    /// # Errors
    /// [`MediaError::Io`].
    pub(super) fn push(&mut self, packets: &[Packet]) -> Result<(), MediaError> {
        for packet in packets {
            self.write(packet)?;
            self.sizes.push(packet.len() as u32);
        }
        Ok(())
    }

    /// Ends the file: of what the packets hold, the encoder's priming is left out in front and all beyond `frames` behind.
    ///
    /// # Errors
    /// [`MediaError::Io`].
    pub(super) fn finish(mut self, frames: u64) -> Result<PathBuf, MediaError> {
        let bytes = self.sizes.iter().map(|size| u64::from(*size)).sum::<u64>();
        let moov = encoded(&moov(self.sizes.split_off(0), self.mdat + MDAT_HEADER, frames))?;
        self.write(&moov)?;
        self.file.seek(SeekFrom::Start(self.mdat)).map_err(MediaError::io("written", &self.path))?;
        self.write(&mdat_header(bytes))?;
        self.file.flush().map_err(MediaError::io("written", &self.path))?;
        Ok(self.path)
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), MediaError> {
        self.file.write_all(bytes).map_err(MediaError::io("written", &self.path))
    }
}

fn mdat_header(bytes: u64) -> Vec<u8> {
    [&1u32.to_be_bytes()[..], b"mdat", &(MDAT_HEADER + bytes).to_be_bytes()].concat()
}

fn encoded(atom: &impl Encode) -> Result<Vec<u8>, MediaError> {
    let mut bytes = Vec::new();
    atom.encode(&mut bytes).map_err(|fault| MediaError::failed(super::STAGE, fault.to_string()))?;
    Ok(bytes)
}

/// What describes the packets; all clocks run in samples, so that nothing is rounded.
fn moov(sizes: Vec<u32>, at: u64, frames: u64) -> Moov {
    let mvhd = Mvhd {
        timescale: SAMPLE_RATE,
        duration: frames,
        rate: 1.into(),
        volume: 1.into(),
        next_track_id: 2,
        ..Mvhd::default()
    };
    let tkhd = Tkhd {
        track_id: 1,
        duration: frames,
        enabled: true,
        in_movie: true,
        volume: 1.into(),
        ..Tkhd::default()
    };
    let played = ElstEntry { segment_duration: frames, media_time: Some(PACKET), media_rate: 1.into() };
    let edts = Some(Edts { elst: Some(Elst { entries: vec![played] }) });
    let mdia = Mdia {
        mdhd: Mdhd {
            timescale: SAMPLE_RATE,
            duration: frames + PACKET,
            language: "und".into(),
            ..Mdhd::default()
        },
        hdlr: Hdlr { handler: b"soun".into(), name: "SoundHandler".into() },
        minf: Minf {
            smhd: Some(Smhd::default()),
            dinf: Dinf { dref: Dref { urls: vec![Url::default()] } },
            stbl: stbl(sizes, at, frames),
            ..Minf::default()
        },
    };
    Moov { mvhd, trak: vec![Trak { tkhd, edts, mdia, ..Trak::default() }], ..Moov::default() }
}

/// Where each packet lies and how long it is; the last is as long as the sound still is.
fn stbl(sizes: Vec<u32>, at: u64, frames: u64) -> Stbl {
    let count = sizes.len() as u32;
    let before = count.saturating_sub(1);
    let last = (frames + PACKET).saturating_sub(PACKET * u64::from(before)).min(PACKET) as u32;
    let times = [(before, PACKET as u32), (count.min(1), last)].into_iter().filter(|(count, _)| *count > 0);
    let entries =
        times.map(|(sample_count, sample_delta)| SttsEntry { sample_count, sample_delta }).collect();
    let chunk = StscEntry { first_chunk: 1, samples_per_chunk: count, sample_description_index: 1 };
    Stbl {
        stsd: Stsd { codecs: vec![Codec::Mp4a(mp4a())] },
        stts: Stts { entries },
        stsc: Stsc { entries: vec![chunk] },
        stsz: Stsz { samples: StszSamples::Different { sizes } },
        co64: Some(Co64 { entries: vec![at] }),
        ..Stbl::default()
    }
}

/// AAC-LC, 48 kHz, stereo.
fn mp4a() -> Mp4a {
    const MPEG4_AUDIO: u8 = 0x40;
    const AUDIO_STREAM: u8 = 5;
    let dec_specific = DecoderSpecific { profile: 2, freq_index: 3, chan_conf: 2, raw: Vec::new() };
    Mp4a {
        audio: Audio {
            data_reference_index: 1,
            channel_count: 2,
            sample_size: 16,
            sample_rate: FixedPoint::from(SAMPLE_RATE as u16),
        },
        esds: Esds {
            es_desc: EsDescriptor {
                es_id: 1,
                dec_config: DecoderConfig {
                    object_type_indication: MPEG4_AUDIO,
                    stream_type: AUDIO_STREAM,
                    max_bitrate: BIT_RATE,
                    avg_bitrate: BIT_RATE,
                    dec_specific: Some(dec_specific),
                    ..DecoderConfig::default()
                },
                sl_config: SLConfig::default(),
            },
        },
        btrt: None,
        taic: None,
    }
}
