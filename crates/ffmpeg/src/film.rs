//! An opened film: what its container says, and the clock that picture, sound and output share.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use footage::{Packet, Probe};
use sound::Time;

use crate::sniff::Kind;
use crate::turn::Turn;

/// A film that was opened and may be watched and rendered.
///
/// **Its clock.** Time 0 is the moment the first shown frame of the picture appears, whatever the container calls
/// that moment; frames an edit list hides do not count. Stills, packets and sound are all given on this clock,
/// sound that starts earlier is cut, sound that starts later is preceded by silence, and the output's picture
/// starts at 0. So what was in sync stays in sync.
#[derive(Clone, Debug)]
pub struct Film {
    pub(crate) path: PathBuf,
    pub(crate) kind: Kind,
    pub(crate) probe: Probe,
    pub(crate) packets: Vec<Packet>,
    pub(crate) clock: Clock,
    pub(crate) stream: PictureStream,
    pub(crate) missing: Option<Time>,
    /// Every packet of the picture in file order, hidden ones included.
    pub(crate) stored: Vec<Stored>,
    /// What the packets of its sound come to, where it has any.
    pub(crate) print: Option<Print>,
    /// Which of `stored` are packets of the film that it was cut from; `None` for a film that was not cut here.
    pub(crate) kept: Option<Vec<bool>>,
    /// The one film that it was cut from, whose tags (title, date) it bears; `None` where there is none, or several.
    pub(crate) origin: Option<Arc<Film>>,
}

impl Film {
    /// What its container says of it.
    pub fn probe(&self) -> &Probe {
        &self.probe
    }

    /// The packets of its picture that are shown, in the order they are shown; `at` is on the film's clock.
    pub fn packets(&self) -> &[Packet] {
        &self.packets
    }

    /// How much of the picture the container promises and the file does not hold; `None` where nothing is missing.
    pub fn missing(&self) -> Option<Time> {
        self.missing
    }

    /// Where it lies: an absolute path.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

/// How the container's time stamps become times on the film's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Clock {
    /// Seconds in one unit of the picture stream's time stamps, as a fraction; both parts above 0 and within 31 bits.
    pub(crate) base: (i64, i64),
    /// The time stamp of the first shown frame.
    pub(crate) start: i64,
    /// How many stamps later than the sound's clock decoders give the frames: above 0 only where the container knows
    /// no presentation times (AVI with B-frames) and a decoder shows each frame as late as it learns of it.
    pub(crate) lag: i64,
}

impl Clock {
    /// The time of a stamp of the picture stream.
    pub(crate) fn time(self, stamp: i64) -> Time {
        self.duration(stamp.saturating_sub(self.start))
    }

    /// The stamp nearest to a time; the last there is where the time lies beyond all stamps.
    pub(crate) fn stamp(self, time: Time) -> i64 {
        let ticks = i128::from(time.ticks()) * i128::from(self.base.1);
        let unit = i128::from(self.base.0.max(1)) * i128::from(sound::TICKS_PER_SECOND);
        let stamps = i128::from(self.start) + (2 * ticks + unit).div_euclid(2 * unit);
        stamps.clamp(i128::from(i64::MIN), i128::from(i64::MAX)) as i64
    }

    /// Where the sound's time 0 lies in container time.
    pub(crate) fn sound_start(self) -> Time {
        self.duration(self.start.saturating_sub(self.lag))
    }

    /// A distance in stamps as time; the longest there is where time does not reach so far.
    pub(crate) fn duration(self, stamps: i64) -> Time {
        let ticks = i128::from(stamps) * i128::from(self.base.0) * i128::from(sound::TICKS_PER_SECOND);
        let unit = i128::from(self.base.1.max(1));
        let whole = (2 * ticks + unit).div_euclid(2 * unit);
        Time::from_ticks(whole.clamp(i128::from(i64::MIN), i128::from(i64::MAX)) as i64)
    }

    /// What must be added to the container's time to get the film's, as ffmpeg takes it: seconds with microseconds.
    pub(crate) fn offset(self) -> String {
        seconds(-(i128::from(self.start) * i128::from(self.base.0)), self.base.1)
    }

    /// A stamp in container time, as ffmpeg takes it.
    pub(crate) fn absolute(self, stamp: i64) -> String {
        seconds(i128::from(stamp) * i128::from(self.base.0), self.base.1)
    }
}

/// `numerator / denominator` seconds to the nearest microsecond, the finest that ffmpeg's options take.
fn seconds(numerator: i128, denominator: i64) -> String {
    let denominator = i128::from(denominator.max(1));
    let micros = (2 * numerator * 1_000_000 + denominator).div_euclid(2 * denominator);
    format!(
        "{}{}.{:06}",
        if micros < 0 { "-" } else { "" },
        micros.abs() / 1_000_000,
        micros.abs() % 1_000_000
    )
}

/// What the renderer must know of the picture stream beyond [`footage::Picture`].
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct PictureStream {
    /// Which of the file's video streams it is, counted from 0: the `N` of `0:v:N` counts cover art, too.
    pub(crate) index: usize,
    /// How it is turned and mirrored before it is shown.
    pub(crate) turn: Turn,
    /// The profile of its codec, as ffprobe calls it.
    pub(crate) profile: String,
    /// Whether packets hold length-prefixed units as MP4 wants them.
    pub(crate) length_prefixed: bool,
    /// Whether the container gives presentation times.
    pub(crate) timed: bool,
    /// Colour tags: primaries, transfer and matrix, `unknown` where not given.
    pub(crate) colour: [String; 3],
}

/// One packet of the picture as it lies in the file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Stored {
    /// Presentation stamp. Where the container gives none, the decoding stamp plus the decoder's lag: over all
    /// packets these are the same moments, each given to another frame.
    pub(crate) pts: Option<i64>,
    /// Decoding stamp, where there is one.
    pub(crate) dts: Option<i64>,
    /// How long its frame is shown, in stamps; 0 where unknown.
    pub(crate) duration: i64,
    /// Bytes.
    pub(crate) size: u32,
    /// Where it begins in the file, in bytes, as the container's reader tells it.
    pub(crate) position: Option<u64>,
    /// Whether decoding can start here.
    pub(crate) keyframe: bool,
    /// Whether an edit list hides its frame.
    pub(crate) hidden: bool,
    /// MurmurHash3 of its bytes.
    pub(crate) hash: u128,
}

/// What a stream's packets come to, so that a copy can be held against it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Print {
    /// How many there are.
    pub(crate) packets: u64,
    /// When the first of them is heard, priming and all, on the film's clock.
    pub(crate) begins: Time,
    /// Sizes and hashes of all of them, in their order.
    pub(crate) digest: u128,
}

impl Print {
    /// Takes the next packet: its bytes and their MurmurHash3.
    pub(crate) fn add(&mut self, size: u32, hash: u128) {
        self.packets += 1;
        // Any odd factor makes the order count; this one is the multiplier of PCG's 128-bit generator.
        self.digest = self.digest.wrapping_mul(0x2360_ed05_1fc6_5da4_4385_df64_9fcc_f645);
        self.digest = self.digest.wrapping_add(hash ^ u128::from(size));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn stamps_out_of_all_reason_stay_in_order(
            (start, a, b, ticks) in any::<(i64, i64, i64, i64)>(),
            base in (1..=i64::from(i32::MAX), 1..=i64::from(i32::MAX)),
            lag in any::<i64>(),
        ) {
            let clock = Clock { base, start, lag };
            prop_assert!(clock.time(a.min(b)) <= clock.time(a.max(b)));
            prop_assert_eq!(clock.stamp(Time::ZERO), start);
            let stamp = clock.stamp(Time::from_ticks(ticks));
            prop_assert!(stamp == start || (stamp < start) == (ticks < 0));
            let _ = (clock.sound_start(), clock.offset(), clock.absolute(a));
        }
    }

    #[test]
    fn stamps_survive_the_way_to_the_films_clock_and_back() {
        let clock = Clock { base: (1, 30_000), start: 2002, lag: 0 };
        for stamp in [2002, 3003, 1_000_001, 0] {
            assert_eq!(clock.stamp(clock.time(stamp)), stamp);
        }
        assert_eq!(clock.time(2002), Time::ZERO);
        assert_eq!(clock.offset(), "-0.066733");
        assert_eq!(clock.absolute(3003), "0.100100");
    }
}
