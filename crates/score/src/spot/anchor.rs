//! The grid: a tempo and its small bends, so that what matters falls exactly on a beat.
//!
//! Between two anchored moments lies a whole number of beats. The local tempo stays within 3 % of the base and changes
//! by at most 2 % from one stretch to the next, which no listener notices. Dynamic programming over moments and
//! phases of the bar finds the chain worth most; moments that no chain reaches are left out, the lightest first.

use sound::{Tempo, Time};

use super::Wish;
use crate::TempoMap;
use crate::genre::BEATS_PER_BAR;

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

/// How far the local tempo may lie from the base.
const BEND: f64 = 0.03;
/// How far it may change from one stretch to the next.
const STEP: f64 = 0.02;
/// Base tempi tried, as a ratio from one to the next.
const RATIO: f64 = 1.004;
/// How many earlier moments are tried as the one before.
const LOOK_BACK: usize = 16;
const PHASES: usize = BEATS_PER_BAR as usize;

/// Finds the grid for a film of `length`.
pub(super) fn grid(targets: &[Target], length: Time, wish: Wish, looping: bool) -> TempoMap {
    if looping && (targets.is_empty() || !closes(targets, length, wish)) {
        return whole_bars(length, wish);
    }
    let mut best: Option<Found> = None;
    for bpm in tempi(wish) {
        let (worth, anchors) = Chain::new(targets, length, bpm, looping).best();
        let worth = worth - reluctance(targets, bpm, wish);
        if best.as_ref().is_none_or(|known| worth > known.worth) {
            best = Some(Found { worth, anchors, bpm });
        }
    }
    match best {
        Some(found) => TempoMap::through(&found.anchors, Tempo::new(found.bpm)),
        None => TempoMap::even(Time::ZERO, Tempo::new(wish.wanted)),
    }
}

/// Whether some tempo brings a loop round to a first beat with these targets in it.
fn closes(targets: &[Target], length: Time, wish: Wish) -> bool {
    tempi(wish).any(|bpm| Chain::new(targets, length, bpm, true).best().0.is_finite())
}

/// An even grid of as many bars as come nearest to the wanted tempo: a loop has no other choice.
fn whole_bars(length: Time, wish: Wish) -> TempoMap {
    let bars = length.seconds() * wish.wanted / 60.0 / BEATS_PER_BAR as f64;
    let beats = (bars.round().max(1.0) as i64) * BEATS_PER_BAR;
    TempoMap::through(&[(0, Time::ZERO), (beats, length)], Tempo::new(wish.wanted))
}

/// The base tempi that are tried.
fn tempi(wish: Wish) -> impl Iterator<Item = f64> {
    let fastest = wish.fastest * 1.000_001;
    std::iter::successors(Some(wish.slowest), |bpm| Some(bpm * RATIO)).take_while(move |bpm| *bpm <= fastest)
}

/// The best chain so far, and the base tempo it was found at.
struct Found {
    worth: f64,
    anchors: Vec<(i64, Time)>,
    bpm: f64,
}

/// What it costs to leave the wanted tempo: a little where many moments speak, a lot where none does.
fn reluctance(targets: &[Target], bpm: f64, wish: Wish) -> f64 {
    let spread = (wish.fastest - wish.slowest).max(1.0);
    let voices: f64 = targets.iter().map(worth).sum();
    (0.8 + voices * 0.06) * ((bpm - wish.wanted) / spread).powi(2) * 3.0
}

fn worth(target: &Target) -> f64 {
    if target.wished { 8.0 } else { 0.2 + 1.6 * target.weight * target.weight }
}

/// Share of a moment's worth that each beat of the bar gives.
const PLACE: [f64; PHASES] = [1.0, 0.82, 0.9, 0.82];

#[derive(Clone, Copy)]
struct State {
    worth: f64,
    /// Local tempo of the stretch that led here; `None` where the grid begins.
    bpm: Option<f64>,
    beats: i64,
    before: Option<(usize, usize)>,
}

/// The search at one base tempo. Moment 0 is the start, the last one the end.
struct Chain<'a> {
    targets: &'a [Target],
    length: Time,
    bpm: f64,
    looping: bool,
    states: Vec<[Option<State>; PHASES]>,
}

impl<'a> Chain<'a> {
    fn new(targets: &'a [Target], length: Time, bpm: f64, looping: bool) -> Chain<'a> {
        Chain { targets, length, bpm, looping, states: vec![[None; PHASES]; targets.len() + 2] }
    }

    fn best(mut self) -> (f64, Vec<(i64, Time)>) {
        for (phase, state) in self.states[0].iter_mut().enumerate() {
            if phase == 0 || !self.looping {
                // Starting inside a bar is a pickup: good for a hit, not for its own sake.
                let worth = if phase == 0 { 0.0 } else { -0.6 };
                *state = Some(State { worth, bpm: None, beats: phase as i64, before: None });
            }
        }
        let end = self.targets.len() + 1;
        for here in 1..=end {
            if here < end && !self.looping {
                self.begin_at(here);
            }
            for there in self.earlier(here) {
                self.reach(there, here);
            }
        }
        // A loop must come round to a first beat; else, where no whole number of beats reaches the end, the last
        // stretch simply runs on.
        let moments = if self.looping { end..end + 1 } else { 0..end + 1 };
        let phases = if self.looping { 0..1 } else { 0..PHASES };
        let candidates = moments.flat_map(|moment| {
            let loose = if moment == end { 0.0 } else { 0.3 };
            let states = &self.states[moment];
            phases.clone().filter_map(move |phase| states[phase].map(|s| (s.worth - loose, moment, phase)))
        });
        match candidates.max_by(|a, b| a.0.total_cmp(&b.0)) {
            Some((worth, moment, phase)) => (worth, self.trace(moment, phase)),
            None => (f64::NEG_INFINITY, Vec::new()),
        }
    }

    /// Lets the grid begin at a moment: what lies before it is a pickup of whatever length it takes.
    fn begin_at(&mut self, here: usize) {
        let passed = self.time(here).seconds() * self.bpm / 60.0;
        for phase in 0..PHASES {
            let ahead = (phase as f64 - passed).rem_euclid(PHASES as f64);
            let beats = (passed + ahead).round() as i64;
            let worth = self.gain(here, phase) - 0.25;
            self.states[here][phase] = Some(State { worth, bpm: None, beats, before: None });
        }
    }

    fn earlier(&self, here: usize) -> impl Iterator<Item = usize> + use<> {
        let first = here.saturating_sub(LOOK_BACK);
        (first > 0).then_some(0).into_iter().chain(first..here)
    }

    fn time(&self, moment: usize) -> Time {
        match moment {
            0 => Time::ZERO,
            n if n <= self.targets.len() => self.targets[n - 1].at,
            _ => self.length,
        }
    }

    /// Tries every whole number of beats from one moment to a later one.
    fn reach(&mut self, there: usize, here: usize) {
        let gap = (self.time(here) - self.time(there)).seconds();
        let beats = gap * self.bpm / 60.0;
        let (fewest, most) =
            ((beats * (1.0 - BEND)).ceil().max(1.0) as i64, (beats * (1.0 + BEND)).floor() as i64);
        for count in fewest..=most {
            let bpm = count as f64 * 60.0 / gap;
            for phase in 0..PHASES {
                let Some(from) = self.states[there][phase] else { continue };
                if from.bpm.is_some_and(|before| (bpm / before - 1.0).abs() > STEP) {
                    continue;
                }
                let landed = (phase as i64 + count).rem_euclid(BEATS_PER_BAR) as usize;
                let bend = (bpm / self.bpm - 1.0) / BEND;
                let worth = from.worth + self.gain(here, landed) - 0.08 * bend * bend;
                let slot = &mut self.states[here][landed];
                if slot.is_none_or(|known| worth > known.worth) {
                    let before = Some((there, phase));
                    *slot = Some(State { worth, bpm: Some(bpm), beats: from.beats + count, before });
                }
            }
        }
    }

    fn gain(&self, moment: usize, phase: usize) -> f64 {
        match self.targets.get(moment.wrapping_sub(1)) {
            Some(target) => worth(target) * PLACE[phase],
            // The end: best after a whole number of bars.
            None => [0.6, 0.0, 0.25, 0.0][phase],
        }
    }

    fn trace(&self, moment: usize, phase: usize) -> Vec<(i64, Time)> {
        let mut anchors = Vec::new();
        let mut next = Some((moment, phase));
        while let Some((moment, phase)) = next {
            let Some(state) = self.states[moment][phase] else { break };
            anchors.push((state.beats, self.time(moment)));
            next = state.before;
        }
        anchors.reverse();
        if let [(beat, time)] = anchors[..] {
            anchors.push((beat + 1, time + Time::from_seconds(60.0 / self.bpm)));
        }
        anchors
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const WISH: Wish = Wish { slowest: 84.0, fastest: 124.0, wanted: 100.0 };

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

    proptest! {
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
            prop_assert!(high / low < 1.0 + 2.1 * BEND, "{low} to {high}");
            for pair in tempi.windows(2) {
                prop_assert!((pair[1] / pair[0] - 1.0).abs() <= STEP + 1e-9);
            }
        }
    }
}
