//! Writes AAC packets into an MP4 file of sound alone, to the exact sample.

use std::path::PathBuf;

use mp4_atom::esds::{DecoderConfig, DecoderSpecific, EsDescriptor, SLConfig};
use mp4_atom::{
    Audio, Co64, Codec, Dinf, Dref, Edts, Elst, ElstEntry, Esds, FixedPoint, Hdlr, Mdhd, Mdia, Minf, Moov,
    Mp4a, Mvhd, Smhd, Stbl, Stsc, StscEntry, Stsd, Stsz, StszSamples, Stts, SttsEntry, Tkhd, Trak, Url,
};
use sound::SAMPLE_RATE;

use super::BIT_RATE;
use super::packets::{PACKET, Packet};
use crate::MediaError;
use crate::packet_file::PacketFile;

/// A file being written: its packets first, what describes them at the end.
pub(super) struct M4a {
    file: PacketFile,
    sizes: Vec<u32>,
}

impl M4a {
    /// Begins the file.
    ///
    /// # Errors
    /// [`MediaError::Io`].
    pub(super) fn create(path: PathBuf) -> Result<M4a, MediaError> {
        let file = PacketFile::create(path, b"M4A ", &[b"isom", b"iso2"], super::STAGE)?;
        Ok(M4a { file, sizes: Vec::new() })
    }

    /// Appends packets.
    ///
    /// # Errors
    /// [`MediaError::Io`].
    pub(super) fn push(&mut self, packets: &[Packet]) -> Result<(), MediaError> {
        for packet in packets {
            self.file.push(packet)?;
            self.sizes.push(packet.len() as u32);
        }
        Ok(())
    }

    /// Ends the file: of what the packets hold, the encoder's priming is left out in front and all beyond `frames` behind.
    ///
    /// # Errors
    /// [`MediaError::Io`].
    pub(super) fn finish(self, frames: u64) -> Result<PathBuf, MediaError> {
        let moov = moov(self.sizes, self.file.first_packet(), frames);
        self.file.finish(&moov)
    }
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
