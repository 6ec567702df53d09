//! Strings, brass, reeds and flutes of our own, for machines without a SoundFont.

use super::{BASE, adsr};
use crate::voice::analog::Patch;
use crate::wave::Shape;

pub(super) const STRINGS: Patch = Patch {
    unison: 4,
    detune: 12.0,
    corner: 3000.0,
    sweep: -0.8,
    sweep_time: 0.25,
    envelope: adsr(0.11, 0.6, 0.85, 0.6),
    vibrato: (5.0, 5.3, 0.1),
    spread: 0.9,
    ..BASE
};
pub(super) const SLOW_STRINGS: Patch =
    Patch { corner: 2300.0, sweep_time: 0.8, envelope: adsr(0.4, 0.6, 0.9, 1.1), ..STRINGS };
pub(super) const TREMOLO_STRINGS: Patch = Patch { tremolo: (0.75, 11.0), ..STRINGS };
pub(super) const VIOLIN: Patch = Patch {
    unison: 2,
    detune: 3.0,
    corner: 3600.0,
    sweep: -1.0,
    sweep_time: 0.15,
    envelope: adsr(0.08, 0.4, 0.9, 0.25),
    vibrato: (16.0, 5.8, 0.25),
    breath: 0.02,
    spread: 0.3,
    scoop: (-0.3, 0.06),
    ..BASE
};
pub(super) const CELLO: Patch = Patch { corner: 2400.0, vibrato: (13.0, 5.2, 0.3), sub: 0.05, ..VIOLIN };
pub(super) const VIOLA: Patch = Patch { corner: 2900.0, vibrato: (14.0, 5.5, 0.28), ..VIOLIN };
pub(super) const CONTRABASS: Patch =
    Patch { corner: 1600.0, vibrato: (6.0, 4.8, 0.4), pure: 0.2, spread: 0.0, ..VIOLIN };
pub(super) const CHOIR: Patch = Patch {
    unison: 5,
    detune: 14.0,
    breath: 0.05,
    corner: 3200.0,
    follow: 0.2,
    envelope: adsr(0.22, 0.8, 0.9, 0.7),
    vibrato: (9.0, 5.0, 0.3),
    spread: 0.9,
    ..BASE
};
pub(super) const BRASS: Patch = Patch {
    unison: 3,
    detune: 6.0,
    corner: 3000.0,
    sweep: -2.0,
    sweep_time: 0.12,
    envelope: adsr(0.05, 0.4, 0.85, 0.18),
    vibrato: (4.0, 5.0, 0.5),
    spread: 0.6,
    scoop: (-0.5, 0.04),
    ..BASE
};
pub(super) const TRUMPET: Patch = Patch { unison: 1, corner: 3800.0, vibrato: (9.0, 5.2, 0.4), ..BRASS };
pub(super) const TROMBONE: Patch =
    Patch { unison: 1, corner: 2300.0, sweep_time: 0.15, vibrato: (7.0, 4.9, 0.45), ..BRASS };
pub(super) const MUTED_TRUMPET: Patch = Patch {
    unison: 1,
    shape: Shape::Pulse(0.1),
    corner: 3000.0,
    quality: 2.0,
    vibrato: (8.0, 5.3, 0.35),
    ..BRASS
};
pub(super) const HORN: Patch = Patch {
    unison: 2,
    detune: 3.0,
    corner: 1200.0,
    sweep_time: 0.2,
    pure: 0.2,
    envelope: adsr(0.09, 0.5, 0.85, 0.25),
    ..BRASS
};
pub(super) const SAXOPHONE: Patch = Patch {
    shape: Shape::Pulse(0.36),
    corner: 2200.0,
    breath: 0.04,
    sweep: -1.2,
    sweep_time: 0.1,
    envelope: adsr(0.04, 0.4, 0.85, 0.15),
    vibrato: (14.0, 5.0, 0.3),
    scoop: (-0.7, 0.07),
    ..BASE
};
pub(super) const OBOE: Patch = Patch {
    shape: Shape::Pulse(0.14),
    corner: 2600.0,
    quality: 1.2,
    breath: 0.01,
    envelope: adsr(0.04, 0.3, 0.9, 0.12),
    vibrato: (9.0, 5.3, 0.35),
    ..BASE
};
pub(super) const BASSOON: Patch =
    Patch { shape: Shape::Pulse(0.2), corner: 1100.0, quality: 1.4, vibrato: (6.0, 4.9, 0.4), ..OBOE };
// Free reeds: two banks a little apart beat.
pub(super) const ACCORDION: Patch = Patch {
    shape: Shape::Pulse(0.3),
    unison: 2,
    detune: 9.0,
    corner: 3200.0,
    breath: 0.01,
    envelope: adsr(0.04, 0.3, 0.95, 0.1),
    spread: 0.5,
    ..BASE
};
pub(super) const HARMONICA: Patch = Patch {
    shape: Shape::Pulse(0.22),
    corner: 2600.0,
    quality: 1.3,
    breath: 0.05,
    envelope: adsr(0.05, 0.3, 0.9, 0.12),
    vibrato: (7.0, 5.6, 0.3),
    tremolo: (0.2, 5.6),
    scoop: (-0.5, 0.06),
    ..BASE
};
pub(super) const CLARINET: Patch = Patch {
    shape: Shape::Pulse(0.5),
    corner: 1500.0,
    breath: 0.01,
    envelope: adsr(0.05, 0.3, 0.92, 0.12),
    vibrato: (3.0, 4.8, 0.5),
    ..BASE
};
pub(super) const FLUTE: Patch = Patch {
    shape: Shape::Triangle,
    corner: 2400.0,
    breath: 0.09,
    envelope: adsr(0.06, 0.3, 0.9, 0.16),
    vibrato: (8.0, 5.1, 0.3),
    tremolo: (0.12, 5.1),
    ..BASE
};
pub(super) const RECORDER: Patch =
    Patch { breath: 0.05, corner: 3200.0, vibrato: (4.0, 4.8, 0.5), tremolo: (0.0, 5.0), ..FLUTE };

pub(super) const PICCOLO: Patch = Patch { breath: 0.05, corner: 4200.0, ..FLUTE };
pub(super) const WHISTLE: Patch =
    Patch { pure: 0.85, breath: 0.06, vibrato: (16.0, 5.6, 0.2), scoop: (-0.5, 0.06), ..FLUTE };
