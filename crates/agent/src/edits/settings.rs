//! How a bed lies and what it plays, set to what is wished.

use score::{Brief, CueSheet};
use sound::{Span, Time};
use timeline::{Bed, Duck, Music};

use super::brief::{self, TEMPOS};
use super::{Draft, Ground, level, place};
use crate::remark::{Problem, Remark};
use crate::wishes::{DuckWish, FadeLength, ShiftWish, Wishes};

/// Length of a fade that nobody gave one, in seconds; in short music it is a fifth of it.
const USUAL_FADE: f64 = 2.0;

/// How long music that grows is big at its end; in short music a sixth of it.
const FINALE: Time = Time::from_ticks(5 * sound::TICKS_PER_SECOND);

/// A new bed.
pub(super) fn fresh(
    wishes: &Wishes,
    ground: Ground<'_>,
    span: Option<Span>,
    draft: &mut Draft,
) -> Result<Bed, Problem> {
    let mut brief = brief::anew(None, wishes, ground, &mut draft.remarks);
    brief::reshape(&mut brief, wishes, None, ground, &mut draft.remarks);
    let name = name(&brief, ground);
    let span = span.unwrap_or_else(|| ground.timeline.whole());
    let mut bed = Bed::new(0, name, Music::Composed(Box::new(brief)), span);
    settle(&mut bed, wishes, ground, draft)?;
    if wishes.duck == Some(DuckWish::More) {
        // New music gives way as usual; more of it is for music that did not do enough.
        bed.duck = Duck::default();
    }
    Ok(bed)
}

/// Other music in a bed.
pub(super) fn rescore(bed: &mut Bed, wishes: &Wishes, ground: Ground<'_>, draft: &mut Draft) {
    let old = match &bed.music {
        Music::Composed(brief) => Some(&**brief),
        Music::Recording(_) => None,
    };
    let mut brief = brief::anew(old, wishes, ground, &mut draft.remarks);
    brief::reshape(&mut brief, wishes, None, ground, &mut draft.remarks);
    bed.name = name(&brief, ground);
    bed.music = Music::Composed(Box::new(brief));
}

/// The same music, played otherwise.
pub(super) fn reshape(bed: &mut Bed, wishes: &Wishes, ground: Ground<'_>, draft: &mut Draft) {
    let relative = wishes.pace.is_some() || wishes.semitones.is_some();
    let playing = if relative { playing(bed, ground) } else { None };
    match &mut bed.music {
        Music::Composed(brief) => {
            brief::reshape(brief, wishes, playing.as_ref(), ground, &mut draft.remarks);
        }
        Music::Recording(_) => draft.remarks.push(Remark::OwnRecording),
    }
}

/// The tempo and the key in which composed music plays.
pub(super) fn playing(bed: &Bed, ground: Ground<'_>) -> Option<CueSheet> {
    let Music::Composed(brief) = &bed.music else { return None };
    let (genre, mood) = score::choose(brief, ground.profile, ground.library)?;
    Some(score::spot(brief, genre, mood, ground.profile, bed.span))
}

/// What people will call music of this brief, in the language they speak.
fn name(brief: &Brief, ground: Ground<'_>) -> String {
    crate::reply::music_name(brief, ground.library, ground.language)
}

/// Moves a bed; hits stay where they are in the film, fades shrink to what fits.
pub(super) fn place(bed: &mut Bed, span: Span, draft: &mut Draft) {
    let moved = bed.span.start - span.start;
    if let Music::Composed(brief) = &mut bed.music {
        let before = brief.hits.len();
        brief.hits.iter_mut().for_each(|hit| *hit += moved);
        let inside = |hit: &Time| *hit >= Time::ZERO && *hit <= span.length();
        brief.hits.retain(inside);
        brief.climax = brief.climax.map(|at| at + moved).filter(inside);
        if brief.hits.len() < before {
            draft.remarks.push(Remark::HitsLeftOut(before - brief.hits.len()));
        }
    }
    bed.span = span;
    let wanted = bed.fade_in + bed.fade_out;
    if wanted > span.length() {
        let share = span.length().seconds() / wanted.seconds();
        bed.fade_in = Time::from_seconds(bed.fade_in.seconds() * share).min(span.length());
        bed.fade_out = span.length() - bed.fade_in;
    }
}

/// Moves an end of a bed.
pub(super) fn shift(bed: &mut Bed, wish: ShiftWish, film: Time, draft: &mut Draft) -> Result<(), Problem> {
    let by = |seconds: f64| Time::from_seconds(seconds.clamp(-1e6, 1e6));
    let (start, end) = match wish {
        ShiftWish::Start(seconds) => (bed.span.start + by(seconds), bed.span.end),
        ShiftWish::End(seconds) => (bed.span.start, (bed.span.end + by(seconds)).min(film)),
        ShiftWish::EndAt(seconds) => (bed.span.start, place::moment(seconds, film)?),
        ShiftWish::BeforeEnd(seconds) => (bed.span.start, film - by(seconds)),
    };
    if start < Time::ZERO {
        return Err(Problem::Negative);
    }
    if end <= start {
        return Err(Problem::Backwards(start, end));
    }
    place(bed, Span::new(start, end), draft);
    Ok(())
}

/// Level, ducking, fades and hits; and whether the tempo that is asked for can be.
pub(super) fn settle(
    bed: &mut Bed,
    wishes: &Wishes,
    ground: Ground<'_>,
    draft: &mut Draft,
) -> Result<(), Problem> {
    if let (Some(_), Music::Composed(brief)) = (wishes.pace, &bed.music)
        && let Some(bpm) = brief.tempo_bpm.filter(|bpm| !TEMPOS.contains(bpm))
    {
        return Err(Problem::Tempo(bpm));
    }
    if let Some(wish) = wishes.level {
        let (percent, loudest) = level::after(bed.level_pct, wish)?;
        bed.level_pct = percent;
        if loudest {
            draft.remarks.push(Remark::Loudest);
        }
    }
    if let Some(wish) = wishes.duck {
        bed.duck = duck(bed.duck, wish);
    }
    if let Some(length) = wishes.fades.fade_in {
        bed.fade_in = fade(length, bed.span, |until| until - bed.span.start)?;
    }
    if let Some(length) = wishes.fades.fade_out {
        bed.fade_out = fade(length, bed.span, |from| bed.span.end - from)?;
    }
    if bed.fade_in + bed.fade_out > bed.span.length() {
        return Err(Problem::Fades { fades: bed.fade_in + bed.fade_out, room: bed.span.length() });
    }
    hits(bed, wishes, ground)
}

fn hits(bed: &mut Bed, wishes: &Wishes, ground: Ground<'_>) -> Result<(), Problem> {
    let Music::Composed(brief) = &mut bed.music else { return Ok(()) };
    if wishes.rises && wishes.hits.as_ref().is_none_or(|hits| hits.climax.is_none()) {
        let finale =
            wishes.finale.map(|place| place::resolve(place, ground.timeline.length())).transpose()?;
        let finale = finale.map(|span| span.start - bed.span.start).filter(|at| *at > Time::ZERO);
        brief.climax =
            finale.or(brief.climax).or(Some(bed.span.length() - FINALE.min(bed.span.length() / 6)));
    }
    let Some(wished) = &wishes.hits else { return Ok(()) };
    if wished.cuts {
        let cuts = ground.profile.cuts.iter().map(|cut| cut.at);
        brief.hits.extend(
            cuts.filter(|at| bed.span.start <= *at && *at <= bed.span.end).map(|at| at - bed.span.start),
        );
    } else if wished.moments.is_empty() {
        (brief.hits, brief.climax) = (Vec::new(), None);
    }
    for seconds in &wished.moments {
        let at = place::moment(*seconds, ground.timeline.length())?;
        if at < bed.span.start || at > bed.span.end {
            return Err(Problem::HitOutside { at, span: bed.span });
        }
        let hit = at - bed.span.start;
        brief.hits.push(hit);
        if wished.climax == Some(*seconds) {
            brief.climax = Some(hit);
        }
    }
    brief.hits.sort_unstable();
    brief.hits.dedup();
    Ok(())
}

fn fade(length: FadeLength, span: Span, counted: impl Fn(Time) -> Time) -> Result<Time, Problem> {
    let room = span.length();
    let fade = match length {
        FadeLength::None => Time::ZERO,
        FadeLength::Usual => Time::from_seconds(USUAL_FADE).min(room / 5),
        FadeLength::Seconds(seconds) if seconds < 0.0 => return Err(Problem::Negative),
        FadeLength::Seconds(seconds) => Time::from_seconds(seconds.min(1e9)),
        FadeLength::Until(seconds) => counted(Time::from_seconds(seconds.clamp(-1e9, 1e9))),
    };
    if fade < Time::ZERO || fade > room { Err(Problem::Fades { fades: fade, room }) } else { Ok(fade) }
}

/// The next way of giving way.
fn duck(now: Duck, wish: DuckWish) -> Duck {
    let place = Duck::ALL.iter().position(|duck| *duck == now).unwrap_or(2);
    match wish {
        DuckWish::To(duck) => duck,
        DuckWish::On => {
            if now == Duck::Off {
                Duck::Standard
            } else {
                now
            }
        }
        DuckWish::More => Duck::ALL[(place + 1).min(Duck::ALL.len() - 1)],
        DuckWish::Less => Duck::ALL[place.saturating_sub(1)],
    }
}
