//! What an NSF holds.

use score::{Finish, Instrument, Note, Part, Role, Strip, TempoMap};
use sound::{Tempo, Time};

use super::*;

fn score(seconds: f64, authentic: bool) -> Score {
    let notes = (0..(seconds * 2.0) as i64).map(|half| Note {
        at: Time::from_ratio(half, 2),
        length: Time::from_seconds(0.3),
        pitch: 60 + (half % 12) as u8,
        velocity: 100,
    });
    Score {
        length: Time::from_seconds(seconds),
        key: "C major".parse().unwrap(),
        tempo: TempoMap::even(Time::ZERO, Tempo::new(120.0)),
        parts: vec![Part {
            role: Role::Melody,
            instrument: Instrument::PulseLead,
            notes: notes.collect(),
            expression: Vec::new(),
            strip: Strip::default(),
        }],
        authentic,
        finish: Finish::default(),
        fade_out: Time::from_seconds(0.5),
        seed: 3,
    }
}

/// The writes of every picture, read as the player reads them.
fn unpacked(mut bytes: &[u8]) -> Vec<Vec<(u8, u8)>> {
    let mut pictures = Vec::new();
    while bytes[0] != 0 {
        let (head, rest) = (bytes[0], &bytes[1..]);
        if head & 0x80 != 0 {
            pictures.extend((0..=head & 0x7f).map(|_| Vec::new()));
            bytes = rest;
        } else {
            let (own, rest) = rest.split_at(2 * usize::from(head));
            pictures.push(own.chunks(2).map(|pair| (pair[0], pair[1])).collect());
            bytes = rest;
        }
    }
    pictures
}

#[test]
fn the_file_holds_every_write_of_the_log() {
    let score = score(40.0, true);
    let log = RegisterLog::new(&score).unwrap();
    let bytes = nsf(&score, "a title that is rather longer than its place").unwrap();
    assert_eq!(&bytes[..8], b"NESM\x1a\x01\x01\x01");
    assert_eq!(&bytes[14..46], b"a title that is rather longer t\0");
    assert_eq!(&bytes[46..56], b"undersong\0");
    assert_eq!((bytes.len() - HEADER) % BANK, 0);
    let written = unpacked(&bytes[HEADER + BANK..]);
    let wanted: Vec<_> = (0..log.pictures().len()).map(|picture| log.writes(picture)).collect();
    assert_eq!(written, wanted);
}

#[test]
fn what_does_not_fit_is_refused() {
    assert_eq!(nsf(&score(1.0, false), ""), Err(NsfError::NotAuthentic));
    let fault = nsf(&score(4.0 * 3600.0, true), "").unwrap_err();
    assert!(matches!(fault, NsfError::TooLong { kilobytes: 1021.., most: 1020 }), "{fault}");
}
