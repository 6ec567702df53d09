//! How the output will be made: whether the picture is copied or encoded, why, and with which arguments.

mod copy;
mod encode;

use std::fmt;

use crate::film::Film;

/// What happens to the picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PictureMode {
    /// Every packet goes into the output as it is.
    Copy,
    /// The picture is decoded and encoded as H.264.
    Encode,
}

/// How a film's output is made; a value that prints as text.
#[derive(Clone, Debug, PartialEq)]
pub struct RenderPlan {
    /// What happens to the picture.
    pub mode: PictureMode,
    /// Why, in words for the user.
    pub why: String,
    /// Arguments that stand before the film.
    pub(crate) before: Vec<String>,
    /// Arguments that stand before the output.
    pub(crate) after: Vec<String>,
}

impl RenderPlan {
    /// The plan for a film: H.264 is copied, the rest is encoded.
    pub fn new(film: &Film) -> RenderPlan {
        match copy::obstacle(film) {
            None => Self::build(
                film,
                PictureMode::Copy,
                "the picture is H.264, which MP4 carries as it is".into(),
            ),
            Some(why) => Self::build(film, PictureMode::Encode, why),
        }
    }

    /// The plan to take after a copy did not hold what it promised; `None` when this plan encodes already.
    pub fn fall_back(&self, film: &Film, reason: &str) -> Option<RenderPlan> {
        let why = || format!("copying the picture did not work out ({reason})");
        (self.mode == PictureMode::Copy).then(|| Self::build(film, PictureMode::Encode, why()))
    }

    fn build(film: &Film, mode: PictureMode, why: String) -> RenderPlan {
        let strings = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        // The picture's first shown frame goes to 0; the sound, made on the film's clock, begins there already.
        let mut before = strings(&["-copyts", "-itsoffset"]);
        before.push(film.clock.offset());
        let mut after = vec!["-map".into(), format!("0:{}", film.probe.picture.stream)];
        after.extend(strings(&["-map", "1:a:0", "-c:a", "copy"]));
        let (input, picture) = match mode {
            PictureMode::Copy => (Vec::new(), strings(&["-c:v", "copy"])),
            PictureMode::Encode => encode::arguments(film),
        };
        before.extend(input);
        after.extend(picture);
        // Titles and dates of the film stay; time code, chapters and data tracks would outlive the picture's length.
        after.extend(strings(&["-map_metadata", "0", "-map_chapters", "-1", "-write_tmcd", "0"]));
        if let Some(own) = &film.probe.sound {
            after.extend(["-map_metadata:s:a:0".into(), format!("0:s:{}", own.stream)]);
        }
        after.extend(strings(&["-fflags", "+bitexact", "-movie_timescale", "48000"]));
        after.extend(strings(&["-max_muxing_queue_size", "8192", "-movflags", "+faststart", "-f", "mp4"]));
        RenderPlan { mode, why, before, after }
    }
}

impl fmt::Display for PictureMode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            PictureMode::Copy => "copied",
            PictureMode::Encode => "encoded",
        })
    }
}

impl fmt::Display for RenderPlan {
    /// Three lines: the mode, the reason, the command with FILM, SOUND and OUTPUT for the files.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (before, after) = (self.before.join(" "), self.after.join(" "));
        writeln!(f, "picture: {}\nwhy: {}", self.mode, self.why)?;
        writeln!(f, "ffmpeg {before} -i FILM -i SOUND {after} OUTPUT")
    }
}
