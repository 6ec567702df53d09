//! Stereo float sound out of a pipe of its own.

use std::io::{PipeReader, PipeWriter, Read};
use std::os::fd::AsRawFd;
use std::sync::mpsc::SyncSender;

use footage::FilmSound;
use sound::{Frame, SAMPLE_RATE, Time};

use super::{Event, STAGE};
use crate::MediaError;
use crate::film::Film;
use crate::media_box::Invocation;

/// Bytes in a frame: two 32-bit floats.
pub(crate) const FRAME_BYTES: usize = 8;
/// Frames read at once.
const BLOCK: usize = 8192;
/// The last step to frames of two floats.
const STEREO: &str = "aformat=sample_fmts=flt:channel_layouts=stereo";
/// Sound as it lies in memory, handed over in large pieces: each wakes whoever reads it.
pub(crate) const RAW: [&str; 6] = ["-c:a", "pcm_f32le", "-f", "f32le", "-flush_packets", "0"];

/// Arguments of the output: the default sound, from the picture's first frame on, to the pipe the child inherits.
pub(super) fn ask(invocation: &mut Invocation, film: &Film, pipe: &PipeWriter) {
    let Some(own) = &film.probe.sound else { return };
    let filter = format!("{},{STEREO}", resampled(own, film.clock.sound_start()));
    invocation.add(["-map".to_owned(), format!("0:{}", own.stream), "-filter:a".to_owned(), filter]);
    invocation.add(RAW);
    invocation.add([format!("pipe:{}", pipe.as_raw_fd())]);
}

/// Filters that give a stretch of a stream in container time from its first moment on, through further filters of its
/// sound.
pub(crate) fn between(own: &FilmSound, from: Time, until: Time, further: &str) -> String {
    let cut = format!("atrim=start={:.6}:end={:.6}", from.seconds(), until.seconds());
    format!("{cut},{}{further},{STEREO}", resampled(own, from))
}

/// Filters that bring a stream to our rate, its first sample at `first` in container time.
fn resampled(own: &FilmSound, first: Time) -> String {
    // swresample would put a single channel into each side at -3 dB.
    let spread = if own.channels == 1 { "pan=stereo|c0=c0|c1=c0," } else { "" };
    // swresample counts `first_pts` in samples of its input, whatever rate comes out.
    let first = first.samples(own.sample_rate);
    // Time stamps are followed where they leave the count of samples by 30 ms: gaps fill up, overlaps are cut.
    // The fold-down is a step of its own, because aresample 5.1 ignores a wanted layout; it is done in float,
    // because swresample scales a fold-down to prevent overflow only where integers could.
    format!(
        "{spread}aresample={SAMPLE_RATE}:async=1:min_hard_comp=0.03:first_pts={first}:\
         internal_sample_fmt=fltp:out_sample_fmt=fltp"
    )
}

/// Reads blocks until the pipe closes.
///
/// # Errors
/// [`MediaError::RenderFailed`] when the pipe cannot be read.
pub(super) fn read(pipe: PipeReader, events: &SyncSender<Event>) -> Result<(), MediaError> {
    frames(pipe, &mut |block| events.send(Event::Sound(block)).is_ok())
}

/// Gives blocks of frames until the pipe closes or `each` wants no more; all but the last are of one length.
///
/// # Errors
/// [`MediaError::RenderFailed`] when the pipe cannot be read.
pub(crate) fn frames(
    mut pipe: impl Read,
    each: &mut dyn FnMut(Vec<Frame>) -> bool,
) -> Result<(), MediaError> {
    let mut bytes = vec![0; BLOCK * FRAME_BYTES];
    let mut held = 0;
    let mut over = false;
    while !over {
        match pipe.read(&mut bytes[held..]) {
            Ok(0) => over = true,
            Ok(count) => held += count,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(MediaError::failed(STAGE, error.to_string())),
        }
        if held < bytes.len() && !over {
            continue;
        }
        let block: Vec<Frame> = bytes[..held].as_chunks::<FRAME_BYTES>().0.iter().map(frame).collect();
        held = 0;
        if !block.is_empty() && !each(block) {
            return Ok(());
        }
    }
    Ok(())
}

/// What is no number in a broken file is silence here: one NaN would poison every filter after it.
fn frame(bytes: &[u8; FRAME_BYTES]) -> Frame {
    let [a, b, c, d, e, f, g, h] = *bytes;
    let sample = |bytes| {
        let value = f32::from_le_bytes(bytes);
        if value.is_finite() { value.clamp(-16.0, 16.0) } else { 0.0 }
    };
    [sample([a, b, c, d]), sample([e, f, g, h])]
}
