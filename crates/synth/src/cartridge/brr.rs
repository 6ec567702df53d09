//! Samples of four bits, as a cartridge holds them: blocks of sixteen, each with a step size and one of four predictors.

/// Samples of a block, which has nine bytes.
pub(super) const BLOCK: usize = 16;
/// Full scale: samples are kept in fifteen bits.
const FULL: f32 = 16_384.0;
/// The largest shift of the four bits.
const SHIFTS: u32 = 12;

/// What the predictors make of the two samples before, in fifteen bits.
fn predicted(filter: usize, [last, before]: [i32; 2]) -> i32 {
    match filter {
        0 => 0,
        1 => last * 15 / 16,
        2 => last * 61 / 32 - before * 15 / 16,
        _ => last * 115 / 64 - before * 13 / 16,
    }
}

/// A block squeezed: what comes out, and the squares of what went wrong.
fn block(samples: &[f32], filter: usize, shift: u32, mut past: [i32; 2], out: &mut [i32; BLOCK]) -> f32 {
    let mut wrong = 0.0;
    for (sample, out) in samples.iter().zip(out) {
        let foreseen = predicted(filter, past);
        let wanted = sample * FULL;
        let four = ((wanted - foreseen as f32) * 2.0 / (1 << shift) as f32).round().clamp(-8.0, 7.0) as i32;
        let value = (foreseen + ((four << shift) >> 1)).clamp(-16_384, 16_383);
        wrong += (wanted - value as f32).powi(2);
        past = [value, past[0]];
        *out = value;
    }
    wrong
}

/// Squeezes samples, -1 to 1, into four bits each and gives what the console makes of them; as many as come, filled up with
/// silence to whole blocks. The block at `again`, where a loop begins, foresees nothing: every lap is the same.
pub(super) fn squeezed(samples: &[f32], again: Option<usize>) -> Vec<f32> {
    let mut heard = Vec::with_capacity(samples.len().next_multiple_of(BLOCK));
    let mut past = [0; 2];
    for (index, chunk) in samples.chunks(BLOCK).enumerate() {
        let mut whole = [0.0; BLOCK];
        whole[..chunk.len()].copy_from_slice(chunk);
        let filters = if index == 0 || again == Some(index * BLOCK) { 0..1 } else { 0..4 };
        let mut best = ([0; BLOCK], f32::INFINITY);
        for (filter, shift) in filters.flat_map(|filter| (0..=SHIFTS).map(move |shift| (filter, shift))) {
            let mut values = [0; BLOCK];
            let wrong = block(&whole, filter, shift, past, &mut values);
            if wrong < best.1 {
                best = (values, wrong);
            }
        }
        past = [best.0[BLOCK - 1], best.0[BLOCK - 2]];
        heard.extend(best.0.map(|value| value as f32 / FULL));
    }
    heard
}

/// The bytes that so many samples take.
#[cfg(test)]
pub(super) fn bytes(samples: usize) -> usize {
    samples.div_ceil(BLOCK) * 9
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sine(period: f32, count: usize) -> Vec<f32> {
        (0..count).map(|at| 0.8 * (std::f32::consts::TAU * at as f32 / period).sin()).collect()
    }

    #[test]
    fn four_bits_leave_a_noise_thirty_to_seventy_decibels_down() {
        // a predictor follows what is slow; what is fast and irregular it does not foresee
        let below = |samples: &[f32]| {
            let heard = squeezed(samples, None);
            let energy = |values: &mut dyn Iterator<Item = f32>| values.map(|x| x * x).sum::<f32>();
            let noise = energy(&mut samples.iter().zip(&heard).map(|(a, b)| a - b));
            10.0 * (energy(&mut samples.iter().copied()) / noise).log10()
        };
        let (slow, fast) = (below(&sine(128.0, 4096)), below(&sine(5.3, 4096)));
        let mut state = 1u32;
        let noise = std::iter::repeat_with(|| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state as i32 as f32 / 2_147_483_648.0
        });
        let rough = below(&noise.take(4096).collect::<Vec<f32>>());
        println!("slow {slow:.1}, fast {fast:.1}, noise {rough:.1} dB");
        assert!((40.0..70.0).contains(&slow) && (22.0..45.0).contains(&fast), "{slow} {fast}");
        assert!((15.0..27.0).contains(&rough), "{rough}");
    }

    #[test]
    fn every_lap_of_a_loop_is_the_same() {
        let twice = squeezed(&[sine(64.0, 64), sine(64.0, 64), sine(64.0, 64)].concat(), Some(64));
        let once = squeezed(&[sine(64.0, 64), sine(64.0, 64)].concat(), Some(64));
        assert_eq!(twice[..128], once[..]);
        assert_eq!((once.len(), bytes(once.len())), (128, 72));
    }
}
