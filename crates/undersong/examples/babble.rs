//! Throws whatever people may type at the reader: `babble COUNT` reads the Big List of Naughty Strings and so many
//! strings put together at random, in conversations, and tells the slowest; before that, how long ordinary requests take.
#![allow(clippy::print_stdout, reason = "a program for its users' eyes")]

use std::error::Error;
use std::time::{Duration, Instant};

use agent::{Kind, Reader};
use footage::{Feeling, Profile};
use naughty_strings::BLNS;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use score::Library;
use sound::Time;
use timeline::{History, Source, Timeline};

/// Requests whose words mean something, one to a line before `=>`.
const REQUESTS: [&str; 5] = [
    include_str!("../../agent/tests/english.txt"),
    include_str!("../../agent/tests/chinese.txt"),
    include_str!("../../agent/tests/music.txt"),
    include_str!("../../agent/tests/picture.txt"),
    include_str!("../../agent/tests/titles.txt"),
];

/// The words of the requests, those of Chinese ones in runs of a few characters.
fn words() -> Vec<String> {
    let said = REQUESTS.iter().flat_map(|table| table.lines()).filter_map(|line| line.split_once(" => "));
    let words = said.flat_map(|(request, _)| request.split_whitespace().skip(1));
    let runs = words.flat_map(|word| {
        let letters: Vec<char> = word.chars().collect();
        let run = if word.is_ascii() { letters.len() } else { 3 };
        letters.chunks(run).map(|run| run.iter().collect()).collect::<Vec<String>>()
    });
    runs.collect()
}

fn babble(rng: &mut ChaCha8Rng, words: &[String]) -> String {
    let mut text = String::new();
    for _ in 0..rng.next_u32() % 14 {
        match rng.next_u32() % 12 {
            0 => text.extend(char::from_u32(rng.next_u32() % 0x11_0000)),
            1 | 2 => text += BLNS[rng.next_u32() as usize % BLNS.len()],
            _ => text += &words[rng.next_u32() as usize % words.len()],
        }
        if !rng.next_u32().is_multiple_of(5) {
            text.push(' ');
        }
    }
    text
}

/// Reads every request of the tables, and tells how long that takes.
fn tell_ordinary(reader: &Reader, history: &History, profile: &Profile) {
    let said = REQUESTS.iter().flat_map(|table| table.lines()).filter_map(|line| line.split_once(" => "));
    let said: Vec<&str> =
        said.map(|(request, _)| request.split_once(' ').map_or(request, |(_, words)| words)).collect();
    let took = |request: &&str| {
        let began = Instant::now();
        reader.turn(request, history, profile, 1);
        began.elapsed()
    };
    // The clock of a shared machine stutters: of three readings the best counts.
    let best = |request: &&str| (0..3).map(|_| took(request)).min().unwrap_or_default();
    let mut times: Vec<Duration> = said.iter().map(best).collect();
    times.sort_unstable();
    let ms = |share: f64| times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1000.0;
    println!(
        "{} ordinary requests: half within {:.3} ms, 99 of 100 within {:.3} ms, all within {:.3} ms.",
        times.len(),
        ms(0.5),
        ms(0.99),
        ms(1.0)
    );
}

fn main() -> Result<(), Box<dyn Error>> {
    let count: usize = std::env::args().nth(1).map_or(Ok(10_000), |count| count.parse())?;
    let library = Library::built_in()?;
    let reader = Reader::new(&library);
    let profile = Profile::unseen(Time::from_seconds(30.0), true, Feeling::default());
    let start = || History::new(Timeline::new(Source::film("film.mp4", Time::from_seconds(30.0))));
    let (mut rng, words) = (ChaCha8Rng::seed_from_u64(1), words());
    tell_ordinary(&reader, &start(), &profile);
    let mut history = start();
    let (mut slowest, mut all, mut edited) = ((Duration::ZERO, String::new()), Duration::ZERO, 0usize);
    let said =
        BLNS.iter().map(|naughty| (*naughty).to_owned()).chain((0..count).map(|_| babble(&mut rng, &words)));
    let mut turns = 0usize;
    for request in said {
        let began = Instant::now();
        let next = reader.turn(&request, &history, &profile, turns as u64);
        let mut took = began.elapsed();
        // The clock of a shared machine stutters: of what seems slow the best of three counts.
        for _ in 0..if took > slowest.0 { 3 } else { 0 } {
            let began = Instant::now();
            reader.turn(&request, &history, &profile, turns as u64);
            took = took.min(began.elapsed());
        }
        all += took;
        turns += 1;
        if took > slowest.0 {
            slowest = (took, request.clone());
        }
        let changed = next.history.now() != history.now();
        edited += usize::from(changed);
        let told = !next.reading.reply.trim().is_empty();
        if !told || changed && next.reading.kind != Kind::Edited {
            return Err(format!("{request:?}: {changed} {:?}", next.reading).into());
        }
        // A conversation does not go on for ever, and a film that is all locks and titles is no test.
        history = if turns.is_multiple_of(40) { start() } else { next.history };
    }
    let mean = all.as_secs_f64() * 1000.0 / turns.max(1) as f64;
    println!("{turns} strings, {edited} of them changed something.");
    println!(
        "{mean:.3} ms each; the slowest took {:.1} ms: {:?}",
        slowest.0.as_secs_f64() * 1000.0,
        slowest.1
    );
    Ok(())
}
