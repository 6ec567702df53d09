//! The main colours of a picture and of many pictures.

/// Colours kept of one picture.
const KEPT: usize = 8;
/// Colours in a palette.
const PALETTE: usize = 5;
/// Two colours nearer than this look the same, as a squared distance (see [`distance`]).
const ALIKE: f32 = 900.0;
/// Rounds of k-means; the palette has settled by then.
const ROUNDS: usize = 8;

/// A colour and how much of the picture it covers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Swatch {
    rgb: [u8; 3],
    /// Share of the picture in 255 parts.
    share: u8,
}

/// The colours that cover most of a picture of red, green and blue bytes, at most eight.
pub(crate) fn main_colours(rgb: &[u8]) -> Vec<Swatch> {
    // Six levels a channel: fine enough to tell skin from sand, coarse enough to gather noise.
    let mut bins = vec![([0u32; 3], 0u32); 216];
    for pixel in rgb.chunks_exact(3) {
        let level = |value: u8| usize::from(value) * 6 / 256;
        let bin = &mut bins[(level(pixel[0]) * 6 + level(pixel[1])) * 6 + level(pixel[2])];
        for (sum, value) in bin.0.iter_mut().zip(pixel) {
            *sum += u32::from(*value);
        }
        bin.1 += 1;
    }
    bins.retain(|bin| bin.1 > 0);
    bins.sort_by_key(|bin| std::cmp::Reverse(bin.1));
    let pixels = (rgb.len() / 3).max(1) as u32;
    bins.iter()
        .take(KEPT)
        .map(|(sums, count)| Swatch {
            rgb: sums.map(|sum| (sum / count) as u8),
            share: (count * 255 / pixels).clamp(1, 255) as u8,
        })
        .collect()
}

/// A cluster of like colours.
#[derive(Clone, Copy, Default)]
struct Cluster {
    centre: [f32; 3],
    sum: [f32; 3],
    share: f32,
}

/// Up to five colours that stand for all of these, those that cover most first.
pub(crate) fn palette<'a>(swatches: impl Iterator<Item = &'a Swatch>) -> Vec<[u8; 3]> {
    let colours: Vec<([f32; 3], f32)> =
        swatches.map(|swatch| (swatch.rgb.map(f32::from), f32::from(swatch.share))).collect();
    let mut clusters = first_guess(&colours);
    for _ in 0..ROUNDS {
        clusters.iter_mut().for_each(|cluster| (cluster.sum, cluster.share) = ([0.0; 3], 0.0));
        for (colour, share) in &colours {
            let nearest = clusters
                .iter_mut()
                .min_by(|a, b| distance(&a.centre, colour).total_cmp(&distance(&b.centre, colour)));
            if let Some(cluster) = nearest {
                cluster.sum.iter_mut().zip(colour).for_each(|(sum, value)| *sum += value * share);
                cluster.share += share;
            }
        }
        for cluster in clusters.iter_mut().filter(|cluster| cluster.share > 0.0) {
            cluster.centre = cluster.sum.map(|sum| sum / cluster.share);
        }
    }
    clusters.sort_by(|a, b| b.share.total_cmp(&a.share));
    clusters.iter().map(|cluster| cluster.centre.map(|value| value.round() as u8)).collect()
}

/// The colour that covers most, then always the one that is both large and unlike those before it.
fn first_guess(colours: &[([f32; 3], f32)]) -> Vec<Cluster> {
    let mut clusters: Vec<Cluster> = Vec::new();
    while clusters.len() < PALETTE {
        let unlike = |colour: &[f32; 3]| {
            clusters.iter().map(|cluster| distance(&cluster.centre, colour)).fold(40_000.0, f32::min)
        };
        let worth = |(colour, share): &([f32; 3], f32)| share.sqrt() * unlike(colour);
        let best = colours
            .iter()
            .filter(|(colour, _)| unlike(colour) > ALIKE)
            .max_by(|a, b| worth(a).total_cmp(&worth(b)));
        let Some((centre, _)) = best else { break };
        clusters.push(Cluster { centre: *centre, ..Cluster::default() });
    }
    clusters
}

/// Squared distance of two colours as an eye sees it, roughly (the "redmean" approximation of CIELUV).
fn distance(a: &[f32; 3], b: &[f32; 3]) -> f32 {
    let red = 0.5 * (a[0] + b[0]) / 256.0;
    let square = |index: usize| (a[index] - b[index]).powi(2);
    (2.0 + red) * square(0) + 4.0 * square(1) + (3.0 - red) * square(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flag_gives_its_three_colours_by_size() {
        let (red, white, blue) = ([200, 20, 30], [240, 240, 240], [20, 30, 160]);
        let picture: Vec<u8> = (0..1200)
            .flat_map(|i| {
                if i < 600 {
                    red
                } else if i < 900 {
                    white
                } else {
                    blue
                }
            })
            .collect();
        let swatches = main_colours(&picture);
        let mut palette = palette(swatches.iter());
        assert_eq!(palette.remove(0), red);
        assert!(palette.len() == 2 && palette.contains(&white) && palette.contains(&blue), "{palette:?}");
    }

    #[test]
    fn nothing_seen_gives_no_colours_and_black_gives_one() {
        assert!(palette([].iter()).is_empty());
        let black = main_colours(&[0; 300]);
        assert_eq!(palette(black.iter()), [[0, 0, 0]]);
    }
}
