//! Cuts from what the encoder left behind: where it placed keyframes, and which packets are large.

use std::ops::Range;

use sound::{Span, TICKS_PER_SECOND, Time};

use super::weight;
use crate::plan::{Plan, Wish};
use crate::sight::Step;
use crate::{Cut, Packet};

/// Two keyframes this unlike may lie in different shots, if something says where one begins.
const UNLIKE: f32 = 0.33;
/// The same where less speaks for it.
const QUITE_UNLIKE: f32 = 0.45;
/// Two keyframes this unlike lie in different shots whatever else is known.
const VERY_UNLIKE: f32 = 0.6;
/// A packet this many times larger than all before it may start a shot; and surely does.
const RISE: f32 = 1.9;
const SURE_RISE: f32 = 2.5;
/// The same where no keyframe shows the new shot.
const HIDDEN_RISE: f32 = 5.0;
/// A packet of this share of a keyframe holds a picture that is all new.
const ALL_NEW: f32 = 0.6;
/// Within so long a group of pictures there may be a shot that neither keyframe shows.
const LONG: Time = Time::from_ticks(TICKS_PER_SECOND * 4);
/// How far back the packets before count, and how many there are at least.
const BEFORE: Time = Time::from_ticks(TICKS_PER_SECOND * 6 / 10);
const LEAST_BEFORE: usize = 4;
/// Packets before a cut are smaller than this share of the keyframe; else much moves and the encoder was misled.
const CALM: f32 = 0.5;
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
pub(crate) fn weigh(plan: &Plan, steps: &[Step], length: Time) -> Evidence {
    let rule = Rule::of(plan.packets());
    let others: Vec<Packet> = plan.packets().iter().filter(|packet| !packet.keyframe).copied().collect();
    let last = plan.packets().iter().rfind(|packet| packet.keyframe).map(|packet| (packet.at, length));
    let groups = steps
        .iter()
        .filter(|step| !step.flash && (step.score > UNLIKE || step.at - step.from > LONG))
        .map(|step| Group::new(plan, &others, (step.from, step.at), step.score, &rule))
        // After the last keyframe there is no picture to compare with.
        .chain(last.map(|span| Group::new(plan, &others, span, 0.0, &rule)));
    let mut evidence = Evidence::default();
    for group in groups {
        if group.ends_in_a_cut() {
            evidence.cuts.push(Cut::hard(group.end, weight(group.unlike)));
        }
        for (packet, rise) in group.rises.iter().filter(|(_, rise)| !group.hidden() || *rise > HIDDEN_RISE) {
            let worth = f64::from(group.unlike.max(0.2) * rise.min(5.0));
            evidence.wishes.push(Wish { span: around(packet.at, plan.frame()), worth });
            if group.believes(packet, *rise) {
                let weight = 0.8 * weight(group.unlike.max(UNLIKE));
                evidence.beliefs.push(Cut::hard(packet.at, weight));
            }
        }
    }
    evidence
}

/// What lies between two keyframes.
struct Group {
    end: Time,
    /// How unlike the two keyframes are; 0 without a second one.
    unlike: f32,
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
    rises: Vec<(Packet, f32)>,
}

impl Group {
    /// `others` are all packets that are no keyframes.
    fn new(plan: &Plan, others: &[Packet], span: (Time, Time), unlike: f32, rule: &Rule) -> Group {
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
        Group {
            end,
            unlike,
            irregular: !rule.allows(end - start, plan.frame()),
            keyframe,
            usual: share(before.get(before.len() / 2).copied()),
            largest: share(within.iter().map(|packet| packet.size).max()),
            spent: within.iter().map(|packet| packet.size as f32).sum::<f32>() / keyframe as f32,
            rises: rises(others, first..last),
        }
    }

    /// Whether both ends look alike, so that a shot between them would be hidden.
    fn hidden(&self) -> bool {
        self.unlike < UNLIKE
    }

    /// Whether the encoder placed the keyframe at the end because a shot begins there.
    fn ends_in_a_cut(&self) -> bool {
        if self.irregular {
            self.unlike > QUITE_UNLIKE && self.usual < CALM || self.unlike > UNLIKE && self.usual < VERY_CALM
        } else {
            // A shot rarely begins where the rule places a keyframe: only if nothing before can be a cut or a pan.
            self.unlike > VERY_UNLIKE && self.largest < NO_CUT && self.spent < NO_PAN && self.rises.is_empty()
        }
    }

    /// Whether a shot begins with this packet, as far as one may say without a look.
    fn believes(&self, packet: &Packet, rise: f32) -> bool {
        if self.hidden() {
            return packet.size as f32 > ALL_NEW * self.keyframe as f32;
        }
        // Where one packet explains the change the lesser ones are something else.
        let highest = self.rises.iter().map(|(_, rise)| *rise).fold(0.0, f32::max).min(HIDDEN_RISE);
        let single = self.rises.len() == 1 && self.unlike > VERY_UNLIKE;
        !self.irregular && rise > 0.5 * highest && (rise > SURE_RISE || single)
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
    /// The longest distance that recurs.
    Every(Time),
    /// Too few keyframes to tell.
    Unknown,
    /// Many keyframes, no two distances alike: each was placed for a reason.
    None,
}

impl Rule {
    fn of(packets: &[Packet]) -> Rule {
        let keyframes: Vec<Time> = packets.iter().filter(|p| p.keyframe).map(|p| p.at).collect();
        let mut distances: Vec<Time> = keyframes.windows(2).map(|pair| pair[1] - pair[0]).collect();
        distances.sort();
        let near = Time::from_ratio(1, 50);
        let alike = |pair: &&[Time]| pair[1] - pair[0] < near && pair[0] > near * 5;
        match distances.windows(2).rev().find(alike) {
            Some(pair) => Rule::Every(pair[1]),
            None if distances.len() < 3 => Rule::Unknown,
            None => Rule::None,
        }
    }

    fn allows(&self, distance: Time, frame: Time) -> bool {
        match self {
            Rule::Every(usual) => distance.distance(*usual) <= frame * 3 / 2,
            Rule::Unknown => {
                // The usual settings are tens or dozens of frames.
                let frames = (distance + frame / 2).ticks() / frame.ticks().max(1);
                frames % 10 == 0 || frames % 12 == 0
            }
            Rule::None => false,
        }
    }
}

/// The packets of a range that are much larger than those before them, and how much.
///
/// `packets` holds no keyframes; those before reach over the start of the range.
fn rises(packets: &[Packet], range: Range<usize>) -> Vec<(Packet, f32)> {
    // Nobody counts the bytes of an empty frame.
    const LEAST: u32 = 300;
    let mut rises = Vec::new();
    for index in range {
        let packet = packets[index];
        let first = packets[..index].partition_point(|p| p.at < packet.at - BEFORE);
        if index - first < LEAST_BEFORE {
            continue;
        }
        let before = packets[first..index].iter().map(|p| p.size).max().unwrap_or(0).max(LEAST);
        let rise = packet.size as f32 / before as f32;
        if rise > RISE {
            rises.push((packet, rise));
        }
    }
    rises
}
