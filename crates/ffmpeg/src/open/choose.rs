//! Which of a file's streams are the film's picture and sound.

use footage::FilmSound;

use super::listing::Stream;
use crate::{Limits, MediaError};

/// The streams that are shown and played by default.
pub(super) struct Streams<'a> {
    pub(super) picture: &'a Stream,
    /// Which of the video streams the picture is, cover art counted.
    pub(super) ordinal: usize,
    pub(super) sound: Option<FilmSound>,
}

/// Chooses as players do: the first stream marked as default, else the first.
///
/// # Errors
/// [`MediaError::NoPicture`], [`MediaError::NoStream`], [`MediaError::UnsupportedKind`] and [`MediaError::OverLimit`].
pub(super) fn streams<'a>(all: &'a [Stream], limits: &Limits) -> Result<Streams<'a>, MediaError> {
    let (found, limit) = (all.len() as u64, limits.streams);
    if found > limit {
        return Err(MediaError::OverLimit { unit: "streams", found, limit });
    }
    let pictures: Vec<&Stream> = all.iter().filter(|s| s.kind == "video").collect();
    let Some((ordinal, picture)) = default(pictures.iter().copied(), |s| !s.cover) else {
        if pictures.is_empty() && all.iter().all(|stream| stream.kind != "audio") {
            return Err(MediaError::NoStream);
        }
        let what = if pictures.is_empty() { "sound" } else { "sound and cover art" };
        return Err(MediaError::NoPicture { what });
    };
    if picture.codec == "unknown" || picture.codec.is_empty() {
        return Err(MediaError::unsupported(match picture.tag.trim() {
            // ffprobe writes what is no letter as its number in brackets: "[0][0][0][0]".
            tag if tag.is_empty() || tag.contains('[') => {
                "a film whose picture is of no known codec".to_owned()
            }
            tag => format!("a film whose picture is coded as \"{tag}\""),
        }));
    }
    if picture.width == 0 || picture.height == 0 {
        return Err(MediaError::unreadable("its picture has no size"));
    }
    let (found, limit) = (u64::from(picture.width) * u64::from(picture.height), limits.pixels);
    if found > limit {
        return Err(MediaError::OverLimit { unit: "pixels in a frame", found, limit });
    }
    let sounds = all.iter().filter(|s| s.kind == "audio");
    let heard = |s: &Stream| s.codec != "unknown" && s.sample_rate > 0 && s.channels > 0;
    let sound = default(sounds, heard).map(|(_, s)| FilmSound {
        stream: s.index,
        codec: s.codec.clone(),
        sample_rate: s.sample_rate,
        channels: s.channels,
    });
    Ok(Streams { picture, ordinal, sound })
}

fn default<'a>(
    streams: impl Iterator<Item = &'a Stream>,
    fits: impl Fn(&Stream) -> bool,
) -> Option<(usize, &'a Stream)> {
    let fitting: Vec<_> = streams.enumerate().filter(|(_, stream)| fits(stream)).collect();
    fitting.iter().find(|(_, stream)| stream.default).or(fitting.first()).copied()
}
