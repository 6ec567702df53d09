//! Our own voices: every instrument plays, on time, equally loud, without a mean.

use score::{Family, Instrument, Note, drum};

use crate::stand::{level, loudness, note, part, play, score};

fn phrase(instrument: Instrument) -> Vec<Note> {
    use Instrument::*;
    let (low, high) = instrument.register().into_inner();
    let middle = (i16::from(low) + i16::from(high)) / 2;
    let step = match instrument {
        WarmPad | GlassPad | SlowStrings | Choir | Strings | TremoloStrings | Organ => 1.5,
        _ => 0.5,
    };
    let mut notes = Vec::new();
    for i in 0..(8.0 / step) as usize {
        let at = 0.1 + i as f64 * step;
        if instrument == Transition {
            let key = if i % 8 == 0 { drum::SWELL } else { drum::CRASH };
            notes.extend((i % 4 == 0).then(|| note(at, 2.0, key, 90)));
        } else if instrument.is_drums() {
            notes.push(note(at, 0.1, if i % 2 == 0 { drum::KICK } else { drum::SNARE }, 90));
            notes.push(note(at + 0.25, 0.1, drum::CLOSED_HAT, 70));
        } else {
            let key = (middle + [0, 4, 7, 12, 7, 4, -5, 0][i % 8]).clamp(low.into(), high.into());
            notes.push(note(at, step * 0.95, key as u8, 90));
        }
    }
    notes
}

#[test]
fn every_instrument_is_about_equally_loud_and_clean() {
    for &instrument in Instrument::ALL {
        let take = play(&score(8.5, vec![part(instrument, phrase(instrument))]), None, 96_000);
        let stem = &take.stems[0];
        assert!(stem.frames.iter().flatten().all(|v| v.is_finite()), "{instrument:?}");
        let loud = loudness(stem);
        assert!((-26.5..-22.0).contains(&loud), "{instrument:?} has {loud:.1} LUFS");
        let mean = stem.frames.iter().map(|f| f64::from(f[0])).sum::<f64>() / stem.frames.len() as f64;
        assert!(mean.abs() < 5e-4, "{instrument:?} has a mean of {mean}");
    }
}

#[test]
fn notes_begin_on_their_sample_and_end() {
    for &instrument in Instrument::ALL {
        if instrument == Instrument::Transition {
            continue;
        }
        let key = if instrument.is_drums() { drum::SNARE } else { *instrument.register().start() + 12 };
        let take = play(&score(12.0, vec![part(instrument, vec![note(1.0, 0.5, key, 100)])]), None, 96_000);
        let stem = &take.stems[0];
        assert!(level(stem, 0.0, 0.999) < 1e-6, "{instrument:?} is early");
        let peak = stem.peak();
        let first = stem.frames.iter().position(|f| f[0].abs() > 0.02 * peak).unwrap();
        let slow = matches!(instrument, Instrument::WarmPad | Instrument::SlowStrings | Instrument::GlassPad);
        let late = if slow { 6000 } else { 1500 };
        assert!((47_990..48_000 + late).contains(&first), "{instrument:?} begins at {first}");
        assert!(level(stem, 9.5, 11.5) < 1e-3 * peak.max(1e-3), "{instrument:?} does not end");
    }
}

#[test]
fn a_swell_ends_with_its_note() {
    for instrument in [Instrument::Transition, Instrument::StandardKit] {
        let take =
            play(&score(4.0, vec![part(instrument, vec![note(1.0, 2.0, drum::SWELL, 100)])]), None, 96_000);
        let stem = &take.stems[0];
        let [early, late, after] = [(1.2, 1.5), (2.7, 2.95), (3.02, 3.5)].map(|(a, b)| level(stem, a, b));
        assert!(late > 5.0 * early, "{instrument:?}: {early} then {late}");
        assert!(after < 1e-4, "{instrument:?}: {after}");
    }
}

#[test]
fn harder_is_louder() {
    for &instrument in Instrument::ALL {
        let key = if instrument.is_drums() { drum::SNARE } else { *instrument.register().start() + 10 };
        let [soft, hard] = [50, 110].map(|velocity| {
            let notes = vec![note(0.1, 0.8, key, velocity)];
            level(&play(&score(1.5, vec![part(instrument, notes)]), None, 96_000).stems[0], 0.1, 1.0)
        });
        // triangle and wave know no volume that a key could ask for; in its drums the triangle it is the skin
        let least = match instrument {
            Instrument::TriangleBass | Instrument::WaveBass => 1.0,
            Instrument::NoiseKit => 1.1,
            _ if instrument.family() == Family::Chip => 1.4,
            _ => 2.0,
        };
        assert!(hard >= least * soft, "{instrument:?}: {soft} {hard}");
    }
}

#[test]
#[ignore = "prints by how many decibels the trims are off"]
fn trims() {
    #[allow(clippy::disallowed_types, reason = "a test may open the font the room itself may not")]
    let font = std::fs::File::open("/usr/share/sounds/sf2/FluidR3_GM.sf2").ok();
    let font = font.map(|mut file| synth::Font::parse(&mut file, Instrument::ALL).unwrap());
    for &instrument in Instrument::ALL {
        let score = score(8.5, vec![part(instrument, phrase(instrument))]);
        let off = |font| -24.0 - loudness(&play(&score, font, 96_000).stems[0]);
        println!("{instrument:?} {:.1} {:.1}", off(font.as_ref()), off(None));
    }
}
