//! Opens a real film with ffmpeg for a watcher, as the ffmpeg room does in the program.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use footage::{FilmSound, Look, Packet, Picture, Probe, Profile, Still, Watcher};
use sound::{Frame, Span, Time};

/// A film in the shared media folder.
pub(crate) struct Film {
    path: PathBuf,
    /// What its container says.
    pub(crate) probe: Probe,
    /// Its picture's packets.
    pub(crate) packets: Vec<Packet>,
    /// The time stamp of its first frame, in seconds.
    start: f64,
    /// What was asked to be seen.
    pub(crate) looks: Vec<Look>,
    /// How many frames were shown.
    pub(crate) shown: usize,
}

/// The film of that name; `None`, with a word, where the media or ffmpeg is missing.
pub(crate) fn open(name: &str) -> Option<Film> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/media").join(name);
    if Command::new("ffprobe").arg("-version").output().is_err() {
        assert!(std::env::var_os("CI").is_none(), "ffprobe is missing");
        println!("skipped: ffprobe is missing");
        return None;
    }
    if !path.exists() {
        println!("skipped: {name} is not here");
        return None;
    }
    Some(Film::probe(path))
}

impl Film {
    /// A film that was made here.
    pub(crate) fn at(path: &Path) -> Film {
        Film::probe(path.to_owned())
    }

    fn probe(path: PathBuf) -> Film {
        let streams = ffprobe(
            &path,
            &[
                "-show_entries",
                "stream=codec_name,codec_type,width,height,pix_fmt,avg_frame_rate,index,sample_rate,channels:format=duration,format_name",
            ],
        );
        let mut film = Film {
            probe: Probe {
                container: String::new(),
                length: Time::ZERO,
                picture: Picture {
                    stream: 0,
                    codec: String::new(),
                    width: 0,
                    height: 0,
                    frame_rate: (0, 1),
                    pixel_format: String::new(),
                    variable_rate: false,
                    interlaced: false,
                },
                sound: None,
            },
            packets: Vec::new(),
            start: 0.0,
            looks: Vec::new(),
            shown: 0,
            path,
        };
        film.read_streams(&streams);
        film.read_packets();
        film
    }

    fn read_streams(&mut self, sections: &[HashMap<String, String>]) {
        let mut seen = false;
        for section in sections {
            let text = |key: &str| section.get(key).cloned().unwrap_or_default();
            let number = |key: &str| text(key).parse().unwrap_or(0u32);
            match text("codec_type").as_str() {
                "video" if !seen => {
                    seen = true;
                    let rate = text("avg_frame_rate");
                    let (num, den) = rate.split_once('/').unwrap_or(("0", "1"));
                    let picture = &mut self.probe.picture;
                    picture.stream = number("index") as usize;
                    picture.codec = text("codec_name");
                    (picture.width, picture.height) = (number("width"), number("height"));
                    picture.frame_rate = (num.parse().unwrap_or(0), den.parse().unwrap_or(1).max(1));
                }
                "audio" if self.probe.sound.is_none() => {
                    self.probe.sound = Some(FilmSound {
                        stream: number("index") as usize,
                        codec: text("codec_name"),
                        sample_rate: number("sample_rate"),
                        channels: number("channels"),
                    });
                }
                _ => {}
            }
        }
    }

    fn read_packets(&mut self) {
        let sections = ffprobe(
            &self.path,
            &["-select_streams", "v:0", "-show_entries", "packet=pts_time,duration_time,size,flags"],
        );
        let mut packets = Vec::new();
        for section in &sections {
            let number = |key: &str| section.get(key).and_then(|value| value.parse::<f64>().ok());
            let Some(at) = number("pts_time") else { continue };
            let keyframe = section.get("flags").is_some_and(|flags| flags.contains('K'));
            packets.push((at, number("size").unwrap_or(0.0) as u32, keyframe));
        }
        self.start = packets.iter().map(|packet| packet.0).reduce(f64::min).unwrap_or(0.0);
        let mut latest = f64::MIN;
        self.packets = packets
            .into_iter()
            .map(|(at, size, keyframe)| {
                let between = at < latest;
                latest = latest.max(at);
                Packet { at: Time::from_seconds(at - self.start), size, keyframe, between }
            })
            .collect();
        let last = self.packets.iter().map(|packet| packet.at).max().unwrap_or(Time::ZERO);
        self.probe.length = last + self.probe.picture.frame_length();
    }

    /// Shows and plays the film to a watcher of its own.
    pub(crate) fn watch(&mut self) -> Profile {
        self.watch_from(Watcher::new)
    }

    /// The same to a watcher that begins like this.
    pub(crate) fn watch_from(&mut self, begin: fn(&Probe, &[Packet]) -> Watcher) -> Profile {
        let mut watcher = begin(&self.probe, &self.packets);
        while let Some(look) = watcher.next_look() {
            for still in self.stills_of(&look) {
                self.shown += 1;
                watcher.see(still);
            }
            self.looks.push(look);
        }
        if self.probe.sound.is_some() {
            sound_of(&self.path).chunks(1000).for_each(|block| watcher.hear(block));
        }
        watcher.finish()
    }

    /// The frames of one look.
    pub(crate) fn stills_of(&self, look: &Look) -> Vec<Still> {
        match look {
            Look::Whole => self.stills(None, "default"),
            Look::Keyframes => self.stills(None, "nokey"),
            Look::References => self.stills(None, "noref"),
            Look::Within(spans) => {
                spans.iter().flat_map(|span| self.stills(Some(*span), "default")).collect()
            }
        }
    }

    fn stills(&self, span: Option<Span>, skip: &str) -> Vec<Still> {
        let mut command = Command::new("ffmpeg");
        command.args(["-v", "info", "-nostats", "-copyts", "-threads", "1", "-skip_frame", skip]);
        if let Some(span) = span {
            command.args([
                "-ss",
                &span.start.seconds().to_string(),
                "-t",
                &span.length().seconds().to_string(),
            ]);
        }
        command.arg("-i").arg(&self.path).args(["-map", "0:v:0", "-vsync", "passthrough"]);
        command.args(["-vf", "scale=64:36:flags=area,showinfo", "-f", "rawvideo", "-pix_fmt", "rgb24", "-"]);
        let output = command.output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        let times = said.lines().filter(|line| line.contains("showinfo")).filter_map(|line| {
            line.split_once("pts_time:")?.1.split_whitespace().next()?.parse::<f64>().ok()
        });
        times
            .zip(output.stdout.chunks_exact(Still::BYTES))
            .map(|(at, rgb)| Still { at: Time::from_seconds(at - self.start), rgb: rgb.to_vec() })
            .filter(|still| span.is_none_or(|span| span.contains(still.at)))
            .collect()
    }
}

/// A film's sound as the program hears it.
pub(crate) fn sound_of(path: &Path) -> Vec<Frame> {
    let output = Command::new("ffmpeg")
        .args(["-v", "error", "-i"])
        .arg(path)
        .args(["-map", "0:a:0", "-ar", "48000", "-ac", "2", "-f", "f32le", "-"])
        .output()
        .unwrap();
    let sample = |bytes: &[u8]| f32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]);
    output.stdout.chunks_exact(8).map(|frame| [sample(&frame[..4]), sample(&frame[4..])]).collect()
}

/// The sections ffprobe prints, as keys and values.
fn ffprobe(path: &Path, args: &[&str]) -> Vec<HashMap<String, String>> {
    let output = Command::new("ffprobe").args(["-v", "error"]).args(args).arg(path).output().unwrap();
    let mut sections = Vec::new();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        if line.starts_with('[') && !line.starts_with("[/") {
            sections.push(HashMap::new());
        } else if let (Some((key, value)), Some(section)) = (line.split_once('='), sections.last_mut()) {
            section.insert(key.to_owned(), value.to_owned());
        }
    }
    sections
}
