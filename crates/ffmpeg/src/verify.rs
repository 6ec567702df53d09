//! Checks an output before it is published: the same packets at the same times, the right lengths.

mod murmur;
mod packets;

use std::fs::File;
use std::path::Path;

use serde::Serialize;
use sound::{SAMPLE_RATE, Time};

use crate::MediaError;
use crate::encode_sound::EncodedSound;
use crate::film::Film;
use crate::movie::{Movie, Track};
use crate::picture::FinishedPicture;
use crate::render::Draft;
use packets::Lost;

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

impl Draft {
    /// Reads it back and measures it.
    ///
    /// # Errors
    /// [`MediaError::RenderFailed`] says what does not hold; take [`crate::RenderPlan::fall_back`] then.
    /// [`MediaError::Unreadable`] when so many frames could not be decoded that the film must be damaged, or when some
    /// could not and others are shown at the wrong time.
    /// [`MediaError::Io`].
    pub fn verify(
        &self,
        film: &Film,
        picture: &FinishedPicture,
        sound: &EncodedSound,
    ) -> Result<Checked, MediaError> {
        self.check(film, picture, Some(sound))
    }

    /// The same for an output with the film's own sound: its packets, and when the first of them is heard.
    ///
    /// # Errors
    /// As [`Draft::verify`].
    pub fn verify_with_own_sound(
        &self,
        film: &Film,
        picture: &FinishedPicture,
    ) -> Result<Checked, MediaError> {
        self.check(film, picture, None)
    }

    fn check(
        &self,
        film: &Film,
        picture: &FinishedPicture,
        encoded: Option<&EncodedSound>,
    ) -> Result<Checked, MediaError> {
        let file = File::open(self.path()).map_err(MediaError::io("opened", self.path()))?;
        let movie = Movie::read(self.path())?;
        let shown = movie.track("vide").ok_or_else(no_track)?;
        let heard = movie.track("soun").ok_or_else(no_track)?;
        let written = packets::read(&file, shown)?;
        let packets_copied = packets::compare(&written, film, &picture.plan)?;
        let lost = packets::in_time(&written, film, &picture.plan)
            .map_err(|fault| if picture.damaged { blamed_on_film(fault) } else { fault })?;
        // After the picture: where a damaged film shows more than it lists, the whole is too long for the sound, too.
        match encoded {
            Some(encoded) => sound_holds(&file, &movie, heard, encoded, film)?,
            None => packets::own((&file, heard), film)?,
        }
        let mut checked = lengths(&movie, (shown, heard), film, lost)?;
        checked.frames_lost = lost.frames;
        checked.packets_copied = packets_copied;
        checked.packets = written.packets.len();
        checked.bytes = file.metadata().map_err(MediaError::io("read", self.path()))?.len();
        Ok(checked)
    }
}

/// Whether a picture that was cut shows its frames at even steps without a gap, and its packets are what they should be:
/// of each packet in their order when it is shown and its MurmurHash3, or nothing where it was encoded.
///
/// # Errors
/// [`MediaError::RenderFailed`] at the first that is not, [`MediaError::Io`].
pub(crate) fn cut(path: &Path, own: &[Option<(Time, u128)>]) -> Result<(), MediaError> {
    let file = File::open(path).map_err(MediaError::io("opened", path))?;
    let movie = Movie::read(path)?;
    let written = packets::read(&file, movie.track("vide").ok_or_else(no_track)?)?;
    packets::own_among(&written, own)
}

/// Whether the sound is what was encoded, from first to last.
fn sound_holds(
    file: &File,
    movie: &Movie,
    heard: &Track,
    encoded: &EncodedSound,
    film: &Film,
) -> Result<(), MediaError> {
    let made = File::open(&encoded.path).map_err(MediaError::io("opened", &encoded.path))?;
    let source = Movie::read(&encoded.path)?;
    packets::same((file, heard), (&made, source.track("soun").ok_or_else(no_track)?))?;
    let wanted = film.probe.length;
    for (name, length) in [("sound", heard.length), ("container", movie.length)] {
        if length.distance(wanted) > FRAME {
            return Err(broken(format!("its {name} lasts {length} instead of {wanted}")));
        }
    }
    match heard.late > Time::from_samples(64, SAMPLE_RATE) {
        true => Err(broken("its sound begins late")),
        false => Ok(()),
    }
}

fn no_track() -> MediaError {
    broken("a track is missing")
}

/// What the header promises, held against the film.
fn lengths(
    movie: &Movie,
    (picture, sound): (&Track, &Track),
    film: &Film,
    lost: Lost,
) -> Result<Checked, MediaError> {
    let wanted = film.probe.length;
    // Where the last frames could not be decoded, the picture ends early and players hold its last frame.
    if picture.length > wanted + FRAME || picture.length + lost.end + FRAME < wanted {
        return Err(broken(format!("its picture lasts {} instead of {wanted}", picture.length)));
    }
    if picture.late > FRAME + lost.start {
        return Err(broken("its picture begins late"));
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

/// Where frames could not be decoded, those around them may be shown at any time, or twice: no second try helps.
fn blamed_on_film(fault: MediaError) -> MediaError {
    match fault {
        MediaError::RenderFailed { why, .. } => {
            MediaError::unreadable(format!("its picture is damaged: {why}"))
        }
        other => other,
    }
}

fn broken(why: impl Into<String>) -> MediaError {
    MediaError::failed(STAGE, why)
}
