//! Cuts from what the encoder left behind: where it placed keyframes, and which packets are large.

use sound::{Span, TICKS_PER_SECOND, Time};

use super::weight;
use crate::plan::{Plan, Wish};
use crate::sight::{Sight, Step};
use crate::{Cut, Packet};

/// Two keyframes this unlike may lie in different shots, if something says where one begins.
const UNLIKE: f32 = 0.33;
/// The same where nothing else moves.
const FAINTLY_UNLIKE: f32 = 0.22;
/// The same where less speaks for it.
const QUITE_UNLIKE: f32 = 0.38;
/// Two keyframes this unlike lie in different shots whatever else is known.
const VERY_UNLIKE: f32 = 0.6;
/// A packet this many times larger than all before it may start a shot; and surely does.
const RISE: f32 = 1.6;
const SURE_RISE: f32 = 2.2;
/// The same where no keyframe shows the new shot.
const HIDDEN_RISE: f32 = 5.0;
/// A packet of this share of a keyframe holds a picture that is all new.
const ALL_NEW: f32 = 0.6;
/// All of a group of pictures no longer than this may be worth a look.
const SHORT: Time = Time::from_ticks(TICKS_PER_SECOND * 3);
/// Within so long a group of pictures there may be a shot that neither keyframe shows.
const LONG: Time = Time::from_ticks(TICKS_PER_SECOND * 4);
/// How far back the packets before count, and how many there are at least.
const BEFORE: Time = Time::from_ticks(TICKS_PER_SECOND * 6 / 10);
const LEAST_BEFORE: usize = 4;
/// Packets before a cut are smaller than this share of the keyframe; else much moves and the encoder was misled.
const CALM: f32 = 0.8;
const QUITE_CALM: f32 = 0.3;
const VERY_CALM: f32 = 0.12;
/// The first frame of a shot costs more than this share of a keyframe, even if it is none.
const NO_CUT: f32 = 0.3;
/// A camera that turns away costs more than so many keyframes.
const NO_PAN: f32 = 2.5;

/// What the packets say of a film of which only the keyframes were seen.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Evidence {
    /// Cuts that need no further look.
    pub(crate) cuts: Vec<Cut>,
    /// Where a look would tell.
    pub(crate) wishes: Vec<Wish>,
    /// What to believe where a wish is not granted.
    pub(crate) beliefs: Vec<Cut>,
}

/// Weighs the steps from keyframe to keyframe against the packets between them, to the film's end at `length`.
pub(crate) fn weigh(plan: &Plan, keyframes: &Sight, length: Time) -> Evidence {
    let rule = Rule::of(plan.packets(), plan.frame());
    let others: Vec<Packet> = plan.packets().iter().filter(|packet| !packet.keyframe).copied().collect();
    let last = plan.packets().iter().rfind(|packet| packet.keyframe).map(|packet| (packet.at, length));
    let groups = keyframes
        .steps
        .iter()
        .filter(|step| !step.flash && (step.score > FAINTLY_UNLIKE || step.at - step.from > LONG))
        .map(|step| Group::new(plan, &others, (step.from, step.at), step, &rule))
        // After the last keyframe there is no picture to compare with.
        .chain(last.map(|span| Group::new(plan, &others, span, &Step::default(), &rule)));
    let mut evidence = Evidence::default();
    for group in groups {
        let all = if group.dark { plan.is_patient() } else { group.hides_a_change() };
        if all {
            // In the dark both a fade and a cut may wait; who is in a hurry believes what the packets say of a cut.
            let worth = f64::from(group.unlike) * if group.dark { 4.0 } else { 1.0 };
            evidence.wishes.push(Wish { span: group.whole(plan.frame()), worth });
        }
        if group.ends_in_a_cut() {
            let cut = Cut::hard(group.end, weight(group.unlike));
            if group.dark { evidence.beliefs.push(cut) } else { evidence.cuts.push(cut) }
        }
        for rise in group.rises.iter().filter(|rise| !group.hidden() || rise.by > HIDDEN_RISE) {
            let worth = f64::from(group.unlike.max(0.2) * rise.by.min(5.0));
            if !all {
                evidence.wishes.push(Wish { span: around(rise.at, plan.frame()), worth });
            }
            if group.believes(rise) {
                let weight = 0.8 * weight(group.unlike.max(UNLIKE));
                evidence.beliefs.push(Cut::hard(rise.at, weight));
            }
        }
    }
    evidence
}

/// What lies between two keyframes.
struct Group {
    start: Time,
    end: Time,
    /// How unlike the two keyframes are; 0 without a second one.
    unlike: f32,
    /// Whether one of them is black: then there may be a fade between them.
    dark: bool,
    /// Whether the second one breaks the rule by which the encoder places them.
    irregular: bool,
    /// Size of the second one, or of the first where there is none.
    keyframe: u32,
    /// The usual size of packets just before the end, and the largest of all, as shares of the keyframe.
    usual: f32,
    largest: f32,
    /// All of them together, in keyframes.
    spent: f32,
    /// Packets that are much larger than those before them, and how much.
    rises: Vec<Rise>,
}

impl Group {
    /// `others` are all packets that are no keyframes.
    fn new(plan: &Plan, others: &[Packet], span: (Time, Time), step: &Step, rule: &Rule) -> Group {
        let (start, end) = span;
        let packets = plan.packets();
        let keyframe = packets[..packets.partition_point(|packet| packet.at < end + plan.frame() / 2)]
            .iter()
            .rfind(|packet| packet.keyframe)
            .map_or(1, |packet| packet.size.max(1));
        let first = others.partition_point(|packet| packet.at <= start);
        let last = others.partition_point(|packet| packet.at < end).max(first);
        let within = &others[first..last];
        let share = |size: Option<u32>| size.unwrap_or(0) as f32 / keyframe as f32;
        let mut before: Vec<u32> = within.iter().rev().take(12).map(|packet| packet.size).collect();
        before.sort_unstable();
        // A keyframe that shows a flash was left out, but the encoder counts from it.
        let counted = packets[..packets.partition_point(|packet| packet.at + plan.frame() / 2 < end)]
            .iter()
            .rfind(|packet| packet.keyframe)
            .map_or(start, |packet| packet.at);
        Group {
            start,
            end,
            unlike: step.score,
            dark: step.dark,
            irregular: !rule.allows(end - counted, plan.frame()),
            keyframe,
            usual: share(before.get(before.len() / 2).copied()),
            largest: share(within.iter().map(|packet| packet.size).max()),
            spent: within.iter().map(|packet| packet.size as f32).sum::<f32>() / keyframe as f32,
            rises: rises(packets, span),
        }
    }

    /// Whether both ends look alike, so that a shot between them would be hidden.
    fn hidden(&self) -> bool {
        self.unlike < UNLIKE
    }

    /// Whether something changes that nothing here explains, and it is short enough to look for it.
    fn hides_a_change(&self) -> bool {
        self.unlike > QUITE_UNLIKE && self.end - self.start < SHORT && !self.ends_in_a_cut()
    }

    /// All of it and what shows that a shot has begun; a fade may go on for long.
    fn whole(&self, frame: Time) -> Span {
        let after = if self.dark { SHORT / 2 } else { frame * 6 };
        Span::new(self.start, self.end + after)
    }

    /// Whether the encoder placed the keyframe at the end because a shot begins there.
    fn ends_in_a_cut(&self) -> bool {
        if self.dark {
            self.irregular && self.unlike > QUITE_UNLIKE && self.usual < QUITE_CALM
        } else if self.irregular {
            self.unlike > QUITE_UNLIKE && self.usual < CALM
                || self.unlike > FAINTLY_UNLIKE && self.usual < VERY_CALM
        } else {
            // A shot rarely begins where the rule places a keyframe: only if nothing before can be a cut or a pan.
            self.unlike > VERY_UNLIKE && self.largest < NO_CUT && self.spent < NO_PAN && self.rises.is_empty()
        }
    }

    /// Whether a shot begins with this rise, as far as one may say without a look.
    fn believes(&self, rise: &Rise) -> bool {
        if self.hidden() {
            return rise.size as f32 > ALL_NEW * self.keyframe as f32;
        }
        // Where one packet explains the change the lesser ones are something else.
        let highest = self.rises.iter().map(|rise| rise.by).fold(0.0, f32::max).min(HIDDEN_RISE);
        let single = self.rises.len() == 1 && self.unlike > VERY_UNLIKE;
        !self.irregular && rise.by > 0.5 * highest && (rise.by > SURE_RISE || single)
    }
}

/// The frames that show whether the packet at `at` starts a shot: with B-frames the shot begins before it,
/// and a cut must stand out of what is around it.
fn around(at: Time, frame: Time) -> Span {
    let quarter = Time::from_ratio(1, 4);
    let (before, after) = ((frame * 8).max(quarter), (frame * 6).max(quarter));
    Span::new((at - before).max(Time::ZERO), at + after)
}

/// The distances at which an encoder places keyframes when nothing disturbs it.
enum Rule {
    /// The longest distance.
    Every(Time),
    /// Too few keyframes to tell.
    Unknown,
    /// Many keyframes, no two distances alike: each was placed for a reason.
    None,
}

impl Rule {
    fn of(packets: &[Packet], frame: Time) -> Rule {
        let keyframes: Vec<Time> = packets.iter().filter(|p| p.keyframe).map(|p| p.at).collect();
        let mut distances: Vec<Time> = keyframes.windows(2).map(|pair| pair[1] - pair[0]).collect();
        distances.sort();
        // The rule is the longest distance, for every other reason makes it shorter.
        match distances.as_slice() {
            [.., before, longest] if *longest - *before < frame * 3 / 2 && *longest > frame * 4 => {
                Rule::Every(*longest)
            }
            [.., longest] if [240, 250, 300].contains(&frames(*longest, frame)) => Rule::Every(*longest),
            distances if distances.len() < 3 => Rule::Unknown,
            _ => Rule::None,
        }
    }

    fn allows(&self, distance: Time, frame: Time) -> bool {
        match self {
            Rule::Every(usual) => distance.distance(*usual) <= frame * 3 / 2,
            Rule::Unknown => {
                // The usual settings are tens or dozens of frames.
                let frames = frames(distance, frame);
                frames % 10 == 0 || frames % 12 == 0
            }
            Rule::None => false,
        }
    }
}

/// How many frames make a distance.
fn frames(distance: Time, frame: Time) -> i64 {
    (distance + frame / 2).ticks() / frame.ticks().max(1)
}

/// A packet that is much larger than those before it: if a shot begins there, its picture is all new.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Rise {
    /// When the first frame is shown that is stored after it or as it. Encoders let no frame between two others reach
    /// over a cut, so that a shot begins there and not with the packet that costs.
    at: Time,
    /// Its size in bytes.
    size: u32,
    /// How many times larger than those before it it is.
    by: f32,
}

/// The rises within a span. Only packets of one kind are compared, for frames between two others always cost less.
fn rises(packets: &[Packet], span: (Time, Time)) -> Vec<Rise> {
    // Nobody counts the bytes of an empty frame.
    const LEAST: u32 = 300;
    let anchors: Vec<&Packet> = packets.iter().filter(|packet| !packet.between).collect();
    let first = anchors.partition_point(|packet| packet.at <= span.0);
    let last = anchors.partition_point(|packet| packet.at < span.1).max(first);
    let mut rises = Vec::new();
    for index in (first..last).filter(|index| !anchors[*index].keyframe) {
        let packet = anchors[index];
        let near = anchors[..index].partition_point(|p| p.at < packet.at - BEFORE);
        let before: Vec<u32> = anchors[near.min(index.saturating_sub(LEAST_BEFORE))..index]
            .iter()
            .filter(|packet| !packet.keyframe)
            .map(|packet| packet.size)
            .collect();
        if before.len() < LEAST_BEFORE.min(2) {
            continue;
        }
        let by = packet.size as f32 / before.iter().copied().max().unwrap_or(0).max(LEAST) as f32;
        if by > RISE {
            let after = packets.partition_point(|other| other.at <= anchors[index - 1].at);
            rises.push(Rise { at: packets[after].at, size: packet.size, by });
        }
    }
    rises
}
