//! Damaged films end in a right file or in one sentence with a code, soon, and leave nothing. `make malformed` does the
//! same with many more files.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use super::facts::lengths;
use super::program::{Room, film};

/// Small films of each kind of file.
const FILMS: [&str; 4] =
    ["odd/sar_2by3.mp4", "odd/av1_360p.mkv", "odd/vp9_alpha.webm", "odd/fragmented_bad_duration.mp4"];

/// A machine for tests may be busy; damage must not make the work endless.
const PATIENCE: Duration = Duration::from_secs(60);

/// Codes that say what is wrong with a film; all others blame us.
const CODES: [&str; 4] = ["4001", "4003", "4004", "4007"];

/// Numbers that follow from a seed, so that a failure comes again: xorshift64 (Marsaglia 2003).
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit.max(1) as u64) as usize
    }

    /// Overwrites so many bytes between two places.
    fn overwrite(&mut self, film: &mut [u8], from: usize, to: usize, count: usize) {
        for _ in 0..count {
            let at = from + self.below(to - from);
            film[at] = self.below(256) as u8;
        }
    }
}

/// The film after one of six kinds of damage.
fn damaged(whole: &[u8], kind: usize, seed: u64) -> Vec<u8> {
    let (mut film, mut dice) = (whole.to_vec(), Dice(seed | 1 << 40));
    let end = film.len();
    match kind {
        0 => dice.overwrite(&mut film, 0, end, 3),
        1 => dice.overwrite(&mut film, 0, end, end / 500),
        2 => dice.overwrite(&mut film, 0, 1000, 12),
        3 => dice.overwrite(&mut film, end - 1500, end, 12),
        4 => film.truncate(end / 4 + dice.below(end / 2)),
        // A stretch that is missing, as after a lost block.
        _ => drop(film.drain(end / 3..end / 3 + end / 50)),
    }
    film
}

/// Scores a film; gives `scored` or the code of the refusal.
fn ending(film: &Path) -> String {
    let room = Room::new();
    let name = film.file_name().unwrap();
    let began = Instant::now();
    let told = room.run(["add", film.to_str().unwrap(), "add lo-fi music", "-o", "out.mp4", "--seed", "1"]);
    assert!(began.elapsed() < PATIENCE, "{name:?} took {:?}", began.elapsed());
    assert!(room.leftovers().is_empty(), "{name:?}: {:?}", room.leftovers());
    if told.status.success() {
        assert_eq!(room.results(), ["out.mp4"], "{name:?}");
        let [picture, sound, _] = lengths(&room.file("out.mp4"));
        assert!((picture - sound).abs() < 0.05, "{name:?}: picture {picture} s, sound {sound} s");
        return "scored".to_owned();
    }
    assert!(room.results().is_empty(), "{name:?}: {:?}", room.results());
    let sentences: Vec<&str> = told.err.lines().filter(|line| !line.starts_with("{\"stage\"")).collect();
    let [sentence] = sentences[..] else { panic!("{name:?}: {sentences:?}") };
    let (sentence, code) = sentence.strip_suffix(']').unwrap().rsplit_once(" [").unwrap();
    assert!(sentence.starts_with("undersong: ") && sentence.ends_with('.'), "{name:?}: {sentence}");
    assert!(CODES.contains(&code), "{name:?}: {sentence} [{code}]");
    code.to_owned()
}

#[test]
fn damaged_films_are_scored_or_refused() {
    let place = tempfile::tempdir().unwrap();
    let mut endings = Vec::new();
    for name in FILMS {
        let Some(film) = film(name) else { return };
        let whole = fs::read(&film).unwrap();
        for kind in 0..6 {
            let seed = endings.len() as u64;
            let path = place.path().join(format!("{kind}-{}", name.replace('/', "-")));
            fs::write(&path, damaged(&whole, kind, seed)).unwrap();
            endings.push(ending(&path));
            println!("{name}, damage {kind}: {}", endings.last().unwrap());
        }
    }
    // Both happen, or the damage proves nothing.
    let scored = endings.iter().filter(|ending| *ending == "scored").count();
    assert!((3..endings.len() - 3).contains(&scored), "{endings:?}");
}
