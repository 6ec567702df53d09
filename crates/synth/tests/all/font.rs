//! SoundFonts: a small one made here, damaged ones, and the large one of the system.

use std::io::{Cursor, Read, Seek, SeekFrom};

use score::{Finish, Instrument, Room, drum};
use synth::Font;

use crate::stand::{level, note, part, play, score};

fn chunk(id: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let padding = vec![0; body.len() % 2];
    [&id[..], &(body.len() as u32).to_le_bytes(), body, &padding].concat()
}

fn words(words: &[u16]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_le_bytes()).collect()
}

fn named(name: &str, length: usize) -> Vec<u8> {
    let mut bytes = name.as_bytes().to_vec();
    bytes.resize(length, 0);
    bytes
}

/// A font with one looped sine on program 0.
fn small_font() -> Vec<u8> {
    let samples: Vec<u8> = (0..4000u32)
        .map(|i| ((f64::from(i) * std::f64::consts::TAU / 100.0).sin() * 16_000.0) as i16)
        .flat_map(i16::to_le_bytes)
        .collect();
    let preset = |name: &str, bag: u16| [named(name, 20), words(&[0, 0, bag]), vec![0; 12]].concat();
    let instrument = |name: &str, bag: u16| [named(name, 20), words(&[bag])].concat();
    let mut sample = named("sine", 20);
    for value in [0u32, 3900, 1000, 3000, 48_000] {
        sample.extend(value.to_le_bytes());
    }
    sample.extend([72, 0, 0, 0, 1, 0]);
    let tables = [
        b"pdta".to_vec(),
        chunk(b"phdr", &[preset("sine", 0), preset("EOP", 1)].concat()),
        chunk(b"pbag", &words(&[0, 0, 1, 0])),
        chunk(b"pmod", &[0; 10]),
        chunk(b"pgen", &words(&[41, 0, 0, 0])),
        chunk(b"inst", &[instrument("sine", 0), instrument("EOI", 1)].concat()),
        chunk(b"ibag", &words(&[0, 0, 2, 0])),
        chunk(b"imod", &[0; 10]),
        chunk(b"igen", &words(&[54, 1, 53, 0, 0, 0])),
        chunk(b"shdr", &[sample, named("EOS", 46)].concat()),
    ]
    .concat();
    let body = [
        b"sfbk".to_vec(),
        chunk(b"LIST", &[b"INFO".to_vec(), chunk(b"INAM", b"tiny\0"), chunk(b"what", b"odd")].concat()),
        chunk(b"LIST", &[b"sdta".to_vec(), chunk(b"smpl", &samples)].concat()),
        chunk(b"LIST", &tables),
    ]
    .concat();
    chunk(b"RIFF", &body)
}

fn parse(bytes: &[u8]) -> Result<Font, synth::FontError> {
    Font::parse(&mut Cursor::new(bytes), Instrument::ALL)
}

#[test]
fn a_small_font_plays_and_what_it_lacks_is_played_by_us() {
    let font = parse(&small_font()).unwrap();
    assert_eq!(font.name(), "tiny");
    for instrument in [Instrument::Piano, Instrument::Flute, Instrument::StandardKit] {
        let key = if instrument.is_drums() { drum::SNARE } else { 72 };
        let take =
            play(&score(1.0, vec![part(instrument, vec![note(0.2, 0.5, key, 100)])]), Some(&font), 9000);
        assert!(level(&take.stems[0], 0.25, 0.5) > 0.004, "{instrument:?}");
        assert!(level(&take.stems[0], 0.0, 0.199) < 1e-6, "{instrument:?}");
    }
}

#[test]
fn what_was_not_read_of_a_font_is_played_by_us() {
    let piece = score(1.0, vec![part(Instrument::Piano, vec![note(0.2, 0.5, 72, 100)])]);
    let without = Font::parse(&mut Cursor::new(small_font()), &[Instrument::Flute]).unwrap();
    assert!(play(&piece, Some(&without), 9000) == play(&piece, None, 9000));
    assert!(play(&piece, Some(&parse(&small_font()).unwrap()), 9000) != play(&piece, None, 9000));
}

#[test]
fn damaged_fonts_are_errors() {
    assert!(parse(b"").is_err());
    assert!(parse(b"RIFF\xff\xff\xff\xffsfbkLIST\xff\xff\xff\xffINFO").is_err());
    let whole = small_font();
    for cut in (0..whole.len()).step_by(97) {
        assert!(parse(&whole[..cut]).is_err(), "cut at {cut}");
    }
    // claims four gigabytes of samples
    let mut greedy = whole.clone();
    let place = greedy.windows(4).position(|w| w == b"smpl").unwrap();
    greedy[place + 4..place + 8].copy_from_slice(&[0xfe, 0xff, 0xff, 0xff]);
    assert!(parse(&greedy).is_err());
}

#[test]
fn a_font_that_lies_never_panics() {
    let whole = small_font();
    let tables = whole.windows(4).position(|w| w == b"pdta").unwrap();
    for place in (0..120).chain(tables..whole.len()) {
        for value in [0, 0x7f, 0xff] {
            let mut bytes = whole.clone();
            bytes[place] = value;
            if let Ok(font) = parse(&bytes) {
                let notes = vec![note(0.0, 0.05, 127, 100), note(0.0, 0.05, 20, 100)];
                let take = play(&score(0.1, vec![part(Instrument::Piano, notes)]), Some(&font), 4800);
                assert_eq!(take.music.frames.len(), 4800);
                assert!(take.music.frames.iter().flatten().all(|v| v.is_finite()), "{place} {value}");
            }
        }
    }
}

#[test]
fn a_broken_reader_is_an_error() {
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::ErrorKind::ConnectionReset.into())
        }
    }
    impl Seek for Broken {
        fn seek(&mut self, _: SeekFrom) -> std::io::Result<u64> {
            Ok(0)
        }
    }
    assert!(matches!(Font::parse(&mut Broken, Instrument::ALL), Err(synth::FontError::Unreadable(_))));
}

#[test]
fn the_font_of_the_system_plays_the_same_in_any_blocks() {
    #[allow(clippy::disallowed_types, reason = "a test may open the font the room itself may not")]
    let Ok(mut file) = std::fs::File::open("/usr/share/sounds/sf2/FluidR3_GM.sf2") else {
        println!("skipped: fluid-soundfont-gm is not installed");
        return;
    };
    let font = Font::parse(&mut file, &[Instrument::Piano, Instrument::RoomKit]).unwrap();
    let piano = (0..12).map(|i| note(f64::from(i) * 0.25, 0.3, 55 + (i * 7 % 24) as u8, 90)).collect();
    let kit = (0..8).map(|i| note(f64::from(i) * 0.4, 0.1, drum::KICK + (i % 3) as u8, 100)).collect();
    let mut score = score(3.5, vec![part(Instrument::Piano, piano), part(Instrument::RoomKit, kit)]);
    score.parts[0].strip.reverb = 0.3;
    score.finish = Finish { room: Room::Hall, ..Finish::default() };
    let whole = play(&score, Some(&font), usize::MAX);
    assert!(whole == play(&score, Some(&font), 5000));
    file.rewind().unwrap();
    let all = Font::parse(&mut file, Instrument::ALL).unwrap();
    assert!(whole == play(&score, Some(&all), 9000), "what is left out of a font is not missed");
    assert!(level(&whole.stems[0], 0.0, 3.0) > 0.01);
    assert!(level(&whole.stems[1], 0.0, 3.0) > 0.01);
}

#[test]
fn every_piece_of_every_kit_is_heard() {
    #[allow(clippy::disallowed_types, reason = "a test may open the font the room itself may not")]
    let font = std::fs::File::open("/usr/share/sounds/sf2/FluidR3_GM.sf2");
    let font = font.ok().map(|mut file| Font::parse(&mut file, Instrument::ALL).unwrap());
    let kits = Instrument::ALL.iter().filter(|i| i.family() == score::Family::Kit);
    let silent: Vec<String> = kits
        .flat_map(|kit| drum::NAMES.map(|piece| (*kit, piece)))
        .filter(|(kit, piece)| {
            let notes = vec![note(0.1, 0.3, drum::key_of(piece).unwrap(), 100)];
            level(&play(&score(0.6, vec![part(*kit, notes)]), font.as_ref(), 9000).stems[0], 0.1, 0.6) < 0.003
        })
        .map(|(kit, piece)| format!("{} of {}", piece, kit.name()))
        .collect();
    assert!(silent.is_empty(), "{silent:?}");
}
