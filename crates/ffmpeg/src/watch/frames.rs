//! Whole frames of a film at moments of it, as people see them: upright, in square pixels and in colours of a screen.

use std::io::{BufRead, BufReader, Read};
use std::sync::mpsc::channel;

use footage::{Look, Raster};
use sound::{Progress, Span, Time};

use super::{Stretch, hearer, judge, looks};
use crate::child;
use crate::colour::{to_bt709, whole_frames};
use crate::film::Film;
use crate::media_box::Invocation;
use crate::{MediaError, Tools};

const STAGE: &str = "drawing of frames";

impl Tools {
    /// Gives the frames that are shown at some moments of a film, in the order of the moments: as large as they are
    /// shown, or made smaller to so many `rows`. Instead of a frame that cannot be decoded there is the nearest that can.
    ///
    /// # Errors
    /// [`MediaError::Unreadable`] when none can be; [`MediaError::Cancelled`], [`MediaError::TimedOut`] and what
    /// starting a child may fail with.
    pub fn frames(
        &self,
        film: &Film,
        moments: &[Time],
        rows: Option<u32>,
        progress: &dyn Progress,
    ) -> Result<Vec<Raster>, MediaError> {
        let mut spans: Vec<Span> = moments.iter().map(|moment| shown_at(film, *moment)).collect();
        spans.sort_unstable_by_key(|span| span.start);
        spans.dedup();
        let stretches = looks::stretches(film, &Look::Within(spans), 1);
        let mut drawn = Vec::new();
        for (done, stretch) in stretches.iter().enumerate() {
            progress.report(done as f64 / stretches.len() as f64);
            self.draw(film, stretch, rows, progress, &mut drawn)?;
        }
        progress.report(1.0);
        let nearest = |moment: &Time| {
            let at = shown_at(film, *moment).start;
            drawn.iter().min_by_key(|(shown, _)| shown.distance(at)).map(|(_, frame)| frame.clone())
        };
        let frames: Option<Vec<Raster>> = moments.iter().map(nearest).collect();
        frames.ok_or_else(|| MediaError::unreadable("no frame of its picture can be decoded"))
    }

    /// Appends the frames of a stretch with their times.
    fn draw(
        &self,
        film: &Film,
        stretch: &Stretch,
        rows: Option<u32>,
        progress: &dyn Progress,
        drawn: &mut Vec<(Time, Raster)>,
    ) -> Result<(), MediaError> {
        let mut invocation = self.ffmpeg(STAGE);
        invocation.add(["-loglevel", "level+info", "-copyts", "-filter_threads", "2", "-threads", "2"]);
        if let Some(keyframe) = stretch.seek {
            invocation.add(["-seek_timestamp", "1", "-noaccurate_seek", "-ss"]);
            invocation.add([film.clock.absolute(keyframe)]);
        }
        invocation.add(self.fenced(film.kind));
        invocation.input(&film.path);
        invocation.patience = self.limits.wall_clock(film.probe.length);
        ask(&mut invocation, film, stretch, rows);
        let limit = self.limits.pixels;
        let (stamps, stamped) = channel();
        let (frames, ended) = child::run(invocation, &self.limits, progress, &hearer(stamps), |pipes| {
            let mut pipe = pipes.output.map(BufReader::new);
            let next = || pipe.as_mut().and_then(|pipe| read(pipe, limit));
            Ok(std::iter::from_fn(next).collect::<Vec<_>>())
        })?;
        drawn.extend(stamped.iter().map(|stamp| film.clock.time(stamp)).zip(frames));
        // A damaged film may end its decoder badly and still have shown something.
        if drawn.is_empty() { judge(&ended) } else { Ok(()) }
    }
}

/// From the moment the frame appears that is shown at `moment` until the next does.
fn shown_at(film: &Film, moment: Time) -> Span {
    let after = film.packets.partition_point(|packet| packet.at <= moment).max(1);
    let start = film.packets.get(after - 1).map_or(Time::ZERO, |packet| packet.at);
    let end = film.packets.get(after).map_or(start + film.probe.picture.frame_length(), |next| next.at);
    Span::new(start, end)
}

/// Arguments of the output: the frames of a stretch's parts as portable pixmaps, which say how large they are.
fn ask(invocation: &mut Invocation, film: &Film, stretch: &Stretch, rows: Option<u32>) {
    let mut filters = whole_frames(film);
    filters.extend(stretch.filters());
    filters.push("showinfo=checksum=0".to_owned());
    filters.extend(to_bt709(film));
    let height = rows.map_or_else(|| "ih".to_owned(), |rows| format!("min(ih,{rows})"));
    // Inside the expression for the width, the one for the height cannot be used.
    filters.push(format!(
        "scale=w='max(1,round(iw*if(sar,sar,1)*{height}/ih))':h='{height}':flags=area+accurate_rnd:\
         in_color_matrix=bt709:in_range=tv:out_range=pc,format=rgb24"
    ));
    invocation.add(["-map".to_owned(), format!("0:{}", film.probe.picture.stream)]);
    invocation.add(["-filter:v".to_owned(), filters.join(",")]);
    invocation.add(["-fps_mode", "passthrough", "-c:v", "ppm", "-f", "image2pipe", "pipe:1"]);
}

/// The longest line of a pixmap's head.
const LINE: u64 = 32;

/// Reads the next pixmap (`P6`, width, height, 255, then the bytes); `None` at the end, for half a one, and for one of
/// more pixels than `limit`.
fn read(pipe: &mut impl BufRead, limit: u64) -> Option<Raster> {
    let mut line = || {
        let mut line = String::new();
        pipe.by_ref().take(LINE).read_line(&mut line).ok()?;
        Some(line)
    };
    let (kind, size, depth) = (line()?, line()?, line()?);
    let (width, height) = size.trim().split_once(' ')?;
    let (width, height): (u32, u32) = (width.parse().ok()?, height.parse().ok()?);
    let fits = u64::from(width) * u64::from(height) <= limit;
    if kind.trim() != "P6" || depth.trim() != "255" || !fits {
        return None;
    }
    let mut rgb = vec![0; 3 * width as usize * height as usize];
    pipe.read_exact(&mut rgb).ok()?;
    Some(Raster { width, height, rgb })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pixmaps_are_read_one_after_the_other() {
        let mut pipe: &[u8] = b"P6\n2 1\n255\n\n\n3abcP6\n1 1\n255\nxyzP6\n9 9\n255\nlarge";
        let first = read(&mut pipe, 80).unwrap();
        assert_eq!((first.width, first.height, &first.rgb[..]), (2, 1, &b"\n\n3abc"[..]));
        assert_eq!(read(&mut pipe, 80).unwrap().rgb, b"xyz");
        assert_eq!(read(&mut pipe, 80), None);
    }
}
