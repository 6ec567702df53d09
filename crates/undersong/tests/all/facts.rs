//! Facts about media files, found by ffprobe and ffmpeg and not by undersong.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// Runs a program; gives what it says on standard output and on standard error.
fn tell(program: &str, arguments: &[&str], file: &Path, rest: &[&str]) -> (String, String) {
    let told = Command::new(program).args(arguments).arg(file).args(rest).output().unwrap();
    let (out, err) = (String::from_utf8_lossy(&told.stdout), String::from_utf8_lossy(&told.stderr));
    assert!(told.status.success(), "{program} {file:?}: {err}");
    (out.into_owned(), err.into_owned())
}

/// What ffprobe shows of a file, as JSON.
pub(super) fn probe(file: &Path, show: &[&str]) -> Value {
    let arguments = [&["-v", "error", "-of", "json"], show].concat();
    serde_json::from_str(&tell("ffprobe", &arguments, file, &[]).0).unwrap()
}

/// A number that ffprobe writes as text.
pub(super) fn number(value: &Value) -> f64 {
    value.as_str().unwrap_or_else(|| panic!("{value} is no number as text")).parse().unwrap()
}

/// The packets of the first picture track that are shown: hash, and seconds since the first one shown.
pub(super) fn packets(file: &Path) -> Vec<(String, f64)> {
    let list = shown(file, "packet=pts_time,data_hash,flags");
    let pair = |one: &Value| (one["data_hash"].as_str().unwrap().to_owned(), number(&one["pts_time"]));
    let mut packets: Vec<(String, f64)> = list.iter().map(pair).collect();
    let first = packets.iter().map(|one| one.1).fold(f64::INFINITY, f64::min);
    packets.iter_mut().for_each(|one| one.1 -= first);
    packets
}

/// Seconds that a file lasts: picture, sound and container.
pub(super) fn lengths(file: &Path) -> [f64; 3] {
    let told = probe(file, &["-show_entries", "stream=codec_type,duration:format=duration"]);
    let streams = told["streams"].as_array().unwrap();
    let of = |kind: &str| number(&streams.iter().find(|one| one["codec_type"] == kind).unwrap()["duration"]);
    [of("video"), of("audio"), number(&told["format"]["duration"])]
}

/// When the last picture of a film ends, in seconds from the first: by its frames, not by its header.
pub(super) fn pictures_end(file: &Path) -> f64 {
    let (mut first, mut end) = (f64::INFINITY, 0.0f64);
    for one in shown(file, "packet=pts_time,duration_time,flags") {
        let at = number(&one["pts_time"]);
        let stands = one["duration_time"].as_str().map_or(0.0, |text| text.parse().unwrap());
        (first, end) = (first.min(at), end.max(at + stands));
    }
    end - first
}

/// What ffprobe says of the packets of the first picture track, without those that an edit list hides.
fn shown(file: &Path, entries: &str) -> Vec<Value> {
    let show =
        ["-select_streams", "v:0", "-show_packets", "-show_data_hash", "md5", "-show_entries", entries];
    let Value::Array(mut packets) = probe(file, &show)["packets"].take() else { panic!("no packets") };
    packets.retain(|one| !one["flags"].as_str().unwrap().contains('D'));
    packets
}

/// When the first picture is shown, in seconds from the first thing in the file.
pub(super) fn picture_start(file: &Path) -> f64 {
    let told = probe(file, &["-show_entries", "stream=codec_type,start_time:format=start_time"]);
    let mut streams = told["streams"].as_array().unwrap().iter();
    let picture = streams.find(|one| one["codec_type"] == "video");
    picture.map_or(0.0, |one| number(&one["start_time"]) - number(&told["format"]["start_time"]))
}

/// The figures of the picture track.
pub(super) fn picture(file: &Path) -> Value {
    probe(file, &["-select_streams", "v:0", "-show_streams"])["streams"][0].clone()
}

/// Integrated loudness in LUFS and true peak in dBTP of the first sound track, decoded.
pub(super) fn loudness(file: &Path) -> (f64, f64) {
    measured(&["-nostdin", "-hide_banner", "-i"], file)
}

/// The same of raw frames: 32-bit float, stereo, 48 kHz.
pub(super) fn loudness_of_raw(file: &Path) -> (f64, f64) {
    measured(&["-nostdin", "-hide_banner", "-f", "f32le", "-ar", "48000", "-ac", "2", "-i"], file)
}

fn measured(before: &[&str], file: &Path) -> (f64, f64) {
    let filter = "ebur128=peak=true:framelog=verbose";
    let (_, told) = tell("ffmpeg", before, file, &["-map", "0:a:0", "-af", filter, "-f", "null", "-"]);
    let of = |name: &str| {
        let line = told.lines().rev().find_map(|line| line.trim().strip_prefix(name)).unwrap();
        line.split_whitespace().next().unwrap().parse().unwrap()
    };
    (of("I:"), of("Peak:"))
}

/// Moments at which the picture changes by more than `threshold` (0 to 1), in seconds.
pub(super) fn changes(file: &Path, threshold: f64) -> Vec<f64> {
    let filter = format!("select='gt(scene,{threshold})',showinfo");
    let arguments = ["-nostdin", "-hide_banner", "-i"];
    let (_, told) = tell("ffmpeg", &arguments, file, &["-an", "-vf", &filter, "-f", "null", "-"]);
    let times = told
        .lines()
        .filter(|line| line.contains("showinfo"))
        .filter_map(|line| line.split("pts_time:").nth(1));
    times.map(|rest| rest.split_whitespace().next().unwrap().parse().unwrap()).collect()
}
