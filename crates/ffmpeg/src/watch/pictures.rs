//! Small pictures out of the child's standard output, their times out of its messages.

use std::io::Read;
use std::process::ChildStdout;
use std::sync::mpsc::{Receiver, SyncSender};
use std::time::Duration;

use footage::Still;

use super::looks::Decoded;
use super::{Event, STAGE, Stretch};
use crate::MediaError;
use crate::film::{Clock, Film};
use crate::media_box::Invocation;

/// How long a frame may wait for its time, which is printed before it.
const STAMP_PATIENCE: Duration = Duration::from_secs(20);

/// Arguments before the input: what to decode.
pub(super) fn ask_decoder(invocation: &mut Invocation, film: &Film, stretch: &Stretch) {
    // We turn the small picture ourselves; ffmpeg would turn the large one.
    invocation.add(["-noautorotate"]);
    // One thread: keyframes decode apart, frames that build on one another wait for one another, and each thread more
    // costs its own start.
    // The loop filter is left off only where no later frame builds on it: errors would add up and look like a cut at
    // keyframes.
    invocation.add(match stretch.decoded {
        Decoded::Keyframes => ["-threads", "1", "-skip_frame:v", "nokey", "-skip_loop_filter:v", "all"],
        Decoded::References => ["-threads", "1", "-skip_frame:v", "bidir", "-skip_loop_filter:v", "noref"],
        Decoded::All => ["-threads", "2", "-skip_frame:v", "default", "-skip_loop_filter:v", "noref"],
    });
    if stretch.decoded == Decoded::References {
        // A share of a film may be damaged all over while the film is not.
        invocation.add(["-max_error_rate", "1"]);
    }
    if let Some(keyframe) = stretch.seek {
        // In the container's own time, from the keyframe on; the frames before the span are trimmed by stamp.
        invocation.add(["-seek_timestamp", "1", "-noaccurate_seek", "-ss"]);
        invocation.add([film.clock.absolute(keyframe)]);
    }
}

/// Arguments of the output: raw stills to standard output.
pub(super) fn ask(invocation: &mut Invocation, film: &Film, stretch: &Stretch) {
    let turn = film.stream.turn;
    let (width, height) =
        if turn.sideways { (Still::HEIGHT, Still::WIDTH) } else { (Still::WIDTH, Still::HEIGHT) };
    let mut filters = Vec::new();
    if stretch.decoded == Decoded::Keyframes {
        // Decoders that know no skipping (dav1d) give every frame.
        filters.push("select=key".to_owned());
    }
    filters.extend(stretch.filters());
    filters.push("showinfo=checksum=0".to_owned());
    filters.push(format!("scale={width}:{height}:flags=area,format=rgb24"));
    filters.extend(turn.filters().map(str::to_owned));
    invocation.add(["-map".to_owned(), format!("0:{}", film.probe.picture.stream)]);
    invocation.add(["-filter:v".to_owned(), filters.join(",")]);
    invocation.add(["-fps_mode", "passthrough", "-f", "rawvideo", "pipe:1"]);
}

/// The stamp in a line like `[Parsed_showinfo_0 @ 0x5] [info] n:   3 pts:   4004 pts_time:0.13 ...`.
pub(super) fn stamp(line: &str) -> Option<i64> {
    let (_, rest) = line.split_once(" pts:")?;
    rest.split_whitespace().next()?.parse().ok()
}

/// Reads stills until the pipe closes.
///
/// # Errors
/// [`MediaError::RenderFailed`] when a still has no time.
pub(super) fn read(
    mut pipe: ChildStdout,
    clock: Clock,
    stamped: &Receiver<i64>,
    events: &SyncSender<Event>,
) -> Result<(), MediaError> {
    loop {
        let mut rgb = vec![0; Still::BYTES];
        // An end in the middle of a still is the child's death, which its status tells.
        if pipe.read_exact(&mut rgb).is_err() {
            return Ok(());
        }
        let Ok(stamp) = stamped.recv_timeout(STAMP_PATIENCE) else {
            return Err(MediaError::failed(STAGE, "a frame came without its time"));
        };
        if events.send(Event::Still(Still { at: clock.time(stamp), rgb })).is_err() {
            return Ok(());
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_stamp_is_read_from_the_news() {
        let line = "[Parsed_showinfo_0 @ 0x5600] [info] n:   0 pts:   4004 pts_time:0.133 duration: 1001 fmt:yuv420p";
        assert_eq!(super::stamp(line), Some(4004));
        assert_eq!(super::stamp("[Parsed_showinfo_0 @ 0x5600] [info] config in time_base: 1/30000"), None);
        assert_eq!(super::stamp("[Parsed_showinfo_0 @ 0x1] [info] n: 0 pts:  NOPTS pts_time:NOPTS"), None);
    }
}
