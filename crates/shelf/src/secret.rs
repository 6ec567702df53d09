//! Random names and secrets, and the hashes that are kept in their place.

use sha2::{Digest, Sha256};

use crate::error::{Result, ShelfError};

/// `N` bytes from the system's own source of chance.
pub(crate) fn chance<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|error| ShelfError::Chance(error.to_string()))?;
    Ok(bytes)
}

/// `prefix` and 256 random bits in 43 letters of base64url (RFC 4648, 5).
pub(crate) fn token(prefix: &str) -> Result<String> {
    Ok(format!("{prefix}{}", base64(&chance::<32>()?, b"-_").trim_end_matches('=')))
}

/// The secret of a webhook as Standard Webhooks writes it: `whsec_` and 256 bits in base64.
pub(crate) fn signing() -> Result<String> {
    Ok(format!("whsec_{}", base64(&chance::<32>()?, b"+/")))
}

/// `prefix` and 128 random bits in 32 hexadecimal digits.
pub(crate) fn name(prefix: &str) -> Result<String> {
    Ok(format!("{prefix}{}", hex(&chance::<16>()?)))
}

/// `prefix` and a random UUID (RFC 9562, version 4).
pub(crate) fn uuid(prefix: &str) -> Result<String> {
    let mut bytes = chance::<16>()?;
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let text = hex(&bytes);
    let parts = [&text[..8], &text[8..12], &text[12..16], &text[16..20], &text[20..]];
    Ok(format!("{prefix}{}", parts.join("-")))
}

/// A random number of 19 digits that fits an i64.
pub(crate) fn nineteen() -> Result<String> {
    const FIRST: u64 = 1_000_000_000_000_000_000;
    let range = i64::MAX.unsigned_abs() - FIRST;
    Ok((FIRST + u64::from_le_bytes(chance::<8>()?) % range).to_string())
}

/// SHA-256 of a text in 64 hexadecimal digits.
pub(crate) fn sha256(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}

/// Two small letters a byte.
pub(crate) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |nibble: u8| char::from(DIGITS[usize::from(nibble)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// Base64 with padding; `last` are the letters for 62 and 63.
fn base64(bytes: &[u8], last: &[u8; 2]) -> String {
    const LETTERS: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    let letter = |six: u32| {
        let six = (six & 63) as usize;
        char::from(if six < 62 { LETTERS[six] } else { last[six - 62] })
    };
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let word =
            three.iter().enumerate().fold(0, |word, (n, byte)| word | u32::from(*byte) << (16 - 8 * n));
        text.extend([letter(word >> 18), letter(word >> 12)]);
        text.push(if three.len() > 1 { letter(word >> 6) } else { '=' });
        text.push(if three.len() > 2 { letter(word) } else { '=' });
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_that_of_the_standard() {
        // The examples of RFC 4648, 10.
        for (bytes, text) in [("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")] {
            assert_eq!(base64(bytes.as_bytes(), b"+/"), text);
        }
        assert_eq!(base64(&[0xfb, 0xff], b"-_"), "-_8=");
    }

    #[test]
    fn secrets_have_their_shapes() {
        let made = token("nmv_usr_").unwrap();
        assert_eq!(made.len(), 8 + 43);
        assert_ne!(made, token("nmv_usr_").unwrap());
        for _ in 0..1000 {
            assert_eq!(nineteen().unwrap().len(), 19);
        }
        let uuid = uuid("e-").unwrap();
        assert_eq!((uuid.len(), &uuid[16..17]), (38, "4"));
        assert_eq!(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
