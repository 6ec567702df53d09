//! Watches a film: says what it wants to see, takes what it is shown, and sums up.

use sound::{Frame, Span, Time};

use crate::cuts::{self, packets};
use crate::hearing::Hearing;
use crate::plan::Plan;
use crate::scenery::Scenery;
use crate::sight::{Moment, Sight};
use crate::summary::Seen;
use crate::{Cut, Look, Packet, Probe, Profile, Still, Transition};

/// Watches a film of any length in memory that grows by a few hundred bytes a second.
///
/// Ask [`Watcher::next_look`] until it says `None`, showing every look's frames to [`Watcher::see`];
/// play the film's sound to [`Watcher::hear`] before, between or after the looks; then [`Watcher::finish`].
pub struct Watcher {
    pub(crate) length: Time,
    pub(crate) has_sound: bool,
    pub(crate) plan: Plan,
    stage: Stage,
    /// Every frame of the film, or of the spans looked at.
    pub(crate) frames: Sight,
    /// The keyframes alone.
    pub(crate) keyframes: Sight,
    evidence: packets::Evidence,
    looked_at: Vec<Span>,
    pub(crate) hearing: Hearing,
    pub(crate) scenery: Scenery,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Start,
    Whole,
    Keyframes,
    Within,
    Done,
}

impl Watcher {
    /// Which watching this is. It counts up with every change of what is found in the same film, so that what was
    /// remembered before is not believed.
    pub const GENERATION: u32 = 5;

    /// Starts to watch a film with these packets, in any order; without packets less is found.
    ///
    /// What it asks to see costs a fraction of what it takes to copy the film and encode its sound.
    pub fn new(probe: &Probe, packets: &[Packet]) -> Watcher {
        Watcher::with(probe, Plan::new(probe, packets, false))
    }

    /// The same for those who want to know rather than to be done: asks to see about four times as much.
    pub fn patient(probe: &Probe, packets: &[Packet]) -> Watcher {
        Watcher::with(probe, Plan::new(probe, packets, true))
    }

    fn with(probe: &Probe, plan: Plan) -> Watcher {
        Watcher {
            length: probe.length.max(Time::ZERO),
            has_sound: probe.sound.is_some(),
            plan,
            stage: Stage::Start,
            frames: Sight::default(),
            keyframes: Sight::default(),
            evidence: packets::Evidence::default(),
            looked_at: Vec::new(),
            hearing: Hearing::new(),
            scenery: Scenery::default(),
        }
    }

    /// What it wants to see next; `None` when it has seen enough.
    pub fn next_look(&mut self) -> Option<Look> {
        match self.stage {
            Stage::Start => {
                let look = self.plan.first_look(self.length);
                self.stage = if look == Look::Whole { Stage::Whole } else { Stage::Keyframes };
                Some(look)
            }
            Stage::Keyframes => {
                self.evidence = packets::weigh(&self.plan, &self.keyframes, self.length);
                self.looked_at = self.plan.afford(&self.evidence.wishes);
                self.stage = if self.looked_at.is_empty() { Stage::Done } else { Stage::Within };
                (!self.looked_at.is_empty()).then(|| Look::Within(self.looked_at.clone()))
            }
            Stage::Whole | Stage::Within | Stage::Done => {
                self.stage = Stage::Done;
                None
            }
        }
    }

    /// Takes one frame of the current look, in time order.
    pub fn see(&mut self, still: Still) {
        self.scenery.see(&still);
        match self.stage {
            Stage::Whole => self.frames.see(&still, Time::from_seconds(3.0)),
            Stage::Within => self.frames.see(&still, self.plan.frame() * 5 / 2),
            Stage::Keyframes => self.keyframes.see_apart(&still),
            Stage::Start | Stage::Done => {}
        }
    }

    /// Takes the next block of the film's own sound: stereo at 48 kHz, from film time 0, every frame once.
    pub fn hear(&mut self, frames: &[Frame]) {
        self.hearing.hear(frames);
    }

    /// Sums up; what was never shown or played counts as black and silent.
    pub fn finish(self) -> Profile {
        let cuts = self.cuts();
        let seen = Seen::of(&self, &cuts);
        let heard = self.hearing.finish(self.length);
        seen.sum_up(self.length, cuts, heard)
    }

    /// Whether every frame was shown.
    pub(crate) fn saw_whole(&self) -> bool {
        self.keyframes.moments.is_empty() && self.looked_at.is_empty() && self.frames.steps.len() > 1
    }

    /// All cuts inside the film, in order.
    fn cuts(&self) -> Vec<Cut> {
        let hard = cuts::hard(&self.frames.steps);
        let seen = cuts::with_slow(hard, self.frames.blends.found(), &self.frames.levels);
        // A cut on the first frame of a span was not seen: the frame before it was not shown.
        let margin = self.plan.frame() * 2;
        let unseen = |cut: &&Cut| {
            !self.looked_at.iter().any(|span| span.contains(cut.at) && span.contains(cut.at - margin))
        };
        let told = self.evidence.cuts.iter().filter(unseen).copied().collect();
        let believed = self.evidence.beliefs.iter().filter(unseen).copied().collect();
        let lists = [seen, told, believed].map(|mut cuts| {
            cuts.retain(|cut| cut.at > Time::ZERO && cut.at < self.length);
            cuts
        });
        let mut cuts = cuts::surest_apart(lists);
        let film = Span::new(Time::ZERO, self.length);
        cuts.iter_mut()
            .filter(|cut| cut.kind != Transition::Hard)
            .for_each(|cut| cut.span = cut.span.overlap(film));
        let mut moments: Vec<Moment> =
            self.keyframes.moments.iter().chain(&self.frames.moments).copied().collect();
        moments.sort_by_key(|moment| moment.at);
        cuts::scenes::weigh(&mut cuts, &moments);
        cuts
    }
}
