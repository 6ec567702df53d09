//! Voice leading: from one chord to the next, each voice moves as little as it can.

use super::Chord;
use crate::Key;

/// Pitches of a chord for `voices` voices within `register`, moving as little as possible from `before`.
///
/// Fewer voices than tones leave out fifth or root; more double nothing.
/// Rising, at least one pitch.
pub(crate) fn voice(
    chord: &Chord,
    key: Key,
    voices: usize,
    register: (u8, u8),
    before: Option<&[u8]>,
) -> Vec<u8> {
    let classes = chosen_classes(chord, key, voices);
    let mut best: Option<(f64, Vec<u8>)> = None;
    for bottom in 0..classes.len() {
        let order: Vec<u8> = classes[bottom..].iter().chain(&classes[..bottom]).copied().collect();
        for lowest in (register.0..=register.1).filter(|p| p % 12 == order[0]) {
            for spread in [false, true] {
                let pitches = stack(&order, lowest, spread);
                if pitches.last().is_some_and(|top| *top > register.1) {
                    continue;
                }
                let cost = cost(&pitches, register, before);
                if best.as_ref().is_none_or(|(least, _)| cost < *least) {
                    best = Some((cost, pitches));
                }
            }
        }
    }
    best.map_or_else(
        || stack(&classes, register.0 + (classes[0] + 12 - register.0 % 12) % 12, false),
        |(_, p)| p,
    )
}

/// The tones worth a voice, in order above the root.
fn chosen_classes(chord: &Chord, key: Key, voices: usize) -> Vec<u8> {
    let root = chord.root_class(key);
    let mut tones = chord.tones.clone();
    // The fifth is missed least; but a root beside its major seventh rubs, and the bass has it.
    let order: [u8; 2] = if tones.contains(&11) { [0, 7] } else { [7, 0] };
    for least in order {
        if let (true, Some(place)) = (tones.len() > voices.max(1), tones.iter().position(|t| *t == least)) {
            tones.remove(place);
        }
    }
    tones.truncate(voices.max(1));
    let mut classes: Vec<u8> = tones.iter().map(|t| (root + t) % 12).collect();
    // Stacked by rising distance from the root, so that a ninth sits beside its neighbours inside the octave.
    classes.sort_by_key(|class| (class + 12 - root) % 12);
    classes.dedup();
    classes
}

/// Stacks pitch classes upwards; an open stack lifts the second voice by an octave.
fn stack(order: &[u8], lowest: u8, spread: bool) -> Vec<u8> {
    let mut pitches = vec![lowest];
    for class in &order[1..] {
        let last = pitches.last().copied().unwrap_or(lowest);
        pitches.push(last + (class + 12 - last % 12) % 12);
    }
    if spread && pitches.len() > 2 {
        pitches[1] += 12;
        pitches.sort_unstable();
    }
    pitches
}

fn cost(pitches: &[u8], register: (u8, u8), before: Option<&[u8]>) -> f64 {
    let middle = f64::from(register.0 + (register.1 - register.0) / 2);
    let mean = pitches.iter().map(|p| f64::from(*p)).sum::<f64>() / pitches.len() as f64;
    let mut cost = (mean - middle).abs() * 0.25;
    for pair in pitches.windows(2) {
        // Seconds low down are mud, and semitones bite everywhere.
        cost += match pair[1] - pair[0] {
            0 | 1 => 7.0,
            2 if pair[0] < 55 => 3.0,
            2 => 0.6,
            _ => 0.0,
        };
    }
    let Some(before) = before.filter(|b| !b.is_empty()) else { return cost };
    let nearest = |pitch: u8, among: &[u8]| among.iter().map(|q| pitch.abs_diff(*q)).min().unwrap_or(0);
    let there: f64 = pitches.iter().map(|p| f64::from(nearest(*p, before))).sum();
    let back: f64 = before.iter().map(|p| f64::from(nearest(*p, pitches))).sum();
    let top = f64::from(pitches[pitches.len() - 1].abs_diff(before[before.len() - 1]));
    cost + there + back * 0.5 + top * 0.3
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::harmony::Bar;

    #[test]
    fn voices_hardly_move() {
        let key = "C major".parse().unwrap();
        let bars = ["Imaj7", "vi7", "ii7", "V7"].map(|c| c.parse::<Bar>().unwrap().chords[0].clone());
        let mut before: Option<Vec<u8>> = None;
        for chord in &bars {
            let now = voice(chord, key, 4, (52, 76), before.as_deref());
            assert_eq!(now.len(), 4);
            if let Some(before) = &before {
                let moved: u32 = now.iter().zip(before).map(|(a, b)| u32::from(a.abs_diff(*b))).sum();
                assert!(moved <= 10, "{before:?} -> {now:?}");
            }
            before = Some(now);
        }
    }
}
