//! What can be written on the command line.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use ffmpeg::{Delivery, FrameRate, Quality};
use timeline::Target;

use super::admin::Admin;
use super::chat::Chat;
use super::manual::{Completions, Man};
use super::mcp::Mcp;
use super::serve::{Config, Serve};
use super::skill::Skills;
use super::values::{Moment, Stretch};

const EXAMPLES: &str = "\
Examples:
  undersong add film.mp4 \"calm lo-fi music, softer under speech\" -o scored.mp4
  undersong add game.mp4 给我的游戏视频加复古芯片音乐
  undersong compose --length 30 --genre cinematic -o music.wav";

/// Scores films: adds original music, composed for exactly this film, on your own machine.
#[derive(Debug, Parser)]
#[command(name = "undersong", version, after_help = EXAMPLES, max_term_width = 100, disable_help_subcommand = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Add music to a film, as a sentence asks
    Add(Add),
    /// Change a saved project, as a sentence asks
    Edit(Edit),
    /// Make the film of a saved project
    Export(Export),
    /// Say what is in a film
    Watch(Watch),
    /// Compose music of a given length, without a film
    Compose(Compose),
    /// List the genres and the words they answer to
    Genres(Genres),
    /// Serve films over HTTP, as published agent skills ask for them
    Serve(Serve),
    /// Say what the server would be set to
    Config(Config),
    /// Look after the accounts and copies of a server
    Admin(Admin),
    /// Talk about a film with a server, and get the film back
    Chat(Chat),
    /// Teach an assistant to use undersong
    Skill(Skills),
    /// Print what makes a shell complete undersong's commands and flags
    Completions(Completions),
    /// Print the manual page, or write that of every command
    Man(Man),
    /// Give assistants tools over the Model Context Protocol, on standard input and output
    Mcp(Mcp),
}

impl Command {
    /// Whether the answer is to be one JSON document.
    pub(crate) fn wants_json(&self) -> bool {
        match self {
            Command::Add(wanted) => wanted.json,
            Command::Edit(wanted) => wanted.json,
            Command::Export(wanted) => wanted.json,
            Command::Watch(wanted) => wanted.json,
            Command::Compose(wanted) => wanted.json,
            Command::Genres(wanted) => wanted.json,
            Command::Admin(wanted) => wanted.json,
            Command::Chat(wanted) => wanted.json,
            Command::Skill(wanted) => wanted.wants_json(),
            Command::Serve(_)
            | Command::Config(_)
            | Command::Mcp(_)
            | Command::Completions(_)
            | Command::Man(_) => false,
        }
    }
}

#[derive(Debug, Args)]
pub(crate) struct Add {
    /// The film, or - for standard input; several films and photos are shown one after the other. Then, in quotes, what
    /// you want, in English or Chinese: "add calm lo-fi music, fade it out at the end" [default: add music that fits the
    /// film]
    #[arg(required = true, value_name = "INPUT... [REQUEST]")]
    pub(crate) words: Vec<OsString>,
    /// Write the film here [default: the film's name with -scored.mp4]; - for standard output
    #[arg(short, long, value_name = "OUT.mp4")]
    pub(crate) output: Option<PathBuf>,
    /// Your own music instead of composed music
    #[arg(long, value_name = "FILE")]
    pub(crate) music: Option<PathBuf>,
    /// Repeats a result exactly [default: drawn from the film and the request]
    #[arg(long, allow_negative_numbers = true)]
    pub(crate) seed: Option<u64>,
    /// How loud, by where the film goes: youtube, tiktok, reels, shorts, twitch, bilibili, podcast, spotify, apple,
    /// broadcast-eu, broadcast-us, keep [default: youtube]
    #[arg(long, value_parser = super::values::target, value_name = "PRESET")]
    pub(crate) preset: Option<Target>,
    #[command(flatten)]
    pub(crate) picture: PictureFlags,
    /// Write every part on its own into this folder
    #[arg(long, value_name = "DIR")]
    pub(crate) stems: Option<PathBuf>,
    /// Write the notes here as a MIDI file
    #[arg(long, value_name = "FILE")]
    pub(crate) midi: Option<PathBuf>,
    /// Write authentic chip music here for consoles and their emulators (NSF)
    #[arg(long, value_name = "FILE")]
    pub(crate) nsf: Option<PathBuf>,
    /// Write the music alone here
    #[arg(long, value_name = "FILE")]
    pub(crate) wav: Option<PathBuf>,
    /// Write the edit here for other editors (OpenTimelineIO)
    #[arg(long, value_name = "FILE")]
    pub(crate) otio: Option<PathBuf>,
    /// Write the cuts of the picture here for other editors (EDL, CMX 3600)
    #[arg(long, value_name = "FILE")]
    pub(crate) edl: Option<PathBuf>,
    /// Write the JSON answer here, too
    #[arg(long, value_name = "FILE")]
    pub(crate) report: Option<PathBuf>,
    /// Save the timeline document here
    #[arg(long, value_name = "FILE")]
    pub(crate) project: Option<PathBuf>,
    /// Watch and compose, but write no film and no sound
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Answer with one JSON document
    #[arg(long)]
    pub(crate) json: bool,
}

/// How the picture is wanted.
#[derive(Debug, Args)]
pub(crate) struct PictureFlags {
    /// How much care the picture gets where it must be encoded: high, medium, draft [default: medium]
    #[arg(long, value_parser = super::values::quality, value_name = "QUALITY")]
    quality: Option<Quality>,
    /// Show frames at an even rate: constant, 30, 29.97, 30000/1001 [default: every frame at its own time]
    #[arg(long, value_name = "RATE")]
    fps: Option<FrameRate>,
}

impl PictureFlags {
    pub(crate) fn delivery(&self) -> Delivery {
        Delivery { quality: self.quality.unwrap_or_default(), rate: self.fps }
    }
}

#[derive(Debug, Args)]
pub(crate) struct Export {
    /// The project, as --project saved it
    pub(crate) project: PathBuf,
    /// Write the film here [default: the project's name with -scored.mp4]
    #[arg(short, long, value_name = "OUT.mp4")]
    pub(crate) output: Option<PathBuf>,
    /// How loud, by where the film goes, whatever the project says
    #[arg(long, value_parser = super::values::target, value_name = "PRESET")]
    pub(crate) preset: Option<Target>,
    #[command(flatten)]
    pub(crate) picture: PictureFlags,
    /// Answer with one JSON document
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Edit {
    /// The project, which `add --project` saved; it is written anew
    pub(crate) project: PathBuf,
    /// What you want, in English or Chinese: "a bit quieter", "undo", "call this version \"calm\"", "export"
    #[arg(allow_hyphen_values = true)]
    pub(crate) request: String,
    /// Write the film here where you ask for it [default: the project's name with -scored.mp4]
    #[arg(short, long, value_name = "OUT.mp4")]
    pub(crate) output: Option<PathBuf>,
    /// Repeats a result exactly
    #[arg(long, allow_negative_numbers = true)]
    pub(crate) seed: Option<u64>,
    /// Answer with one JSON document
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Watch {
    /// The film; - for standard input
    pub(crate) input: PathBuf,
    /// Draw a contact sheet here: a frame for each shot, what happens when, and the mood of every section
    #[arg(long, value_name = "OUT.png")]
    pub(crate) sheet: Option<PathBuf>,
    /// Write the frame here that stands for the film, as large as it is shown (PNG or JPEG)
    #[arg(long, value_name = "OUT.jpg")]
    pub(crate) poster: Option<PathBuf>,
    /// Write a strip of frames here, at even steps side by side (PNG or JPEG)
    #[arg(long, value_name = "OUT.jpg")]
    pub(crate) strip: Option<PathBuf>,
    /// Write the peaks of the film's own sound here, at four zooms, as programs draw waveforms from them
    #[arg(long, value_name = "OUT.json")]
    pub(crate) peaks: Option<PathBuf>,
    /// Answer with one JSON document
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Compose {
    /// How long the music is to be, in seconds or as 1:30
    #[arg(long, value_name = "SECONDS", allow_negative_numbers = true)]
    pub(crate) length: Moment,
    /// Genre, by its name or a word for it (see `undersong genres`)
    #[arg(long)]
    pub(crate) genre: Option<String>,
    /// Mood, in a word: calm, epic, playful, ...
    #[arg(long)]
    pub(crate) mood: Option<String>,
    /// How pleasant it is to feel, -1 to 1
    #[arg(long, allow_negative_numbers = true, requires = "arousal", conflicts_with = "mood")]
    pub(crate) valence: Option<f64>,
    /// How excited it is to feel, -1 to 1
    #[arg(long, allow_negative_numbers = true, requires = "valence", conflicts_with = "mood")]
    pub(crate) arousal: Option<f64>,
    /// Tempo in beats a minute
    #[arg(long, value_name = "BPM", allow_negative_numbers = true)]
    pub(crate) tempo: Option<f64>,
    /// Key: "A minor", "Bb", "D dorian"
    #[arg(long)]
    pub(crate) key: Option<String>,
    /// Moments that must fall on a beat, in seconds
    #[arg(long, value_delimiter = ',', value_name = "3.2,7.9")]
    pub(crate) hits: Vec<Moment>,
    /// The moment everything works towards, in seconds
    #[arg(long, value_name = "SECONDS")]
    pub(crate) climax: Option<Moment>,
    /// Where somebody will talk, in seconds
    #[arg(long, value_delimiter = ',', value_name = "4.0-9.5")]
    pub(crate) speech: Vec<Stretch>,
    /// Repeats a result exactly
    #[arg(long, default_value_t = 1, allow_negative_numbers = true)]
    pub(crate) seed: u64,
    /// Take after the piece of this seed: the same tempo, mode, players and grooves, another tune
    #[arg(long, value_name = "SEED")]
    pub(crate) like: Option<u64>,
    /// Fall silent now and then
    #[arg(long)]
    pub(crate) breathing: bool,
    /// Have one sound chip of its console play chip music, and keep to what that can do
    #[arg(long)]
    pub(crate) authentic: bool,
    /// Write the music here as WAV (24 bits, 48 kHz); - for standard output
    #[arg(short, long, value_name = "OUT.wav")]
    pub(crate) output: Option<PathBuf>,
    /// Write the notes here as a MIDI file
    #[arg(long, value_name = "FILE")]
    pub(crate) midi: Option<PathBuf>,
    /// Write authentic chip music here for consoles and their emulators (NSF)
    #[arg(long, value_name = "FILE")]
    pub(crate) nsf: Option<PathBuf>,
    /// Write every part on its own into this folder
    #[arg(long, value_name = "DIR")]
    pub(crate) stems: Option<PathBuf>,
    /// Make the end lead back to the start without a seam
    #[arg(long = "loop")]
    pub(crate) looping: bool,
    /// Print the notes: a line a sixteenth, a column a part
    #[arg(long, conflicts_with = "json")]
    pub(crate) tracker: bool,
    /// Answer with one JSON document
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Genres {
    /// Answer with one JSON document
    #[arg(long)]
    pub(crate) json: bool,
}
