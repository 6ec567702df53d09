//! The shape of the picture, and how it comes out of black and goes back.

use sound::Time;
use timeline::{Canvas, Edit, Fades, Ratio, Size, Timeline};

use super::super::place;
use crate::edits::way::Way;
use crate::remark::{Problem, Remark, Unclear};
use crate::wishes::{FadeLength, ShapeWish};

/// Length of a fade of the picture of which nobody said how long, in seconds.
const USUAL_FADE: f64 = 1.0;

pub(super) fn shape(way: &mut Way, wish: ShapeWish, remarks: &mut Vec<Remark>) -> Result<(), Problem> {
    let now = way.state.canvas;
    let own = own_size(&way.state);
    let mut canvas = Canvas {
        ratio: wish.ratio.unwrap_or(now.ratio),
        lines: wish.lines.or(now.lines),
        fit: wish.fit.unwrap_or(now.fit),
        anchor: wish.anchor.unwrap_or(now.anchor),
    };
    // What the source has already need not be made.
    if let Some(own) = own {
        if canvas.ratio.parts().is_some_and(|(wide, high)| is_of(own, wide, high)) {
            canvas.ratio = Ratio::Source;
        }
        if canvas.ratio == Ratio::Source && canvas.lines == Some(own.width.min(own.height)) {
            canvas.lines = None;
        }
    }
    let fills = way.state.sources.len() > 1 || canvas.ratio != Ratio::Source;
    if wish.fit.is_some() && wish.ratio.is_none() && !fills {
        remarks.push(if wish.denied { Remark::PictureStays } else { Remark::Unclear(Unclear::Shape) });
        return Ok(());
    }
    way.cut(Edit::Reshape { canvas })
}

/// The size of the only source; `None` where there are more, or nobody looked.
fn own_size(timeline: &Timeline) -> Option<Size> {
    match timeline.sources.as_slice() {
        [source] => source.size,
        _ => None,
    }
}

/// Whether a size is of this ratio, but for a pixel.
fn is_of(size: Size, wide: u32, high: u32) -> bool {
    let (width, height) = (u64::from(size.width), u64::from(size.height));
    (width * u64::from(high)).abs_diff(height * u64::from(wide)) <= u64::from(wide.max(high))
}

pub(super) fn fade(
    way: &mut Way,
    comes: Option<FadeLength>,
    goes: Option<FadeLength>,
) -> Result<(), Problem> {
    let (now, film) = (way.state.fades, way.state.length());
    let length = |wish: FadeLength, out: bool| match wish {
        FadeLength::None => Ok(Time::ZERO),
        FadeLength::Usual => Ok(Time::from_seconds(USUAL_FADE).min(film / 4)),
        FadeLength::Seconds(seconds) if seconds < 0.0 => Err(Problem::Negative),
        FadeLength::Seconds(seconds) => Ok(Time::from_seconds(seconds.min(1e9))),
        FadeLength::Until(seconds) => {
            let at = place::moment(seconds, film)?;
            Ok(if out { film - at } else { at })
        }
    };
    let fade_in = comes.map_or(Ok(now.fade_in), |wish| length(wish, false))?;
    let fade_out = goes.map_or(Ok(now.fade_out), |wish| length(wish, true))?;
    way.cut(Edit::FadePicture { fades: Fades { fade_in, fade_out } })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pixel_makes_no_other_shape() {
        let size = |width, height| Size { width, height };
        assert!(is_of(size(1920, 1080), 16, 9) && is_of(size(854, 480), 16, 9));
        assert!(!is_of(size(1920, 1200), 16, 9) && !is_of(size(1080, 1920), 16, 9));
    }
}
