//! Words that belong together, and how far the music is down under them.

use super::{ATTACK, HOLD, release};

/// A pause shorter than this is a breath, never a place for the music to come back; in seconds, as all here.
const BREATH: f64 = 0.8;
/// The music that has come back stays up at least this long, or it does not come back.
const REST: f64 = 0.5;
/// Two depths nearer than this, in decibels, are one.
const ALIKE: f64 = 1.0;
/// The music stays at one depth at least this long: it follows phrases, never words.
const STAY: f64 = 2.5;

/// A stretch of talk under which the music is down by one depth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Plateau {
    /// Where its first word begins, in seconds on the film's clock.
    pub(super) start: f64,
    /// Where its last word ends.
    pub(super) end: f64,
    /// How far the music is down, in decibels, above zero.
    pub(super) depth: f64,
}

/// The stretches between which the music has time to come back; each holds at least one plateau.
pub(super) fn groups(pieces: Vec<Plateau>) -> Vec<Vec<Plateau>> {
    let mut groups: Vec<Vec<Plateau>> = Vec::new();
    for piece in pieces {
        match groups.last_mut() {
            Some(group) if bridged(group, &piece) => group.push(piece),
            _ => groups.push(vec![piece]),
        }
    }
    groups.into_iter().map(settled).collect()
}

/// Whether the pause between two stretches is too short for the music to come back, rest and go down again.
fn bridged(before: &[Plateau], after: &Plateau) -> bool {
    let Some(last) = before.last() else { return false };
    // It may come back from the deepest of them, as neighbours become one.
    let deepest = before.iter().map(|plateau| plateau.depth).fold(0.0, f64::max);
    let pause = after.start - last.end;
    pause < BREATH || pause < HOLD + release(deepest) + REST + ATTACK
}

/// Neighbours become one where they hardly differ or where one is short.
fn settled(group: Vec<Plateau>) -> Vec<Plateau> {
    let mut settled: Vec<Plateau> = Vec::new();
    for next in group {
        let mut next = next;
        while let Some(last) = settled.last().copied() {
            let brief = next.start - last.start < STAY;
            if !brief && (next.depth - last.depth).abs() >= ALIKE {
                break;
            }
            settled.pop();
            next = joined(last, next);
        }
        settled.push(next);
    }
    while let [.., before, last] = settled[..] {
        if last.end + HOLD - last.start >= STAY {
            break;
        }
        settled.truncate(settled.len() - 2);
        settled.push(joined(before, last));
    }
    settled
}

/// Two as one: at their mean by how long each is, but not far above the deeper one.
fn joined(before: Plateau, after: Plateau) -> Plateau {
    let [first, second] = [before.end - before.start, after.end - after.start];
    let mean = (first * before.depth + second * after.depth) / (first + second);
    let deeper = before.depth.max(after.depth);
    let depth = mean.clamp(deeper - ALIKE, deeper);
    Plateau { start: before.start, end: after.end, depth }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn talk(pieces: &[(f64, f64, f64)]) -> Vec<Vec<Plateau>> {
        groups(pieces.iter().map(|&(start, end, depth)| Plateau { start, end, depth }).collect())
    }

    #[test]
    fn a_breath_and_a_pause_too_short_to_come_back_are_bridged() {
        assert_eq!(talk(&[(1.0, 2.0, 12.0), (2.7, 4.0, 12.0), (6.5, 8.0, 12.0)]).len(), 1);
        assert_eq!(talk(&[(1.0, 2.0, 12.0), (5.2, 8.0, 12.0)]).len(), 2);
    }

    #[test]
    fn depth_changes_seldom_and_never_by_little() {
        let long = talk(&[(0.0, 8.0, 12.0), (8.5, 16.0, 12.8), (16.5, 24.0, 18.0), (24.5, 25.0, 12.0)]);
        let depths: Vec<f64> = long[0].iter().map(|p| p.depth).collect();
        assert_eq!(depths.len(), 2);
        assert!((12.3..12.5).contains(&depths[0]) && (16.0..=18.0).contains(&depths[1]), "{depths:?}");
    }
}
