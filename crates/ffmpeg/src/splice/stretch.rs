//! Takes a picture apart: the source's own packets, and stretches of it encoded as its own encoder did, with titles drawn
//! on them or as they are.

use std::ops::Range;
use std::path::Path;

use sound::{Portion, Progress};

use super::seams::OURS;
use super::{STAGE, broken, parameters};
use crate::entry::entry_before;
use crate::film::Film;
use crate::media_box::Invocation;
use crate::samples::Samples;
use crate::titles::DRAWING;
use crate::tools::file_url;
use crate::{MediaError, Tools};

/// How every part is written.
const MP4: [&str; 4] = ["-fflags", "+bitexact", "-f", "mp4"];

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
        let keyframe = entry_before(film, first);
        Ok(Stretch { keyframe, span: (first, next), frames: range.len(), titled: true })
    }
}

impl Tools {
    /// Every packet of the picture, and stretches of it encoded one after the other; the script of titles lies in `job`.
    ///
    /// # Errors
    /// [`MediaError::RenderFailed`] where the picture cannot be taken apart; [`MediaError::Cancelled`],
    /// [`MediaError::TimedOut`], [`MediaError::Io`].
    pub(super) fn take_apart(
        &self,
        film: &Film,
        stretches: &[Stretch],
        job: &Path,
        progress: &dyn Progress,
    ) -> Result<(Samples, Vec<Samples>), MediaError> {
        let packets = job.join("source.mp4");
        let path = |index: usize| job.join(format!("stretch-{index}.mp4"));
        let share = 1.0 / stretches.len().max(1) as f64;
        let encode = |index: usize, number: u32, packets: Option<&Path>| {
            let portion = Portion::new(progress, index as f64 * share, share);
            self.encode(film, (&stretches[index], number), packets, (job, &path(index)), &portion)
        };
        // The first child copies the packets, too: to start another takes longer than that. Which numbers are free is
        // seen only then, but the highest is hardly ever taken.
        match stretches.is_empty() {
            true => self.copy(film, job, &packets, progress)?,
            false => encode(0, parameters::HIGHEST, Some(&packets))?,
        }
        let copied = Samples::read(packets)?;
        let source = if Samples::lie_in(film) { copied.of_film(film)? } else { copied };
        if source.samples.len() != film.stored.len() {
            return Err(broken("its packets cannot be told apart"));
        }
        if !stretches.is_empty() {
            let number = parameters::free_number(&source.entry.avcc).map_err(broken)?;
            let done = usize::from(number == parameters::HIGHEST);
            (done..stretches.len()).try_for_each(|index| encode(index, number, None))?;
        }
        let encoded = (0..stretches.len()).map(|index| Samples::read(path(index)));
        Ok((source, encoded.collect::<Result<_, _>>()?))
    }

    /// Copies every packet.
    fn copy(&self, film: &Film, job: &Path, path: &Path, progress: &dyn Progress) -> Result<(), MediaError> {
        let mut invocation = self.ffmpeg(STAGE);
        self.read(&mut invocation, film);
        copying(&mut invocation, film, 0);
        self.write(invocation, film, job, path, progress)
    }

    /// Encodes a stretch under a number of parameter sets, and copies all packets beside it where they are wanted.
    fn encode(
        &self,
        film: &Film,
        (stretch, number): (&Stretch, u32),
        packets: Option<&Path>,
        (job, path): (&Path, &Path),
        progress: &dyn Progress,
    ) -> Result<(), MediaError> {
        let (first, next) = stretch.span;
        let picture = &film.probe.picture;
        let (threads, memory) = self.limits.encoding(u64::from(picture.width) * u64::from(picture.height));
        // To encode like this takes no longer than to decode: more threads would only wait for one another.
        let half = (threads / 2).max(1).to_string();
        let mut invocation = self.ffmpeg(STAGE);
        invocation.memory_bytes = memory;
        invocation.add(["-copyts", "-filter_threads", &half, "-threads", &threads.to_string()]);
        if let Some(keyframe) = stretch.keyframe {
            invocation.add(["-seek_timestamp", "1", "-noaccurate_seek", "-ss"]);
            invocation.add([film.clock.absolute(keyframe)]);
        }
        self.read(&mut invocation, film);
        if let Some(packets) = packets {
            self.read(&mut invocation, film);
            copying(&mut invocation, film, 1);
            invocation.add(MP4);
            invocation.add([file_url(packets)]);
        }
        let end = next.map_or_else(String::new, |next| format!(":end_pts={next}"));
        let start = film.clock.start;
        let drawing = if stretch.titled { format!(",{DRAWING}") } else { String::new() };
        // The script runs on the film's clock, the frames on the container's.
        let filters = format!("trim=start_pts={first}{end},setpts=PTS-({start}){drawing}");
        map(&mut invocation, film, 0);
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
            profile(film)?,
        ]);
        invocation.add(["-g".to_owned(), OURS.to_string()]);
        invocation.add(["-x264-params".to_owned(), format!("sps-id={number}:open-gop=0")]);
        invocation.add(["-pix_fmt", &picture.pixel_format, "-threads", &half, "-flags:v", "+bitexact"]);
        self.write(invocation, film, job, path, progress)
    }

    fn read(&self, invocation: &mut Invocation, film: &Film) {
        invocation.add(self.fenced(film.kind));
        // A thread for each input would take longer to hand packets over than to read them.
        invocation.add(["-thread_queue_size", "0"]);
        invocation.input(&film.path);
    }

    fn write(
        &self,
        mut invocation: Invocation,
        film: &Film,
        job: &Path,
        path: &Path,
        progress: &dyn Progress,
    ) -> Result<(), MediaError> {
        invocation.add(MP4);
        invocation.writes.push(job.to_owned());
        invocation.folder = Some(job.to_owned());
        let ended = self.write_film(invocation, film.probe.length, path, progress)?;
        if ended.well() { Ok(()) } else { Err(MediaError::failed(STAGE, ended.why())) }
    }
}

/// Takes the picture from an input, by its number.
fn map(invocation: &mut Invocation, film: &Film, input: usize) {
    invocation.add(["-map".to_owned(), format!("{input}:{}", film.probe.picture.stream)]);
}

/// Copies the picture of an input: one packet, which tells how decoders are set up, where the others can be read from the
/// film itself.
fn copying(invocation: &mut Invocation, film: &Film, input: usize) {
    map(invocation, film, input);
    invocation.add(["-c:v", "copy", "-map_metadata", "-1", "-map_chapters", "-1"]);
    if Samples::lie_in(film) {
        invocation.add(["-frames:v", "1"]);
    }
}

/// What x264 calls the profile of a picture.
///
/// # Errors
/// [`MediaError::RenderFailed`] where it has none of that kind.
fn profile(film: &Film) -> Result<&'static str, MediaError> {
    match film.stream.profile.as_str() {
        "Constrained Baseline" | "Baseline" => Ok("baseline"),
        "Main" => Ok("main"),
        "High" => Ok("high"),
        other => Err(broken(format!("its H.264 profile is {other}"))),
    }
}
