//! The frames of a film at an even rate: even steps of time.

use footage::Picture;
use sound::Time;

use crate::rate::FrameRate;

/// Frame rates that variable ones become.
const USUAL: [(u32, u32); 5] = [(24, 1), (25, 1), (30, 1), (50, 1), (60, 1)];
/// Frames a second where nothing moves.
const OF_PHOTOS: (u32, u32) = (30, 1);

/// Even steps of time, so many a second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Grid {
    /// Frames a second as a fraction; both parts are above zero.
    rate: (u32, u32),
}

impl Grid {
    /// The grid of a rate that is asked for; else of the first of these films whose frames are evenly spaced; else the
    /// usual one nearest to the first.
    pub(crate) fn of<'a>(films: impl Iterator<Item = &'a Picture>, asked: Option<FrameRate>) -> Grid {
        if let Some(FrameRate::Exact(frames, seconds)) = asked {
            return Grid { rate: (frames, seconds) };
        }
        let films: Vec<&Picture> = films.collect();
        let speed = |film: &Picture| film.frames_per_second();
        let even =
            films.iter().find(|film| !film.variable_rate && (1.0..=FrameRate::MOST).contains(&speed(film)));
        let rate = match (even, films.first()) {
            (Some(film), _) => film.frame_rate,
            (None, Some(film)) => nearest(speed(film)),
            (None, None) => OF_PHOTOS,
        };
        Grid { rate }
    }

    /// Seconds in a frame, as a fraction.
    pub(crate) fn base(self) -> (i64, i64) {
        (i64::from(self.rate.1), i64::from(self.rate.0))
    }

    /// The rate as filters take it.
    pub(crate) fn fraction(self) -> String {
        format!("{}/{}", self.rate.0, self.rate.1)
    }

    /// When a frame is shown.
    pub(crate) fn time(self, frame: i64) -> Time {
        let (numerator, denominator) = self.base();
        Time::from_ratio(frame * numerator, denominator)
    }

    /// Filters that show the frames of a film at the grid's moments, `frames` of them from time 0 on. Where the film
    /// ends early, its last frame stays.
    pub(crate) fn filters(self, frames: i64) -> String {
        let rate = self.fraction();
        format!("fps={rate}:start_time=0:round=near,tpad=stop=-1:stop_mode=clone,trim=end_frame={frames}")
    }

    /// How many frames fill a length; at least one.
    pub(crate) fn frames(self, length: Time) -> i64 {
        self.frame(length).max(1)
    }

    /// The frame whose moment is nearest.
    pub(crate) fn frame(self, time: Time) -> i64 {
        let unit = i128::from(self.base().0) * i128::from(sound::TICKS_PER_SECOND);
        let steps = i128::from(time.ticks()) * i128::from(self.base().1);
        ((2 * steps + unit).div_euclid(2 * unit)) as i64
    }
}

fn nearest(speed: f64) -> (u32, u32) {
    let off = |rate: &(u32, u32)| (f64::from(rate.0) / f64::from(rate.1) - speed).abs();
    USUAL.into_iter().min_by(|a, b| off(a).total_cmp(&off(b))).unwrap_or(OF_PHOTOS)
}
