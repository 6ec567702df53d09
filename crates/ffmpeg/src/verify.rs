//! Checks an output before it is published: the same packets at the same times, the right lengths, decodable sound.

mod packets;

use std::os::fd::{AsRawFd, OwnedFd};

use serde::Serialize;
use sound::{Frame, Progress, SAMPLE_RATE, Time};

use crate::child;
use crate::encode_sound::EncodedSound;
use crate::film::Film;
use crate::movie::Movie;
use crate::picture::FinishedPicture;
use crate::render::Draft;
use crate::sniff::Kind;
use crate::watch::sounds;
use crate::{MediaError, Tools};
use packets::{Lost, Written};

const STAGE: &str = "check of the output";

/// How far lengths may lie apart: a frame at 30 frames a second.
const FRAME: Time = Time::from_ticks(sound::TICKS_PER_SECOND / 30);

/// What was measured on a finished output.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Checked {
    /// Packets of the picture that are the source's own, byte for byte.
    pub packets_copied: usize,
    /// Packets of the picture.
    pub packets: usize,
    /// Frames of the film that its encoded picture lacks: those too damaged to decode, and those a codec never shows
    /// (alternate references of VP8). At most a tenth; 0 where the picture is copied.
    pub frames_lost: usize,
    /// Length of the picture.
    pub picture_length: Time,
    /// Length of the sound.
    pub sound_length: Time,
    /// Length the container gives.
    pub container_length: Time,
    /// What is skipped at the sound's start: the encoder's priming, declared by an edit list.
    pub priming: Time,
    /// Sample entry of the picture: `avc1`.
    pub picture_codec: String,
    /// Sample entry of the sound: `mp4a`.
    pub sound_codec: String,
    /// Width in pixels as shown.
    pub width: u32,
    /// Height in pixels as shown.
    pub height: u32,
    /// Size of the file.
    pub bytes: u64,
}

impl Tools {
    /// Measures a draft and gives its sound as a listener gets it, in blocks at 48 kHz, cut to the film's length:
    /// for measuring its loudness. One child does both.
    ///
    /// # Errors
    /// [`MediaError::RenderFailed`] says what does not hold; take [`crate::RenderPlan::fall_back`] then.
    /// [`MediaError::Unreadable`] when so many frames could not be decoded that the film must be damaged.
    /// [`MediaError::Cancelled`], [`MediaError::TimedOut`], [`MediaError::Io`].
    pub fn verify(
        &self,
        draft: &Draft,
        film: &Film,
        picture: &FinishedPicture,
        sound: &EncodedSound,
        progress: &dyn Progress,
        each: &mut dyn FnMut(&[Frame]),
    ) -> Result<Checked, MediaError> {
        let movie = Movie::read(draft.path())?;
        let (written, heard) = self.read_back(draft, film, sound, progress, each)?;
        if heard < sound.frames {
            return Err(broken(format!("its sound ends {} samples early", sound.frames - heard)));
        }
        let packets_copied = packets::compare(&written, film, &picture.plan)?;
        let lost = packets::in_time(&written, film, picture.plan.mode)?;
        let mut checked = lengths(&movie, film, lost)?;
        checked.frames_lost = lost.frames;
        checked.packets_copied = packets_copied;
        checked.packets = written.packets.len();
        let about = draft.path().metadata().map_err(MediaError::io("read", draft.path()))?;
        checked.bytes = about.len();
        progress.report(1.0);
        Ok(checked)
    }

    /// Reads every packet of the picture and decodes the sound; gives the packets and how many frames were heard.
    fn read_back(
        &self,
        draft: &Draft,
        film: &Film,
        sound: &EncodedSound,
        progress: &dyn Progress,
        each: &mut dyn FnMut(&[Frame]),
    ) -> Result<(Written, u64), MediaError> {
        let (reader, writer) = std::io::pipe().map_err(MediaError::io("opened", "a pipe"))?;
        let mut invocation = self.ffmpeg(STAGE);
        invocation.add(["-copyts"]);
        invocation.add(self.fenced(Kind::Mp4));
        invocation.input(draft.path());
        invocation.add(["-map", "0:v:0", "-c:v", "copy", "-f", "framehash", "-hash", "murmur3"]);
        invocation.add([format!("pipe:{}", writer.as_raw_fd())]);
        invocation.add(["-map", "0:a:0"]);
        invocation.add(sounds::RAW);
        invocation.add(["pipe:1"]);
        invocation.inherits = Some(OwnedFd::from(writer));
        invocation.patience = self.limits.wall_clock(film.probe.length);
        let mut heard = 0u64;
        let (written, ended) = child::run(invocation, &self.limits, progress, &|_| false, |pipes| {
            std::thread::scope(|scope| {
                let list = scope.spawn(|| packets::read(reader));
                let mut give = |block: Vec<Frame>| {
                    let wanted = sound.frames.saturating_sub(heard).min(block.len() as u64) as usize;
                    heard += wanted as u64;
                    each(&block[..wanted]);
                    progress.report((heard as f64 / sound.frames.max(1) as f64).min(1.0));
                    true
                };
                if let Some(pipe) = pipes.output {
                    sounds::frames(pipe, &mut give)?;
                }
                list.join().unwrap_or_else(|_| Err(broken("its packets could not be listed")))
            })
        })?;
        if ended.well() { Ok((written, heard)) } else { Err(broken(ended.why())) }
    }
}

/// What the header promises, held against the film.
fn lengths(movie: &Movie, film: &Film, lost: Lost) -> Result<Checked, MediaError> {
    let (Some(picture), Some(sound)) = (movie.track("vide"), movie.track("soun")) else {
        return Err(broken("a track is missing"));
    };
    let wanted = film.probe.length;
    for (name, length) in [("picture", picture.length), ("sound", sound.length), ("container", movie.length)]
    {
        // Where the last frames could not be decoded, the picture ends early and players hold its last frame.
        let early = if name == "picture" { lost.end } else { Time::ZERO };
        if length > wanted + FRAME || length + early + FRAME < wanted {
            return Err(broken(format!("its {name} lasts {length} instead of {wanted}")));
        }
    }
    if picture.late > FRAME + lost.start || sound.late > Time::from_samples(64, SAMPLE_RATE) {
        return Err(broken("a track begins late"));
    }
    if (picture.codec.as_str(), sound.codec.as_str()) != ("avc1", "mp4a") {
        return Err(broken(format!("it holds {} and {}", picture.codec, sound.codec)));
    }
    let shown = (film.probe.picture.width, film.probe.picture.height);
    let turned =
        picture.size != shown && film.stream.turn.sideways && (picture.size.1, picture.size.0) == shown;
    let (width, height) = if turned { shown } else { picture.size };
    if width.abs_diff(shown.0) > 1 || height.abs_diff(shown.1) > 1 {
        return Err(broken(format!("its picture has {width} x {height} pixels")));
    }
    Ok(Checked {
        packets_copied: 0,
        packets: 0,
        frames_lost: 0,
        picture_length: picture.length,
        sound_length: sound.length,
        container_length: movie.length,
        priming: sound.skipped,
        picture_codec: picture.codec.clone(),
        sound_codec: sound.codec.clone(),
        width,
        height,
        bytes: 0,
    })
}

fn broken(why: impl Into<String>) -> MediaError {
    MediaError::failed(STAGE, why)
}
