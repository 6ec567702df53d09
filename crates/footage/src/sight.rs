//! The eye: takes stills as they come and keeps a few bytes of each.

use sound::{TICKS_PER_SECOND, Time};

use crate::Still;
use crate::compare::Change;
use crate::cuts::blend::Blends;
use crate::cuts::fade::Level;
use crate::glimpse::{Glimpse, Tone};

/// A flash gives the old picture back within this time.
const FLASH: Time = Time::from_ticks(TICKS_PER_SECOND * 3 / 10);
/// From this score on a step may be a cut and is watched for a flash.
const NOTABLE: f32 = 0.2;
/// The returning picture must differ this much less than the flash itself.
const RETURN: f32 = 0.4;
/// Steps watched at once.
const WATCHED: usize = 4;
/// Movement is measured over this time or a frame more: from frame to frame, what moves by less than the coding noise
/// would stand still, and the same pan would be the slower the more frames show it. It is a little less than two
/// frames of 30 a second, so that 12.5 to 60 frames a second are all measured over 1/15 to 1/12 s.
pub(crate) const MOVES_OVER: Time = Time::from_ticks(TICKS_PER_SECOND / 16);
/// Where so many of the blocks are not found again, it is another picture, and not one that moved.
const ANOTHER: f32 = 0.6;

/// The step from one frame to the next.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Step {
    /// When the later frame is shown.
    pub(crate) at: Time,
    /// When the earlier frame was shown.
    pub(crate) from: Time,
    /// How much like a change of shot it looks, 0 to 1.
    pub(crate) score: f32,
    /// How much brighter it becomes, -1 to 1.
    pub(crate) light: f32,
    /// Whether it belongs to a flash.
    pub(crate) flash: bool,
    /// Whether one of the two frames is black.
    pub(crate) dark: bool,
}

/// The tone of one moment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Moment {
    pub(crate) at: Time,
    pub(crate) tone: Tone,
}

/// A notable step, watched until it is known whether the old picture comes back.
struct Watched {
    step: usize,
    score: f32,
    before: Glimpse,
    until: Time,
}

/// Sees the frames of a film, or of parts of it, in time order.
#[derive(Default)]
pub(crate) struct Sight {
    pub(crate) steps: Vec<Step>,
    pub(crate) moments: Vec<Moment>,
    pub(crate) levels: Vec<Level>,
    pub(crate) blends: Blends,
    /// How fast things move and when, in picture widths a second.
    pub(crate) speeds: Vec<(Time, f32)>,
    last: Option<Glimpse>,
    /// The frame that movement is measured from; the last one where there is none.
    moves_from: Option<Glimpse>,
    watched: Vec<Watched>,
}

impl Sight {
    /// Takes the next frame; a frame that lies more than `gap` after the last one starts afresh.
    pub(crate) fn see(&mut self, still: &Still, gap: Time) {
        self.take(Glimpse::of(still), gap);
    }

    /// Takes the next of frames that lie apart; one that shows nothing but light is a flash, and left out.
    pub(crate) fn see_apart(&mut self, still: &Still) {
        let now = Glimpse::of(still);
        if !now.is_blank() {
            self.take(now, Time::from_ticks(i64::MAX));
        }
    }

    fn take(&mut self, now: Glimpse, gap: Time) {
        if let Some(last) = self.last.take() {
            let since = now.at - last.at;
            if since <= Time::ZERO {
                self.last = Some(last);
                return;
            }
            if since <= gap {
                self.step(last, &now);
            } else {
                self.watched.clear();
                self.moves_from = None;
                self.blends.break_off();
            }
        }
        self.blends.see(&now);
        self.levels.push(Level { at: now.at, level: now.level() });
        self.keep_tone(&now);
        self.last = Some(now);
    }

    fn step(&mut self, last: Glimpse, now: &Glimpse) {
        let change = Change::between(&last, now);
        let light = now.tone.brightness - last.tone.brightness;
        let score = change.score();
        let dark = last.is_black() || now.is_black();
        let step = Step { at: now.at, from: last.at, score, light, flash: false, dark };
        self.steps.push(step);
        self.watch_for_flash(now);
        self.measure(&last, &change, now);
        if step.score > NOTABLE && self.watched.len() < WATCHED {
            let index = self.steps.len() - 1;
            self.watched.push(Watched {
                step: index,
                score: step.score,
                before: last,
                until: now.at + FLASH,
            });
        }
    }

    /// How fast things moved since the frame that movement is measured from, once that is long enough ago.
    fn measure(&mut self, last: &Glimpse, since_last: &Change, now: &Glimpse) {
        if since_last.changed > ANOTHER {
            // Across a cut nothing moves: the figure would be the reach of the search.
            self.moves_from = None;
            self.speeds.push((now.at, self.speeds.last().map_or(0.0, |(_, speed)| *speed)));
            return;
        }
        let from = self.moves_from.as_ref();
        if now.at - from.unwrap_or(last).at < MOVES_OVER {
            self.moves_from.get_or_insert_with(|| last.clone());
            return;
        }
        let moved = |from: Time, change: &Change| {
            let seconds = (now.at - from).seconds() as f32;
            (from + (now.at - from) / 2, change.motion / Still::WIDTH as f32 / seconds)
        };
        // What is gone too far to be found again was nearer a frame ago.
        let over = from.map(|from| (from.at, Change::between(from, now)));
        let over = over.filter(|(_, change)| change.changed <= ANOTHER);
        self.speeds
            .push(over.map_or_else(|| moved(last.at, since_last), |(from, change)| moved(from, &change)));
        self.moves_from = None;
    }

    fn watch_for_flash(&mut self, now: &Glimpse) {
        let steps = &mut self.steps;
        self.watched.retain(|watched| {
            if now.at > watched.until {
                return false;
            }
            let back = Change::between(&watched.before, now).score() < RETURN * watched.score;
            if back {
                steps[watched.step..].iter_mut().for_each(|step| step.flash = true);
            }
            !back
        });
    }

    fn keep_tone(&mut self, now: &Glimpse) {
        let tenth = Time::from_ratio(1, 10);
        if self.moments.last().is_none_or(|last| now.at - last.at >= tenth) {
            self.moments.push(Moment { at: now.at, tone: now.tone });
        }
    }
}
