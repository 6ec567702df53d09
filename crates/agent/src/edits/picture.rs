//! From wishes about the picture to edits. They come first: what is said of music and titles means the film as it is then.

mod clips;
mod cuts;
mod looks;

use timeline::Edit;

use super::place;
use super::way::Way;
use crate::remark::{FilmSound, Problem, Remark, Unclear};
use crate::wishes::{PictureWish, Scope, Wishes};

impl Way {
    /// Does an edit of the picture.
    fn cut(&mut self, edit: Edit) -> Result<(), Problem> {
        self.take(edit).map_err(Problem::Picture)
    }

    /// The number of a clip that people count from 1, or from the last one, which is -1.
    fn clip(&self, which: i32) -> Result<u32, Problem> {
        Ok(self.state.clips[self.place(which)?].id)
    }

    /// Its place in the order, from 0.
    fn place(&self, which: i32) -> Result<usize, Problem> {
        let clips = self.state.clips.len();
        let steps = which.unsigned_abs() as usize;
        if which == 0 && clips % 2 == 1 {
            return Ok(clips / 2);
        }
        let place = if which < 0 { clips.checked_sub(steps) } else { steps.checked_sub(1) };
        place.filter(|place| *place < clips).ok_or(Problem::NoSuchClip { asked: steps, clips })
    }

    /// The numbers of the clips that are meant; a stretch becomes clips of its own.
    fn meant(&mut self, scope: Scope) -> Result<Vec<u32>, Problem> {
        match scope {
            Scope::All => Ok(self.state.clips.iter().map(|clip| clip.id).collect()),
            Scope::Clip(which) => Ok(vec![self.clip(which)?]),
            Scope::Part(place) => {
                let span = place::resolve(place, self.state.length())?;
                for at in [span.end, span.start] {
                    let borders = self.state.placed();
                    let border =
                        borders.iter().any(|placed| placed.span.start == at || placed.span.end == at);
                    if !border {
                        self.cut(Edit::SplitClip { at })?;
                    }
                }
                let placed = self.state.placed();
                let inside =
                    placed.iter().filter(|at| at.span.start >= span.start && at.span.end <= span.end);
                Ok(inside.map(|placed| placed.clip.id).collect())
            }
        }
    }
}

/// Does what a request asks of the picture.
pub(super) fn go(way: &mut Way, wishes: &Wishes, remarks: &mut Vec<Remark>) -> Result<(), Problem> {
    let mut rest = wishes.picture.as_slice();
    while let Some((wish, behind)) = rest.split_first() {
        let done = cuts::together(way, rest)?.max(clips::gone(way, rest)?);
        if done > 0 {
            rest = &rest[done..];
            continue;
        }
        one(way, *wish, remarks)?;
        rest = behind;
    }
    Ok(())
}

fn one(way: &mut Way, wish: PictureWish, remarks: &mut Vec<Remark>) -> Result<(), Problem> {
    match wish {
        PictureWish::Cut(..) | PictureWish::Keep(..) | PictureWish::Remove(_) => Ok(()),
        PictureWish::Split(point) => cuts::split(way, point),
        PictureWish::Join(which) => clips::join(way, which),
        PictureWish::Only(which) => clips::only(way, which),
        PictureWish::Move(which, spot) => clips::shift(way, which, spot),
        PictureWish::Swap(first, second) => clips::swap(way, first, second),
        PictureWish::Reverse => clips::reverse(way),
        PictureWish::SwapBoth if way.state.clips.len() == 2 => clips::swap(way, 1, 2),
        PictureWish::SwapBoth => told(remarks, Remark::Unclear(Unclear::Part)),
        PictureWish::Speed(which, wish) => clips::speed(way, which, wish),
        PictureWish::Level(which, wish) => clips::level(way, which, wish, remarks),
        PictureWish::Mute(which, muted) => clips::mute(way, which, muted),
        PictureWish::Crossfade(which, length) => clips::crossfade(way, which, length),
        PictureWish::Shape(wish) => looks::shape(way, wish, remarks),
        PictureWish::Frame(which, fit) => {
            let clip = way.clip(which)?;
            let anchor = way.state.clip(clip).and_then(|clip| clip.anchor);
            way.cut(Edit::Frame { clip, fit: Some(fit), anchor })
        }
        PictureWish::Fade(comes, goes) => looks::fade(way, comes, goes),
        PictureWish::Stay => told(remarks, Remark::PictureStays),
        PictureWish::StaySound => told(remarks, Remark::FilmSound(FilmSound::Stays)),
        PictureWish::UnclearPart => told(remarks, Remark::Unclear(Unclear::Part)),
        PictureWish::UnclearShape => told(remarks, Remark::Unclear(Unclear::Shape)),
    }
}

/// Says something once.
fn told(remarks: &mut Vec<Remark>, remark: Remark) -> Result<(), Problem> {
    if !remarks.contains(&remark) {
        remarks.push(remark);
    }
    Ok(())
}
