//! Authentic scores are played by one chip: its log asks nothing of it that it cannot do, and it sounds like it.

use score::{Instrument, Note, Part, Role, Score};
use sound::Audio;
use synth::{RegisterLog, Registers};

use crate::stand::{level, part, play, score};

/// A note that keeps to the pictures, in pictures.
fn note(from: u32, until: u32, pitch: u8, velocity: u8) -> Note {
    let at = score::picture_start(from);
    Note { at, length: score::picture_start(until) - at, pitch, velocity }
}

fn authentic(seconds: f64, parts: Vec<Part>) -> Score {
    Score { authentic: true, ..score(seconds, parts) }
}

fn in_role(role: Role, part: Part) -> Part {
    Part { role, ..part }
}

/// A band that wants everything at once: two pulses, echo among chords, bass and drums.
fn busy(seconds: f64) -> Score {
    let pictures = (seconds * 60.0) as u32;
    let every = |step: u32, length: u32, key: fn(u32) -> u8| -> Vec<Note> {
        (0..pictures / step)
            .map(|at| note(at * step, at * step + length, key(at), 60 + (at * 7 % 60) as u8))
            .collect()
    };
    let chords = [0, 4, 7].iter().flat_map(|above| {
        every(24, 20, |at| 60 + (at % 5) as u8)
            .into_iter()
            .map(move |note| Note { pitch: note.pitch + above, ..note })
    });
    authentic(
        seconds,
        vec![
            part(Instrument::PulseLead, every(18, 16, |at| 70 + (at * 5 % 19) as u8)),
            in_role(Role::Chords, part(Instrument::PulseChords, chords.collect())),
            in_role(Role::Bass, part(Instrument::TriangleBass, every(12, 12, |at| 33 + (at * 7 % 24) as u8))),
            part(Instrument::NoiseKit, every(12, 6, |at| [36, 42, 38, 46, 45, 49][at as usize % 6])),
        ],
    )
}

fn log(score: &Score) -> Vec<Registers> {
    RegisterLog::new(score).map_or_else(Vec::new, |log| log.pictures().to_vec())
}

#[test]
fn the_log_asks_nothing_that_the_chip_cannot_do() {
    let score = busy(20.0);
    let pictures = log(&score);
    // as long as the music, and one more in which it is silent
    assert!(score::picture_start(pictures.len() as u32 - 1) >= score.length);
    assert!(score::picture_start(pictures.len() as u32 - 2) < score.length);
    for now in &pictures {
        for pulse in now.pulses {
            assert!(pulse.timer <= 2047 && pulse.volume <= 15 && pulse.duty <= 3, "{pulse:?}");
            assert!(pulse.volume == 0 || pulse.timer >= 8, "{pulse:?}");
        }
        assert!(now.triangle.timer <= 2047, "{:?}", now.triangle);
        assert!(now.noise.period <= 15 && now.noise.volume <= 15, "{:?}", now.noise);
    }
    let last = pictures.last().unwrap();
    assert!(last.pulses.iter().all(|pulse| pulse.volume == 0) && !last.triangle.on && last.noise.volume == 0);
    assert_eq!(RegisterLog::new(&Score { authentic: false, ..score }), None);
}

#[test]
fn notes_begin_with_their_picture() {
    let lead = part(Instrument::PulseLead, vec![note(7, 30, 69, 110), note(41, 60, 72, 110)]);
    let pictures = log(&authentic(1.5, vec![lead]));
    let heard: Vec<bool> = pictures.iter().map(|now| now.pulses[0].volume > 0).collect();
    assert!(!heard[6] && heard[7] && heard[29] && !heard[40] && heard[41]);
    assert_eq!(pictures[8].pulses[0].timer, 253);
    assert!(pictures.iter().all(|now| now.pulses[1].volume == 0));
}

#[test]
fn the_kick_takes_the_triangle_from_the_bass_and_gives_it_back() {
    let bass = in_role(Role::Bass, part(Instrument::TriangleBass, vec![note(0, 60, 40, 100)]));
    let plain = log(&authentic(1.2, vec![bass.clone()]));
    let kick = part(Instrument::NoiseKit, vec![note(20, 26, 36, 100)]);
    let struck = log(&authentic(1.2, vec![bass, kick]));
    let taken: Vec<usize> =
        (0..60).filter(|at| plain[*at].triangle.timer != struck[*at].triangle.timer).collect();
    assert!(taken.contains(&20) && taken.contains(&26), "{taken:?}");
    assert!(taken.iter().all(|at| (20..28).contains(at)), "{taken:?}");
    assert!(struck[..50].iter().all(|now| now.triangle.on));
}

#[test]
fn the_sheet_has_four_keys_at_most_and_chords_one_after_another() {
    let score = busy(20.0);
    let sheet = synth::played(&score).unwrap();
    let mut moves: Vec<_> = sheet.parts.iter().flat_map(|part| &part.notes).collect::<Vec<_>>();
    moves.sort_by_key(|note| note.at);
    let down = |at| moves.iter().filter(|note| note.at <= at && at < note.at + note.length).count();
    assert!(moves.iter().all(|note| down(note.at) <= 4));
    for part in &sheet.parts {
        let apart = |pair: &[Note]| pair[0].at + pair[0].length <= pair[1].at;
        assert!(part.notes.windows(2).all(apart), "{:?}", part.instrument);
    }
    // a triad under way goes round every other picture
    let chords = &sheet.parts[1].notes;
    assert!(chords.len() > 2 * score.parts[1].notes.len(), "{}", chords.len());
    let round: Vec<u8> = chords[..4].iter().map(|note| note.pitch).collect();
    assert_eq!(round, [60, 64, 67, 60]);
    assert_eq!(chords[0].length, score::picture_start(2));
    // what is silent in the log is silent here
    assert_eq!(synth::played(&Score { authentic: false, ..score }), None);
}

#[test]
fn who_only_rings_out_gives_up_its_pulse() {
    let lead = part(Instrument::PulseLead, vec![note(0, 20, 72, 100)]);
    let echo = in_role(Role::Counter, part(Instrument::PulseEcho, vec![note(0, 20, 60, 100)]));
    let chord = in_role(Role::Chords, part(Instrument::PulseChords, vec![note(20, 40, 48, 100)]));
    let pictures = log(&authentic(1.0, vec![lead, echo, chord]));
    // the lead rings out on its own pulse, the echo loses the other to the chord
    assert!(pictures[22].pulses[0].volume > 0);
    assert_eq!(pictures[22].pulses[1].timer, 854);
}

#[test]
fn the_whole_is_mono_and_less_than_its_channels() {
    let take = play(&busy(6.0), None, 4800);
    assert_eq!(take.music.frames.len(), 288_000);
    assert_eq!(take.stems.len(), 4);
    assert!(take.music.frames.iter().all(|frame| frame[0] == frame[1]));
    assert!(level(&take.music, 0.5, 5.0) > 0.02);
    assert_eq!(take, play(&busy(6.0), None, 1000), "the block size changes nothing");
}

#[test]
fn a_triangle_at_rest_presses_the_noise_down() {
    // A console's triangle rests at the top of its staircase; while it runs it is half as high in the mean.
    let crash = || part(Instrument::NoiseKit, vec![note(30, 40, 49, 120)]);
    let bass = in_role(Role::Bass, part(Instrument::TriangleBass, vec![note(0, 90, 45, 100)]));
    let [alone, beside] = [vec![crash()], vec![bass, crash()]].map(|parts| {
        let take = play(&authentic(1.5, parts), None, 4800);
        let noise = take.stems.len() - 1;
        high(&take.music) / high(&take.stems[noise])
    });
    assert!(alone < 0.95 * beside, "{alone} against {beside}");
}

/// The level of differences, in which the noise outweighs the triangle by far.
fn high(audio: &Audio) -> f32 {
    let steps = audio.frames.windows(3).map(|w| (w[2][0] - 2.0 * w[1][0] + w[0][0]).powi(2));
    steps.sum::<f32>().sqrt()
}

/// The power at a frequency in Hz of a stretch under its window.
fn power_at(windowed: &[f64], hz: f64) -> f64 {
    let (sin, cos) = (std::f64::consts::TAU * hz / 48_000.0).sin_cos();
    let (mut re, mut im, mut x, mut y) = (0.0, 0.0, 1.0, 0.0);
    for value in windowed {
        re += value * x;
        im += value * y;
        (x, y) = (x * cos - y * sin, x * sin + y * cos);
    }
    re * re + im * im
}

/// How far what lies off the multiples of `tone` is below them, in dB, in so many samples from `start`.
fn off_harmonics(music: &Audio, start: usize, count: usize, tone: f64) -> f64 {
    let values: Vec<f32> = music.frames[start..start + count].iter().map(|frame| frame[0]).collect();
    let mean = values.iter().sum::<f32>() / count as f32;
    let hann = |at: usize| 0.5 - 0.5 * (std::f64::consts::TAU * at as f64 / count as f64).cos();
    let values: Vec<f64> =
        values.iter().enumerate().map(|(at, value)| f64::from(value - mean) * hann(at)).collect();
    let bin = 48_000.0 / count as f64;
    let (mut on, mut off) = (0.0, 0.0);
    for at in 6..count / 2 {
        let hz = at as f64 * bin;
        let distance = (hz - tone * (hz / tone).round()).abs();
        // wide enough for the foot of the window
        *(if distance < 12.0 * bin { &mut on } else { &mut off }) += power_at(&values, hz);
    }
    10.0 * (off / on).log10()
}

#[test]
fn what_lies_off_the_harmonics_is_45_db_below_them() {
    for (instrument, key, count) in [
        (Instrument::PulseLead, 76, 4096),
        (Instrument::PulseLead, 93, 4096),
        (Instrument::PulseEcho, 96, 4096),
        (Instrument::TriangleBass, 57, 12_288),
    ] {
        let parts = vec![part(instrument, vec![note(0, 120, key, 110)])];
        let score = authentic(2.0, parts);
        let pictures = log(&score);
        // before the vibrato, where the volume stands still
        let state = |picture: usize| pictures[picture];
        let steady = |at: &usize| (*at..*at + count / 780).all(|picture| state(picture) == state(*at));
        let from = (5..).find(steady).unwrap();
        let start = score::picture_start(from as u32).samples(48_000) as usize + 100;
        let now = pictures[from];
        let tone = match instrument {
            Instrument::TriangleBass => 1_789_773.0 / (32.0 * f64::from(now.triangle.timer + 1)),
            _ => {
                let pulse = now.pulses.iter().find(|pulse| pulse.volume > 0).unwrap();
                1_789_773.0 / (16.0 * f64::from(pulse.timer + 1))
            }
        };
        let db = off_harmonics(&play(&score, None, 48_000).music, start, count, tone);
        println!("{instrument:?} {key}, off the harmonics: {db:.1} dB");
        assert!(db <= -45.0, "{instrument:?} {key}: {db:.1} dB");
    }
}
