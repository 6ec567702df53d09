//! Opens a photo: its size, and how it was held.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use sound::Progress;
use timeline::Size;

use crate::open::read_head;
use crate::tools::file_url;
use crate::turn::Turn;
use crate::{MediaError, Tools, child};

const STAGE: &str = "opening of the photo";

/// A photo that was opened and may be shown.
#[derive(Clone, Debug)]
pub struct Photo {
    pub(crate) path: PathBuf,
    pub(crate) demuxer: &'static str,
    pub(crate) turn: Turn,
    size: Size,
}

impl Photo {
    /// How large it is, turned the way it was meant.
    pub fn size(&self) -> Size {
        self.size
    }
}

impl Tools {
    /// Opens a photo (JPEG, PNG, WebP); its kind is read from its first bytes, never from its name.
    ///
    /// # Errors
    /// [`MediaError::UnsupportedKind`], [`MediaError::Unreadable`], [`MediaError::OverLimit`] as the photo deserves;
    /// [`MediaError::Cancelled`], [`MediaError::TimedOut`], [`MediaError::Io`] otherwise.
    pub fn open_photo(&self, photo: &Path, progress: &dyn Progress) -> Result<Photo, MediaError> {
        let path = photo.canonicalize().map_err(MediaError::io("found", photo))?;
        let (head, bytes) = read_head(&path)?;
        let demuxer = photo_demuxer(&head).ok_or_else(|| MediaError::unsupported("not a photo"))?;
        let mut invocation = self.ffprobe(STAGE, &path);
        invocation.add(self.fenced_as(demuxer));
        // One frame is decoded: only that shows whether the photo is whole, and how the camera was held.
        invocation.add(["-of", "compact", "-read_intervals", "%+#1"]);
        invocation.add(["-show_entries", "frame=width,height:frame_tags=Orientation"]);
        invocation.add([file_url(&path)]);
        invocation.patience = self.limits.time_to_open(bytes);
        let (found, ended) = child::run(invocation, &self.limits, progress, &|_| false, |pipes| {
            let lines = pipes.output.map(BufReader::new).into_iter().flat_map(BufRead::lines);
            Ok(lines.map_while(Result::ok).find_map(|line| seen(&line)))
        })?;
        let (size, turn) = found.ok_or_else(|| MediaError::unreadable(ended.why()))?;
        let pixels = u64::from(size.width) * u64::from(size.height);
        if pixels > self.limits.pixels {
            return Err(MediaError::OverLimit {
                unit: "pixels in a photo",
                found: pixels,
                limit: self.limits.pixels,
            });
        }
        let upright = if turn.sideways { Size { width: size.height, height: size.width } } else { size };
        Ok(Photo { path, demuxer, turn, size: upright })
    }
}

/// ffmpeg's demuxer for a photo that begins with `head`; `None` for anything else.
pub(crate) fn photo_demuxer(head: &[u8]) -> Option<&'static str> {
    match head {
        [0xff, 0xd8, 0xff, ..] => Some("jpeg_pipe"),
        _ if head.starts_with(b"\x89PNG\r\n\x1a\n") => Some("png_pipe"),
        _ if head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WEBP") => Some("webp_pipe"),
        _ => None,
    }
}

/// Reads `frame|width=40|height=30|tag:Orientation=    6`.
fn seen(line: &str) -> Option<(Size, Turn)> {
    let fields = line.strip_prefix("frame|")?.split('|').filter_map(|field| field.split_once('='));
    let (mut size, mut turn) = (Size { width: 0, height: 0 }, Turn::default());
    for (name, value) in fields {
        match name {
            "width" => size.width = value.parse().ok()?,
            "height" => size.height = value.parse().ok()?,
            "tag:Orientation" => turn = Turn::from_exif(value.trim().parse().unwrap_or(1)),
            _ => {}
        }
    }
    (size.width > 0 && size.height > 0).then_some((size, turn))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_photo_taken_upright_is_turned() {
        let (size, turn) = seen("frame|width=40|height=30|tag:Orientation=    6").unwrap();
        assert_eq!((size.width, size.height, turn.sideways), (40, 30, true));
        assert_eq!(turn.filters().collect::<Vec<_>>(), ["transpose=clock"]);
        assert_eq!(seen("frame|width=40|height=30").unwrap().1, Turn::default());
        assert!(seen("frame|width=N/A|height=30").is_none());
    }
}
