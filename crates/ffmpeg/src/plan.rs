//! How the output will be made: whether the picture is copied or encoded, why, and with which arguments.

mod copy;
mod encode;

use std::fmt;
use std::ops::Range;

use sound::{Span, Time};
use timeline::Title;

use crate::delivery::Delivery;
use crate::film::Film;
use crate::splice::{Piece, pieces};

/// What happens to the picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PictureMode {
    /// Every packet goes into the output as it is.
    Copy,
    /// What titles touch is encoded as H.264 again; the other packets go into the output as they are.
    Partly,
    /// The picture is decoded and encoded as H.264.
    Encode,
}

/// What happens to the sound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SoundMode {
    /// Every packet goes into the output as it is.
    Copy,
    /// It is encoded as AAC.
    Encode,
}

/// How a film's output is made; a value that prints as text.
#[derive(Clone, Debug, PartialEq)]
pub struct RenderPlan {
    /// What happens to the picture.
    pub mode: PictureMode,
    /// Why, in words for the user.
    pub why: String,
    /// What happens to the sound.
    pub sound: SoundMode,
    /// How the picture is wanted.
    pub(crate) delivery: Delivery,
    /// The titles that are drawn on the picture.
    pub(crate) titles: Vec<Title>,
    /// What becomes of the packets, where some stay and some do not; else none.
    pub(crate) pieces: Vec<Piece>,
    /// Arguments of the child that encodes the whole picture; none where it is not.
    pub(crate) encoding: Vec<String>,
    /// Arguments of the child that puts picture and sound together.
    pub(crate) muxing: Vec<String>,
}

impl RenderPlan {
    /// The plan for a film with titles over its picture: H.264 is copied where nothing is drawn, the rest is encoded.
    pub fn new(film: &Film, titles: &[Title], delivery: Delivery) -> RenderPlan {
        Self::with(film, titles, delivery, SoundMode::Encode)
    }

    /// The same where nothing is to be done to the sound; `None` where it cannot be copied.
    pub fn with_own_sound(film: &Film, titles: &[Title], delivery: Delivery) -> Option<RenderPlan> {
        copy::fits_sound(film).then(|| Self::with(film, titles, delivery, SoundMode::Copy))
    }

    fn with(film: &Film, titles: &[Title], delivery: Delivery, sound: SoundMode) -> RenderPlan {
        let build = |mode, why| Self::build(film, titles, delivery, (mode, sound), why);
        let encoded = |why: String| build(PictureMode::Encode, why);
        if let Some(why) = copy::obstacle(film) {
            return encoded(why);
        }
        if delivery.grid(&film.probe.picture).is_some() {
            return encoded("frames at an even rate were asked for".into());
        }
        if titles.is_empty() {
            let why = "the picture is H.264, which MP4 carries as it is".into();
            return build(PictureMode::Copy, why);
        }
        let spans: Vec<Span> = titles.iter().map(|title| title.span).collect();
        match pieces(film, &spans) {
            Ok(pieces) => {
                let why = "only what titles touch is encoded, the rest is the film's own".into();
                RenderPlan { pieces, ..build(PictureMode::Partly, why) }
            }
            Err(why) => encoded(format!("the whole picture is encoded for its titles: {why}")),
        }
    }

    /// The plan to take after a copy did not hold what it promised; `None` when this plan encodes already.
    pub fn fall_back(&self, film: &Film, reason: &str) -> Option<RenderPlan> {
        (self.mode != PictureMode::Encode).then(|| self.encoded(film, reason))
    }

    /// The plan that encodes the whole picture after all.
    pub(crate) fn encoded(&self, film: &Film, reason: &str) -> RenderPlan {
        let why = format!("copying the picture did not work out ({reason})");
        Self::build(film, &self.titles, self.delivery, (PictureMode::Encode, self.sound), why)
    }

    /// When the output's frames are shown, in their order.
    pub(crate) fn moments(&self, film: &Film) -> Vec<Time> {
        match self.delivery.grid(&film.probe.picture) {
            Some(grid) => (0..grid.frames(film.probe.length)).map(|frame| grid.time(frame)).collect(),
            None => film.packets.iter().map(|packet| packet.at).collect(),
        }
    }

    /// Which of the film's `packets` packets stay as they are.
    pub(crate) fn kept(&self, packets: usize) -> Vec<Range<usize>> {
        match self.mode {
            PictureMode::Copy => vec![Range { start: 0, end: packets }],
            PictureMode::Partly => {
                self.pieces.iter().filter(|piece| !piece.is_encoded()).map(Piece::range).collect()
            }
            PictureMode::Encode => Vec::new(),
        }
    }

    fn build(
        film: &Film,
        titles: &[Title],
        delivery: Delivery,
        (mode, sound): (PictureMode, SoundMode),
        why: String,
    ) -> RenderPlan {
        let encoding = match mode {
            PictureMode::Encode => encode::arguments(film, !titles.is_empty(), delivery),
            PictureMode::Copy | PictureMode::Partly => Vec::new(),
        };
        let muxing = muxing(film, mode, sound);
        RenderPlan {
            mode,
            why,
            sound,
            delivery,
            titles: titles.to_vec(),
            pieces: Vec::new(),
            encoding,
            muxing,
        }
    }
}

/// Arguments before the output that holds picture and sound: of the film, then what of the two was made, the sound
/// first.
fn muxing(film: &Film, picture: PictureMode, sound: SoundMode) -> Vec<String> {
    let strings = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let mut muxing = strings(&["-map"]);
    muxing.push(match (picture, sound) {
        (PictureMode::Copy, _) => format!("0:{}", film.probe.picture.stream),
        (_, SoundMode::Copy) => "1:v:0".to_owned(),
        (_, SoundMode::Encode) => "2:v:0".to_owned(),
    });
    muxing.push("-map".into());
    muxing.push(match (&film.probe.sound, sound) {
        (Some(own), SoundMode::Copy) => format!("0:{}", own.stream),
        _ => "1:a:0".to_owned(),
    });
    muxing.extend(strings(&["-c", "copy"]));
    // Titles and dates of the film stay; time code, chapters and data tracks would outlive the picture's length.
    muxing.extend(strings(&["-map_metadata", "0", "-map_chapters", "-1", "-write_tmcd", "0"]));
    if let Some(own) = &film.probe.sound {
        muxing.extend(["-map_metadata:s:a:0".into(), format!("0:s:{}", own.stream)]);
    }
    muxing.extend(strings(&["-fflags", "+bitexact", "-movie_timescale", "48000"]));
    muxing.extend(strings(&["-max_muxing_queue_size", "8192", "-movflags", "+faststart", "-f", "mp4"]));
    muxing
}

/// Arguments before a film: its first shown frame goes to 0; the sound, made on the film's clock, begins there already.
pub(crate) fn clocked(film: &Film) -> Vec<String> {
    vec!["-copyts".into(), "-itsoffset".into(), film.clock.offset()]
}

impl PictureMode {
    /// Its name in reports: `copied`, `partly`, `encoded`.
    pub fn name(self) -> &'static str {
        match self {
            PictureMode::Copy => "copied",
            PictureMode::Partly => "partly",
            PictureMode::Encode => "encoded",
        }
    }
}

impl fmt::Display for RenderPlan {
    /// The mode, the reason, the pieces where there are some, and the commands, with FILM, SOUND, PICTURE and OUTPUT for
    /// the files.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "picture: {}\nwhy: {}", self.mode.name(), self.why)?;
        self.pieces.iter().try_for_each(|piece| writeln!(f, "{piece}"))?;
        if !self.encoding.is_empty() {
            writeln!(f, "ffmpeg -i FILM {} PICTURE", self.encoding.join(" "))?;
        }
        let picture = if self.mode == PictureMode::Copy { "" } else { " -i PICTURE" };
        let sound = if self.sound == SoundMode::Copy { "" } else { " -i SOUND" };
        writeln!(f, "ffmpeg -i FILM{sound}{picture} {} OUTPUT", self.muxing.join(" "))
    }
}
