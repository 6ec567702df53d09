//! Writes a picture as JPEG: a tenth of what it is as PNG, and the usual kind for what a page shows before a film plays.

use std::io::{Read, Write};

use footage::Raster;
use sound::Progress;

use crate::{MediaError, Tools, child};

const STAGE: &str = "writing of a picture";
/// The quantiser, from 2 (best) to 31: at 3 nothing is to be seen beside the source at its own size.
const QUANTISER: &str = "3";
/// The largest side that JPEG has.
pub(crate) const MOST: u32 = 65_500;

impl Tools {
    /// The bytes of a picture as JPEG.
    ///
    /// # Errors
    /// [`MediaError::OverLimit`] for a picture with a side that JPEG does not have; [`MediaError::RenderFailed`],
    /// [`MediaError::Cancelled`], [`MediaError::TimedOut`], [`MediaError::Io`].
    pub fn jpeg(&self, picture: &Raster, progress: &dyn Progress) -> Result<Vec<u8>, MediaError> {
        let side = picture.width.max(picture.height);
        if side > MOST {
            let (found, limit) = (u64::from(side), u64::from(MOST));
            return Err(MediaError::OverLimit { unit: "pixels in a row of a JPEG", found, limit });
        }
        let mut invocation = self.ffmpeg(STAGE);
        invocation.add(["-protocol_whitelist", "pipe", "-f", "rawvideo", "-pixel_format", "rgb24"]);
        invocation.add(["-video_size".to_owned(), format!("{}x{}", picture.width, picture.height)]);
        invocation.add(["-i", "pipe:0", "-frames:v", "1", "-c:v", "mjpeg", "-qmin", "1"]);
        invocation.add(["-q:v", QUANTISER, "-pix_fmt", "yuvj420p", "-flags:v", "+bitexact"]);
        invocation.add(["-fflags", "+bitexact", "-f", "image2pipe", "pipe:1"]);
        invocation.fed = true;
        let (bytes, ended) = child::run(invocation, &self.limits, progress, &|_| false, |pipes| {
            // The encoder has read all of the only frame before it writes anything.
            if let Some(mut input) = pipes.input {
                input.write_all(&picture.rgb).map_err(MediaError::io("written", "a pipe"))?;
            }
            let mut bytes = Vec::new();
            if let Some(mut output) = pipes.output {
                output.read_to_end(&mut bytes).map_err(MediaError::io("read", "a pipe"))?;
            }
            Ok(bytes)
        })?;
        match ended.well() && bytes.starts_with(&[0xff, 0xd8]) {
            true => Ok(bytes),
            false => Err(MediaError::failed(STAGE, ended.why())),
        }
    }
}
