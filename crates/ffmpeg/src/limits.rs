//! How large a film may be and how much a child process may take.

use std::time::Duration;

use sound::Time;

/// Limits on films and on the children that read them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// Most pixels in a frame; a little above 8K.
    pub pixels: u64,
    /// Most streams in a file.
    pub streams: u64,
    /// Most packets of the shown picture.
    pub packets: u64,
    /// The longest film.
    pub length: Time,
    /// Largest file a child may write, in bytes.
    pub file_bytes: u64,
    /// Most address space of a child, in bytes.
    pub memory_bytes: u64,
    /// Wall-clock time every child may take, however short the film.
    pub patience: Duration,
    /// Wall-clock seconds a child may take for each second of film, on top of `patience`.
    pub patience_per_second: f64,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            pixels: 8192 * 4352,
            streams: 64,
            packets: 2_000_000,
            length: Time::from_ratio(4 * 3600, 1),
            file_bytes: 64 << 30,
            memory_bytes: 4 << 30,
            patience: Duration::from_secs(120),
            patience_per_second: 30.0,
        }
    }
}

impl Limits {
    /// How long a child that works through `length` of film may take.
    pub fn wall_clock(&self, length: Time) -> Duration {
        let extra = (self.patience_per_second * length.seconds()).clamp(0.0, 1e7);
        self.patience + Duration::from_secs_f64(extra)
    }
}
