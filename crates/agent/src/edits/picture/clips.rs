//! Clips: their order, their speed, their own sound, how one becomes the next.

use sound::Time;
use timeline::{Clip, Edit, EditError};

use super::super::level;
use crate::edits::way::Way;
use crate::remark::{Problem, Remark};
use crate::wishes::{FadeLength, LevelWish, PictureWish, Scope, SpeedWish, Spot};

/// Length of a crossfade of which nobody said how long, in seconds; less where clips are short.
const USUAL_CROSSFADE: f64 = 1.0;

/// Takes away the clips that a request begins with taking away, and says how many wishes they were: all of them are
/// counted before the first goes.
pub(super) fn gone(way: &mut Way, wishes: &[PictureWish]) -> Result<usize, Problem> {
    let named = wishes.iter().map_while(|wish| match wish {
        PictureWish::Remove(which) => Some(*which),
        _ => None,
    });
    let mut clips = named.map(|which| way.clip(which)).collect::<Result<Vec<u32>, Problem>>()?;
    let count = clips.len();
    clips.sort_unstable();
    clips.dedup();
    clips.into_iter().try_for_each(|clip| way.cut(Edit::RemoveClip { clip }))?;
    Ok(count)
}

pub(super) fn only(way: &mut Way, which: i32) -> Result<(), Problem> {
    let kept = way.clip(which)?;
    let others: Vec<u32> = way.state.clips.iter().map(|clip| clip.id).filter(|id| *id != kept).collect();
    others.into_iter().try_for_each(|clip| way.cut(Edit::RemoveClip { clip }))
}

pub(super) fn join(way: &mut Way, which: Option<i32>) -> Result<(), Problem> {
    if let Some(which) = which {
        let clip = way.clip(which)?;
        return way.cut(Edit::JoinClips { clip });
    }
    let first = way.clip(1)?;
    let mut place = 0;
    let before = way.edits.len();
    while place + 1 < way.state.clips.len() {
        let clip = way.state.clips[place].id;
        if way.state.apply(&Edit::JoinClips { clip }).is_ok() {
            way.cut(Edit::JoinClips { clip })?;
        } else {
            place += 1;
        }
    }
    if way.edits.len() == before { Err(Problem::Picture(EditError::NothingToJoin(first))) } else { Ok(()) }
}

pub(super) fn shift(way: &mut Way, which: i32, spot: Spot) -> Result<(), Problem> {
    let from = way.place(which)?;
    let clip = way.clip(which)?;
    // Without it, those behind it stand one place earlier.
    let without = |place: usize| if from < place { place - 1 } else { place };
    let to = match spot {
        Spot::First => 0,
        Spot::Last => way.state.clips.len() - 1,
        Spot::Before(other) => without(way.place(other)?),
        Spot::After(other) => without(way.place(other)? + 1),
    };
    way.cut(Edit::MoveClip { clip, to })
}

/// The last one first, and so on.
pub(super) fn reverse(way: &mut Way) -> Result<(), Problem> {
    let clips: Vec<u32> = way.state.clips.iter().rev().map(|clip| clip.id).collect();
    clips.into_iter().enumerate().try_for_each(|(to, clip)| way.cut(Edit::MoveClip { clip, to }))
}

pub(super) fn swap(way: &mut Way, first: i32, second: i32) -> Result<(), Problem> {
    let (a, b) = (way.place(first)?, way.place(second)?);
    let (front, rear) = (a.min(b), a.max(b));
    let (early, late) = (way.state.clips[front].id, way.state.clips[rear].id);
    way.cut(Edit::MoveClip { clip: late, to: front })?;
    way.cut(Edit::MoveClip { clip: early, to: rear })
}

pub(super) fn speed(way: &mut Way, scope: Scope, wish: SpeedWish) -> Result<(), Problem> {
    let film = way.state.length().seconds();
    let wished = |clip: &Clip| match wish {
        SpeedWish::Lasting(seconds) => f64::from(clip.speed_pct) * film / seconds.max(1e-3),
        SpeedWish::To(percent) => percent,
        SpeedWish::By(factor) => f64::from(clip.speed_pct) * factor,
    };
    let mut wanted = Vec::new();
    for id in way.meant(scope)? {
        let percent = way.state.clip(id).map_or(100.0, wished).round();
        if !(f64::from(*Clip::SPEEDS_PCT.start())..=f64::from(*Clip::SPEEDS_PCT.end())).contains(&percent) {
            return Err(Problem::Picture(EditError::SpeedOutOfRange(percent.clamp(0.0, 1e9) as u32)));
        }
        wanted.push((id, percent as u32));
    }
    each_or_all(way, scope, &wanted, |clip, percent| Edit::Speed { clip, percent })
}

pub(super) fn level(
    way: &mut Way,
    scope: Scope,
    wish: LevelWish,
    remarks: &mut Vec<Remark>,
) -> Result<(), Problem> {
    let mut wanted = Vec::new();
    for id in way.meant(scope)? {
        let now = way.state.clip(id).map_or(100.0, |clip| clip.level_pct);
        let (percent, loudest) = level::after(now, wish).map_err(|problem| match problem {
            Problem::Level(percent) => Problem::Picture(EditError::LevelOutOfRange(percent)),
            other => other,
        })?;
        if loudest && !remarks.contains(&Remark::Loudest) {
            remarks.push(Remark::Loudest);
        }
        wanted.push((id, percent));
    }
    // Who names a level wants to hear it.
    if matches!(wish, LevelWish::To(percent) if percent > 0.0) {
        mute(way, scope, false)?;
    }
    each_or_all(way, scope, &wanted, |clip, percent| Edit::ClipLevel { clip, percent })
}

pub(super) fn mute(way: &mut Way, scope: Scope, muted: bool) -> Result<(), Problem> {
    let wanted: Vec<(u32, bool)> = way.meant(scope)?.into_iter().map(|id| (id, muted)).collect();
    each_or_all(way, scope, &wanted, |clip, muted| Edit::Mute { clip, muted })
}

/// One edit for all clips where they are to be alike, else one for each.
fn each_or_all<T: Copy + PartialEq>(
    way: &mut Way,
    scope: Scope,
    wanted: &[(u32, T)],
    edit: impl Fn(Option<u32>, T) -> Edit,
) -> Result<(), Problem> {
    let alike = wanted.windows(2).all(|pair| pair[0].1 == pair[1].1);
    match wanted.first().filter(|_| scope == Scope::All && alike) {
        Some((_, value)) => way.cut(edit(None, *value)),
        None => wanted.iter().try_for_each(|(id, value)| way.cut(edit(Some(*id), *value))),
    }
}

pub(super) fn crossfade(way: &mut Way, which: Option<i32>, length: FadeLength) -> Result<(), Problem> {
    let clips = way.state.clips.len();
    if clips < 2 {
        return Err(Problem::NoSuchClip { asked: 2, clips });
    }
    let places = match which {
        Some(which) => vec![way.place(which)?],
        None => (1..clips).collect(),
    };
    for place in places {
        let clip = &way.state.clips[place];
        let before = place.checked_sub(1).map(|before| way.state.clips[before].length());
        let room = before.map_or(Time::ZERO, |before| before.min(clip.length()) / 2);
        let length = match length {
            FadeLength::None => Time::ZERO,
            FadeLength::Seconds(seconds) | FadeLength::Until(seconds) if seconds < 0.0 => {
                return Err(Problem::Negative);
            }
            FadeLength::Seconds(seconds) | FadeLength::Until(seconds) => Time::from_seconds(seconds.min(1e9)),
            FadeLength::Usual if room == Time::ZERO => Time::from_seconds(USUAL_CROSSFADE),
            FadeLength::Usual => Time::from_seconds(USUAL_CROSSFADE).min(room),
        };
        way.cut(Edit::Crossfade { clip: clip.id, length })?;
    }
    Ok(())
}
