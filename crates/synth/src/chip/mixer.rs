//! The chip's two mixers, which bend: what is added to something loud adds less.

/// The output of both pulses, 0 to 0.26, for levels of 0 to 15.
pub(super) fn pulses(first: u8, second: u8) -> f64 {
    let sum = f64::from(first) + f64::from(second);
    if sum > 0.0 { 95.88 / (8128.0 / sum + 100.0) } else { 0.0 }
}

/// Where the level of the sample channel stands, 0 to 127. It plays nothing, but bends the mixer that it shares: with it
/// at rest here, triangle and noise stand to the pulses as players that take the mixers as straight have them.
pub(crate) const SAMPLE_LEVEL: u8 = 48;

/// The output of triangle and noise over that of the sample channel at rest, 0 to 0.28, for levels of 0 to 15.
pub(super) fn triangle_and_noise(triangle: u8, noise: u8) -> f64 {
    let bent = |sum: f64| 159.79 / (1.0 / sum + 100.0);
    let rest = f64::from(SAMPLE_LEVEL) / 22_638.0;
    bent(rest + f64::from(triangle) / 8227.0 + f64::from(noise) / 12_241.0) - bent(rest)
}

/// Runs two channels that share a mixer, which have these levels from clock `from` on, and tells the levels of both at
/// every change, in order of time.
pub(super) fn together(
    from: u64,
    mut levels: [u8; 2],
    first: impl FnOnce(&mut dyn FnMut(u64, u8)),
    second: impl FnOnce(&mut dyn FnMut(u64, u8)),
    mut tell: impl FnMut(u64, [u8; 2]),
) {
    tell(from, levels);
    let mut changes: Vec<(u64, usize, u8)> = Vec::new();
    first(&mut |clock, level| changes.push((clock, 0, level)));
    second(&mut |clock, level| changes.push((clock, 1, level)));
    changes.sort_by_key(|change| change.0);
    for (clock, channel, level) in changes {
        levels[channel] = level;
        tell(clock, levels);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_loud_channels_are_less_than_their_sum() {
        assert!((pulses(15, 15) - 0.2588).abs() < 1e-3);
        assert!((triangle_and_noise(15, 15) - 0.2649).abs() < 1e-3);
        assert!(pulses(15, 15) < 2.0 * pulses(15, 0));
        assert!(triangle_and_noise(15, 15) < triangle_and_noise(15, 0) + triangle_and_noise(0, 15));
        assert_eq!(pulses(0, 0) + triangle_and_noise(0, 0), 0.0);
    }
}
