//! The chain of beats at one base tempo: which moments it anchors, and where in the bar each falls.

use sound::Time;

use super::{BEND, STEP, Target, worth};
use crate::genre::BEATS_PER_BAR;

const PHASES: usize = BEATS_PER_BAR as usize;
/// Share of a moment's worth that each beat of the bar gives.
const PLACE: [f64; PHASES] = [1.0, 0.82, 0.9, 0.82];
/// How many earlier targets are tried as the one before.
const LOOK_BACK: usize = 10;
/// A cut lighter than this may be met a little early or late, for a beat that is off by less than 70 ms seems to be with
/// the picture: by how many milliseconds, and what that leaves of its worth.
const LIGHT: f64 = 0.9;
const NEAR_BY: [(i64, f64); 6] = [(-22, 0.85), (22, 0.87), (-42, 0.7), (44, 0.75), (-62, 0.5), (64, 0.6)];

/// A place where a beat may fall.
#[derive(Clone, Copy)]
struct Moment {
    at: Time,
    /// Which target it meets, counted from 1; 0 is the start, the one after the last the end.
    target: usize,
    /// Worth of the target there.
    worth: f64,
}

#[derive(Clone, Copy)]
struct State {
    worth: f64,
    /// Local tempo of the stretch that led here; `None` where the grid begins.
    bpm: Option<f64>,
    beats: i64,
    before: Option<(usize, usize)>,
}

/// The moments of a film: the start, each target with its neighbourhood, the end.
pub(super) struct Moments {
    moments: Vec<Moment>,
    /// The first moment of each target, and one after the last.
    first: Vec<usize>,
}

impl Moments {
    pub(super) fn new(targets: &[Target], length: Time) -> Moments {
        let mut moments = vec![Moment { at: Time::ZERO, target: 0, worth: 0.0 }];
        let mut first = vec![0];
        for (index, target) in targets.iter().enumerate() {
            first.push(moments.len());
            let whole = Moment { at: target.at, target: index + 1, worth: worth(target) };
            moments.push(whole);
            if target.wished || target.weight >= LIGHT {
                continue;
            }
            moments.extend(NEAR_BY.iter().filter_map(|(ms, share)| {
                let at = target.at + Time::from_ratio(*ms, 1000);
                let inside = at > Time::ZERO && at < length;
                inside.then_some(Moment { at, worth: whole.worth * share, ..whole })
            }));
        }
        first.extend([moments.len(), moments.len() + 1]);
        moments.push(Moment { at: length, target: targets.len() + 1, worth: 0.0 });
        Moments { moments, first }
    }

    /// Moments of the targets before that of `here`, as far back as is tried; the start is always among them.
    fn before(&self, here: usize) -> impl Iterator<Item = usize> + use<> {
        let target = self.moments[here].target;
        let first = self.first[target.saturating_sub(LOOK_BACK)];
        (first > 0).then_some(0).into_iter().chain(first..self.first[target])
    }
}

/// The search at one base tempo.
pub(super) struct Chain<'a> {
    moments: &'a Moments,
    bpm: f64,
    looping: bool,
    states: Vec<[Option<State>; PHASES]>,
}

impl<'a> Chain<'a> {
    pub(super) fn new(moments: &'a Moments, bpm: f64, looping: bool) -> Chain<'a> {
        Chain { moments, bpm, looping, states: vec![[None; PHASES]; moments.moments.len()] }
    }

    /// The best chain: its worth, and which beat falls on which time.
    pub(super) fn best(mut self) -> (f64, Vec<(i64, Time)>) {
        for (phase, state) in self.states[0].iter_mut().enumerate() {
            if phase == 0 || !self.looping {
                // Starting inside a bar is a pickup: good for a hit, not for its own sake.
                let worth = if phase == 0 { 0.0 } else { -0.6 };
                *state = Some(State { worth, bpm: None, beats: phase as i64, before: None });
            }
        }
        let end = self.moments.moments.len() - 1;
        for here in 1..=end {
            if here < end && !self.looping {
                self.begin_at(here);
            }
            for there in self.moments.before(here) {
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

    fn time(&self, moment: usize) -> Time {
        self.moments.moments[moment].at
    }

    /// Tries every whole number of beats from one moment to a later one.
    fn reach(&mut self, there: usize, here: usize) {
        let gap = (self.time(here) - self.time(there)).seconds();
        if gap <= 0.0 {
            return;
        }
        let beats = gap * self.bpm / 60.0;
        let (fewest, most) =
            ((beats * (1.0 - BEND)).ceil().max(1.0) as i64, (beats * (1.0 + BEND)).floor() as i64);
        for count in fewest..=most {
            let bpm = count as f64 * 60.0 / gap;
            let bend = (bpm / self.bpm - 1.0) / BEND;
            for phase in 0..PHASES {
                let Some(from) = self.states[there][phase] else { continue };
                if from.bpm.is_some_and(|before| (bpm / before - 1.0).abs() > STEP) {
                    continue;
                }
                let landed = (phase as i64 + count).rem_euclid(BEATS_PER_BAR) as usize;
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
        if moment + 1 == self.moments.moments.len() {
            // The end: best after a whole number of bars.
            return [0.6, 0.0, 0.25, 0.0][phase];
        }
        self.moments.moments[moment].worth * PLACE[phase]
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
