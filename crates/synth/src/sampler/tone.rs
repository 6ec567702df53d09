//! What a font has for one key at one velocity, as plain figures.

use std::ops::Range;

use rustysynth::{InstrumentRegion, LoopMode, PresetRegion, SoundFont};

use super::contour::{Contour, Fall, Oscillation};
use crate::wave::RATE;

/// Players reach one sample back and two ahead.
const REACH: usize = 2;
/// No recording is played more than this many times faster than it was made.
pub(super) const FASTEST: f64 = 64.0;
/// How much of its own attenuation a zone keeps: fonts are balanced for players that apply this share.
const ATTENUATION_KEPT: f32 = 0.4;
/// The shortest release, in seconds: shorter ones click.
const SHORTEST_RELEASE: f32 = 0.01;

/// When a recording goes back to the beginning of its loop.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Looping {
    Never,
    WhileHeld,
    Always,
}

/// A recording in the font's samples; every place it names, and [`REACH`] around it, lies inside them.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Recording {
    pub(super) span: Range<usize>,
    pub(super) turn: Range<usize>,
    pub(super) looping: Looping,
}

/// A low-pass of two poles.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Cutoff {
    pub(super) hz: f32,
    /// Height of the peak at the corner in decibels.
    pub(super) resonance: f32,
}

/// What contour and oscillations do to a tone; pitch and cutoff in cents, volume in decibels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Motion {
    pub(super) contour: Contour,
    pub(super) vibrato: Oscillation,
    pub(super) modulation: Oscillation,
    pub(super) vibrato_to_pitch: f32,
    pub(super) modulation_to_pitch: f32,
    pub(super) contour_to_pitch: f32,
    pub(super) modulation_to_cutoff: f32,
    pub(super) contour_to_cutoff: f32,
    pub(super) modulation_to_volume: f32,
}

/// One recording as it sounds for a key.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Tone {
    pub(super) recording: Recording,
    /// Samples of the recording to each of ours.
    pub(super) step: f64,
    /// Gain of each side.
    pub(super) sides: [f32; 2],
    pub(super) loudness: Contour,
    pub(super) cutoff: Cutoff,
    pub(super) motion: Motion,
    /// Tones of the same class end each other; zero ends none.
    pub(super) class: i32,
}

/// The tones of a preset, by its place in the font, for a key and a velocity of 1 to 127; none where it has no recording there.
pub(super) fn tones(font: &SoundFont, preset: usize, key: u8, velocity: u8) -> Vec<Tone> {
    let (key, velocity) = (i32::from(key), i32::from(velocity));
    let mut found = Vec::new();
    let layers = font.get_presets().get(preset).map_or(&[][..], |preset| preset.get_regions());
    for layer in layers.iter().filter(|layer| layer.contains(key, velocity)) {
        let Some(instrument) = font.get_instruments().get(layer.get_instrument_id()) else { continue };
        let zones = instrument.get_regions().iter().filter(|zone| zone.contains(key, velocity));
        found.extend(zones.filter_map(|zone| Zone { font, layer, zone, key, velocity }.tone()));
    }
    found
}

/// The stretches of a font's samples that a preset, by its place, may read.
pub(crate) fn recorded(font: &SoundFont, preset: usize) -> Vec<Range<usize>> {
    let layers = font.get_presets().get(preset).map_or(&[][..], |preset| preset.get_regions());
    let instruments = layers.iter().filter_map(|layer| font.get_instruments().get(layer.get_instrument_id()));
    let recordings =
        instruments.flat_map(|instrument| instrument.get_regions()).filter_map(|zone| recording(font, zone));
    let played = |recording: Recording| {
        let turn = Some(recording.turn).filter(|_| recording.looping != Looping::Never);
        [Some(recording.span), turn].into_iter().flatten()
    };
    recordings.flat_map(played).map(|part| part.start - 1..part.end + REACH).collect()
}

/// The recording of a zone; none where it has no length.
fn recording(font: &SoundFont, zone: &InstrumentRegion) -> Option<Recording> {
    let last = font.get_wave_data().len().checked_sub(REACH + 1)?;
    let place = |value: i32| usize::try_from(value).unwrap_or(0).clamp(1, last.max(1));
    let span = place(zone.get_sample_start())..place(zone.get_sample_end());
    let turn = place(zone.get_sample_start_loop())..place(zone.get_sample_end_loop());
    let looping = match zone.get_sample_modes() {
        _ if turn.is_empty() || turn.end <= span.start => Looping::Never,
        LoopMode::NoLoop => Looping::Never,
        LoopMode::Continuous => Looping::Always,
        LoopMode::LoopUntilNoteOff => Looping::WhileHeld,
    };
    (last > REACH && !span.is_empty()).then_some(Recording { span, turn, looping })
}

/// A zone of an instrument as a layer of a preset uses it.
struct Zone<'a> {
    font: &'a SoundFont,
    layer: &'a PresetRegion,
    zone: &'a InstrumentRegion,
    key: i32,
    velocity: i32,
}

impl Zone<'_> {
    fn tone(&self) -> Option<Tone> {
        Some(Tone {
            recording: recording(self.font, self.zone)?,
            step: self.step()?,
            sides: self.sides(),
            loudness: self.loudness(),
            cutoff: Cutoff {
                hz: self.zone.get_initial_filter_cutoff_frequency()
                    * self.layer.get_initial_filter_cutoff_frequency(),
                resonance: self.resonance(),
            },
            motion: self.motion(),
            class: self.zone.get_exclusive_class(),
        })
    }

    fn step(&self) -> Option<f64> {
        let header = self.font.get_sample_headers().get(self.zone.get_sample_id())?;
        let scale = 0.01 * f64::from(self.zone.get_scale_tuning() + self.layer.get_scale_tuning());
        let coarse = self.zone.get_coarse_tune() + self.layer.get_coarse_tune();
        let fine = self.zone.get_fine_tune() + self.layer.get_fine_tune();
        let semitones = scale * f64::from(self.key - self.zone.get_root_key())
            + f64::from(coarse)
            + 0.01 * f64::from(fine);
        let step = f64::from(header.get_sample_rate()) / f64::from(RATE) * (semitones / 12.0).exp2();
        (step > 0.0).then_some(step.min(FASTEST))
    }

    fn resonance(&self) -> f32 {
        (self.zone.get_initial_filter_q() + self.layer.get_initial_filter_q()).clamp(0.0, 96.0)
    }

    fn sides(&self) -> [f32; 2] {
        let attenuation = self.zone.get_initial_attenuation() + self.layer.get_initial_attenuation();
        let struck = 40.0 * (self.velocity as f32 / 127.0).log10();
        // a peak takes half of its height from the level
        let level = struck - ATTENUATION_KEPT * attenuation - 0.5 * self.resonance();
        let gain = 10f32.powf(level.min(0.0) / 20.0);
        let pan = (self.zone.get_pan() + self.layer.get_pan()).clamp(-50.0, 50.0);
        let angle = std::f32::consts::FRAC_PI_2 * (pan + 50.0) / 100.0;
        [gain * angle.cos(), gain * angle.sin()]
    }

    /// A time that grows or shrinks by so many cents a key away from the middle of the keyboard.
    fn keyed(&self, seconds: f32, cents: i32) -> f32 {
        seconds * ((cents * (60 - self.key)) as f32 / 1200.0).exp2()
    }

    fn loudness(&self) -> Contour {
        let (zone, layer) = (self.zone, self.layer);
        let hold = zone.get_hold_volume_envelope() * layer.get_hold_volume_envelope();
        let decay = zone.get_decay_volume_envelope() * layer.get_decay_volume_envelope();
        let sustain = zone.get_sustain_volume_envelope() + layer.get_sustain_volume_envelope();
        let release = zone.get_release_volume_envelope() * layer.get_release_volume_envelope();
        Contour {
            delay: zone.get_delay_volume_envelope() * layer.get_delay_volume_envelope(),
            attack: zone.get_attack_volume_envelope() * layer.get_attack_volume_envelope(),
            hold: self.keyed(
                hold,
                zone.get_key_number_to_volume_envelope_hold()
                    + layer.get_key_number_to_volume_envelope_hold(),
            ),
            decay: self.keyed(
                decay,
                zone.get_key_number_to_volume_envelope_decay()
                    + layer.get_key_number_to_volume_envelope_decay(),
            ),
            sustain: 10f32.powf(-sustain.max(0.0) / 20.0),
            release: release.max(SHORTEST_RELEASE),
            fall: Fall::Even,
        }
    }

    fn motion(&self) -> Motion {
        let (zone, layer) = (self.zone, self.layer);
        let cents = |one: i32, other: i32| (one + other) as f32;
        Motion {
            contour: self.motion_contour(),
            vibrato: Oscillation {
                delay: zone.get_delay_vibrato_lfo() * layer.get_delay_vibrato_lfo(),
                hz: zone.get_frequency_vibrato_lfo() * layer.get_frequency_vibrato_lfo(),
            },
            modulation: Oscillation {
                delay: zone.get_delay_modulation_lfo() * layer.get_delay_modulation_lfo(),
                hz: zone.get_frequency_modulation_lfo() * layer.get_frequency_modulation_lfo(),
            },
            vibrato_to_pitch: cents(zone.get_vibrato_lfo_to_pitch(), layer.get_vibrato_lfo_to_pitch()),
            modulation_to_pitch: cents(
                zone.get_modulation_lfo_to_pitch(),
                layer.get_modulation_lfo_to_pitch(),
            ),
            contour_to_pitch: cents(
                zone.get_modulation_envelope_to_pitch(),
                layer.get_modulation_envelope_to_pitch(),
            ),
            modulation_to_cutoff: cents(
                zone.get_modulation_lfo_to_filter_cutoff_frequency(),
                layer.get_modulation_lfo_to_filter_cutoff_frequency(),
            ),
            contour_to_cutoff: cents(
                zone.get_modulation_envelope_to_filter_cutoff_frequency(),
                layer.get_modulation_envelope_to_filter_cutoff_frequency(),
            ),
            modulation_to_volume: zone.get_modulation_lfo_to_volume() + layer.get_modulation_lfo_to_volume(),
        }
    }

    fn motion_contour(&self) -> Contour {
        let (zone, layer) = (self.zone, self.layer);
        let hold = zone.get_hold_modulation_envelope() * layer.get_hold_modulation_envelope();
        let decay = zone.get_decay_modulation_envelope() * layer.get_decay_modulation_envelope();
        let sustain = zone.get_sustain_modulation_envelope() + layer.get_sustain_modulation_envelope();
        // who strikes harder is sooner at the top
        let haste = (145 - self.velocity) as f32 / 144.0;
        Contour {
            delay: zone.get_delay_modulation_envelope() * layer.get_delay_modulation_envelope(),
            attack: zone.get_attack_modulation_envelope() * layer.get_attack_modulation_envelope() * haste,
            hold: self.keyed(
                hold,
                zone.get_key_number_to_modulation_envelope_hold()
                    + layer.get_key_number_to_modulation_envelope_hold(),
            ),
            decay: self.keyed(
                decay,
                zone.get_key_number_to_modulation_envelope_decay()
                    + layer.get_key_number_to_modulation_envelope_decay(),
            ),
            sustain: (1.0 - sustain / 100.0).clamp(0.0, 1.0),
            release: zone.get_release_modulation_envelope() * layer.get_release_modulation_envelope(),
            fall: Fall::Straight,
        }
    }
}
