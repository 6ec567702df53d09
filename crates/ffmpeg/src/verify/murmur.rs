//! MurmurHash3 (x64, 128 bits) as ffmpeg takes it of packets, to hold ours against its.

/// What ffmpeg begins with (`av_murmur3_init`).
const SEED: u64 = 0x725a_cc55_dadd_ca55;
const FIRST: u64 = 0x87c3_7b91_1142_53d5;
const SECOND: u64 = 0x4cf5_ad43_2745_937f;

/// The hash of these bytes; its own bytes, in the order in which ffmpeg prints them, from the highest down.
pub(super) fn murmur3(bytes: &[u8]) -> u128 {
    let (blocks, rest) = bytes.as_chunks::<16>();
    let mut state = [SEED; 2];
    for block in blocks {
        let [first, second] = mixed(block);
        let a = (state[0] ^ first).rotate_left(27).wrapping_add(state[1]);
        state[0] = a.wrapping_mul(5).wrapping_add(0x52dc_e729);
        let b = (state[1] ^ second).rotate_left(31).wrapping_add(state[0]);
        state[1] = b.wrapping_mul(5).wrapping_add(0x3849_5ab5);
    }
    if !rest.is_empty() {
        let mut block = [0; 16];
        block[..rest.len()].copy_from_slice(rest);
        let [first, second] = mixed(&block);
        state = [state[0] ^ first, state[1] ^ second];
    }
    let [a, b] = crossed(crossed(state.map(|half| half ^ bytes.len() as u64)).map(stirred));
    u128::from(a.swap_bytes()) << 64 | u128::from(b.swap_bytes())
}

fn mixed(block: &[u8; 16]) -> [u64; 2] {
    let whole = u128::from_le_bytes(*block);
    let (first, second) = (whole as u64, (whole >> 64) as u64);
    [
        first.wrapping_mul(FIRST).rotate_left(31).wrapping_mul(SECOND),
        second.wrapping_mul(SECOND).rotate_left(33).wrapping_mul(FIRST),
    ]
}

fn crossed([a, b]: [u64; 2]) -> [u64; 2] {
    let a = a.wrapping_add(b);
    [a, b.wrapping_add(a)]
}

fn stirred(half: u64) -> u64 {
    let half = (half ^ half >> 33).wrapping_mul(0xff51_afd7_ed55_8ccd);
    let half = (half ^ half >> 33).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    half ^ half >> 33
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_those_of_ffmpeg() {
        // as `ffmpeg -f data -i FILE -map 0 -c copy -f hash -hash murmur3 -` prints them
        for (bytes, hash) in [
            (&b"a"[..], 0xb5a5_722e_7e14_2a59_1660_c801_8dd7_6540),
            (b"0123456789abcdef", 0xea4c_0e9c_71ce_72e1_4778_b558_cc33_f077),
            (b"0123456789abcdefgh", 0xc962_a8b4_95ba_da51_8b9d_1124_a884_0dd8),
            (&[0; 100], 0x84e4_83f0_e3de_576c_1ea2_72fb_4920_0a64),
        ] {
            assert_eq!(murmur3(bytes), hash, "{} bytes", bytes.len());
        }
    }
}
