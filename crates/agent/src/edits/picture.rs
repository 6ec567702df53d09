//! From wishes about the picture to edits. They come first: what is said of music and titles means the film as it is then.

mod clips;
mod cuts;
mod looks;

use timeline::{Edit, EditError, Timeline};

use super::{Ground, place};
use crate::remark::{Problem, Remark};
use crate::wishes::{PictureWish, Scope, Wishes};

/// A timeline on its way, with the edits that led there.
#[derive(Clone, Debug)]
pub(super) struct Way {
    pub(super) state: Timeline,
    pub(super) edits: Vec<Edit>,
}

impl Way {
    /// Does an edit; one that changes nothing is left out.
    fn take(&mut self, edit: Edit) -> Result<(), Problem> {
        let next = self.state.apply(&edit).map_err(refused)?;
        if next != self.state {
            self.edits.push(edit);
            self.state = next;
        }
        Ok(())
    }

    /// The number of a clip that people count from 1, or from the last one, which is -1.
    fn clip(&self, which: i32) -> Result<u32, Problem> {
        Ok(self.state.clips[self.place(which)?].id)
    }

    /// Its place in the order, from 0.
    fn place(&self, which: i32) -> Result<usize, Problem> {
        let clips = self.state.clips.len();
        let steps = which.unsigned_abs() as usize;
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
                        self.take(Edit::SplitClip { at })?;
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

fn refused(error: EditError) -> Problem {
    Problem::Picture(error)
}

/// The edits that a request asks for of the picture, and the timeline after them.
pub(super) fn edits(wishes: &Wishes, ground: Ground<'_>, remarks: &mut Vec<Remark>) -> Result<Way, Problem> {
    let mut way = Way { state: ground.timeline.clone(), edits: Vec::new() };
    let mut rest = wishes.picture.as_slice();
    while let Some((wish, behind)) = rest.split_first() {
        let done = cuts::together(&mut way, rest)?.max(clips::gone(&mut way, rest)?);
        if done > 0 {
            rest = &rest[done..];
            continue;
        }
        one(&mut way, *wish, remarks)?;
        rest = behind;
    }
    Ok(way)
}

fn one(way: &mut Way, wish: PictureWish, remarks: &mut Vec<Remark>) -> Result<(), Problem> {
    match wish {
        PictureWish::Cut(..) | PictureWish::Keep(..) | PictureWish::Remove(_) => Ok(()),
        PictureWish::Split(point) => cuts::split(way, point),
        PictureWish::Join(which) => clips::join(way, which),
        PictureWish::Only(which) => clips::only(way, which),
        PictureWish::Move(which, spot) => clips::shift(way, which, spot),
        PictureWish::Swap(first, second) => clips::swap(way, first, second),
        PictureWish::SwapBoth if way.state.clips.len() == 2 => clips::swap(way, 1, 2),
        PictureWish::SwapBoth => told(remarks, Remark::WhichPart),
        PictureWish::Speed(which, wish) => clips::speed(way, which, wish),
        PictureWish::Level(which, wish) => clips::level(way, which, wish, remarks),
        PictureWish::Mute(which, muted) => clips::mute(way, which, muted),
        PictureWish::Crossfade(which, length) => clips::crossfade(way, which, length),
        PictureWish::Shape(wish) => looks::shape(way, wish, remarks),
        PictureWish::Frame(which, fit) => {
            let clip = way.clip(which)?;
            let anchor = way.state.clip(clip).and_then(|clip| clip.anchor);
            way.take(Edit::Frame { clip, fit: Some(fit), anchor })
        }
        PictureWish::Fade(comes, goes) => looks::fade(way, comes, goes),
        PictureWish::Stay => told(remarks, Remark::PictureStays),
        PictureWish::StaySound => told(remarks, Remark::OwnSoundStays),
        PictureWish::UnclearPart => told(remarks, Remark::WhichPart),
        PictureWish::UnclearShape => told(remarks, Remark::WhichShape),
    }
}

/// Says something once.
fn told(remarks: &mut Vec<Remark>, remark: Remark) -> Result<(), Problem> {
    if !remarks.contains(&remark) {
        remarks.push(remark);
    }
    Ok(())
}
