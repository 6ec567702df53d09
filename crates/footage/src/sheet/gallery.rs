//! The stills that a sheet is drawn from and a poster is chosen from, evenly over a film of any length.

use sound::{Span, Time};

use crate::Still;

/// Stills kept at most: 3.5 MB.
const MOST: usize = 512;
/// Stills this near to each other show the same.
const NEAREST: Time = Time::from_ticks(sound::TICKS_PER_SECOND / 5);

/// Keeps some of the stills it is shown.
#[derive(Clone, Debug)]
pub struct Gallery {
    /// In time order, at least `apart` from each other.
    stills: Vec<Still>,
    apart: Time,
}

impl Default for Gallery {
    fn default() -> Gallery {
        Gallery { stills: Vec::new(), apart: NEAREST }
    }
}

impl Gallery {
    /// Is shown a still, in any order of time.
    pub fn show(&mut self, still: &Still) {
        let place = self.stills.partition_point(|kept| kept.at < still.at);
        let near = |kept: Option<&Still>| kept.is_some_and(|kept| kept.at.distance(still.at) < self.apart);
        if still.rgb.len() != Still::BYTES
            || near(self.stills.get(place))
            || near(place.checked_sub(1).and_then(|before| self.stills.get(before)))
        {
            return;
        }
        self.stills.insert(place, still.clone());
        if self.stills.len() > MOST {
            self.thin_out();
        }
    }

    /// Those that were kept, in time order.
    pub(crate) fn stills(&self) -> &[Still] {
        &self.stills
    }

    /// Doubles the distance and drops what is nearer.
    fn thin_out(&mut self) {
        self.apart = self.apart * 2;
        let apart = self.apart;
        self.stills.dedup_by(|later, earlier| later.at - earlier.at < apart);
    }

    /// The still that shows best what is within a span: the one nearest to its middle, if there is any.
    pub(super) fn within(&self, span: Span) -> Option<&Still> {
        let middle = span.start + (span.end - span.start) / 2;
        self.nearest(middle).filter(|still| span.contains(still.at)).or_else(|| {
            let first = self.stills.partition_point(|still| still.at < span.start);
            self.stills.get(first).filter(|still| span.contains(still.at))
        })
    }

    /// The still nearest to a moment.
    pub(super) fn nearest(&self, at: Time) -> Option<&Still> {
        let after = self.stills.partition_point(|still| still.at < at);
        let before = after.checked_sub(1).and_then(|before| self.stills.get(before));
        let pair = before.into_iter().chain(self.stills.get(after));
        pair.min_by_key(|still| still.at.distance(at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_hour_is_kept_evenly_and_bounded() {
        let mut gallery = Gallery::default();
        for second in (0..3600).rev() {
            gallery.show(&Still { at: Time::from_ratio(second, 1), rgb: vec![0; Still::BYTES] });
        }
        assert!((200..=MOST).contains(&gallery.stills.len()), "{}", gallery.stills.len());
        assert!(gallery.stills.windows(2).all(|pair| pair[1].at - pair[0].at < Time::from_ratio(40, 1)));
        let shown = gallery.within(Span::seconds(1000.0, 1060.0)).map(|still| still.at.seconds());
        assert!(shown.is_some_and(|at| (1000.0..1060.0).contains(&at)));
        assert!(Gallery::default().nearest(Time::ZERO).is_none());
    }
}
