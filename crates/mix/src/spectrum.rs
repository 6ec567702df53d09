//! What a sound is made of, twentieth of a second by twentieth of a second: third-octave bands as loud as the ear takes them.

use std::f32::consts::TAU;
use std::sync::Arc;

use realfft::num_complex::Complex;
use realfft::{RealFftPlanner, RealToComplex};
use sound::{Frame, Loudness, SAMPLE_RATE, Span, Time};

/// Bands, each a third of an octave wide.
pub const BANDS: usize = 24;
/// So many of them, up to 7 kHz, hold what voices are made of.
const VOICED: usize = 22;
/// The middle of the lowest band in Hz; what lies below counts as part of it, and of the highest what lies above.
const LOWEST: f64 = 50.0;
/// Short enough to tell a stroke from what rings before and after it.
pub(crate) const ROWS_A_SECOND: f64 = 20.0;

const STEP: usize = SAMPLE_RATE as usize / 20;
const SIZE: usize = 4096;
/// What lies so far from talk, in seconds, changes nothing of what music gets under it: ducking that begins or ends
/// there (4 s), and the music against which a moment there is held when it is levelled (4 s).
const FAR: f64 = 8.0;
/// A window reaches so far beyond its row, and no further, in seconds.
const BESIDE: f64 = 0.1;
/// The first window is centred on the first step and begins before the sound.
const LEAD: usize = (SIZE - STEP) / 2;

/// The middle of a band in Hz.
pub(crate) fn centre(band: usize) -> f64 {
    LOWEST * (band as f64 / 3.0).exp2()
}

/// One twentieth of a second of stereo sound: energies weighted as ITU-R BS.1770-4 weights loudness, 1 being full scale in
/// both channels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Row {
    /// Of the mono fold: what a phone plays, and what lies where the voice is.
    pub middle: [f32; BANDS],
    /// Of both channels and all bands together.
    pub whole: f32,
}

impl Row {
    /// The bands of the middle that can hide a voice: hats and air lie above every word.
    pub(crate) fn voiced(&self) -> std::slice::Iter<'_, f32> {
        self.middle[..VOICED].iter()
    }
}

/// The rows of a sound; empty where nobody asked for them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Spectrum {
    /// One for each twentieth of a second.
    pub rows: Vec<Row>,
}

impl Spectrum {
    /// The row that holds at a time in seconds; `None` outside.
    pub(crate) fn at(&self, seconds: f64) -> Option<&Row> {
        let index = (seconds * ROWS_A_SECOND).floor();
        if index >= 0.0 { self.rows.get(index as usize) } else { None }
    }
}

/// Finds the spectrum of a sound as it streams by; the result does not depend on how it is cut into blocks.
pub struct Spectrometer {
    transform: Arc<dyn RealToComplex<f32>>,
    window: Vec<f32>,
    /// The band of every bin, with its weight.
    bins: Vec<(usize, f32)>,
    wave: Vec<f32>,
    bent: Vec<Complex<f32>>,
    held: Vec<Frame>,
    frames: usize,
    rows: Vec<Row>,
    /// Where rows are wanted, `None` for everywhere; they are silent elsewhere.
    wanted: Option<Vec<Span>>,
}

impl Default for Spectrometer {
    fn default() -> Spectrometer {
        let transform = RealFftPlanner::<f32>::new().plan_fft_forward(SIZE);
        let hann = |n: usize| 0.5 - 0.5 * (TAU * n as f32 / SIZE as f32).cos();
        Spectrometer {
            window: (0..SIZE).map(hann).collect(),
            bins: (0..=SIZE / 2).map(bin).collect(),
            wave: transform.make_input_vec(),
            bent: transform.make_output_vec(),
            transform,
            held: vec![[0.0; 2]; LEAD],
            frames: 0,
            rows: Vec::new(),
            wanted: None,
        }
    }
}

/// The band of a bin, and what turns the square of its magnitude into energy.
fn bin(index: usize) -> (usize, f32) {
    let hz = index as f64 * f64::from(SAMPLE_RATE) / SIZE as f64;
    let band = (3.0 * (hz / LOWEST).log2()).round().clamp(0.0, (BANDS - 1) as f64);
    // Two sides of the spectrum; a Hann window leaves 3/8 of the energy.
    let energy = 2.0 / (SIZE as f64 * SIZE as f64 * 0.375);
    (band as usize, (energy * Loudness::weight(hz)) as f32)
}

impl Spectrometer {
    /// One for a film's own sound, of which only the talk counts; the rest gets silent rows.
    pub fn of_talk(speech: &[Span]) -> Spectrometer {
        Spectrometer::near(speech, BESIDE, Time::ZERO)
    }

    /// One for music that begins at `begins` on the film's clock, of which only what is near talk counts; the rest gets
    /// silent rows.
    pub fn of_music(speech: &[Span], begins: Time) -> Spectrometer {
        Spectrometer::near(speech, FAR, begins)
    }

    fn near(speech: &[Span], seconds: f64, begins: Time) -> Spectrometer {
        let reach = Time::from_seconds(seconds);
        let wide = |span: &Span| Span::new(span.start - reach - begins, span.end + reach - begins);
        Spectrometer { wanted: Some(speech.iter().map(wide).collect()), ..Spectrometer::default() }
    }

    /// Hears the next frames.
    pub fn add(&mut self, frames: &[Frame]) {
        self.frames += frames.len();
        self.hear(frames);
    }

    /// The spectrum of all that was heard.
    pub fn finish(mut self) -> Spectrum {
        let wanted = self.frames.div_ceil(STEP);
        self.hear(&vec![[0.0; 2]; SIZE]);
        self.rows.truncate(wanted);
        Spectrum { rows: self.rows }
    }

    fn hear(&mut self, frames: &[Frame]) {
        self.held.extend_from_slice(frames);
        let mut at = 0;
        while at + SIZE <= self.held.len() {
            let row = self.row(at);
            self.rows.push(row);
            at += STEP;
        }
        self.held.drain(..at);
    }

    /// Whether anybody asks for the next row.
    fn is_wanted(&self) -> bool {
        let middle = Time::from_seconds((self.rows.len() as f64 + 0.5) / ROWS_A_SECOND);
        self.wanted.as_ref().is_none_or(|wanted| wanted.iter().any(|span| span.contains(middle)))
    }

    fn row(&mut self, at: usize) -> Row {
        let mut row = Row::default();
        if !self.is_wanted() {
            return row;
        }
        let side = self.bands(at, |frame| 0.5 * (frame[0] - frame[1]));
        row.middle = self.bands(at, |frame| 0.5 * (frame[0] + frame[1]));
        row.whole = row.middle.iter().chain(&side).sum();
        row
    }

    fn bands(&mut self, at: usize, fold: impl Fn(&Frame) -> f32) -> [f32; BANDS] {
        for ((sample, frame), share) in self.wave.iter_mut().zip(&self.held[at..]).zip(&self.window) {
            *sample = share * fold(frame);
        }
        let mut bands = [0.0; BANDS];
        // Only slices of another length are refused.
        if self.transform.process(&mut self.wave, &mut self.bent).is_ok() {
            for (value, (band, weight)) in self.bent.iter().zip(&self.bins) {
                bands[*band] += weight * value.norm_sqr();
            }
        }
        bands
    }
}
