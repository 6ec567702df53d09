//! Hostile files: a small MP4 that names far more frames than it has bytes for, and lures that name other files.

use std::net::TcpListener;
use std::path::{Path, PathBuf};

use ffmpeg::{MediaError, Tools};
use sound::Silent;

use crate::{films, slate};

fn boxed(kind: &[u8; 4], parts: &[&[u8]]) -> Vec<u8> {
    let body = parts.concat();
    [&(body.len() as u32 + 8).to_be_bytes()[..], kind, &body].concat()
}

/// A box with version 0, no flags and so many numbers of 32 bits.
fn full(kind: &[u8; 4], numbers: &[u32]) -> Vec<u8> {
    let numbers: Vec<u8> = numbers.iter().flat_map(|number| number.to_be_bytes()).collect();
    boxed(kind, &[&[0; 4], &numbers])
}

const MATRIX: [u32; 9] = [0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x4000_0000];

/// A picture of 160 x 90 (motion JPEG) whose `frames` frames of one byte all lie from byte `at` on.
fn track(number: u32, frames: u32, at: u32) -> Vec<u8> {
    let head = [&[0, 0, number, 0, frames, 0, 0, 0, 0], &MATRIX[..], &[160 << 16, 90 << 16]].concat();
    let mut entry = vec![0u8; 78];
    (entry[7], entry[25], entry[27], entry[41], entry[75]) = (1, 160, 90, 1, 24);
    let table = [
        boxed(b"stsd", &[&[0, 0, 0, 0, 0, 0, 0, 1], &boxed(b"jpeg", &[&entry])]),
        full(b"stts", &[1, frames, 1]),
        full(b"stsc", &[1, 1, frames, 1]),
        full(b"stsz", &[1, frames]),
        full(b"stco", &[1, at]),
    ];
    let table = boxed(b"stbl", &[&table.concat()]);
    let place = full(b"dref", &[1, 12, u32::from_be_bytes(*b"url "), 1]);
    let media = boxed(b"minf", &[&full(b"vmhd", &[0, 0]), &boxed(b"dinf", &[&place]), &table]);
    let handler = full(b"hdlr", &[0, u32::from_be_bytes(*b"vide"), 0, 0, 0, 0]);
    let media = boxed(b"mdia", &[&full(b"mdhd", &[0, 0, 1000, frames, 0]), &handler, &media]);
    boxed(b"trak", &[&full(b"tkhd", &head), &media])
}

/// Makes the film: so many tracks of so many frames each, in little more than `bytes` bytes.
pub(crate) fn crowd(folder: &Path, tracks: u32, frames: u32, bytes: usize) -> PathBuf {
    let head = boxed(b"ftyp", &[b"isom\0\0\0\0isom"]);
    let movie =
        [&[0, 0, 1000, frames, 0x10000, 0x0100_0000, 0, 0], &MATRIX[..], &[0; 6], &[tracks + 1]].concat();
    let mut parts = vec![full(b"mvhd", &movie)];
    parts.extend((1..=tracks).map(|number| track(number, frames, head.len() as u32 + 8)));
    let film = [head, boxed(b"mdat", &[&vec![0xff; bytes]]), boxed(b"moov", &[&parts.concat()])].concat();
    let path = folder.join("crowd.mp4");
    std::fs::write(&path, film).unwrap();
    path
}

/// A folder with the film of another, and a place on the network that hears who calls.
struct Bait {
    place: tempfile::TempDir,
    other: String,
    listener: TcpListener,
    url: String,
}

impl Bait {
    fn new() -> Bait {
        let place = tempfile::tempdir().unwrap();
        let other = slate::make(place.path(), "other.mp4", ["-t 1", "-t 1"], "-preset ultrafast");
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let url = format!("http://{}/film.mp4", listener.local_addr().unwrap());
        Bait { other: other.to_str().unwrap().to_owned(), place, listener, url }
    }

    /// Refused as a film and as music: with this code, in one sentence that tells nothing of the other film; nobody
    /// called and nothing is left.
    fn is_refused(&self, tools: &Tools, lure: &Path, code: u16) {
        let before = names(self.place.path());
        for error in [
            tools.open(lure, &Silent).map(|_| ()).unwrap_err(),
            tools.recording(lure, &Silent, &mut |_| panic!("{} gave sound", lure.display())).unwrap_err(),
        ] {
            assert_eq!(error.code(), code, "{}: {error}", lure.display());
            let sentence = error.to_string();
            assert!(sentence.ends_with('.') && !sentence.contains('\n'), "{sentence}");
            assert!(matches!(error, MediaError::Io { .. }) || !sentence.contains("other"), "{sentence}");
        }
        let called = self.listener.accept().map_err(|error| error.kind());
        assert_eq!(called.map(|_| ()), Err(std::io::ErrorKind::WouldBlock), "{} was called", self.url);
        assert_eq!(names(self.place.path()), before);
    }
}

fn names(folder: &Path) -> Vec<std::ffi::OsString> {
    let mut names: Vec<_> = folder.read_dir().unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    names
}

#[test]
fn a_file_that_names_another_is_not_followed() {
    let Some(tools) = films::tools() else { return };
    let bait = Bait::new();
    let (other, url) = (&bait.other, &bait.url);
    let list =
        format!("#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile://{other}\n{url}\n#EXT-X-ENDLIST\n");
    let film = |head: &[u8]| [head, list.as_bytes()].concat();
    for (name, bytes, code) in [
        ("playlist.m3u8", list.clone().into_bytes(), 4001),
        ("playlist.mp4", list.clone().into_bytes(), 4001),
        (
            "script.ffconcat",
            format!("ffconcat version 1.0\nfile '{other}'\nfile '{url}'\n").into_bytes(),
            4001,
        ),
        ("graph.mp4", format!("movie={other}").into_bytes(), 4001),
        (
            "dash.mpd",
            format!("<?xml version=\"1.0\"?><MPD><BaseURL>{url}</BaseURL></MPD>").into_bytes(),
            4001,
        ),
        ("session.sdp", b"v=0\no=- 0 0 IN IP4 127.0.0.1\nm=video 9 RTP/AVP 96\n".to_vec(), 4001),
        ("head_of_mp4.mp4", film(b"\0\0\0\x18ftypisom\0\0\0\0isommp42"), 4003),
        ("head_of_mkv.mkv", film(b"\x1a\x45\xdf\xa3\x80"), 4003),
        ("head_of_avi.avi", film(b"RIFF\xff\0\0\0AVI "), 4003),
    ] {
        let lure = bait.place.path().join(name);
        std::fs::write(&lure, bytes).unwrap();
        bait.is_refused(&tools, &lure, code);
    }
}

#[test]
fn a_name_is_no_address_and_no_filter() {
    let Some(tools) = films::tools() else { return };
    let bait = Bait::new();
    let (other, url) = (&bait.other, &bait.url);
    for name in [
        url.clone(),
        format!("file:{other}"),
        format!("file://{other}"),
        format!("subfile,,start,0,end,0,,:{other}"),
        format!("concat:{other}|{other}"),
        format!("movie={other}"),
        format!("crypto:{other}"),
        format!("async:{other}"),
        format!("data:video/mp4;base64,{other}"),
        "pipe:0".to_owned(),
        "testsrc=d=1".to_owned(),
    ] {
        bait.is_refused(&tools, Path::new(&name), 5005);
    }
}

#[test]
fn a_codec_is_named_only_if_it_has_a_name() {
    let Some(tools) = films::tools() else { return };
    let place = tempfile::tempdir().unwrap();
    let film = crowd(place.path(), 1, 10, 100);
    let whole = std::fs::read(&film).unwrap();
    let at = whole.windows(4).position(|letters| letters == b"jpeg").unwrap();
    for (tag, words) in [(b"zz9z", "coded as \"zz9z\""), (b"\0\x01\0\x02", "of no known codec")] {
        std::fs::write(&film, [&whole[..at], tag, &whole[at + 4..]].concat()).unwrap();
        let error = tools.open(&film, &Silent).unwrap_err();
        assert_eq!(error.code(), 4001);
        assert!(error.to_string().contains(words), "{error}");
    }
}
