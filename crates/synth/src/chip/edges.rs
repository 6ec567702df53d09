//! The edges of a waveform in the chip's own time, handed out at our rate and band-limited.
//!
//! The buffer's own kernel is short and lets through what lies just above half its rate. So it runs at twice our rate,
//! and a longer filter leaves out what we have no room for.

use blip_buf::BlipBuf;
use sound::SAMPLE_RATE;

/// Samples made at once; the buffer's arithmetic bears 4000.
pub(super) const SLICE: usize = 512;
/// Full scale in the buffer's integers: high enough for the quietest step, low enough for the noise's densest edges.
const SCALE: f64 = 24_000.0;

/// Samples of the buffer to one of ours.
const FINER: usize = 2;
/// The length of the filter in samples of the buffer.
const TAPS: usize = 64;
/// The middle of the filter's slope, in Hz; 4 kHz higher nothing is left.
const CORNER: f64 = 20_000.0;

/// Where a waveform's edges are written.
pub(super) struct Edges {
    buffer: BlipBuf,
    /// `None` until it is set for the first time: where the chip stands when it is switched on is no step.
    level: Option<i32>,
    filter: [f32; TAPS],
    /// The last samples of the slice before, then those of this one.
    fine: Vec<f32>,
}

/// A sinc under a Blackman window, of sum one.
fn filter() -> [f32; TAPS] {
    let turn = CORNER / (FINER as f64 * f64::from(SAMPLE_RATE));
    let taps: [f64; TAPS] = std::array::from_fn(|tap| {
        let from_middle = tap as f64 - (TAPS - 1) as f64 / 2.0;
        let angle = std::f64::consts::TAU * turn * from_middle;
        let place = std::f64::consts::TAU * tap as f64 / (TAPS - 1) as f64;
        angle.sin() / angle * (0.42 - 0.5 * place.cos() + 0.08 * (2.0 * place).cos())
    });
    let sum: f64 = taps.iter().sum();
    taps.map(|tap| (tap / sum) as f32)
}

impl Edges {
    /// For a chip whose clock has so many Hz.
    pub(super) fn new(clock: f64) -> Edges {
        let mut buffer = BlipBuf::new((SLICE * FINER) as u32 * 2);
        // both rates are within the buffer's limits
        let _ = buffer.set_rates(clock, FINER as f64 * f64::from(SAMPLE_RATE));
        Edges { buffer, level: None, filter: filter(), fine: vec![0.0; TAPS - FINER] }
    }

    /// The output becomes `value`, 0 to 1 of the chip's mixer, `clock` clocks into the slice.
    pub(super) fn set(&mut self, clock: u64, value: f64) {
        let level = (value * SCALE).round() as i32;
        let before = self.level.replace(level).unwrap_or(level);
        if level != before {
            // fails only beyond the slice, where no channel writes
            let _ = self.buffer.add_delta(clock as u32, level - before);
        }
    }

    /// The clocks that must have run before so many samples, at most a slice, can be read.
    pub(super) fn clocks(&self, samples: usize) -> u64 {
        u64::from(self.buffer.clocks_needed((samples * FINER) as u32).unwrap_or(0))
    }

    /// Ends a slice of so many clocks and adds its samples, times `gain`, through `add`.
    pub(super) fn read(&mut self, clocks: u64, samples: usize, gain: f32, mut add: impl FnMut(usize, f32)) {
        let mut slice = [0i16; SLICE * FINER];
        // fails only beyond the buffer, which holds two slices
        let _ = self.buffer.end_frame(clocks as u32);
        let read = self.buffer.read_samples(&mut slice[..samples * FINER], false);
        let gain = gain / SCALE as f32;
        self.fine.extend(slice[..read].iter().map(|&sample| f32::from(sample) * gain));
        for (at, window) in self.fine.windows(TAPS).step_by(FINER).enumerate() {
            add(at, window.iter().zip(&self.filter).map(|(value, tap)| value * tap).sum());
        }
        self.fine.drain(..read);
    }
}
