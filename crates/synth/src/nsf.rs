//! A register log as an NSF: a file that consoles, emulators and players run, with a player of our own inside.
//!
//! The log lies in banks of 4 KB, of which one at a time is seen at $9000; the player lies at $8000. In the log a byte
//! is a number of writes (1 to 127), each a register's offset from $4000 and its value, or, with bit 7 set, so many
//! pictures more without any; zero is the end.

mod routine;

use score::Score;
use thiserror::Error;

use crate::chip::RegisterLog;

/// The size of a bank, in bytes.
const BANK: usize = 4096;
/// Banks that a byte can count; the first holds the player.
const BANKS: usize = 256;
/// Microseconds between two calls of the player (NTSC).
const SPEED: u16 = 16_639;
/// The longest wait one byte can hold, in pictures.
const LONGEST_WAIT: usize = 128;

/// Why there is no NSF.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NsfError {
    /// The score asks for more than the chip has.
    #[error("An NSF holds only what the sound chip of a console can play")]
    NotAuthentic,
    /// The log has more bytes than banks can hold.
    #[error("An NSF holds {most} KB of music and this has {kilobytes} KB")]
    TooLong {
        /// What it has.
        kilobytes: usize,
        /// What there is room for.
        most: usize,
    },
}

/// The bytes of an NSF that plays an authentic score on a console; a score that does not end goes on for ever.
///
/// Of the title 31 bytes of ASCII are kept.
///
/// # Errors
/// [`NsfError::NotAuthentic`] for a score of more than the chip's voices, [`NsfError::TooLong`] beyond 1020 KB of log,
/// which is half an hour of busy music.
pub fn nsf(score: &Score, title: &str) -> Result<Vec<u8>, NsfError> {
    let log = RegisterLog::new(score).ok_or(NsfError::NotAuthentic)?;
    let packed = packed(&log);
    if packed.len() > (BANKS - 1) * BANK {
        let most = (BANKS - 1) * BANK / 1024;
        return Err(NsfError::TooLong { kilobytes: packed.len().div_ceil(1024), most });
    }
    let mut bytes = header(title);
    bytes.extend(routine::code(log.is_looping()));
    bytes.resize(HEADER + BANK, 0);
    bytes.extend(packed);
    bytes.resize(HEADER + (bytes.len() - HEADER).next_multiple_of(BANK), 0);
    Ok(bytes)
}

/// The size of the header, in bytes.
const HEADER: usize = 128;

/// The header after <https://www.nesdev.org/wiki/NSF>.
fn header(title: &str) -> Vec<u8> {
    let mut bytes = b"NESM\x1a\x01\x01\x01".to_vec();
    for address in [routine::LOAD, routine::INIT, routine::PLAY] {
        bytes.extend(address.to_le_bytes());
    }
    for text in [title, "undersong", ""] {
        let kept = text.bytes().filter(|byte| (b' '..=b'~').contains(byte)).take(31);
        let end = bytes.len() + 32;
        bytes.extend(kept);
        bytes.resize(end, 0);
    }
    bytes.extend(SPEED.to_le_bytes());
    // what is seen at $8000, $9000, ...
    bytes.extend([0, 1, 0, 0, 0, 0, 0, 0]);
    bytes.resize(HEADER, 0);
    bytes
}

/// The log as the player reads it.
fn packed(log: &RegisterLog) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut wait = 0;
    let rest = |wait: &mut usize, bytes: &mut Vec<u8>| {
        while *wait > 0 {
            let pictures = (*wait).min(LONGEST_WAIT);
            bytes.push(0x80 | (pictures - 1) as u8);
            *wait -= pictures;
        }
    };
    for picture in 0..log.pictures().len() {
        let writes = log.writes(picture);
        if writes.is_empty() {
            wait += 1;
            continue;
        }
        rest(&mut wait, &mut bytes);
        bytes.push(writes.len() as u8);
        bytes.extend(writes.into_iter().flat_map(|(register, value)| [register, value]));
    }
    rest(&mut wait, &mut bytes);
    bytes.push(0);
    bytes
}

#[cfg(test)]
mod tests;
