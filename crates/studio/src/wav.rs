//! Writes sound as WAV: 24 bits, 48 kHz, stereo.

use std::fs::File;
use std::io::BufWriter;
use std::path::Path;

use hound::{SampleFormat, WavSpec, WavWriter};
use sound::{Frame, SAMPLE_RATE};
use tempfile::NamedTempFile;

use crate::Fault;
use crate::places::hidden;
use crate::publish::Results;

const SPEC: WavSpec =
    WavSpec { channels: 2, sample_rate: SAMPLE_RATE, bits_per_sample: 24, sample_format: SampleFormat::Int };
const FULL_SCALE: f64 = 8_388_607.0;

/// A WAV file that is being written.
pub(crate) struct Wav<'a> {
    path: &'a Path,
    hidden: NamedTempFile,
    writer: WavWriter<BufWriter<File>>,
}

impl<'a> Wav<'a> {
    /// Begins a file.
    pub(crate) fn create(path: &'a Path) -> Result<Wav<'a>, Fault> {
        let hidden = hidden(path)?;
        let file = hidden.reopen().map_err(Fault::file("written", path))?;
        let writer = WavWriter::new(BufWriter::new(file), SPEC).map_err(wrong(path))?;
        Ok(Wav { path, hidden, writer })
    }

    /// Appends frames; what exceeds full scale is clipped.
    pub(crate) fn write(&mut self, frames: &[Frame]) -> Result<(), Fault> {
        let whole = |sample: &f32| {
            let level = f64::from(*sample) * FULL_SCALE;
            (level + 0.5f64.copysign(level)).clamp(-FULL_SCALE - 1.0, FULL_SCALE) as i32
        };
        let mut samples = frames.iter().flatten();
        samples.try_for_each(|sample| self.writer.write_sample(whole(sample))).map_err(wrong(self.path))
    }

    /// Ends the file and lays it with the other results.
    pub(crate) fn finish(self, results: &mut Results) -> Result<(), Fault> {
        self.writer.finalize().map_err(wrong(self.path))?;
        results.keep(self.hidden, self.path)
    }
}

fn wrong(path: &Path) -> impl FnOnce(hound::Error) -> Fault + use<> {
    let path = path.to_owned();
    move |fault| {
        let source = match fault {
            hound::Error::IoError(source) => source,
            // A WAV holds 4 GB at most.
            other => std::io::Error::other(other.to_string()),
        };
        Fault::File { done: "written", path, source }
    }
}
