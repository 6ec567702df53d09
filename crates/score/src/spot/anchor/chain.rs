//! The chain of beats at one base tempo: which moments it anchors, and where in the bar each falls.

use sound::Time;

use super::{STEP, Target, worth};
use crate::genre::BEATS_PER_BAR;

const PHASES: usize = BEATS_PER_BAR as usize;
/// Share of a moment's worth that each beat of the bar gives.
const PLACE: [f64; PHASES] = [1.0, 0.82, 0.9, 0.82];
/// How many earlier targets are tried as the one before.
const LOOK_BACK: usize = 10;
/// A cut lighter than this may be met a little early or late, for a beat that is off by less than 70 ms seems to be with
/// the picture: by how many milliseconds, and what that leaves of its worth.
const LIGHT: f64 = 0.9;
const NEAR_BY: [(i64, f64); 6] = [(-16, 0.93), (16, 0.94), (-38, 0.6), (38, 0.64), (-62, 0.42), (64, 0.48)];

/// Seconds within which a beat seems to be with the picture, with a margin.
const BESIDE: f64 = 0.065;

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
    /// The state it came from.
    before: Option<usize>,
    /// Where on the way the tempo changed, if it did.
    via: Option<(i64, Time)>,
}

/// How some beats fill a stretch.
struct Way {
    /// The tempo at its end.
    bpm: f64,
    /// After how many beats and seconds the tempo changes, if it does.
    turn: Option<(i64, f64)>,
}

/// Whether two tempi may follow each other.
fn close(bpm: f64, before: f64) -> bool {
    (bpm / before - 1.0).abs() <= STEP + 1e-9
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

/// How thoroughly a base tempo is searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Depth {
    /// Only the best way to each place is followed, however fast it runs: good enough to tell good tempi from bad.
    Glance,
    /// The best way at each of several local tempi is followed, for the best may leave no way on; moments passed over
    /// count where a beat falls beside them.
    Search,
}

impl Depth {
    /// Local tempi that are told apart.
    fn paces(self) -> usize {
        match self {
            Depth::Glance => 1,
            Depth::Search => 6,
        }
    }
}

/// The search at one base tempo.
pub(super) struct Chain<'a> {
    moments: &'a Moments,
    bpm: f64,
    /// How far the tempo of a stretch may lie from the base.
    bend: f64,
    looping: bool,
    depth: Depth,
    /// The best way to each moment, phase of the bar and pace.
    states: Vec<Option<State>>,
}

impl<'a> Chain<'a> {
    pub(super) fn new(
        moments: &'a Moments,
        (bpm, bend): (f64, f64),
        looping: bool,
        depth: Depth,
    ) -> Chain<'a> {
        let count = moments.moments.len() * PHASES * depth.paces();
        Chain { moments, bpm, bend, looping, depth, states: vec![None; count] }
    }

    /// The best chain: its worth, and which beat falls on which time.
    pub(super) fn best(mut self) -> (f64, Vec<(i64, Time)>) {
        for phase in 0..PHASES {
            if phase == 0 || !self.looping {
                // Starting inside a bar is a pickup: good for a hit, not for its own sake.
                let worth = if phase == 0 { 0.0 } else { -0.6 };
                let slot = self.place(0, phase, 0);
                self.states[slot] =
                    Some(State { worth, bpm: None, beats: phase as i64, before: None, via: None });
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
        let first = if self.looping { self.place(end, 0, 0) } else { 0 };
        let last = self.place(end, if self.looping { 1 } else { PHASES }, 0);
        let open = self.place(end, 0, 0);
        let candidates = (first..last).filter_map(|place| {
            let loose = if place >= open { 0.0 } else { 0.3 };
            self.states[place].map(|state| (state.worth - loose, place))
        });
        match candidates.max_by(|a, b| a.0.total_cmp(&b.0)) {
            Some((worth, place)) => (worth, self.trace(place)),
            None => (f64::NEG_INFINITY, Vec::new()),
        }
    }

    /// Where the state of a moment, a phase and a pace is kept.
    fn place(&self, moment: usize, phase: usize, pace: usize) -> usize {
        (moment * PHASES + phase) * self.depth.paces() + pace
    }

    /// Which of the paces a local tempo is.
    fn pace(&self, bpm: f64) -> usize {
        let (paces, bend) = (self.depth.paces(), (bpm / self.bpm - 1.0) / self.bend);
        (((bend + 1.0) / 2.0 * paces as f64) as usize).min(paces - 1)
    }

    /// Lets the grid begin at a moment: what lies before it is a pickup of whatever length it takes.
    fn begin_at(&mut self, here: usize) {
        let passed = self.time(here).seconds() * self.bpm / 60.0;
        for phase in 0..PHASES {
            let ahead = (phase as f64 - passed).rem_euclid(PHASES as f64);
            let beats = (passed + ahead).round() as i64;
            let worth = self.gain(here, beats) - 0.25;
            let slot = self.place(here, phase, 0);
            self.states[slot] = Some(State { worth, bpm: None, beats, before: None, via: None });
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
            ((beats * (1.0 - self.bend)).ceil().max(1.0) as i64, (beats * (1.0 + self.bend)).floor() as i64);
        for count in fewest..=most {
            let bpm = count as f64 * 60.0 / gap;
            let bend = (bpm / self.bpm - 1.0) / self.bend;
            let on_the_way = self.chance_meetings(there, here, count) - 0.08 * bend * bend;
            for from_place in self.place(there, 0, 0)..self.place(there, PHASES, 0) {
                let Some(from) = self.states[from_place] else { continue };
                let Some(way) = self.way(from.bpm, gap, count) else { continue };
                let phase = (from_place / self.depth.paces()) % PHASES;
                let landed = (phase as i64 + count).rem_euclid(BEATS_PER_BAR) as usize;
                let turned = if way.turn.is_some() { 0.05 } else { 0.0 };
                let beats = from.beats + count;
                let worth = from.worth + self.gain(here, beats) + on_the_way - turned;
                let slot = self.place(here, landed, self.pace(way.bpm));
                if self.states[slot].is_none_or(|known| worth > known.worth) {
                    let via = way.turn.map(|(beats, after)| {
                        (from.beats + beats, self.time(there) + Time::from_seconds(after))
                    });
                    let before = Some(from_place);
                    self.states[slot] = Some(State { worth, bpm: Some(way.bpm), beats, before, via });
                }
            }
        }
    }

    /// How `count` beats fill `gap` seconds after a stretch at some tempo: evenly, or where that would be too great a
    /// step, in two halves; `None` where that would be, too.
    fn way(&self, before: Option<f64>, gap: f64, count: i64) -> Option<Way> {
        let bpm = count as f64 * 60.0 / gap;
        let Some(before) = before.filter(|before| !close(bpm, *before)) else {
            return Some(Way { bpm, turn: None });
        };
        if count < 4 || self.depth == Depth::Glance {
            return None;
        }
        let half = count / 2;
        let step = if bpm > before { 1.0 + STEP } else { 1.0 / (1.0 + STEP) };
        let passed = half as f64 * 60.0 / (before * step);
        let after = (count - half) as f64 * 60.0 / (gap - passed);
        let within = (after / self.bpm - 1.0).abs() <= self.bend;
        (within && close(after, before * step)).then_some(Way { bpm: after, turn: Some((half, passed)) })
    }

    /// Worth of the targets between two moments that are passed over and happen to lie beside a beat.
    fn chance_meetings(&self, there: usize, here: usize, beats: i64) -> f64 {
        let (from, until) = (self.moments.moments[there].target + 1, self.moments.moments[here].target);
        if self.depth == Depth::Glance || from >= until {
            return 0.0;
        }
        let (start, beat) = (self.time(there), (self.time(here) - self.time(there)).seconds() / beats as f64);
        let passed = (from..until).map(|target| self.moments.moments[self.moments.first[target]]);
        let beside = passed.filter(|moment| {
            let place = (moment.at - start).seconds() / beat;
            (place - place.round()).abs() * beat < BESIDE
        });
        beside.map(|moment| moment.worth * 0.5).sum()
    }

    /// Worth of meeting a moment on a beat.
    fn gain(&self, moment: usize, beat: i64) -> f64 {
        let phase = beat.rem_euclid(BEATS_PER_BAR) as usize;
        if moment + 1 < self.moments.moments.len() {
            return self.moments.moments[moment].worth * PLACE[phase];
        }
        // The end: best where the last chord closes a phrase or stands on the first beat after one, then after any bar.
        match (phase, beat / BEATS_PER_BAR % 4) {
            (0, 0 | 1) => 0.68,
            (0, _) => 0.66,
            (2, _) => 0.25,
            _ => 0.0,
        }
    }

    fn trace(&self, place: usize) -> Vec<(i64, Time)> {
        let mut anchors = Vec::new();
        let mut next = Some(place);
        while let Some((place, state)) = next.and_then(|place| Some((place, self.states[place]?))) {
            anchors.push((state.beats, self.time(place / (PHASES * self.depth.paces()))));
            anchors.extend(state.via);
            next = state.before;
        }
        anchors.reverse();
        if let [(beat, time)] = anchors[..] {
            anchors.push((beat + 1, time + Time::from_seconds(60.0 / self.bpm)));
        }
        anchors
    }
}
