//! The picture's cuts as an edit decision list (CMX 3600), which nearly every editor reads.

use std::fmt::Write;

use sound::{Span, Time};

use crate::Timeline;

/// The clips as an EDL with non-drop time code.
///
/// `rate` is the film's frames a second as a fraction; the list counts in the next whole number of frames, as time
/// code does. Music and titles have no place in such a list.
pub fn edl(timeline: &Timeline, rate: (u32, u32)) -> String {
    let clock = Clock { rate, frames: nominal(rate) };
    let mut list = format!("TITLE: {}\nFCM: NON-DROP FRAME\n", plain(timeline.name()));
    let mut before: Option<(String, Time)> = None;
    let placed = timeline.placed();
    let mut event = 0;
    for (index, at) in placed.iter().enumerate() {
        let clip = at.clip;
        let source = timeline.source(clip.source);
        let name = plain(source.map_or("", |source| source.name.as_str()));
        let reel = format!("{:<8}", format!("AX{:03}", clip.source));
        // A clip ends where the next one begins to fade in over it; the fade itself belongs to the next.
        let end = placed.get(index + 1).map_or(at.span.end, |next| next.span.start);
        let shown = clip.source_time(end - at.span.start);
        event += 1;
        let span = Span::new(clip.span.start, shown);
        let place = Span::new(at.span.start, end);
        match before.as_ref().filter(|_| clip.crossfade > Time::ZERO) {
            Some((last, out)) => {
                let last_place = Span::new(place.start, place.start);
                let frames = clock.count(clip.crossfade);
                line(&mut list, event, last, "C        ", &clock.pair(Span::new(*out, *out), last_place));
                line(&mut list, event, &reel, &format!("D    {frames:03} "), &clock.pair(span, place));
            }
            None => line(&mut list, event, &reel, "C        ", &clock.pair(span, place)),
        }
        if clip.speed_pct != 100 {
            let rate = f64::from(clock.frames) * f64::from(clip.speed_pct) / 100.0;
            let _ =
                writeln!(list, "M2   {} {rate:06.1}                {}", reel, clock.code(clip.span.start));
        }
        let _ = writeln!(list, "* FROM CLIP NAME: {name}");
        before = Some((reel, shown));
    }
    list
}

fn line(list: &mut String, event: u32, reel: &str, cut: &str, times: &str) {
    let _ = writeln!(list, "{event:03}  {reel} V     {cut}{times}");
}

/// A name that stays on its line.
fn plain(name: &str) -> String {
    name.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect()
}

/// Frames that time code counts in a second: the whole number that the rate comes near to.
fn nominal((frames, seconds): (u32, u32)) -> u32 {
    let rate = f64::from(frames.max(1)) / f64::from(seconds.max(1));
    (rate.round() as u32).max(1)
}

struct Clock {
    rate: (u32, u32),
    frames: u32,
}

impl Clock {
    fn count(&self, time: Time) -> i64 {
        let (frames, seconds) = self.rate;
        (time.seconds() * f64::from(frames.max(1)) / f64::from(seconds.max(1))).round() as i64
    }

    fn code(&self, time: Time) -> String {
        let (count, a_second) = (self.count(time), i64::from(self.frames));
        let seconds = count / a_second;
        format!("{:02}:{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60, count % a_second)
    }

    fn pair(&self, source: Span, place: Span) -> String {
        [source.start, source.end, place.start, place.end].map(|time| self.code(time)).join(" ")
    }
}
