//! The console's samples, voices and echo against what the console can do.

use score::{Finish, Instrument, Note, Part, Repeats, Role, Score, Strip, TempoMap};
use sound::{Tempo, Time};

use super::*;
use crate::meter;

const TONES: [Instrument; 7] = [
    Instrument::CartridgeStrings,
    Instrument::CartridgeChoir,
    Instrument::CartridgeFlute,
    Instrument::CartridgeHorn,
    Instrument::CartridgeHarp,
    Instrument::CartridgeMallet,
    Instrument::CartridgeBass,
];

fn score(parts: Vec<(Instrument, Vec<Note>)>) -> Score {
    let part = |(instrument, notes)| Part {
        role: Role::Pad,
        instrument,
        notes,
        expression: Vec::new(),
        strip: Strip::default(),
    };
    Score {
        length: Time::from_seconds(4.0),
        key: "C major".parse().unwrap(),
        tempo: TempoMap::even(Time::ZERO, Tempo::new(120.0)),
        parts: parts.into_iter().map(part).collect(),
        authentic: false,
        finish: Finish { echo: Repeats::Cartridge, ..Finish::default() },
        fade_out: Time::from_seconds(0.1),
        seed: 5,
    }
}

fn note(at: f64, length: f64, pitch: u8) -> Note {
    Note { at: Time::from_seconds(at), length: Time::from_seconds(length), pitch, velocity: 100 }
}

/// Two seconds and a half of one note from its start, without its gain.
fn sung(instrument: Instrument, pitch: u8) -> Vec<f32> {
    let score = score(vec![(instrument, vec![note(0.0, 2.0, pitch)])]);
    let mut console = Console::new(instrument, keys(&score, 0));
    console.gain = 1.0;
    let mut out = vec![[0.0; 2]; 120_000];
    console.play(&mut out);
    meter::side(&out, 0)
}

/// The power of a twentieth of a second from one frequency to another, by a Hann window.
fn power(samples: &[f32], from: f32, to: f32) -> f32 {
    let bins = (from / 20.0) as usize..(to / 20.0) as usize;
    bins.map(|bin| meter::partial(&samples[..2400], bin as f32 * 20.0).powi(2)).sum()
}

#[test]
fn tones_are_in_tune_and_stay_below_sixteen_kilohertz() {
    for instrument in TONES {
        for pitch in [*instrument.register().start(), 60, *instrument.register().end()] {
            let pitch = pitch.clamp(*instrument.register().start(), *instrument.register().end());
            let samples = sung(instrument, pitch);
            let hz = crate::wave::key_hz(f32::from(pitch));
            // before the vibrato, over a quarter of a second: the fourteen bits of the pitch leave 8 cents at the bottom
            let held = &samples[2400..14_400];
            let at = |cents: f32| meter::partial(held, hz * (cents / 1200.0).exp2());
            let best: i32 = (-40..=40).max_by(|a, b| at(*a as f32).total_cmp(&at(*b as f32))).unwrap();
            assert!(best.abs() <= 14, "{instrument:?} {pitch}: {best} cents");
            let (below, above) = (power(held, 20.0, 15_500.0), power(held, 16_500.0, 23_900.0));
            let db = 10.0 * (above / below).log10();
            assert!(db < -60.0, "{instrument:?} {pitch}: {db:.1} dB above 16 kHz");
        }
    }
}

#[test]
fn what_lies_off_the_harmonics_is_45_db_below_them() {
    // those that repeat their period exactly: a choir of detuned players has no line to lie off
    for instrument in [
        Instrument::CartridgeHorn,
        Instrument::CartridgeHarp,
        Instrument::CartridgeMallet,
        Instrument::CartridgeBass,
    ] {
        let (low, high) = instrument.register().into_inner();
        for pitch in [low.max(52), (low.max(52) + high) / 2, high] {
            let samples = sung(instrument, pitch);
            let held = &samples[12_000..16_800];
            let hz = crate::wave::key_hz(f32::from(pitch));
            // the pitch that the console's fourteen bits leave of it
            let root = Shelf::new(instrument, std::iter::empty()).root(pitch);
            let register = (4096.0 * f64::from(hz) / root).round();
            let hz = (register * root / 4096.0) as f32;
            let (mut on, mut off) = (0.0, 0.0);
            for bin in 8..2350 {
                let at = bin as f32 * 10.0;
                let distance = (at - hz * (at / hz).round()).abs();
                let size = meter::partial(held, at).powi(2);
                *(if distance < 53.0 { &mut on } else { &mut off }) += size;
            }
            let db = 10.0 * (off / on).log10();
            println!("{instrument:?} {pitch}: {db:.1} dB");
            assert!(db < -45.0, "{instrument:?} {pitch}: {db:.1} dB");
        }
    }
}

#[test]
fn a_ninth_note_takes_a_voice() {
    let chord = |at: f64, low: u8| (0..6).map(move |step| note(at, 2.5, low + 3 * step));
    let score = score(vec![
        (Instrument::CartridgeStrings, chord(0.0, 48).chain(chord(1.0, 50)).collect()),
        (Instrument::CartridgeHarp, chord(0.5, 60).collect()),
        (Instrument::CartridgeKit, (0..16).map(|beat| note(0.25 * f64::from(beat), 0.1, 42)).collect()),
    ]);
    let all = voices::all(&score);
    let sounding = |sample: u64| {
        let down =
            |key: &Key| key.stroke.at <= sample && sample < key.stroke.end.min(key.cut.saturating_add(384));
        all.iter().filter(|(_, key)| down(key)).count()
    };
    let most = (0..192_000).step_by(100).map(sounding).max().unwrap();
    assert_eq!(most, voices::VOICES);
    // nobody loses its voice before it was heard, and those who came last have one
    assert!(all.iter().all(|(_, key)| key.cut == u64::MAX || key.cut >= key.stroke.at));
    let last =
        |part: usize| all.iter().filter(|(index, _)| *index == part).map(|(_, key)| key.stroke.at).max();
    assert_eq!(last(0), Some(48_000));
    assert_eq!(last(2), Some(180_000));
}

#[test]
fn a_band_and_its_kit_fit_into_the_memory() {
    let drums = [36, 38, 42, 46, 49, 37, 45, 47, 50, 70, 54];
    let bytes = |instrument: &Instrument| Shelf::new(*instrument, drums.into_iter()).bytes();
    let bytes: usize = TONES[1..].iter().chain(&[Instrument::CartridgeKit]).map(bytes).sum();
    let line = 4 * 512 * Echo::new(&TempoMap::even(Time::ZERO, Tempo::new(96.0)), Time::ZERO).steps();
    println!("{bytes} bytes of samples, {line} of echo");
    // 64 KB, of which some are left for the program and its music
    assert!(bytes + line < 63_000, "{bytes} and {line}");
}

#[test]
fn the_echo_comes_in_steps_of_sixteen_milliseconds_and_grows_dark() {
    let mut echo = Echo::new(&TempoMap::even(Time::ZERO, Tempo::new(120.0)), Time::ZERO);
    // a sixteenth is 125 ms
    assert_eq!(echo.steps(), 8);
    let mut sent = vec![[0.0f32; 2]; 48_000];
    sent[0] = [0.5, 0.0];
    let back: Vec<Frame> = sent.into_iter().map(|frame| echo.sample(frame)).collect();
    let left = meter::side(&back, 0);
    let step = 8 * 768;
    let heard: Vec<&[f32]> = (1..4).map(|lap| &left[lap * step - 300..lap * step + 1500]).collect();
    let level = |samples: &[f32], hz: f32| meter::partial(samples, hz);
    assert!(meter::rms(&left[..step - 300]) < 1e-4 * meter::rms(heard[0]), "silence before the first");
    assert!(meter::side(&back, 1).iter().all(|x| x.abs() < 1e-6), "sides stay apart");
    for pair in heard.windows(2) {
        let [low, high] = [600.0, 5000.0].map(|hz| level(pair[1], hz) / level(pair[0], hz));
        assert!((low - FALL).abs() < 0.05 && high < 0.7 * low, "{low} {high}");
    }
}

/// What a repeat keeps where the taps are open: 78 of 128.
const FALL: f32 = 0.609;
