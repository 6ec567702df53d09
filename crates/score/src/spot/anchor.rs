//! The grid: a tempo and its small bends, so that what matters falls exactly on a beat.
//!
//! Between two anchored moments lies a whole number of beats. The local tempo stays within 3 % of the base and changes
//! by at most 2 % from one stretch to the next, which no listener notices. Dynamic programming over moments and
//! phases of the bar finds the chain worth most; moments that no chain reaches are left out, the lightest first.

mod chain;

use sound::{Tempo, Time};

use super::Wish;
use crate::TempoMap;
use crate::genre::BEATS_PER_BAR;
use chain::{Chain, Depth, Moments};

/// A moment that should fall on a beat.
#[derive(Clone, Copy, Debug)]
pub(super) struct Target {
    /// When it is.
    pub(super) at: Time,
    /// How much it matters, 0 to 1.
    pub(super) weight: f64,
    /// Whether the user asked for it.
    pub(super) wished: bool,
}

/// How far it may change from one stretch to the next.
const STEP: f64 = 0.02;
/// Base tempi that are searched in depth.
const FINALISTS: usize = 8;
/// Base tempi tried, as a ratio from one to the next.
const RATIO: f64 = 1.004;

/// Finds the grid for a film of `length`.
pub(super) fn grid(targets: &[Target], length: Time, wish: Wish, looping: bool) -> TempoMap {
    if looping && (targets.is_empty() || !closes(targets, length, wish)) {
        return whole_bars(length, wish);
    }
    let moments = Moments::new(targets, length);
    let search = |bpm: f64, depth: Depth| {
        let (worth, anchors) = Chain::new(&moments, (bpm, wish.bend), looping, depth).best();
        Found { worth: worth - reluctance(targets, bpm, wish), anchors, bpm }
    };
    let mut found: Vec<Found> = tempi(wish).map(|bpm| search(bpm, Depth::Glance)).collect();
    found.sort_by(|a, b| b.worth.total_cmp(&a.worth));
    found.truncate(FINALISTS);
    let searched = found.iter().map(|found| search(found.bpm, Depth::Search));
    match searched.max_by(|a, b| a.worth.total_cmp(&b.worth)) {
        Some(found) => TempoMap::through(&found.anchors, Tempo::new(found.bpm)),
        None => TempoMap::even(Time::ZERO, Tempo::new(wish.wanted)),
    }
}

/// Whether some tempo brings a loop round to a first beat with these targets in it.
fn closes(targets: &[Target], length: Time, wish: Wish) -> bool {
    let moments = Moments::new(targets, length);
    tempi(wish).any(|bpm| Chain::new(&moments, (bpm, wish.bend), true, Depth::Glance).best().0.is_finite())
}

/// An even grid for a loop, which has no other choice than its number of bars: whole phrases if the tempi that may be
/// tried allow them, and of those the number that comes nearest to the wanted tempo.
fn whole_bars(length: Time, wish: Wish) -> TempoMap {
    let bars_at = |bpm: f64| length.seconds() * bpm / 60.0 / BEATS_PER_BAR as f64;
    let (fewest, most) = (bars_at(wish.slowest).ceil() as i64, bars_at(wish.fastest).floor() as i64);
    let wanted = bars_at(wish.wanted);
    let nearest = |unit: i64| {
        let able = (fewest..=most).filter(move |bars| *bars > 0 && bars % unit == 0);
        able.min_by(|a, b| (*a as f64 - wanted).abs().total_cmp(&(*b as f64 - wanted).abs()))
    };
    let bars = [8, 4, 2, 1].into_iter().find_map(nearest).unwrap_or((wanted.round() as i64).max(1));
    TempoMap::through(&[(0, Time::ZERO), (bars * BEATS_PER_BAR, length)], Tempo::new(wish.wanted))
}

/// The base tempi that are tried.
fn tempi(wish: Wish) -> impl Iterator<Item = f64> {
    let fastest = wish.fastest * 1.000_001;
    std::iter::successors(Some(wish.slowest), |bpm| Some(bpm * RATIO)).take_while(move |bpm| *bpm <= fastest)
}

/// The best chain at a base tempo.
struct Found {
    worth: f64,
    anchors: Vec<(i64, Time)>,
    bpm: f64,
}

/// What it costs to leave the wanted tempo: little where many moments speak, a lot where none does.
fn reluctance(targets: &[Target], bpm: f64, wish: Wish) -> f64 {
    let spread = (wish.fastest - wish.slowest).max(1.0);
    let voices: f64 = targets.iter().map(worth).sum();
    let alone = 5.0 / (1.0 + targets.len() as f64);
    (2.4 + alone + voices * 0.18) * ((bpm - wish.wanted) / spread).powi(2)
}

fn worth(target: &Target) -> f64 {
    if target.wished { 8.0 } else { 0.5 + 1.3 * target.weight * target.weight }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::chance::Chance;

    const WISH: Wish = Wish { slowest: 84.0, fastest: 124.0, wanted: 100.0, bend: crate::spot::BEND };

    fn cut(at: f64, weight: f64) -> Target {
        Target { at: Time::from_seconds(at), weight, wished: false }
    }

    fn error(map: &TempoMap, at: f64) -> f64 {
        let time = Time::from_seconds(at);
        map.time(map.beat(time).round()).distance(time).seconds()
    }

    #[test]
    fn strong_cuts_fall_exactly_on_beats() {
        let cuts = [cut(4.04, 0.9), cut(9.51, 0.8), cut(16.2, 1.0), cut(23.87, 0.9)];
        let map = grid(&cuts, Time::from_seconds(30.0), WISH, false);
        for target in cuts {
            assert!(error(&map, target.at.seconds()) < 1e-6, "{target:?}");
        }
    }

    #[test]
    fn a_wish_outweighs_cuts() {
        let mut targets = vec![cut(5.0, 0.5), cut(12.2, 0.5)];
        targets.insert(1, Target { at: Time::from_seconds(12.0), weight: 1.0, wished: true });
        let map = grid(&targets, Time::from_seconds(20.0), WISH, false);
        assert!(error(&map, 12.0) < 1e-6);
    }

    #[test]
    fn without_cuts_the_film_is_a_whole_number_of_bars() {
        for seconds in [20.0, 33.05, 61.7] {
            let map = grid(&[], Time::from_seconds(seconds), WISH, false);
            let bars = map.beat(Time::from_seconds(seconds)) / BEATS_PER_BAR as f64;
            assert!((bars - bars.round()).abs() < 1e-6, "{seconds}: {bars}");
        }
    }

    /// Share of the cuts of made-up films of two minutes that lie within 70 ms of a beat.
    fn met(per_minute: f64, wish: Wish) -> f64 {
        let (mut near, mut all) = (0, 0);
        for film in 0..5 {
            let mut chance = Chance::new(film, "busy film");
            let mut at = 0.0;
            let cuts: Vec<Target> = std::iter::from_fn(|| {
                at += 60.0 / per_minute * (0.3 + 1.4 * chance.unit());
                (at < 118.0).then(|| cut(at, 0.3 + 0.7 * chance.unit()))
            })
            .collect();
            let map = grid(&cuts, Time::from_seconds(120.0), wish, false);
            near += cuts.iter().filter(|cut| error(&map, cut.at.seconds()) <= 0.07).count();
            all += cuts.len();
        }
        near as f64 / all as f64
    }

    #[test]
    fn most_cuts_fall_near_a_beat() {
        let slow = Wish { slowest: 64.0, fastest: 92.0, wanted: 78.0, bend: crate::spot::BEND };
        let quick = Wish { slowest: 122.0, fastest: 156.0, wanted: 138.0, bend: crate::spot::BEND };
        let mut mean = 0.0;
        for (name, wish) in [("slow", slow), ("moderate", WISH), ("quick", quick)] {
            let shares: Vec<f64> = (1..=10).map(|half| met(f64::from(2 * half), wish)).collect();
            println!("{name}, 2 to 20 cuts a minute: {shares:.2?}");
            mean += shares.iter().sum::<f64>() / 30.0;
            // Gaps of little more than a beat leave no choice; a steady beat is worth more than every cut.
            assert!(shares.iter().all(|share| *share >= 0.55), "{name}: {shares:.2?}");
        }
        println!("a film with up to 20 cuts a minute: {mean:.3}");
        assert!(mean >= 0.85, "{mean:.3}");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(60))]

        #[test]
        fn a_loop_comes_round_to_a_first_beat(
            seconds in 2.0f64..120.0,
            hits in prop::collection::vec(0.05f64..0.95, 0..6),
        ) {
            let mut targets: Vec<Target> = hits
                .iter()
                .map(|share| Target { at: Time::from_seconds(share * seconds), weight: 1.0, wished: true })
                .collect();
            targets.sort_by_key(|target| target.at);
            targets.dedup_by_key(|target| target.at);
            let map = grid(&targets, Time::from_seconds(seconds), WISH, true);
            prop_assert!(map.beat(Time::ZERO).abs() < 1e-6);
            let bars = map.beat(Time::from_seconds(seconds)) / BEATS_PER_BAR as f64;
            prop_assert!((bars - bars.round()).abs() < 1e-6 && bars > 0.5, "{bars}");
        }

        #[test]
        fn tempo_never_strays(times in prop::collection::vec((0.3f64..119.0, 0.0f64..1.0), 0..40)) {
            let mut cuts: Vec<Target> = times.iter().map(|(at, weight)| cut(*at, *weight)).collect();
            cuts.sort_by_key(|c| c.at);
            cuts.dedup_by_key(|c| c.at);
            let map = grid(&cuts, Time::from_seconds(120.0), WISH, false);
            let tempi: Vec<f64> = map.anchors().windows(2)
                .map(|p| 60.0 * (p[1].0 - p[0].0) as f64 / (p[1].1 - p[0].1).seconds()).collect();
            let (low, high) = tempi.iter().fold((f64::MAX, 0.0f64), |(l, h), t| (l.min(*t), h.max(*t)));
            prop_assert!(high / low < 1.0 + 2.1 * WISH.bend, "{low} to {high}");
            for pair in tempi.windows(2) {
                // Anchors are rounded to ticks: two tempi of a second each may be off by some billionths.
                prop_assert!((pair[1] / pair[0] - 1.0).abs() <= STEP + 1e-8, "{pair:?}");
            }
        }
    }
}
