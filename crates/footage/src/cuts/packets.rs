//! Cuts from what the encoder left behind: where it placed keyframes, and which packets are large.

use sound::{Span, TICKS_PER_SECOND, Time};

use super::weight;
use crate::plan::{Plan, Wish};
use crate::sight::Step;
use crate::{Cut, Packet};

/// Two keyframes this unlike lie in different shots, if anything says where one begins.
const UNLIKE: f32 = 0.33;
/// Two keyframes this unlike lie in different shots whatever else is known.
const VERY_UNLIKE: f32 = 0.55;
/// A packet this many times larger than its neighbours starts a shot.
const SPIKE: f32 = 2.0;
/// The neighbourhood of a packet, to each side.
const NEAR: Time = Time::from_ticks(TICKS_PER_SECOND * 6 / 10);
/// Packets before a cut are smaller than this share of the keyframe; else much moves and the encoder was misled.
const CALM: f32 = 0.5;

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

/// Weighs the steps from keyframe to keyframe against the packets between them.
pub(crate) fn weigh(plan: &Plan, steps: &[Step]) -> Evidence {
    let usual = usual_distance(plan.packets());
    let mut evidence = Evidence::default();
    for step in steps.iter().filter(|step| !step.flash && step.score > UNLIKE) {
        let between = between(plan.packets(), step);
        let keyframe =
            plan.packets().iter().find(|p| p.at.distance(step.at) < plan.frame()).map_or(0, |p| p.size);
        let irregular =
            usual.is_none_or(|usual| (step.at - step.from).distance(usual) > plan.frame() * 3 / 2);
        let before = usual_size(between.iter().rev().take(12)) as f32;
        let calm = before < CALM * keyframe as f32;
        let spike = largest_spike(between);
        let cut = Cut { at: step.at, weight: weight(step.score) };
        match spike {
            Some((at, factor)) if factor > SPIKE && !(irregular && calm && step.at - step.from < NEAR) => {
                let worth = f64::from(step.score * factor.min(4.0));
                evidence.wishes.push(Wish { span: around(at, plan.frame()), worth });
                if irregular && calm {
                    evidence.cuts.push(cut);
                } else if factor > 1.5 * SPIKE {
                    evidence.beliefs.push(Cut { at, ..cut });
                }
            }
            _ if irregular && calm => evidence.cuts.push(cut),
            _ if step.score > VERY_UNLIKE && before < 0.2 * keyframe as f32 => evidence.cuts.push(cut),
            _ => {}
        }
    }
    evidence
}

/// The few frames that show whether the packet at `at` starts a shot: with B-frames the shot begins before it.
fn around(at: Time, frame: Time) -> Span {
    Span::new((at - frame * 8).max(Time::ZERO), at + frame * 6)
}

/// The packets shown between two keyframes, both left out.
fn between<'a>(packets: &'a [Packet], step: &Step) -> &'a [Packet] {
    let first = packets.partition_point(|packet| packet.at <= step.from);
    let last = packets.partition_point(|packet| packet.at < step.at).max(first);
    &packets[first..last]
}

/// The distance between keyframes that the encoder keeps to when nothing disturbs it: the longest that recurs.
///
/// `None` where there is no rule to be seen; then every keyframe was placed for a reason.
fn usual_distance(packets: &[Packet]) -> Option<Time> {
    let keyframes: Vec<Time> = packets.iter().filter(|p| p.keyframe).map(|p| p.at).collect();
    let mut distances: Vec<Time> = keyframes.windows(2).map(|pair| pair[1] - pair[0]).collect();
    distances.sort();
    let near = Time::from_ratio(1, 50);
    distances.windows(2).rev().find(|pair| pair[1] - pair[0] < near && pair[0] > near * 5).map(|pair| pair[1])
}

/// The median size.
fn usual_size<'a>(packets: impl Iterator<Item = &'a Packet>) -> u32 {
    let mut sizes: Vec<u32> = packets.map(|packet| packet.size).collect();
    sizes.sort_unstable();
    sizes.get(sizes.len() / 2).copied().unwrap_or(0)
}

/// The packet that stands out most among its neighbours, and by which factor over the largest of them.
fn largest_spike(packets: &[Packet]) -> Option<(Time, f32)> {
    let mut best: Option<(Time, f32)> = None;
    for (index, packet) in packets.iter().enumerate() {
        let first = packets[..index].partition_point(|p| p.at < packet.at - NEAR);
        let last = index + packets[index..].partition_point(|p| p.at <= packet.at + NEAR);
        let largest =
            packets[first..index].iter().chain(&packets[index + 1..last]).map(|p| p.size).max().unwrap_or(0);
        if last - first < 4 {
            continue;
        }
        let factor = packet.size as f32 / largest.max(200) as f32;
        if best.is_none_or(|(_, most)| factor > most) {
            best = Some((packet.at, factor));
        }
    }
    best
}
