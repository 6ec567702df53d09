//! H.264 parameter sets: their numbers, and one decoder configuration for two encoders (ISO/IEC 14496-15, 5.3.3).

use mp4_atom::Avcc;

/// The highest number of a sequence parameter set.
pub(super) const HIGHEST: u32 = 31;

/// The highest number that no parameter set of a configuration bears.
///
/// # Errors
/// What stands against sets beside its own, in words for the user.
pub(super) fn free_number(avcc: &Avcc) -> Result<u32, String> {
    // The three bytes after the unit's own are the profile and the level.
    let sequences = avcc.sequence_parameter_sets.iter().map(|set| exp_golomb(set.get(4..)?));
    let pictures = avcc.picture_parameter_sets.iter().map(|set| exp_golomb(set.get(1..)?));
    let taken: Option<Vec<u32>> = sequences.chain(pictures).collect();
    let free = taken.and_then(|taken| (0..=HIGHEST).rev().find(|number| !taken.contains(number)));
    free.ok_or_else(|| "its parameters cannot be read".into())
}

/// An unsigned Exp-Golomb code at the beginning of some bytes (H.264, 9.1); such small ones need no emulation prevention.
fn exp_golomb(bytes: &[u8]) -> Option<u32> {
    let mut head = [0; 4];
    let count = bytes.len().min(4);
    head[..count].copy_from_slice(&bytes[..count]);
    let bits = u32::from_be_bytes(head);
    let zeros = bits.leading_zeros();
    (zeros < 16 && 2 * zeros < 8 * count as u32).then(|| (bits >> (31 - 2 * zeros)) - 1)
}

/// The configuration of a picture whose packets come from both encoders.
///
/// # Errors
/// What stands against it, in words for the user.
pub(super) fn merged(own: &Avcc, ours: &Avcc) -> Result<Avcc, String> {
    if own.length_size != ours.length_size {
        return Err("its units have lengths of another size".into());
    }
    let mut both = own.clone();
    both.avc_level_indication = own.avc_level_indication.max(ours.avc_level_indication);
    both.sequence_parameter_sets.extend(ours.sequence_parameter_sets.iter().cloned());
    both.picture_parameter_sets.extend(ours.picture_parameter_sets.iter().cloned());
    Ok(both)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_and_a_free_one_is_found() {
        assert_eq!(exp_golomb(&[0x80]), Some(0));
        assert_eq!(exp_golomb(&[0b0101_0000]), Some(1));
        assert_eq!(exp_golomb(&[0b0001_0000]), Some(7));
        assert_eq!(exp_golomb(&[]), None);
        assert_eq!(exp_golomb(&[0, 0, 0, 0]), None);
        let of = |picture: Vec<u8>| Avcc {
            sequence_parameter_sets: vec![vec![0x67, 100, 0, 40, 0x80]],
            picture_parameter_sets: vec![vec![0x68, 0x80], picture],
            ..Avcc::default()
        };
        assert_eq!(free_number(&of(vec![0x68, 0x80])), Ok(HIGHEST));
        assert_eq!(free_number(&of(vec![0x68, 0b0000_0100, 0b0001_0000])), Ok(HIGHEST - 1));
        assert!(free_number(&of(vec![0x68])).is_err());
    }
}
