//! What happens to music, titles and markers when the clips above them change: they go with the picture they belong to.

use sound::{Span, Time};

use crate::{Bed, Clip, Marker, Music, Ride, Timeline, Title};

/// Where each stretch of the picture went.
pub(super) struct Ripple {
    /// Stretches of the old film that are still shown, in order, with where they are shown now.
    pieces: Vec<(Span, Span)>,
    was: Span,
    now: Span,
}

impl Ripple {
    /// What became of the picture of `old` in `new`.
    pub(super) fn between(old: &Timeline, new: &Timeline) -> Ripple {
        let mut pieces = Vec::new();
        for before in old.placed() {
            // What was split off has another number, so the own number only comes first.
            let mut candidates = new.placed();
            candidates.sort_by_key(|after| after.clip.id != before.clip.id);
            let mut found: Vec<(Span, Span)> = Vec::new();
            // What is seen of two clips at once belongs to the first of them, so that nothing counts twice.
            let alone = Span::new(before.clip.source_time(before.clip.crossfade), before.clip.span.end);
            for after in candidates.iter().filter(|after| after.clip.source == before.clip.source) {
                let shown = alone.overlap(after.clip.span);
                let image = |clip: &Clip, start: Time| {
                    Span::new(start + clip.clip_time(shown.start), start + clip.clip_time(shown.end))
                };
                let (from, to) = (image(before.clip, before.span.start), image(after.clip, after.span.start));
                let known = found.iter().any(|(other, _)| !other.overlap(from).is_empty());
                if !shown.is_empty() && !known {
                    found.push((from, to));
                }
            }
            pieces.extend(found);
        }
        pieces.sort_by_key(|(from, _)| from.start);
        Ripple { pieces, was: old.whole(), now: new.whole() }
    }

    /// Moves what lies under the clips.
    pub(super) fn carry(&self, timeline: &mut Timeline) {
        let beds = std::mem::take(&mut timeline.beds);
        timeline.beds = beds.into_iter().filter_map(|bed| self.bed(bed)).collect();
        let titles = std::mem::take(&mut timeline.titles);
        timeline.titles = titles.into_iter().filter_map(|title| self.title(title)).collect();
        let markers = std::mem::take(&mut timeline.markers);
        let moved = |marker: Marker| Some(Marker { at: self.moment(marker.at)?, ..marker });
        timeline.markers = markers.into_iter().filter_map(moved).collect();
        timeline.markers.sort_by_key(|marker| marker.at);
    }

    /// Where a stretch went: it begins with the first of its moments that is still shown, and is shorter by what is not.
    fn span(&self, span: Span) -> Option<Span> {
        let mut start = None;
        let mut length = Time::ZERO;
        for (from, to) in &self.pieces {
            let shown = from.overlap(span);
            if shown.is_empty() {
                continue;
            }
            let image = Span::new(within(shown.start, *from, *to), within(shown.end, *from, *to));
            start.get_or_insert(image.start);
            length += image.length();
        }
        let start = start?;
        let moved = Span::new(start, start + length).overlap(self.now);
        // Where the end of a crossfade was counted twice, or rounding ate all of it, nothing is left to show.
        (!moved.is_empty()).then_some(moved)
    }

    /// Where a moment went; the end of the film stays its end.
    fn moment(&self, at: Time) -> Option<Time> {
        if at == self.was.end {
            return Some(self.now.end);
        }
        let (from, to) = self.pieces.iter().find(|(from, _)| from.contains(at))?;
        Some(within(at, *from, *to).min(self.now.end))
    }

    fn bed(&self, bed: Bed) -> Option<Bed> {
        // Music under the whole film stays under the whole film.
        let span = if bed.span == self.was { self.now } else { self.span(bed.span)? };
        let rides = bed.rides.iter().filter_map(|ride| {
            let moved = self.span(ride.span)?.overlap(span);
            (!moved.is_empty()).then_some(Ride { span: moved, ..*ride })
        });
        let mut rides: Vec<Ride> = rides.collect();
        rides.sort_by_key(|ride| ride.span.start);
        rides.dedup_by(|next, ride| next.span.start < ride.span.end);
        let music = match bed.music {
            Music::Composed(mut brief) => {
                let inner = |at: Time| {
                    let moved = self.moment(bed.span.start + at)? - span.start;
                    (Time::ZERO..=span.length()).contains(&moved).then_some(moved)
                };
                brief.hits = brief.hits.iter().filter_map(|hit| inner(*hit)).collect();
                brief.climax = brief.climax.and_then(inner);
                Music::Composed(brief)
            }
            recording => recording,
        };
        Some(Bed { span, rides, music, ..bed }.fitting())
    }

    fn title(&self, mut title: Title) -> Option<Title> {
        title.span = self.span(title.span)?;
        title.look.fade = title.look.fade.min(title.span.length() / 2);
        Some(title)
    }
}

/// The moment of `to` that lies where `at` lies in `from`.
fn within(at: Time, from: Span, to: Span) -> Time {
    let whole = i128::from(from.length().ticks().max(1));
    let ticks = i128::from((at - from.start).ticks()) * i128::from(to.length().ticks()) / whole;
    to.start + Time::from_ticks(ticks as i64)
}

impl Bed {
    /// Fades in proportion where they no longer fit, and rides within its span.
    pub(super) fn fitting(mut self) -> Bed {
        let (wanted, room) = (self.fade_in + self.fade_out, self.span.length());
        if wanted > room {
            let share = room.seconds() / wanted.seconds();
            self.fade_in = Time::from_seconds(self.fade_in.seconds() * share).min(room);
            self.fade_out = room - self.fade_in;
        }
        self.rides.iter_mut().for_each(|ride| ride.span = ride.span.overlap(self.span));
        self.rides.retain(|ride| !ride.span.is_empty());
        self
    }
}
