//! How large a film may be and how much a child process may take.

use std::time::Duration;

use sound::Time;

use crate::MediaError;

/// Limits on films and on the children that read them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// Most pixels in a frame; a little above 8K.
    pub pixels: u64,
    /// Most streams in a file.
    pub streams: u64,
    /// Most packets of the shown picture; fewer where the file is small, see [`Limits::check_packets`].
    pub packets: u64,
    /// The longest film.
    pub length: Time,
    /// Largest file a child may write, in bytes.
    pub file_bytes: u64,
    /// Most address space of a child, in bytes; encoding gets more for large pictures.
    pub memory_bytes: u64,
    /// Most threads with which a picture is decoded or encoded; fewer for large pictures.
    pub threads: u64,
    /// Wall-clock time that opening may take, however small the file.
    pub opening: Duration,
    /// Bytes of the file that opening must read in each second beyond `opening`.
    pub opening_bytes_per_second: u64,
    /// Wall-clock time every other child may take, however short the film.
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
            // Beyond this the encoder gains little and loses quality.
            threads: std::thread::available_parallelism().map_or(2, |n| n.get() as u64).min(16),
            opening: Duration::from_secs(30),
            opening_bytes_per_second: 20_000_000,
            patience: Duration::from_secs(120),
            patience_per_second: 30.0,
        }
    }
}

/// Packets that any file may have, and bytes that each further one must bring: even a frame that repeats the one
/// before is named by a header or an index, unless the file lies.
const FREE_PACKETS: u64 = 10_000;
const BYTES_PER_PACKET: u64 = 4;
/// As many pictures as the longest film may have.
const PICTURES: u64 = 2;

/// Pixels that all threads of an encoder have in work together: four frames of 8K.
const PIXELS_IN_WORK: u64 = 160_000_000;

impl Limits {
    /// Whether a file of so many bytes may have so many packets in one picture, and so many in all its pictures, of
    /// which one is shown: what is kept in memory stays within a small multiple of the file.
    ///
    /// # Errors
    /// [`MediaError::OverLimit`]; [`MediaError::Unreadable`] when the file is too small to hold them.
    pub(crate) fn check_packets(&self, packets: u64, all: u64, bytes: u64) -> Result<(), MediaError> {
        for (found, limit) in [(packets, self.packets), (all, self.packets.saturating_mul(PICTURES))] {
            if found > limit {
                return Err(MediaError::OverLimit { unit: "frames", found, limit });
            }
        }
        if packets > FREE_PACKETS + bytes / BYTES_PER_PACKET {
            return Err(MediaError::unreadable("it names more frames than its bytes can hold"));
        }
        Ok(())
    }

    /// With how many threads a picture of so many pixels is encoded, and in how much address space.
    ///
    /// Each thread holds frames of its own. Measured with 8192 x 4352: 470 MB for each thread, 2.4 GB beside them,
    /// and more than 4 GB in all where a bright film is mapped in floating point.
    pub(crate) fn encoding(&self, pixels: u64) -> (u64, u64) {
        let threads = (PIXELS_IN_WORK / pixels.max(1)).max(2).min(self.threads.max(1));
        (threads, self.memory_bytes.saturating_add(pixels.saturating_mul(100 + 20 * threads)))
    }

    /// How long a child that opens a file of so many bytes may take.
    pub(crate) fn time_to_open(&self, bytes: u64) -> Duration {
        self.opening + Duration::from_secs(bytes / self.opening_bytes_per_second.max(1))
    }

    /// How long a child that works through `length` of film may take.
    pub fn wall_clock(&self, length: Time) -> Duration {
        let extra = (self.patience_per_second * length.seconds()).clamp(0.0, 1e7);
        self.patience + Duration::from_secs_f64(extra)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_pictures_get_fewer_threads_and_more_room() {
        let limits = Limits { threads: 64, ..Limits::default() };
        assert_eq!(limits.encoding(8192 * 4352).0, 4);
        assert!(limits.encoding(8192 * 4352).1 > 10_000_000_000);
        assert_eq!(limits.encoding(1920 * 1080).0, 64);
        assert!(limits.encoding(1920 * 1080).1 < 8_000_000_000);
        assert_eq!(Limits { threads: 1, ..limits }.encoding(1).0, 1);
        assert_eq!(limits.encoding(0).0, 64);
    }

    #[test]
    fn what_opening_may_take_grows_with_the_file() {
        let limits = Limits::default();
        assert_eq!(limits.time_to_open(1_000_000), Duration::from_secs(30));
        assert_eq!(limits.time_to_open(20_000_000_000), Duration::from_secs(1030));
        assert!(limits.check_packets(100_000, 100_000, 1_000_000).is_ok());
        assert_eq!(
            limits.check_packets(1_000_000, 1_000_000, 1_000_000).map_err(|error| error.code()),
            Err(4003)
        );
        for (one, all) in [(2_000_001, 2_000_001), (1_000_000, 4_000_001)] {
            assert_eq!(limits.check_packets(one, all, 64 << 30).map_err(|error| error.code()), Err(4004));
        }
    }
}
