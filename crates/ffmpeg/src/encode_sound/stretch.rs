//! How a sound is divided among encoders: stretches of equal length that overlap, so that each has found its pace
//! where it takes over.

use super::packets::PACKET;

/// Longest stretch, in packets: a little over a minute, so that films of whole minutes take no encoder more.
const LONGEST: u64 = 64 * 48_000 / PACKET;
/// Packets that an encoder has behind it before its own begin; with 16 its rate control has come to rest.
const RUN_UP: u64 = 32;
/// Packets beyond its own among which the seam is chosen.
const SEAMS: u64 = 16;
/// Packets that an encoder's end spoils: it looks one ahead and fades into silence.
const SPOILT: u64 = 3;

/// Frames that two stretches share.
pub(super) const OVERLAP: u64 = (RUN_UP + SEAMS + SPOILT) * PACKET;

/// A stretch of the sound and what its encoder hears of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    /// First packet that its encoder makes, counted over the whole sound.
    pub(super) begin: u64,
    /// First packet that may be taken from it.
    pub(super) from: u64,
    /// Frames its encoder hears, counted over the whole sound.
    pub(super) first: u64,
    pub(super) end: u64,
    /// Packets at its end that are not to be used.
    pub(super) spoilt: usize,
}

/// The stretches of a sound of so many frames; they depend on nothing else.
pub(super) fn stretches(frames: u64) -> Vec<Stretch> {
    // One more than the sound fills: the encoder's priming.
    let packets = frames.div_ceil(PACKET) + 1;
    let count = packets.div_ceil(LONGEST);
    let border = |number: u64| number * packets / count;
    (0..count)
        .map(|number| {
            let from = border(number);
            let begin = if number == 0 { 0 } else { from.saturating_sub(RUN_UP) };
            let last = number + 1 == count;
            let until = border(number + 1) + SEAMS + SPOILT;
            let end = if last { frames } else { (until * PACKET).min(frames) };
            let spoilt = if end == frames { 0 } else { SPOILT as usize };
            Stretch { begin, from, first: begin * PACKET, end, spoilt }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_sound_is_one_stretch() {
        let whole = Stretch { begin: 0, from: 0, first: 0, end: 48_000, spoilt: 0 };
        assert_eq!(stretches(48_000), [whole]);
        assert_eq!(stretches(0).len(), 1);
    }

    #[test]
    fn long_sounds_are_covered_with_overlaps() {
        for frames in [48_000 * 61, 48_000 * 120 + 7, 48_000 * 7200] {
            let all = stretches(frames);
            assert_eq!((all[0].first, all.last().map(|last| last.end)), (0, Some(frames)));
            assert!(all.len() as u64 <= frames / (48_000 * 55) + 1, "{}", all.len());
            for pair in all.windows(2) {
                assert!(pair[0].end > pair[1].from * PACKET + SEAMS * PACKET);
                assert_eq!(pair[1].from - pair[1].begin, RUN_UP);
                assert!(pair[0].end - pair[0].first <= (LONGEST + RUN_UP + SEAMS + SPOILT + 1) * PACKET);
            }
        }
    }
}
