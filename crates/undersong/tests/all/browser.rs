//! A film with a title in a browser: it plays to its end, and near the seams the right frames are shown.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Sender, channel};
use std::time::Duration;

use serde_json::Value;

use super::program::{Room, has};

/// Seeks to moments, tells the grey of the picture's upper edge there, then plays all of it.
const PAGE: &str = r#"<!doctype html><video muted preload="auto" src="/film.mp4"></video><script>
const film = document.querySelector("video"), board = document.createElement("canvas").getContext("2d");
const tell = told => fetch("/told", { method: "POST", body: JSON.stringify(told) });
const event = name => new Promise(heard => film.addEventListener(name, heard, { once: true }));
film.addEventListener("error", () => tell({ error: film.error.message }));
const grey = () => { board.drawImage(film, 0, 0, 64, 36);
  const seen = board.getImageData(8, 1, 48, 4).data; let sum = 0;
  for (let at = 0; at < seen.length; at += 4) sum += seen[at + 1];
  return sum / (seen.length / 4); };
// A frame may be painted after the seek to it is told. One that never comes is seen as the wrong grey.
const painted = at => Promise.race([new Promise(late => setTimeout(late, 3000)), new Promise(done => {
  const look = (_, frame) => Math.abs(at - 0.02 - frame.mediaTime) < 0.01 ? done() : film.requestVideoFrameCallback(look);
  film.requestVideoFrameCallback(look); })]);
(async () => {
  if (film.readyState < 2) await event("loadeddata");
  const greys = [];
  for (const at of MOMENTS) { const seen = painted(at); film.currentTime = at; await event("seeked"); await seen; greys.push(grey()); }
  film.currentTime = 0; await event("seeked");
  const end = event("ended"); await film.play(); await end;
  const quality = film.getVideoPlaybackQuality();
  await tell({ greys, end: film.currentTime, corrupted: quality.corruptedVideoFrames, frames: quality.totalVideoFrames });
})();
</script>"#;

/// Answers one request of the browser's; what it tells goes to `heard`.
fn answer(mut stream: TcpStream, page: &str, film: &[u8], heard: &Sender<String>) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let (mut first, mut range, mut length) = (String::new(), None, 0);
    reader.read_line(&mut first)?;
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? <= 2 {
            break;
        }
        let line = line.to_lowercase();
        if let Some(from) = line.strip_prefix("range: bytes=") {
            range = from.split('-').next().and_then(|from| from.trim().parse::<usize>().ok());
        }
        if let Some(bytes) = line.strip_prefix("content-length:") {
            length = bytes.trim().parse().unwrap_or(0);
        }
    }
    let head = |kind: &str, bytes: usize| {
        format!("Content-Type: {kind}\r\nContent-Length: {bytes}\r\nConnection: close\r\n\r\n")
    };
    if first.starts_with("POST") {
        let mut body = vec![0; length];
        reader.read_exact(&mut body)?;
        let _ = heard.send(String::from_utf8_lossy(&body).into_owned());
        return write!(stream, "HTTP/1.1 200 OK\r\n{}", head("text/plain", 0));
    }
    if first.starts_with("GET / ") {
        return write!(stream, "HTTP/1.1 200 OK\r\n{}{page}", head("text/html", page.len()));
    }
    let from = range.unwrap_or(0).min(film.len());
    let rest = &film[from..];
    let about =
        format!("Accept-Ranges: bytes\r\nContent-Range: bytes {from}-{}/{}\r\n", film.len() - 1, film.len());
    write!(stream, "HTTP/1.1 206 Partial Content\r\n{about}{}", head("video/mp4", rest.len()))?;
    stream.write_all(rest)
}

/// A browser that goes when the test does.
struct Browser(Child);

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The grey of a frame: each is 9 levels brighter than the one before, beginning anew after 24.
fn grey(frame: usize) -> f64 {
    let luma = (frame % 24 * 9 + 16) as f64;
    (luma - 16.0) * 255.0 / 219.0
}

#[test]
fn a_browser_plays_across_the_seams_of_a_title() {
    if !has("ffmpeg") || !has("chromium") {
        return;
    }
    let room = Room::new();
    let source = "color=black:s=320x180:r=25:d=6,format=yuv420p,geq=lum='mod(N\\,24)*9+16':cb=128:cr=128";
    let made = Command::new("ffmpeg")
        .args(["-nostdin", "-v", "error", "-f", "lavfi", "-i", source])
        .args([
            "-f",
            "lavfi",
            "-i",
            "sine=f=330:d=6",
            "-c:v",
            "libx264",
            "-preset",
            "veryfast",
            "-g",
            "40",
            "-c:a",
            "aac",
        ])
        .args(["-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709"])
        .arg(room.file("film.mp4"))
        .status();
    assert!(made.unwrap().success());
    let request = "add a title \"Seam\" from 2 to 3 seconds";
    let told = room.run(["add", "film.mp4", request, "-o", "out.mp4", "--json"]).answer();
    assert_eq!(told["render"]["picture"], "partly", "{told:#}");

    // Middles of frames, most of them near the keyframes at 40, 80 and 120 between which the title lies.
    let frames: Vec<usize> =
        [3, 30].into_iter().chain(36..44).chain(76..84).chain(116..124).chain([140]).collect();
    let moments: Vec<String> =
        frames.iter().map(|frame| format!("{:.3}", (*frame as f64 + 0.5) / 25.0)).collect();
    let page = PAGE.replace("MOMENTS", &format!("[{}]", moments.join(",")));
    let film = fs::read(room.file("out.mp4")).unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/", listener.local_addr().unwrap());
    let (heard, told) = channel();
    std::thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            let (page, film, heard) = (page.clone(), film.clone(), heard.clone());
            std::thread::spawn(move || answer(stream, &page, &film, &heard));
        }
    });
    let profile = format!("--user-data-dir={}", room.file("profile").display());
    let browser = Command::new("chromium")
        .args(["--headless=new", "--no-sandbox", "--disable-gpu", "--mute-audio", "--no-first-run", &profile])
        .args(["--autoplay-policy=no-user-gesture-required", &address])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    let _browser = Browser(browser.unwrap());
    let told = told.recv_timeout(Duration::from_secs(120)).expect("the browser tells what it saw");
    let told: Value = serde_json::from_str(&told).unwrap();
    assert!(told["error"].is_null(), "{told}");
    for (frame, seen) in frames.iter().zip(told["greys"].as_array().unwrap()) {
        let seen = seen.as_f64().unwrap();
        assert!((seen - grey(*frame)).abs() < 5.0, "frame {frame}: {seen} instead of {}", grey(*frame));
    }
    assert!((told["end"].as_f64().unwrap() - 6.0).abs() < 0.05, "{told}");
    assert_eq!(told["corrupted"], 0);
}
