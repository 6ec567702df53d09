//! Encodes the finished sound on all cores: AAC-LC, 48 kHz, stereo, to the exact sample.

mod m4a;
mod packets;
mod stretch;

use std::collections::VecDeque;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{Scope, ScopedJoinHandle};

use sound::{Frame, Progress, SAMPLE_RATE, Time};

use crate::child;
use crate::team::{Team, Watch};
use crate::{MediaError, Tools};
use m4a::M4a;
use packets::{Packet, packets, seam};
use stretch::{OVERLAP, Stretch, stretches};

const STAGE: &str = "encoding of the sound";

/// Frames asked for at once.
const BLOCK: usize = 16_384;

/// Bits a second. At 288 kbit/s the `fast` coder, with both sides each by itself and without noise shaping and noise
/// substitution, takes 60 % of the time of `twoloop` with all its means at 192, and leaves 4 to 17 dB less noise in
/// each of four bands (of two scenes with speech and of three pieces, 50 s each).
const BIT_RATE: u32 = 288_000;

/// How samples lie in memory.
const IN_MEMORY: &str = if cfg!(target_endian = "big") { "f32be" } else { "f32le" };

/// Encoders at work at once at most; each holds a minute of sound.
const ENCODERS: usize = 4;

/// Sound that lies encoded in the job folder.
#[derive(Clone, Debug, PartialEq)]
pub struct EncodedSound {
    pub(crate) path: PathBuf,
    pub(crate) frames: u64,
}

impl EncodedSound {
    /// How long it is, priming and padding left out.
    pub fn length(&self) -> Time {
        Time::from_samples(self.frames as i64, SAMPLE_RATE)
    }
}

impl Tools {
    /// Encodes `frames` frames at 48 kHz into the folder `job`; `fill` is called with buffers to fill in time order.
    ///
    /// What is longer than a minute is encoded in overlapping stretches, each by a child of its own, and joined packet by
    /// packet. The encoder's priming of 1024 samples is declared in an edit list, so players begin with the first frame.
    /// Samples that are no numbers become silence. The same frames give the same bytes, on any number of cores.
    ///
    /// # Errors
    /// What `fill` fails with; [`MediaError::RenderFailed`], [`MediaError::Cancelled`], [`MediaError::TimedOut`].
    pub fn encode_sound(
        &self,
        frames: u64,
        job: &Path,
        progress: &dyn Progress,
        fill: &mut dyn FnMut(&mut [Frame]) -> Result<(), MediaError>,
    ) -> Result<EncodedSound, MediaError> {
        let job = job.canonicalize().map_err(MediaError::io("found", job))?;
        let broken = AtomicBool::new(false);
        let crew = Crew { tools: self, job: &job, watch: Watch { progress, broken: &broken } };
        let cores = Team::new(self.limits.threads).size().min(ENCODERS);
        let stretches = stretches(frames);
        let mut source = Source { fill, kept: Vec::new(), first: 0 };
        let mut join = Join::new(M4a::create(job.join("sound.m4a"))?);
        let path = std::thread::scope(|scope| {
            let mut at_work = VecDeque::new();
            let mut told = 0;
            let mut joined = |join: &mut Join, at_work: &mut VecDeque<Encoding>| {
                let Some(encoding) = at_work.pop_front() else { return Ok(()) };
                let done = encoding.finish().and_then(|(stretch, packets)| join.add(stretch, packets));
                // The others need not go on when one has failed.
                broken.fetch_or(done.is_err(), Ordering::Release);
                told += 1;
                progress.report(f64::from(told) / stretches.len() as f64);
                done
            };
            for &stretch in &stretches {
                if at_work.len() >= cores {
                    joined(&mut join, &mut at_work)?;
                }
                let heard = source
                    .hear(stretch, &crew.watch)
                    .inspect_err(|_| broken.store(true, Ordering::Release))?;
                at_work.push_back(crew.encode(scope, stretch, heard));
            }
            while !at_work.is_empty() {
                joined(&mut join, &mut at_work)?;
            }
            join.finish(frames)
        })?;
        Ok(EncodedSound { path, frames })
    }
}

/// Where the samples come from, in time order; what two stretches share is kept.
struct Source<'a> {
    fill: &'a mut dyn FnMut(&mut [Frame]) -> Result<(), MediaError>,
    kept: Vec<Frame>,
    /// The frame that `kept` begins with.
    first: u64,
}

impl Source<'_> {
    /// The frames of a stretch.
    fn hear(&mut self, stretch: Stretch, progress: &dyn Progress) -> Result<Vec<Frame>, MediaError> {
        let mut heard = std::mem::take(&mut self.kept);
        heard.drain(..(stretch.first - self.first) as usize);
        let whole = (stretch.end - stretch.first) as usize;
        while heard.len() < whole {
            progress.check()?;
            let begin = heard.len();
            heard.resize(whole.min(begin + BLOCK), [0.0; 2]);
            let block = &mut heard[begin..];
            (self.fill)(block)?;
            for sample in block.iter_mut().flatten().filter(|sample| !sample.is_finite()) {
                *sample = 0.0;
            }
        }
        let shared = whole.min(OVERLAP as usize);
        self.kept = heard[whole - shared..].to_vec();
        self.first = stretch.end - shared as u64;
        Ok(heard)
    }
}

/// Those who encode.
struct Crew<'a> {
    tools: &'a Tools,
    job: &'a Path,
    watch: Watch<'a>,
}

/// A stretch being encoded.
struct Encoding<'scope> {
    stretch: Stretch,
    packets: ScopedJoinHandle<'scope, Result<Vec<Packet>, MediaError>>,
}

impl Encoding<'_> {
    fn finish(self) -> Result<(Stretch, Vec<Packet>), MediaError> {
        let packets = self.packets.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
        Ok((self.stretch, packets))
    }
}

impl<'a> Crew<'a> {
    fn encode<'scope>(
        &'scope self,
        scope: &'scope Scope<'scope, '_>,
        stretch: Stretch,
        heard: Vec<Frame>,
    ) -> Encoding<'scope> {
        let packets = scope.spawn(move || self.run(stretch, &heard));
        Encoding { stretch, packets }
    }

    fn run(&self, stretch: Stretch, heard: &[Frame]) -> Result<Vec<Packet>, MediaError> {
        let path = self.job.join(format!("sound-{}.aac", stretch.from));
        let mut invocation = self.tools.ffmpeg(STAGE);
        invocation.add(["-protocol_whitelist", "file,pipe", "-f", IN_MEMORY, "-ar", "48000", "-ac", "2"]);
        invocation.add(["-i", "pipe:0", "-c:a", "aac", "-b:a", &BIT_RATE.to_string(), "-aac_coder", "fast"]);
        invocation.add(["-aac_ms", "0", "-aac_tns", "0", "-aac_pns", "0", "-aac_is", "0"]);
        // No version strings: the same film and request give the same file everywhere.
        invocation.add(["-flags:a", "+bitexact", "-f", "adts"]);
        invocation.add([crate::tools::file_url(&path)]);
        invocation.writes.push(self.job.to_owned());
        invocation.fed = true;
        invocation.patience =
            self.tools.limits.wall_clock(Time::from_samples(heard.len() as i64, SAMPLE_RATE));
        let ((), ended) =
            child::run(invocation, &self.tools.limits, &self.watch, &|_| false, |mut pipes| {
                let Some(mut input) = pipes.input.take() else { return Ok(()) };
                for block in heard.chunks(BLOCK) {
                    self.watch.check()?;
                    input
                        .write_all(bytemuck::cast_slice(block))
                        .map_err(MediaError::io("written", "a pipe"))?;
                }
                Ok(())
            })?;
        if !ended.well() {
            return Err(MediaError::failed(STAGE, ended.why()));
        }
        let stream = std::fs::read(&path).map_err(MediaError::io("read", &path))?;
        std::fs::remove_file(&path).map_err(MediaError::io("written", &path))?;
        let mut packets = packets(&stream, STAGE)?;
        packets.truncate(packets.len().saturating_sub(stretch.spoilt));
        Ok(packets)
    }
}

/// The file that stretches are joined in, with the one whose end is still open.
struct Join {
    file: M4a,
    open: Option<(Stretch, Vec<Packet>)>,
}

impl Join {
    fn new(file: M4a) -> Join {
        Join { file, open: None }
    }

    /// Joins the next stretch.
    fn add(&mut self, stretch: Stretch, mut packets: Vec<Packet>) -> Result<(), MediaError> {
        if let Some((before, first)) = self.open.take() {
            let ahead = (stretch.begin - before.begin) as usize;
            let from = (stretch.from - before.begin) as usize;
            let at = seam(&first, &packets, ahead, from);
            self.file.push(first.get(..at).unwrap_or(&first))?;
            packets.drain(..(at - ahead).min(packets.len()));
            // What is left begins at the seam.
            let begin = before.begin + at as u64;
            self.open = Some((Stretch { begin, ..stretch }, packets));
        } else {
            self.open = Some((stretch, packets));
        }
        Ok(())
    }

    fn finish(mut self, frames: u64) -> Result<PathBuf, MediaError> {
        if let Some((_, packets)) = self.open.take() {
            self.file.push(&packets)?;
        }
        self.file.finish(frames)
    }
}
