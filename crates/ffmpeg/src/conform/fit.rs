//! How a picture fills a canvas of another shape, in filters.

use footage::Focus;
use timeline::{Anchor, Clip, Fit, Size};

/// How much the blurred picture behind another is made smaller before it is blurred: that is cheaper and softer.
const BLUR_SCALE: u32 = 8;

/// Filters that bring an upright picture onto a canvas and, where that costs least, convert its colours by the filters
/// `colours`. Where it is cut off, `centre` says what stays: expressions for the middle of what is seen, from left to
/// right and from top to bottom, 0 to 1.
pub(super) fn filters(fit: Fit, canvas: Size, centre: &[String; 2], colours: &str, input: usize) -> String {
    let Size { width, height } = canvas;
    let [across, down] = centre;
    let square = "scale=w='trunc(iw*sar/2+0.5)*2':h=ih:flags=bicubic,setsar=1";
    match fit {
        // What is cut off need not be converted.
        Fit::Crop => format!(
            "{square},crop=w='min(iw,trunc(ih*{width}/{height}/2+0.5)*2)':h='min(ih,trunc(iw*{height}/{width}/2+0.5)*2)':\
             x='clip(iw*({across})-ow/2,0,iw-ow)':y='clip(ih*({down})-oh/2,0,ih-oh)':exact=1,\
             {colours},scale={width}:{height}:flags=bicubic,setsar=1"
        ),
        Fit::Pad => format!("{colours},{square},{},pad={width}:{height}:-1:-1:black", inside(canvas)),
        Fit::Blur => {
            let (small, low) = ((width / BLUR_SCALE).max(2), (height / BLUR_SCALE).max(2));
            format!(
                "{colours},{square},split[s{input}][b{input}];[b{input}]scale={small}:{low}:force_original_aspect_ratio=increase,\
                 crop={small}:{low},gblur=sigma=3,eq=brightness=-0.06,scale={width}:{height}:flags=bicubic[g{input}];\
                 [s{input}]{}[f{input}];[g{input}][f{input}]overlay=(W-w)/2:(H-h)/2",
                inside(canvas)
            )
        }
    }
}

/// As large as fits.
fn inside(canvas: Size) -> String {
    format!(
        "scale={}:{}:force_original_aspect_ratio=decrease:force_divisible_by=2:flags=bicubic,setsar=1",
        canvas.width, canvas.height
    )
}

/// Where the middle of what is seen lies; expressions of the time `t` in seconds since `from` of the source, at so many
/// percent of its speed.
pub(super) fn centre(
    anchor: Anchor,
    focus: Option<&Focus>,
    clip: &Clip,
    from: f64,
    until: f64,
) -> [String; 2] {
    let fixed = |across: &str, down: &str| [across.to_owned(), down.to_owned()];
    match (anchor, focus) {
        (Anchor::Left, _) => fixed("0", "0.5"),
        (Anchor::Right, _) => fixed("1", "0.5"),
        (Anchor::Top, _) => fixed("0.5", "0"),
        (Anchor::Bottom, _) => fixed("0.5", "1"),
        (Anchor::Motion, Some(focus)) => {
            let speed = f64::from(clip.speed_pct) / 100.0;
            let way = focus.between(from, until);
            [0, 1].map(|axis| path(way.iter().map(|point| ((point.at - from) / speed, point.place[axis]))))
        }
        (Anchor::Center | Anchor::Motion, _) => fixed("0.5", "0.5"),
    }
}

/// A way through points, straight between them: a sum of ramps, which needs no nesting.
fn path(points: impl Iterator<Item = (f64, f64)>) -> String {
    let points: Vec<(f64, f64)> = points.collect();
    let Some((_, first)) = points.first() else { return "0.5".to_owned() };
    let ramps = points.windows(2).filter(|pair| pair[0].1 != pair[1].1).map(|pair| {
        let ((start, from), (end, to)) = (pair[0], pair[1]);
        format!("{:+.4}*clip((t-{start:.4})/{:.4},0,1)", to - from, (end - start).max(1e-3))
    });
    std::iter::once(format!("{first:.4}")).chain(ramps).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_is_a_sum_of_ramps() {
        assert_eq!(
            path([(0.0, 0.5), (1.0, 0.5), (2.5, 0.25)].into_iter()),
            "0.5000-0.2500*clip((t-1.0000)/1.5000,0,1)"
        );
        assert_eq!(path(std::iter::empty()), "0.5");
    }
}
