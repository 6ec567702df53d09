//! Writes packets of several files into one MP4 of the picture alone, each shown when the film shows its frame.

use std::path::PathBuf;

use mp4_atom::{
    Avc1, Co64, Codec, Ctts, CttsEntry, Dinf, Dref, Edts, Elst, ElstEntry, Hdlr, Mdhd, Mdia, Minf, Moov,
    Mvhd, Stbl, Stsc, StscEntry, Stsd, Stss, Stsz, StszSamples, Stts, SttsEntry, Tkhd, Trak, Url, Vmhd,
};

use crate::MediaError;
use crate::packet_file::PacketFile;
use crate::splice::{STAGE, broken};

/// A packet that was written.
#[derive(Clone, Copy, Debug)]
struct Written {
    size: u32,
    /// When it is shown, in units of the film's clock.
    shown: i64,
    sync: bool,
}

/// A file being written: its packets first, what describes them at the end.
pub(crate) struct Join {
    file: PacketFile,
    written: Vec<Written>,
}

/// What the finished file says of its picture.
pub(crate) struct About {
    /// How decoders are set up.
    pub(crate) entry: Avc1,
    /// Seconds in a unit of the film's clock, as a fraction.
    pub(crate) base: (i64, i64),
    /// When the last frame vanishes, in those units.
    pub(crate) end: i64,
}

impl Join {
    /// Begins the file.
    ///
    /// # Errors
    /// [`MediaError::Io`].
    pub(crate) fn create(path: PathBuf) -> Result<Join, MediaError> {
        let file = PacketFile::create(path, b"isom", &[b"iso2", b"avc1", b"mp41"], STAGE)?;
        Ok(Join { file, written: Vec::new() })
    }

    /// Appends a packet in the order of decoding; its frame is shown at the stamp `shown`.
    ///
    /// # Errors
    /// [`MediaError::Io`].
    pub(crate) fn push(&mut self, packet: &[u8], shown: i64, sync: bool) -> Result<(), MediaError> {
        self.file.push(packet)?;
        self.written.push(Written { size: packet.len() as u32, shown, sync });
        Ok(())
    }

    /// Ends the file; its first shown frame stands at zero.
    ///
    /// # Errors
    /// [`MediaError::Io`], [`MediaError::RenderFailed`] when two frames are shown at once.
    pub(crate) fn finish(self, about: About) -> Result<PathBuf, MediaError> {
        let moov = moov(&self.written, self.file.first_packet(), about)?;
        self.file.finish(&moov)
    }
}

/// When packets are decoded and how much later they are shown.
///
/// The moments of decoding are those of showing, earlier by as much as the deepest reordering asks: so they rise
/// whatever the encoders did, and every frame keeps its own moment.
struct Clockwork {
    /// From each packet to the next, in units.
    steps: Vec<u32>,
    /// From decoding to showing.
    waits: Vec<i64>,
    /// What is skipped at the start.
    skipped: u64,
    length: u64,
}

impl Clockwork {
    fn new(written: &[Written], end: i64) -> Option<Clockwork> {
        let mut shown: Vec<i64> = written.iter().map(|packet| packet.shown).collect();
        shown.sort_unstable();
        let first = *shown.first()?;
        let delay = shown.iter().zip(written).map(|(at, packet)| at - packet.shown).max()?;
        let ends = shown.iter().skip(1).copied().chain([end.max(shown.last()? + 1)]);
        let steps: Vec<u32> =
            shown.iter().zip(ends).map(|(at, next)| u32::try_from(next - at).ok()).collect::<Option<_>>()?;
        let waits = shown.iter().zip(written).map(|(at, packet)| packet.shown - (at - delay)).collect();
        let length = steps.iter().map(|step| u64::from(*step)).sum();
        let told_apart = shown.windows(2).all(|pair| pair[0] < pair[1]);
        let skipped = u64::try_from(delay).ok()?;
        (told_apart && first <= end).then_some(Clockwork { steps, waits, skipped, length })
    }
}

fn moov(written: &[Written], at: u64, about: About) -> Result<Moov, MediaError> {
    let clock = Clockwork::new(written, about.end).ok_or_else(|| broken("its frames are not in order"))?;
    let scale = |units: u64| units * about.base.0 as u64;
    let timescale = u32::try_from(about.base.1).map_err(|_| broken("its clock is too fine"))?;
    let duration = scale(clock.length);
    let (width, height) = (about.entry.visual.width, about.entry.visual.height);
    let mvhd =
        Mvhd { timescale, duration, rate: 1.into(), volume: 1.into(), next_track_id: 2, ..Mvhd::default() };
    let tkhd = Tkhd {
        track_id: 1,
        duration,
        enabled: true,
        in_movie: true,
        width: width.into(),
        height: height.into(),
        ..Tkhd::default()
    };
    let shown = ElstEntry {
        segment_duration: duration,
        media_time: Some(scale(clock.skipped)),
        media_rate: 1.into(),
    };
    let edts = Some(Edts { elst: Some(Elst { entries: vec![shown] }) });
    let mdhd = Mdhd {
        timescale,
        duration: duration + scale(clock.skipped),
        language: "und".into(),
        ..Mdhd::default()
    };
    let minf = Minf {
        vmhd: Some(Vmhd::default()),
        dinf: Dinf { dref: Dref { urls: vec![Url::default()] } },
        stbl: stbl(written, &clock, at, about),
        ..Minf::default()
    };
    let hdlr = Hdlr { handler: b"vide".into(), name: "VideoHandler".into() };
    let mdia = Mdia { mdhd, hdlr, minf };
    Ok(Moov { mvhd, trak: vec![Trak { tkhd, edts, mdia, ..Trak::default() }], ..Moov::default() })
}

fn stbl(written: &[Written], clock: &Clockwork, at: u64, about: About) -> Stbl {
    let scale = about.base.0;
    let steps =
        clock.steps.iter().map(|step| SttsEntry { sample_count: 1, sample_delta: step * scale as u32 });
    let waits = clock.waits.iter().map(|wait| CttsEntry { sample_count: 1, sample_offset: wait * scale });
    let sync = written.iter().zip(1..).filter(|(packet, _)| packet.sync).map(|(_, number)| number);
    let sizes = written.iter().map(|packet| packet.size).collect();
    let chunk =
        StscEntry { first_chunk: 1, samples_per_chunk: written.len() as u32, sample_description_index: 1 };
    Stbl {
        stsd: Stsd { codecs: vec![Codec::Avc1(about.entry)] },
        stts: Stts { entries: steps.collect() },
        ctts: Some(Ctts { entries: waits.collect() }),
        stss: Some(Stss { entries: sync.collect() }),
        stsc: Stsc { entries: vec![chunk] },
        stsz: Stsz { samples: StszSamples::Different { sizes } },
        co64: Some(Co64 { entries: vec![at] }),
        ..Stbl::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_frame_keeps_its_moment_whatever_the_reordering() {
        // Two pieces: one reorders by one frame, the other by two.
        let shown = [10, 30, 20, 40, 70, 60, 50];
        let written: Vec<Written> =
            shown.iter().map(|&shown| Written { size: 1, shown, sync: false }).collect();
        let clock = Clockwork::new(&written, 80).unwrap();
        assert_eq!((clock.skipped, clock.length), (20, 70));
        let mut decoded = 10 - clock.skipped as i64;
        for ((step, wait), shown) in clock.steps.iter().zip(&clock.waits).zip(shown) {
            assert_eq!(decoded + wait, shown);
            assert!(*wait >= 0);
            decoded += i64::from(*step);
        }
        assert!(Clockwork::new(&[written[0], written[0]], 80).is_none());
    }
}
