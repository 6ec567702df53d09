//! Stretches of one character: a few borders, on cuts where there are any.

use sound::{Span, Time};

use crate::Cut;
use crate::curves::STEP;

/// No section is shorter.
const SHORTEST: f64 = 4.0;
/// Values compared to each side of a border: four seconds.
const SIDE: usize = 40;
/// A border changes at least this much.
const LEAST: f64 = 0.14;
/// What a cut of full weight adds to a border.
const CUT: f64 = 0.12;

/// A place where a section may begin, and how much speaks for it.
struct Border {
    at: Time,
    worth: f64,
}

/// How many borders a film of this length may have: about one every seven seconds at first, fewer later on.
fn most(length: Time) -> usize {
    let seconds = length.seconds();
    (seconds.min(60.0) / 7.0 + (seconds - 60.0).max(0.0) / 20.0) as usize
}

/// Divides a film by what changes in these traits, each from 0 to 1 and ten values a second.
///
/// The spans cover the film without gap or overlap; a film under eight seconds is one section.
pub(crate) fn divide(length: Time, cuts: &[Cut], traits: &[(&[f32], f64)]) -> Vec<Span> {
    let shortest = Time::from_seconds(SHORTEST);
    let mut borders = borders(length, cuts, traits);
    borders.sort_by(|a, b| b.worth.total_cmp(&a.worth));
    let mut chosen = vec![Time::ZERO, length];
    let limit = most(length).saturating_sub(1);
    for border in borders.into_iter().filter(|border| border.worth > LEAST) {
        if chosen.len() - 2 >= limit {
            break;
        }
        let place = chosen.partition_point(|at| *at < border.at);
        let apart = |other: Option<&Time>| other.is_none_or(|other| border.at.distance(*other) >= shortest);
        if apart(chosen.get(place)) && apart(place.checked_sub(1).and_then(|before| chosen.get(before))) {
            chosen.insert(place, border.at);
        }
    }
    chosen.windows(2).map(|pair| Span::new(pair[0], pair[1])).collect()
}

fn borders(length: Time, cuts: &[Cut], traits: &[(&[f32], f64)]) -> Vec<Border> {
    let inside = |at: Time| at > Time::ZERO && at < length;
    let worth = |at: Time| change(at, traits);
    let mut borders: Vec<Border> = cuts
        .iter()
        .filter(|cut| inside(cut.at))
        .map(|cut| Border { at: cut.at, worth: worth(cut.at) + CUT * cut.weight + 0.06 })
        .collect();
    // Where no cut is near a change of energy makes a border by itself, if it is a large one.
    let alone = Time::from_seconds(SHORTEST / 2.0);
    let count = (length.ticks() / STEP.ticks()) as usize;
    for index in (5..count).step_by(5) {
        let at = STEP * index as i64;
        let next = cuts.partition_point(|cut| cut.at < at);
        let near = |cut: Option<&Cut>| cut.is_some_and(|cut| cut.at.distance(at) < alone);
        if inside(at) && !near(cuts.get(next)) && !near(next.checked_sub(1).and_then(|i| cuts.get(i))) {
            borders.push(Border { at, worth: 0.8 * worth(at) });
        }
    }
    borders
}

/// How much the traits differ before and after a moment, weighed.
fn change(at: Time, traits: &[(&[f32], f64)]) -> f64 {
    let index = (at.ticks() / STEP.ticks()).max(0) as usize;
    let mean = |part: &[f32]| f64::from(part.iter().sum::<f32>()) / part.len().max(1) as f64;
    let differ = |values: &[f32]| {
        let index = index.min(values.len());
        let before = &values[index.saturating_sub(SIDE)..index];
        let after = &values[index..(index + SIDE).min(values.len())];
        if before.is_empty() || after.is_empty() { 0.0 } else { (mean(after) - mean(before)).abs() }
    };
    traits.iter().map(|(values, weight)| weight * differ(values)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: f64) -> Cut {
        Cut::hard(Time::from_seconds(seconds), 0.8)
    }

    #[test]
    fn a_border_falls_on_the_cut_beside_the_change() {
        let energy: Vec<f32> = (0..300).map(|i| if i < 140 { 0.1 } else { 0.8 }).collect();
        let cuts = [at(3.0), at(14.08), at(16.0)];
        let spans = divide(Time::from_seconds(30.0), &cuts, &[(&energy, 1.0)]);
        assert_eq!(spans.first().map(|span| span.start), Some(Time::ZERO));
        assert!(spans.iter().any(|span| span.start == Time::from_seconds(14.08)), "{spans:?}");
    }

    #[test]
    fn nothing_happens_in_one_section() {
        let spans = divide(Time::from_seconds(60.0), &[], &[(&[0.3; 600], 1.0)]);
        assert_eq!(spans, [Span::seconds(0.0, 60.0)]);
    }

    #[test]
    fn a_film_of_many_cuts_has_few_sections() {
        let cuts: Vec<Cut> = (1..60).map(|i| at(f64::from(i) * 0.5)).collect();
        let energy: Vec<f32> = (0..300).map(|i| (i / 10 % 2) as f32).collect();
        let spans = divide(Time::from_seconds(30.0), &cuts, &[(&energy, 1.0)]);
        assert!(spans.len() <= 4 && spans.iter().all(|s| s.length() >= Time::from_seconds(4.0)), "{spans:?}");
    }
}
