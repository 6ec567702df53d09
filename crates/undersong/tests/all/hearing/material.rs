//! Speech, music and noise to listen to: recordings, spoken text, own music, and what is made of them.

use std::path::{Path, PathBuf};
use std::process::Command;

use footage::{Picture, Probe, Profile, Watcher};
use sound::{Frame, SAMPLE_RATE, Span, Time};

use super::score::Case;
use crate::all::program::{Room, film};

/// With the second corporate music sounds most like talk.
const SEEDS: [&str; 2] = ["1", "3"];
const GENRES: [&str; 5] = ["ambient", "chiptune", "cinematic", "corporate", "lofi"];
/// A sentence or two for each voice of the speaking program.
const TEXTS: [(&str, &str); 5] = [
    ("en-gb", "The harbour was quiet when we came back. Nobody had lit the lamps, and the boats lay still."),
    (
        "en-us+f3",
        "Today I want to show you how this camera works. First you open the cover, then you slide it in.",
    ),
    (
        "de",
        "Heute zeigen wir, wie man aus einem alten Fahrrad ein neues baut. Zuerst nehmen wir die Räder ab.",
    ),
    ("fr+m3", "Bonjour à tous, nous sommes devant la gare. Le train arrive dans cinq minutes."),
    ("cmn+f2", "今天我们来看一看这座城市的早晨。街上的人很多,有的去上班,有的去买菜。"),
];

/// Everything there is to listen to.
pub(super) struct Material {
    jfk: Vec<Frame>,
    spoken: Vec<Case>,
    /// Pieces of music without a voice, own music among them.
    pub(super) music: Vec<Vec<Frame>>,
    /// Own music by genre.
    pub(super) cues: Vec<(String, Vec<Frame>)>,
    pub(super) noise: Vec<Vec<Frame>>,
}

impl Material {
    /// `None`, and a word about it, where the recordings or ffmpeg are missing.
    pub(super) fn gather() -> Option<Material> {
        let jfk = recording("speech_jfk_11s.flac")?;
        let cues: Vec<(String, Vec<Frame>)> =
            GENRES.iter().flat_map(|genre| SEEDS.map(|seed| cue(genre, seed))).collect();
        let films = ["animation_bbb_720p24_vp8.webm", "gameplay_myrkur_480x320_60fps.mp4"];
        let music: Option<Vec<Vec<Frame>>> = films.into_iter().map(recording).collect();
        let streets =
            ["gopro_karma_drone_480p.mp4", "gopro_max_walk_480p.mp4", "phone_city_60fps_mono_dims240.mp4"];
        let noise: Option<Vec<Vec<Frame>>> = streets.into_iter().map(recording).collect();
        let made = ["white", "pink", "brown"]
            .map(|colour| decode(&["-f", "lavfi", "-i", &format!("anoisesrc=c={colour}:d=10:a=0.2:seed=3")]));
        let spoken = if has_voices() {
            TEXTS.iter().map(|(voice, text)| speak(voice, text)).collect()
        } else {
            Vec::new()
        };
        Some(Material {
            jfk,
            spoken,
            music: [music?, cues.iter().map(|(_, cue)| cue.clone()).collect()].concat(),
            cues,
            noise: [noise?, made.to_vec(), vec![vec![[0.0; 2]; 5 * SAMPLE_RATE as usize]]].concat(),
        })
    }

    /// The labelled recordings of people who talk.
    pub(super) fn films(&self) -> Vec<Case> {
        ["speech_jfk_11s.flac", "nasa_speech_single.mkv"]
            .into_iter()
            .filter_map(|name| Some((recording(name)?, labelled(name))))
            .collect()
    }

    /// What the speaking program says; nothing where it is missing.
    pub(super) fn spoken(&self) -> Vec<Case> {
        self.spoken.clone()
    }

    /// A recorded voice, and two that are made.
    pub(super) fn voices(&self) -> Vec<Case> {
        let recorded = (self.jfk.clone(), labelled("speech_jfk_11s.flac"));
        std::iter::once(recorded).chain(self.spoken.iter().take(2).cloned()).collect()
    }
}

/// Speech over a bed that begins four seconds before it and ends four seconds after it, so many dB below.
pub(super) fn under(voice: &[Frame], truth: &[Span], bed: &[Frame], level: f64) -> Case {
    let lead = 4 * SAMPLE_RATE as usize;
    let talk: Vec<Frame> = truth.iter().flat_map(|span| part(voice, *span)).copied().collect();
    let gain =
        if power(bed) > 0.0 { (power(&talk) / power(bed)).sqrt() * 10f64.powf(-level / 20.0) } else { 0.0 };
    let sound = (0..voice.len() + 2 * lead)
        .map(|index| {
            let over = index.checked_sub(lead).and_then(|at| voice.get(at)).copied().unwrap_or_default();
            let low = bed[index % bed.len()];
            std::array::from_fn(|side| 0.7 * (over[side] + gain as f32 * low[side]))
        })
        .collect();
    let lead = Time::from_seconds(4.0);
    (sound, truth.iter().map(|span| Span::new(span.start + lead, span.end + lead)).collect())
}

fn part(frames: &[Frame], span: Span) -> &[Frame] {
    let index = |time: Time| (time.samples(SAMPLE_RATE).max(0) as usize).min(frames.len());
    &frames[index(span.start)..index(span.end)]
}

fn power(frames: &[Frame]) -> f64 {
    let sum: f64 = frames.iter().map(|frame| f64::from(0.5 * (frame[0] + frame[1])).powi(2)).sum();
    sum / frames.len().max(1) as f64
}

/// What is heard in a film of this sound and no picture.
pub(super) fn listen(sound: &[Frame]) -> Profile {
    let picture = Picture {
        stream: 0,
        codec: "h264".to_owned(),
        width: 64,
        height: 36,
        frame_rate: (25, 1),
        pixel_format: "yuv420p".to_owned(),
        variable_rate: false,
        interlaced: false,
    };
    let length = Time::from_samples(sound.len() as i64, SAMPLE_RATE);
    let mut watcher = Watcher::new(&Probe { container: "mp4".to_owned(), length, picture, sound: None }, &[]);
    sound.chunks(8192).for_each(|block| watcher.hear(block));
    watcher.finish()
}

/// The sound of a test film.
pub(super) fn recording(name: &str) -> Option<Vec<Frame>> {
    Some(decode(&["-i", film(name)?.to_str()?]))
}

fn decode(input: &[&str]) -> Vec<Frame> {
    let output = Command::new("ffmpeg")
        .args(["-nostdin", "-v", "error"])
        .args(input)
        .args(["-map", "0:a:0", "-ar", "48000", "-ac", "2", "-f", "f32le", "-"])
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let sample = |bytes: &[u8]| f32::from_le_bytes(bytes.try_into().unwrap());
    output.stdout.chunks_exact(8).map(|frame| [sample(&frame[..4]), sample(&frame[4..])]).collect()
}

/// Half a minute of own music.
fn cue(genre: &str, seed: &str) -> (String, Vec<Frame>) {
    let room = Room::new();
    room.run(["compose", "--length", "24", "--genre", genre, "--seed", seed, "-o", "cue.wav"]).text();
    (format!("own {genre}, seed {seed}"), decode(&["-i", room.file("cue.wav").to_str().unwrap()]))
}

fn has_voices() -> bool {
    let there = Command::new("espeak-ng").arg("--version").output().is_ok();
    if !there {
        println!("espeak-ng is not installed: fewer voices");
    }
    there
}

/// A spoken text with two seconds of silence around it; where it is spoken the program's own silence tells.
fn speak(voice: &str, text: &str) -> Case {
    let room = Room::new();
    let file = room.file("spoken.wav");
    let said = Command::new("espeak-ng").args(["-v", voice, "-s", "165", "-w"]).arg(&file).arg(text).status();
    assert!(said.is_ok_and(|status| status.success()), "{voice}");
    let silence = vec![[0.0; 2]; 2 * SAMPLE_RATE as usize];
    let sound = [silence.clone(), decode(&["-i", file.to_str().unwrap()]), silence].concat();
    let mut truth: Vec<Span> = Vec::new();
    for (index, tick) in sound.chunks(480).enumerate() {
        let (start, end) = (index as f64 * 0.01, (index + 1) as f64 * 0.01);
        if power(tick).sqrt() < 0.005 {
            continue;
        }
        match truth.last_mut() {
            Some(last) if start - last.end.seconds() < 0.3 => last.end = Time::from_seconds(end),
            _ => truth.push(Span::seconds(start, end)),
        }
    }
    (sound, truth)
}

/// The lines of a label file, words apart.
fn labels(name: &str) -> Vec<Vec<String>> {
    let path: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../footage/labels").join(name);
    let text = std::fs::read_to_string(path).unwrap();
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    lines.map(|line| line.split_whitespace().map(str::to_owned).collect()).collect()
}

/// Where somebody talks in a labelled film.
pub(super) fn labelled(name: &str) -> Vec<Span> {
    let lines = labels("speech.txt").into_iter().filter(|line| line[0] == name);
    lines.map(|line| Span::seconds(line[1].parse().unwrap(), line[2].parse().unwrap())).collect()
}

/// The films of which is known whether they have music, and their sounds.
pub(super) fn music_labels() -> Vec<(String, bool, Vec<Frame>)> {
    let lines = labels("music.txt").into_iter();
    lines.filter_map(|line| Some((line[0].clone(), line[1] == "yes", recording(&line[0])?))).collect()
}
