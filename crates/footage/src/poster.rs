//! Chooses the frame that stands for a film before it is played.

use sound::{Span, TICKS_PER_SECOND, Time};

use crate::{Gallery, Profile, Still, Transition};

/// So near to a hard cut frames are still poor, or the next picture is seen before one has looked.
const NEAR_A_CUT: Time = Time::from_ticks(TICKS_PER_SECOND / 8);
/// The motion that counts is that around a frame.
const AROUND: Time = Time::from_ticks(TICKS_PER_SECOND / 5);
/// Contrast (as deviation of the light, 0 to 0.5) and detail (mean step between neighbouring pixels of a still) beyond
/// which a picture gains nothing more.
const CONTRAST: f64 = 0.25;
const DETAIL: f64 = 0.06;
/// Mean light up to which a picture is dark, from which on it is light enough, and the same for one that is too bright.
const DARK: [f64; 2] = [0.05, 0.2];
const BRIGHT: [f64; 2] = [0.95, 0.8];
/// What a frame in the midst of a cut, a dissolve or a fade is worth beside one that is not.
const IN_BETWEEN: f64 = 0.05;

/// When the frame is shown that says best what the film is: light, rich, at rest, in no transition, and rather near the
/// end of the first third, where films have begun and give nothing away. Of a film of which nothing was seen it is the
/// moment at a third.
pub fn poster(gallery: &Gallery, profile: &Profile) -> Time {
    let worth = |still: &Still| look(still) * place(still.at, profile) * calm(still.at, profile);
    let best = gallery.stills().iter().max_by(|a, b| worth(a).total_cmp(&worth(b)));
    best.map_or(profile.length / 3, |still| still.at)
}

/// How much there is to see, 0 to 1.
fn look(still: &Still) -> f64 {
    let pixels = still.rgb.as_chunks::<3>().0;
    let light: Vec<f64> = pixels.iter().map(light).collect();
    let count = light.len().max(1) as f64;
    let mean = light.iter().sum::<f64>() / count;
    let deviation = (light.iter().map(|light| (light - mean).powi(2)).sum::<f64>() / count).sqrt();
    let rows = light.chunks(Still::WIDTH);
    let across: f64 = rows.flat_map(|row| row.windows(2)).map(|pair| (pair[0] - pair[1]).abs()).sum();
    let down: f64 = light.iter().zip(light.iter().skip(Still::WIDTH)).map(|(a, b)| (a - b).abs()).sum();
    let detail = (across + down) / (2.0 * count);
    let rich = 0.5 * (deviation / CONTRAST).min(1.0) + 0.5 * (detail / DETAIL).min(1.0);
    rich * rising(mean, DARK) * rising(mean, BRIGHT)
}

/// The light of a pixel as it is stored, 0 to 1 (ITU-R BT.709).
fn light([red, green, blue]: &[u8; 3]) -> f64 {
    (0.2126 * f64::from(*red) + 0.7152 * f64::from(*green) + 0.0722 * f64::from(*blue)) / 255.0
}

/// 0.02 at the first bound and beyond, 1 at the second: black is still better than nothing.
fn rising(value: f64, [low, high]: [f64; 2]) -> f64 {
    ((value - low) / (high - low)).clamp(0.02, 1.0)
}

/// What a moment is worth by where it lies: most at a third, half as much at the ends.
fn place(at: Time, profile: &Profile) -> f64 {
    let share = at.seconds() / profile.length.seconds().max(1e-3);
    let way = if share < 1.0 / 3.0 { 1.0 / 3.0 } else { 2.0 / 3.0 };
    let near = 1.0 - 0.5 * ((share - 1.0 / 3.0).abs() / way).min(1.0);
    let between = profile.cuts.iter().any(|cut| match cut.kind {
        Transition::Hard => cut.at.distance(at) < NEAR_A_CUT,
        Transition::Dissolve | Transition::Fade => cut.span.contains(at),
    });
    if between { near * IN_BETWEEN } else { near }
}

/// What a moment is worth by how little moves: half as much where everything does.
fn calm(at: Time, profile: &Profile) -> f64 {
    1.0 - 0.5 * profile.motion.mean(Span::new(at - AROUND, at + AROUND)).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Curve, Cut};

    /// Stripes so light and so far apart in light, 0 to 255.
    fn still(at: f64, light: u8, apart: u8) -> Still {
        let half = apart / 2;
        let pixel = |place: usize| match (place / 4).is_multiple_of(2) {
            true => [light.saturating_add(half); 3],
            false => [light.saturating_sub(half); 3],
        };
        let rgb = (0..Still::WIDTH * Still::HEIGHT).flat_map(pixel).collect();
        Still { at: Time::from_seconds(at), rgb }
    }

    fn chosen(stills: &[Still], profile: &Profile) -> f64 {
        let mut gallery = Gallery::default();
        stills.iter().for_each(|still| gallery.show(still));
        poster(&gallery, profile).seconds()
    }

    fn profile() -> Profile {
        let motion = Curve { step: Time::from_seconds(0.1), values: vec![0.0; 90] };
        Profile { length: Time::from_seconds(9.0), motion, ..Profile::default() }
    }

    #[test]
    fn what_is_black_white_or_flat_stands_for_no_film() {
        let stills = [
            still(0.0, 0, 0),
            still(3.0, 2, 60),
            still(4.0, 250, 60),
            still(5.0, 120, 0),
            still(8.0, 110, 80),
        ];
        assert_eq!(chosen(&stills, &profile()), 8.0);
        assert_eq!(chosen(&[still(1.0, 0, 0)], &profile()), 1.0);
        assert_eq!(chosen(&[], &profile()), 3.0);
    }

    #[test]
    fn of_equals_the_one_near_a_third_is_chosen() {
        let stills: Vec<Still> = (0..9).map(|at| still(f64::from(at), 120, 80)).collect();
        assert_eq!(chosen(&stills, &profile()), 3.0);
    }

    #[test]
    fn a_frame_in_a_transition_or_in_haste_is_passed_over() {
        let stills: Vec<Still> = [1.0, 3.0, 5.0].map(|at| still(at, 120, 80)).into();
        let cut = Cut::hard(Time::from_seconds(3.0), 0.5);
        let fade = Cut { kind: Transition::Fade, span: Span::seconds(2.5, 3.5), ..cut };
        for cut in [cut, fade] {
            let profile = Profile { cuts: vec![cut], ..profile() };
            assert_eq!(chosen(&stills, &profile), 5.0, "{cut:?}");
        }
        let mut profile = profile();
        profile.motion.values[25..35].fill(1.0);
        assert_eq!(chosen(&stills, &profile), 5.0);
    }
}
