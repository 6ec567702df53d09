//! How fast the picture runs: "speed up the video 2x", "slow motion", `慢放一半`.

use super::run::Run;
use super::{PictureWish, Scope, SpeedWish};
use crate::number::Amount;
use crate::term::{PictureWord, Term};

/// How many times as fast or as slow a film gets in one step: a little, plainly, by much.
const STEPS: [f64; 3] = [1.1, 1.25, 1.5];
/// The speed of slow motion of which nobody said how slow, in percent.
const SLOW_MOTION: f64 = 50.0;
/// The same of a film that is wound forward.
const FAST_FORWARD: f64 = 200.0;

pub(super) fn read(run: &Run<'_>) -> Vec<PictureWish> {
    let slow = run.word(PictureWord::SlowMotion);
    let fast = run.word(PictureWord::FastForward);
    let figure = run.amounts().find(|(_, amount)| matches!(amount, Amount::Speed(_))).map(|(at, _)| at);
    let sure = slow.or(fast).or(figure);
    let about = sure.or_else(|| film_pace(run));
    let Some(at) = about.filter(|at| sure.is_none() || !describes(run, *at)) else { return Vec::new() };
    if run.of_music && !run.says(&[Term::Film]) && run.clip().is_none() {
        return Vec::new();
    }
    let words = [Term::Faster, Term::Slower, Term::Fast, Term::Slow];
    if run.is_denied(at) || run.find(&words).is_some_and(|at| run.is_denied(at)) {
        return vec![PictureWish::Stay];
    }
    let scopes = run.scopes();
    if let Some((at, seconds)) = run.seconds().filter(|_| scopes == [Scope::All]) {
        // "Speed up the video to 20 seconds".
        let lasting = run.phrase.after(at, &[Term::To, Term::For]);
        return vec![match lasting {
            true => PictureWish::Speed(Scope::All, SpeedWish::Lasting(seconds)),
            false => PictureWish::UnclearPart,
        }];
    }
    let wish = wish(run);
    wish.map(|wish| scopes.into_iter().map(|scope| PictureWish::Speed(scope, wish)).collect())
        .unwrap_or_default()
}

/// The word that says how fast the film is to run, where it is the film that is spoken of.
fn film_pace(run: &Run<'_>) -> Option<usize> {
    // "Play the second clip at 50%".
    let share = run.amounts().any(|(_, amount)| is_share(amount));
    let plays =
        run.find(&[Term::Want]).filter(|at| matches!(run.written(*at), "play" | "plays" | "播放") && share);
    let at = run.find(&[Term::Faster, Term::Slower]).or(plays).or_else(|| {
        // "Twice as fast", "at half speed", "speed the clip up", "slow the video down".
        let at = run.find(&[Term::Fast, Term::Pace, Term::Slow])?;
        let figure =
            run.says(&[Term::Twice, Term::Half]) || run.amounts().any(|(_, amount)| is_share(amount));
        let split = matches!(run.written(at), "speed" | "slow") && run.names_film(at + 1);
        let split =
            split || run.written(at) == "speed" && run.clips().iter().any(|(place, _)| *place == at + 1);
        let imperative = at == run.at.start || run.phrase.after(at, &[Term::To]);
        (figure || split && imperative && at + 2 < run.at.end).then_some(at)
    })?;
    run.of_film(at).then_some(at)
}

fn is_share(amount: Amount) -> bool {
    matches!(amount, Amount::Percent(_) | Amount::Times(_))
}

/// "My slow motion video" tells of the film; "make a slow motion video" and `慢放视频` do not.
fn describes(run: &Run<'_>, at: usize) -> bool {
    let verb = matches!(run.written(at), "慢放" | "快放" | "快进");
    !verb && !run.says(&[Term::Remove]) && run.describes(at)
}

/// Whether it gets faster or slower.
fn way(run: &Run<'_>) -> Option<f64> {
    let slower = [Term::Slower, Term::Slow, Term::Picture(PictureWord::SlowMotion)];
    let slow_pace =
        run.find(&[Term::Slow, Term::Slower]).is_some_and(|at| run.written(at).starts_with("slow"));
    if run.says(&slower) || slow_pace {
        Some(-1.0)
    } else {
        run.says(&[Term::Faster, Term::Fast, Term::Picture(PictureWord::FastForward), Term::Pace])
            .then_some(1.0)
    }
}

fn wish(run: &Run<'_>) -> Option<SpeedWish> {
    let way = way(run);
    let plainly = run.says(&[Term::Faster, Term::Slower]);
    for (at, amount) in run.amounts() {
        let to = run.phrase.after(at, &[Term::To, Term::At]) || !plainly;
        let wish = match (amount, way) {
            (Amount::Percent(percent), Some(sign)) if !to => SpeedWish::By(1.0 + sign * percent / 100.0),
            (Amount::Percent(percent), _) => SpeedWish::To(percent),
            (Amount::Speed(times), _) => SpeedWish::To(times * 100.0),
            (Amount::Times(times), Some(sign)) if sign < 0.0 && times > 1.0 => SpeedWish::By(1.0 / times),
            (Amount::Times(times), _) if to => SpeedWish::To(times * 100.0),
            (Amount::Times(times), _) => SpeedWish::By(times),
            _ => continue,
        };
        return Some(wish);
    }
    if run.says(&[Term::Half]) {
        return Some(if plainly { SpeedWish::By(0.5) } else { SpeedWish::To(50.0) });
    }
    if run.says(&[Term::Twice]) {
        return Some(SpeedWish::By(if way == Some(-1.0) { 0.5 } else { 2.0 }));
    }
    if run.word(PictureWord::SlowMotion).is_some() {
        return Some(SpeedWish::To(SLOW_MOTION));
    }
    if run.word(PictureWord::FastForward).is_some() {
        return Some(SpeedWish::To(FAST_FORWARD));
    }
    let step = if run.says(&[Term::Bit, Term::Touch]) {
        STEPS[0]
    } else if run.says(&[Term::Much]) {
        STEPS[2]
    } else {
        STEPS[1]
    };
    way.map(|way| SpeedWish::By(if way > 0.0 { step } else { 1.0 / step }))
}
