//! Encodes a stretch of a picture as its own encoder did, with titles drawn on it or as it is.

use std::ops::Range;
use std::path::{Path, PathBuf};

use mp4_atom::Avc1;
use sound::{Portion, Progress};

use super::seams::OURS;
use super::{STAGE, broken, parameters};
use crate::film::Film;
use crate::media_box::Invocation;
use crate::samples::Samples;
use crate::titles::DRAWING;
use crate::{MediaError, Tools};

/// How a stretch must be encoded to stand beside the source's packets.
pub(super) struct Manner {
    profile: &'static str,
    /// The number of its parameter sets.
    number: u32,
}

impl Manner {
    /// What fits to a source.
    ///
    /// # Errors
    /// [`MediaError::RenderFailed`] where nothing does.
    pub(super) fn of(entry: &Avc1) -> Result<Manner, MediaError> {
        let profile = match entry.avcc.avc_profile_indication {
            66 => "baseline",
            77 => "main",
            100 => "high",
            other => return Err(broken(format!("its H.264 profile is {other}"))),
        };
        if entry.avcc.sequence_parameter_sets.len() != 1 {
            return Err(broken("it changes its parameters on the way"));
        }
        let number =
            parameters::free_number(&entry.avcc).ok_or_else(|| broken("its parameters cannot be read"))?;
        Ok(Manner { profile, number })
    }
}

/// Frames that follow on each other.
#[derive(Clone, Debug)]
pub(super) struct Stretch {
    /// The stamp of the keyframe from which they can be decoded; the start of the file where there is none.
    pub(super) keyframe: Option<i64>,
    /// The stamp of the first, and of the one after the last; the end of the file where there is none.
    pub(super) span: (i64, Option<i64>),
    /// How many there are.
    pub(super) frames: usize,
    /// Whether the script of titles is drawn on them.
    pub(super) titled: bool,
}

impl Stretch {
    /// All frames of a run of packets that begins with a keyframe, with titles.
    ///
    /// # Errors
    /// [`MediaError::RenderFailed`] where a frame has no time.
    pub(super) fn titled(film: &Film, range: Range<usize>) -> Result<Stretch, MediaError> {
        let stamps = |range: Range<usize>| film.stored[range].iter().filter_map(|packet| packet.pts);
        let first = stamps(range.clone()).min().ok_or_else(|| broken("a frame has no time"))?;
        let next = stamps(range.end..film.stored.len()).min();
        let keyframe = (range.start > 0).then_some(first);
        Ok(Stretch { keyframe, span: (first, next), frames: range.len(), titled: true })
    }
}

impl Tools {
    /// Copies every packet of the picture into an MP4 of it alone.
    pub(super) fn copy_picture(
        &self,
        film: &Film,
        job: &Path,
        progress: &dyn Progress,
    ) -> Result<PathBuf, MediaError> {
        let path = job.join("source.mp4");
        let mut invocation = self.ffmpeg(STAGE);
        self.read(&mut invocation, film);
        invocation.add(["-c:v", "copy", "-map_metadata", "-1", "-map_chapters", "-1"]);
        self.write(invocation, film, job, path, progress)
    }

    /// Encodes stretches one after the other; the script of titles lies in `job`.
    pub(super) fn encode_stretches(
        &self,
        film: &Film,
        stretches: &[Stretch],
        manner: &Manner,
        job: &Path,
        progress: &dyn Progress,
    ) -> Result<Vec<Samples>, MediaError> {
        let share = 1.0 / stretches.len().max(1) as f64;
        let encoded = stretches.iter().enumerate().map(|(index, stretch)| {
            let path = job.join(format!("stretch-{index}.mp4"));
            let portion = Portion::new(progress, index as f64 * share, share);
            Samples::read(self.encode_stretch(film, stretch, manner, (job, path), &portion)?)
        });
        encoded.collect()
    }

    fn encode_stretch(
        &self,
        film: &Film,
        stretch: &Stretch,
        manner: &Manner,
        (job, path): (&Path, PathBuf),
        progress: &dyn Progress,
    ) -> Result<PathBuf, MediaError> {
        let (first, next) = stretch.span;
        let picture = &film.probe.picture;
        let (threads, memory) = self.limits.encoding(u64::from(picture.width) * u64::from(picture.height));
        let threads = threads.to_string();
        let mut invocation = self.ffmpeg(STAGE);
        invocation.memory_bytes = memory;
        invocation.add(["-copyts", "-filter_threads", &threads, "-threads", &threads]);
        if let Some(keyframe) = stretch.keyframe {
            invocation.add(["-seek_timestamp", "1", "-noaccurate_seek", "-ss"]);
            invocation.add([film.clock.absolute(keyframe)]);
        }
        self.read(&mut invocation, film);
        let end = next.map_or_else(String::new, |next| format!(":end_pts={next}"));
        let start = film.clock.start;
        let drawing = if stretch.titled { format!(",{DRAWING}") } else { String::new() };
        // The script runs on the film's clock, the frames on the container's.
        let filters = format!("trim=start_pts={first}{end},setpts=PTS-({start}){drawing}");
        invocation.add(["-filter:v".to_owned(), filters]);
        invocation.add(["-fps_mode", "passthrough", "-enc_time_base", "-1"]);
        invocation.add(["-frames:v".to_owned(), stretch.frames.to_string()]);
        // A touched stretch is short: its bits cost little, its time much. At this constant quantiser the frames lie
        // 50 dB from what is encoded; a quality of 17 takes half as long again for 4 dB that nobody sees.
        invocation.add([
            "-c:v",
            "libx264",
            "-preset",
            "ultrafast",
            "-qp",
            "20",
            "-profile:v",
            manner.profile,
        ]);
        invocation.add(["-g".to_owned(), OURS.to_string()]);
        invocation.add(["-x264-params".to_owned(), format!("sps-id={}:open-gop=0", manner.number)]);
        invocation.add(["-pix_fmt", &picture.pixel_format, "-threads", &threads, "-flags:v", "+bitexact"]);
        self.write(invocation, film, job, path, progress)
    }

    fn read(&self, invocation: &mut Invocation, film: &Film) {
        invocation.add(self.fenced(film.kind));
        invocation.input(&film.path);
        invocation.add(["-map".to_owned(), format!("0:{}", film.probe.picture.stream)]);
    }

    fn write(
        &self,
        mut invocation: Invocation,
        film: &Film,
        job: &Path,
        path: PathBuf,
        progress: &dyn Progress,
    ) -> Result<PathBuf, MediaError> {
        invocation.add(["-fflags", "+bitexact", "-f", "mp4"]);
        invocation.writes.push(job.to_owned());
        invocation.folder = Some(job.to_owned());
        let ended = self.write_film(invocation, film.probe.length, &path, progress)?;
        if ended.well() { Ok(path) } else { Err(MediaError::failed(STAGE, ended.why())) }
    }
}
