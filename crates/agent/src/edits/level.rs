//! The level after a wish.

use crate::remark::Problem;
use crate::wishes::LevelWish;

/// The level after a wish, in percent, and whether it met the upper end of the range.
pub(super) fn after(now: f64, wish: LevelWish) -> Result<(f64, bool), Problem> {
    let wished = match wish {
        LevelWish::To(percent) => percent,
        LevelWish::By(factor) => now * factor,
    };
    match wish {
        LevelWish::To(_) if !(0.0..=200.0).contains(&wished) => Err(Problem::Level(wished)),
        LevelWish::To(_) => Ok((wished, false)),
        LevelWish::By(_) if wished.is_nan() || wished < 0.0 => Err(Problem::Level(wished)),
        LevelWish::By(_) if wished > 200.0 => Ok((200.0, true)),
        // Tenths read well, but a small level must still move.
        LevelWish::By(_) if wished >= 5.0 => Ok(((wished * 10.0).round() / 10.0, false)),
        LevelWish::By(_) => Ok(((wished * 100.0).round() / 100.0, false)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_stay_in_range_or_say_so() {
        assert_eq!(after(35.0, LevelWish::By(0.8)), Ok((28.0, false)));
        assert_eq!(after(180.0, LevelWish::By(1.4)), Ok((200.0, true)));
        assert!(after(35.0, LevelWish::To(300.0)).is_err());
        assert!(after(2.0, LevelWish::By(0.8)).unwrap().0 < 2.0);
    }
}
