//! The shape of the picture: "make it vertical", "9:16 with blurred background", `竖屏`.

use timeline::{Anchor, Fit, Place, Ratio};

use super::run::Run;
use super::{PictureWish, ShapeWish};
use crate::number::Amount;
use crate::term::{Outside, PictureWord, Question, Term};
use crate::token::Meaning;

pub(super) fn read(run: &Run<'_>) -> Vec<PictureWish> {
    let mut wish = ShapeWish::default();
    let (mut denied, mut named) = (false, false);
    for at in run.at.clone() {
        match run.phrase.term(at) {
            Some(Term::Picture(PictureWord::Shape(ratio))) if !run.describes(at) && is_shape(run, at) => {
                denied |= run.is_denied(at);
                // "From wide to tall": what is said last is wished.
                wish.ratio = (!run.is_denied(at)).then_some(ratio).or(wish.ratio);
            }
            Some(Term::Picture(PictureWord::Fit(fit))) => {
                (named, wish.denied) = (true, run.is_denied(at));
                wish.fit = Some(match (fit, run.is_denied(at)) {
                    (fit, false) => wish.fit.filter(|_| fit == Fit::Crop).unwrap_or(fit),
                    // Without bars it is full; without cutting anything off, it has bars.
                    (Fit::Pad | Fit::Blur, true) => wish.fit.unwrap_or(Fit::Crop),
                    (Fit::Crop, true) => wish.fit.unwrap_or(Fit::Pad),
                });
            }
            Some(Term::Picture(PictureWord::Frame)) => {
                denied |= run.is_denied(at);
                named = true;
            }
            Some(Term::Outside(Outside::Picture)) if matches!(run.written(at), "blur" | "模糊") => {
                wish.fit = wish.fit.or(Some(Fit::Blur));
            }
            Some(Term::Spot(place)) => wish.anchor = anchor(place),
            _ => {}
        }
        match run.phrase.amount(at) {
            Some(Amount::Ratio(..) | Amount::NineSixteen) if run.describes(at) => {}
            Some(Amount::Ratio(wide, high)) => {
                named = true;
                wish.ratio = Ratio::ALL.into_iter().find(|ratio| ratio.parts() == Some((wide, high)));
            }
            Some(Amount::NineSixteen) if run.phrase.seconds(at).is_none() => wish.ratio = Some(Ratio::Tall),
            Some(Amount::Lines(lines)) if is_wish(run, at) => wish.lines = Some(lines),
            _ => {}
        }
    }
    settled(run, wish, denied, named)
}

/// What the words of a run come to.
fn settled(run: &Run<'_>, wish: ShapeWish, denied: bool, named: bool) -> Vec<PictureWish> {
    let open = wish.ratio.is_none() && wish.lines.is_none();
    let asks = named && run.says(&[Term::Make, Term::Again, Term::Want]);
    let cut = run.seconds().is_some() && open;
    let stays = named && run.writes(&["unchanged", "as it is", "不变", "别变", "不要变"]);
    if (denied || stays) && open {
        return vec![PictureWish::Stay];
    }
    match (wish.fit, run.clip()) {
        // "Crop the first 3 seconds" is about time.
        _ if cut => Vec::new(),
        (Some(fit), Some(clip)) if open => vec![PictureWish::Frame(clip, fit)],
        (None, _) if open && named && (asks || has_ratio(run)) => vec![PictureWish::UnclearShape],
        (None, _) if open => Vec::new(),
        _ => vec![PictureWish::Shape(wish)],
    }
}

fn has_ratio(run: &Run<'_>) -> bool {
    run.amounts().any(|(_, amount)| matches!(amount, Amount::Ratio(..)))
        || run.word(PictureWord::Frame).is_some() && run.at.len() == 1
}

/// Whether a word of a shape asks for it: told to be made, or with nothing beside it that it could tell of. "A portrait of
/// my grandmother" and "a square dance" ask for nothing.
fn is_shape(run: &Run<'_>, at: usize) -> bool {
    let of_shape = |at: usize| match run.phrase.token(at).map(|token| token.meaning) {
        Some(Meaning::Term(term)) => {
            matches!(
                term,
                Term::Picture(_) | Term::Target(_) | Term::For | Term::With | Term::Without | Term::Not
            ) || matches!(
                term,
                Term::Film | Term::Make | Term::Want | Term::Add | Term::To | Term::At | Term::Inside
            ) || matches!(term, Term::Also | Term::Spot(_) | Term::Question(Question::Export))
        }
        Some(Meaning::Amount(_)) => true,
        // `做成竖屏`
        _ => "做成转换为设改剪裁出拍版".contains(run.written(at)) || run.written(at) == "version",
    };
    run.is_denied(at)
        || run.makes(at)
        || run.phrase.term(at).is_some() && run.at.clone().all(of_shape)
        || with_frame(run)
}

fn with_frame(run: &Run<'_>) -> bool {
    let framed = |at: usize| {
        matches!(run.phrase.term(at), Some(Term::Picture(PictureWord::Fit(_) | PictureWord::Frame)))
    };
    run.at.clone().any(framed)
}

/// Whether `1080p` is to come, and does not tell what there is.
fn is_wish(run: &Run<'_>, at: usize) -> bool {
    let led = [Term::To, Term::At, Term::Inside, Term::Make, Term::Question(Question::Export)];
    let led = run.phrase.after(at, &led) || run.makes(at) || run.at.len() == 1;
    led && at + 1 == run.at.end
}

fn anchor(place: Place) -> Option<Anchor> {
    match place {
        Place::Center => Some(Anchor::Center),
        Place::Top => Some(Anchor::Top),
        Place::Bottom => Some(Anchor::Bottom),
        Place::Left => Some(Anchor::Left),
        Place::Right => Some(Anchor::Right),
        _ => None,
    }
}
