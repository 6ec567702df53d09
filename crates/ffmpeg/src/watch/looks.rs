//! Turns the watcher's wish into stretches that one child each decodes.

use footage::Look;
use sound::{Span, Time};

use crate::entry::{keyframe_before, keyframes};
use crate::film::Film;
use crate::sniff::Kind;

/// A gap that is cheaper to decode than another child is to start.
const WORTH_A_START: usize = 48;

/// The least length of a film's share that is worth a child of its own.
const SHARE: Time = Time::from_ticks(10 * sound::TICKS_PER_SECOND);
/// The longest stretch whose stills may wait for those of another: some megabytes.
const SHORT: Time = Time::from_ticks(20 * sound::TICKS_PER_SECOND);

/// What one child decodes.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Stretch {
    /// Where the wanted frames lie.
    pub(super) span: Span,
    /// The parts of `span` that are wanted, as first stamp and stamp after the last; all of it where empty.
    pub(super) parts: Vec<(i64, i64)>,
    /// The stamp of the keyframe where decoding starts; the start of the file where there is none.
    pub(super) seek: Option<i64>,
    /// Which frames of them are decoded.
    pub(super) decoded: Decoded,
}

/// Which frames a child decodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Decoded {
    All,
    /// Those that others build on.
    References,
    Keyframes,
}

impl Stretch {
    /// Whether its stills may wait for those of the stretches before it.
    pub(super) fn is_short(&self) -> bool {
        self.span.length() <= SHORT
    }

    /// Filters that let only its parts through, by the stamps of the picture.
    pub(super) fn filters(&self) -> Vec<String> {
        let mut filters = Vec::new();
        if let (Some((first, _)), Some((_, end))) = (self.parts.first(), self.parts.last()) {
            filters.push(format!("trim=start_pts={first}:end_pts={end}"));
        }
        if self.parts.len() > 1 {
            let part = |(first, end): &(i64, i64)| format!("gte(pts,{first})*lt(pts,{end})");
            let parts: Vec<String> = self.parts.iter().map(part).collect();
            filters.push(format!("select='{}'", parts.join("+")));
        }
        filters
    }
}

/// The stretches for a look by so many children at once, in time order. Spans that share a group of pictures, or nearly
/// do, go together.
pub(super) fn stretches(film: &Film, look: &Look, team: usize) -> Vec<Stretch> {
    let whole = Span::new(Time::ZERO, film.probe.length);
    let all = |decoded| vec![Stretch { span: whole, parts: Vec::new(), seek: None, decoded }];
    let spans = match look {
        Look::Whole => return all(Decoded::All),
        Look::Keyframes => return all(Decoded::Keyframes),
        // Other containers are sought in by guess and begin a group too early, which costs more than is gained.
        Look::References if team > 1 && film.kind == Kind::Mp4 => return shares(film),
        Look::References => return all(Decoded::References),
        Look::Within(spans) => spans,
    };
    let keyframes = keyframes(&film.stored);
    let mut stretches: Vec<Stretch> = Vec::new();
    for span in spans.iter().filter(|span| !span.is_empty()) {
        let part = (film.clock.stamp(span.start), film.clock.stamp(span.end));
        let seek = keyframe_before(&keyframes, part.0);
        match stretches.last_mut() {
            Some(last) if near(film, last, seek, span.start) => {
                last.span.end = span.end;
                last.parts.push(part);
            }
            _ => stretches.push(Stretch { span: *span, parts: vec![part], seek, decoded: Decoded::All }),
        }
    }
    stretches
}

/// The frames of the whole film that others build on, in shares that begin at keyframes.
fn shares(film: &Film) -> Vec<Stretch> {
    let time = |stamp| film.clock.time(stamp);
    let mut starts = vec![film.clock.start];
    for keyframe in keyframes(&film.stored) {
        let is_far = starts.last().is_some_and(|last| time(keyframe) - time(*last) >= SHARE);
        if is_far && film.probe.length - time(keyframe) >= SHARE {
            starts.push(keyframe);
        }
    }
    // The last frame may be shown to the end and beyond.
    let ends = starts.iter().skip(1).copied().chain([i64::MAX]);
    let share = |(start, end): (&i64, i64)| Stretch {
        span: Span::new(time(*start), time(end).min(film.probe.length)),
        parts: vec![(*start, end)],
        seek: Some(*start).filter(|start| *start > film.clock.start),
        decoded: Decoded::References,
    };
    starts.iter().zip(ends).map(share).collect()
}

/// Whether going on decoding from `last` costs less than starting again at `seek`.
fn near(film: &Film, last: &Stretch, seek: Option<i64>, start: Time) -> bool {
    let Some(seek) = seek else { return true };
    let between = Span::new(last.span.end, film.clock.time(seek).min(start));
    let from = film.packets.partition_point(|packet| packet.at < between.start);
    let to = film.packets.partition_point(|packet| packet.at < between.end);
    to.saturating_sub(from) <= WORTH_A_START
}
