//! From what was seen and heard to the profile.

use sound::{Span, Time};

use crate::curves::{self, curve, sampled};
use crate::feeling::{Character, feeling};
use crate::hearing::Heard;
use crate::palette::{self, Swatch};
use crate::sections;
use crate::sight::Moment;
use crate::watcher::Watcher;
use crate::{Colours, Curve, Cut, Feeling, Profile, Section};

/// A picture that moves as a whole excites by so much less than one in which things move, and a pan costs an encoder
/// next to nothing, too.
const EVENLY: f64 = 0.3;

/// The picture over time, ten values a second each.
pub(crate) struct Seen {
    motion: Vec<f32>,
    brightness: Vec<f32>,
    contrast: Vec<f32>,
    saturation: Vec<f32>,
    warmth: Vec<f32>,
    /// How much there is to be seen, 0 (black or blank) to 1.
    seen: Vec<f32>,
    /// Motion of the camera and before it; nothing where only parts of the picture were seen.
    camera: Option<Vec<f32>>,
    action: Option<Vec<f32>>,
    /// The main colours of one moment a second, in no order.
    swatches: Vec<(Time, Vec<Swatch>)>,
    /// Whether the film has a sound of its own.
    has_sound: bool,
    /// Whether any frame was seen at all.
    /// Length of a frame.
    frame: Time,
    anything: bool,
}

impl Seen {
    /// What a watcher has seen.
    pub(crate) fn of(watcher: &Watcher, cuts: &[Cut]) -> Seen {
        let length = watcher.length;
        let moments: Vec<Moment> =
            watcher.keyframes.moments.iter().chain(&watcher.frames.moments).copied().collect();
        let tone = |part: fn(&Moment) -> f32| sampled(moments.iter().map(|m| (m.at, part(m))), length);
        let (motion, camera, action) = motions(watcher, cuts);
        Seen {
            motion: curves::smooth(&motion, 2),
            brightness: tone(|m| m.tone.brightness),
            contrast: tone(|m| m.tone.contrast),
            saturation: tone(|m| m.tone.saturation),
            warmth: tone(|m| m.tone.warmth),
            seen: tone(|m| m.tone.seen()),
            camera,
            action,
            swatches: watcher.scenery.swatches.clone(),
            frame: watcher.plan.frame(),
            has_sound: watcher.has_sound,
            anything: !moments.is_empty(),
        }
    }

    /// The profile of a film with these cuts and this sound.
    pub(crate) fn sum_up(self, length: Time, cuts: Vec<Cut>, heard: Heard) -> Profile {
        let loudness = curve(heard.loudness, -70.0, length);
        let energy = curves::energy(&self.motion, &cuts, &loudness.values);
        let traits: [(&[f32], f64); 5] = [
            (&energy, 1.0),
            (&self.brightness, 0.5),
            (&self.saturation, 0.4),
            (&self.warmth, 0.3),
            (&self.motion, 0.2),
        ];
        let spans = sections::divide(length, &cuts, &traits);
        let energy = curve(energy, 0.0, length);
        let feel = |span: Span| self.feeling(span, &cuts, &loudness, &heard.speech);
        let sections = spans
            .into_iter()
            .map(|span| Section {
                span,
                energy: energy.mean(span),
                feeling: feel(span),
                colours: self.colours(span),
            })
            .collect();
        let film = Span::new(Time::ZERO, length);
        let (whole, colours) = (feel(film), self.colours(film));
        Profile {
            length,
            frame: self.frame,
            sections,
            feeling: whole,
            has_sound: self.has_sound,
            film_loudness: heard.film_loudness,
            speech_loudness: heard.speech_loudness,
            has_music: !heard.music.is_empty(),
            camera: self.camera.map_or_else(Curve::default, |values| curve(values, 0.0, length)),
            action: self.action.map_or_else(Curve::default, |values| curve(values, 0.0, length)),
            music: heard.music,
            silence: heard.silence,
            transients: heard.transients,
            colours,
            motion: curve(self.motion, 0.0, length),
            brightness: curve(self.brightness, 0.0, length),
            contrast: curve(self.contrast, 0.0, length),
            saturation: curve(self.saturation, 0.0, length),
            warmth: curve(self.warmth, 0.0, length),
            energy,
            loudness,
            speech: heard.speech,
            cuts,
        }
    }

    /// The light and the colours of a stretch.
    fn colours(&self, span: Span) -> Colours {
        let mean = |values: &[f32]| mean(values, span);
        let inside = || self.swatches.iter().filter(|(at, _)| span.contains(*at));
        // A stretch between two moments looks as the moment before it; another has its own.
        let before = self.swatches.iter().filter(|(at, _)| *at <= span.start).max_by_key(|(at, _)| *at);
        let before = before.filter(|_| inside().next().is_none());
        Colours {
            brightness: mean(&self.brightness),
            contrast: mean(&self.contrast),
            saturation: mean(&self.saturation),
            warmth: mean(&self.warmth),
            palette: palette::palette(
                inside().chain(before).filter(|_| self.anything).flat_map(|(_, colours)| colours),
            ),
        }
    }

    fn feeling(&self, span: Span, cuts: &[Cut], loudness: &Curve, speech: &[Span]) -> Feeling {
        if !self.anything {
            return Feeling::default();
        }
        let mean = |values: &[f32]| mean(values, span);
        let seconds = span.length().seconds();
        let inside = cuts.iter().filter(|cut| span.contains(cut.at)).count() as f64;
        let loud = loudness.mean(span);
        let seen_share = mean(&self.seen);
        feeling(&Character {
            brightness: mean(&self.brightness),
            contrast: mean(&self.contrast),
            saturation: mean(&self.saturation),
            warmth: mean(&self.warmth),
            motion: mean(&self.motion) - EVENLY * self.camera.as_deref().map_or(0.0, mean),
            // A single cut in a short film is not a rate yet.
            cut_rate: inside / seconds.max(4.0),
            loudness: (loud > -69.0).then_some(loud),
            speech: curves::share(span, speech),
            seen: seconds * seen_share,
            seen_share,
        })
    }
}

/// Motion of everything, of the camera, and of what moves before it; the last two only where all was seen.
fn motions(watcher: &Watcher, cuts: &[Cut]) -> (Vec<f32>, Option<Vec<f32>>, Option<Vec<f32>>) {
    let length = watcher.length;
    if !watcher.saw_whole() {
        let plan = &watcher.plan;
        return (curves::motion_of_packets(plan.packets(), plan.pixels(), length), None, None);
    }
    let of = |speeds: &[f32]| -> Vec<f32> { speeds.iter().map(|speed| curves::motion_of(*speed)).collect() };
    // Two pictures at once move against each other though nothing moves.
    let mixed = |at: &Time| cuts.iter().any(|cut| cut.span.contains(*at));
    let speeds = sampled(watcher.frames.speeds.iter().copied().filter(|(at, _)| !mixed(at)), length);
    let camera = sampled(watcher.scenery.camera().filter(|(at, _)| !mixed(at)), length);
    // The blocks' ways are whole pixels and may be a third too long: what a pan leaves is no action.
    let action: Vec<f32> =
        speeds.iter().zip(&camera).map(|(all, camera)| (all - 1.4 * camera).max(0.0)).collect();
    (of(&speeds), Some(curves::smooth(&of(&camera), 2)), Some(curves::smooth(&of(&action), 2)))
}

fn mean(values: &[f32], span: Span) -> f64 {
    let step = curves::STEP.ticks();
    let first = ((span.start.ticks() / step).max(0) as usize).min(values.len());
    let last = ((span.end.ticks() + step - 1) / step).max(0) as usize;
    let part = &values[first..last.clamp(first, values.len())];
    part.iter().map(|v| f64::from(*v)).sum::<f64>() / part.len().max(1) as f64
}
