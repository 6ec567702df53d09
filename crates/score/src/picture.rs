//! Pictures: the grid in time on which a console of the 8-bit days does everything.

use sound::{TICKS_PER_SECOND, Time};

/// Twice the clock of the sound chip in Hz (NTSC), and the clocks of two pictures: 60.0988 pictures a second.
const CLOCKS: (i64, i64) = (2 * 1_789_773, 59_561);

/// When a picture begins, the first at zero; exact to the tick.
pub fn picture_start(picture: u32) -> Time {
    Time::from_ratio(i64::from(picture) * CLOCKS.1, CLOCKS.0)
}

/// The picture whose beginning is nearest to a time; the first for times before it.
pub fn picture_at(time: Time) -> u32 {
    let length = i128::from(TICKS_PER_SECOND) * i128::from(CLOCKS.1);
    let nearest = (2 * i128::from(time.ticks().max(0)) * i128::from(CLOCKS.0) + length) / (2 * length);
    u32::try_from(nearest).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_picture_is_found_again() {
        assert!((picture_start(601).seconds() - 10.0002).abs() < 1e-4);
        for picture in [0, 1, 2, 59, 3605, 216_355, 865_423] {
            let start = picture_start(picture);
            let third = picture_start(1) / 3;
            for near in [start - third, start, start + third] {
                assert_eq!(picture_at(near), picture, "{near}");
            }
        }
    }
}
