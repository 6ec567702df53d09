//! Titles as a script for libass (Advanced SubStation Alpha 4+), which shapes, wraps and draws the letters.

mod wrap;

use std::fmt::Write;

use sound::Time;
use timeline::{Backing, Colour, Look, Place, Title};

/// The name of the script in the job folder.
pub(crate) const SCRIPT: &str = "titles.ass";
/// Draws the script; it lies in the child's working folder, so no path and no text of the user's stands here.
pub(crate) const DRAWING: &str = "ass=filename=titles.ass";

/// A line of Noto Sans is this much higher than its letters' nominal size; scripts give the height of lines.
const LINE_HEIGHT: f64 = 1.362;
/// How much of the picture titles may fill: a twentieth is left free on each side (EBU R 95 asks for as much).
const SAFE: f64 = 0.9;
/// The least size a title is made smaller to, in pixels.
const SMALLEST: f64 = 12.0;
/// Thickness of the outline and margin of the box, as a share of the size.
const OUTLINE: f64 = 0.06;
const MARGIN: f64 = 0.25;

/// The script of `titles` over a picture of `width` x `height` pixels; its times are the film's.
///
/// Nothing in a title's text is obeyed: braces and backslashes are shown as they are.
pub(crate) fn script(titles: &[Title], width: u32, height: u32) -> String {
    let mut script = format!(
        "[Script Info]\nScriptType: v4.00+\nPlayResX: {width}\nPlayResY: {height}\nWrapStyle: 0\n\
         ScaledBorderAndShadow: yes\nYCbCr Matrix: None\n\n[V4+ Styles]\n\
         Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, \
         Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, \
         MarginR, MarginV, Encoding\n"
    );
    let room = (f64::from(width) * SAFE, f64::from(height) * SAFE);
    let fitted: Vec<Fitted> = titles.iter().map(|title| Fitted::new(title, room)).collect();
    // Writing into a String cannot fail.
    for (index, (title, fitted)) in titles.iter().zip(&fitted).enumerate() {
        let _ = writeln!(script, "{}", style(index, title, fitted, (width, height)));
    }
    script.push_str(
        "\n[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n",
    );
    for (index, (title, fitted)) in titles.iter().zip(&fitted).enumerate() {
        let (start, end) = (clock(title.span.start), clock(title.span.end));
        let fade = (title.look.fade.seconds() * 1000.0).round();
        let effect = if fade > 0.0 { format!("{{\\fad({fade},{fade})}}") } else { String::new() };
        let text = escaped(&fitted.text);
        let _ = writeln!(script, "Dialogue: {index},{start},{end},t{index},,0,0,0,,{effect}{text}");
    }
    script
}

/// A title's words in lines that fit, and the size at which they do.
struct Fitted {
    text: String,
    size: f64,
}

impl Fitted {
    /// The usual size is made smaller until everything fits; a size that was asked for stays.
    fn new(title: &Title, room: (f64, f64)) -> Fitted {
        let at = |size: f64| {
            let text = wrap::wrapped(&title.text, room.0 / size);
            let lines = wrap::lines(&text, room.0 / size);
            (Fitted { text, size }, lines as f64 * size * LINE_HEIGHT <= room.1)
        };
        if let Some(size) = title.look.size_px {
            return at(f64::from(size)).0;
        }
        let mut size = (room.0.min(room.1) / SAFE * Look::USUAL_SHARE).max(SMALLEST);
        loop {
            let (fitted, fits) = at(size);
            if fits || size <= SMALLEST {
                return fitted;
            }
            size = (size * 0.9).max(SMALLEST);
        }
    }
}

fn style(index: usize, title: &Title, fitted: &Fitted, (width, height): (u32, u32)) -> String {
    let Look { place, colour, backing, .. } = title.look;
    let (font, size) = (wrap::font(&title.text), fitted.size * LINE_HEIGHT);
    let (border, outline) = match backing {
        Backing::Outline => (1, fitted.size * OUTLINE),
        // One box behind all lines.
        Backing::Box => (4, fitted.size * MARGIN),
    };
    let (side, above) = (f64::from(width) * (1.0 - SAFE) / 2.0, f64::from(height) * (1.0 - SAFE) / 2.0);
    format!(
        "Style: t{index},{font},{size:.1},{},&H000000FF,&H00101010,&H50101010,-1,0,0,0,100,100,0,0,{border},\
         {outline:.1},0,{},{side:.0},{side:.0},{above:.0},1",
        bgr(colour),
        alignment(place),
    )
}

/// Alpha (0 is opaque), blue, green, red.
fn bgr(colour: Colour) -> String {
    format!("&H00{:02X}{:02X}{:02X}", colour.blue, colour.green, colour.red)
}

/// As the keys of a number pad lie.
fn alignment(place: Place) -> u8 {
    match place {
        Place::BottomLeft => 1,
        Place::Bottom => 2,
        Place::BottomRight => 3,
        Place::Left => 4,
        Place::Center => 5,
        Place::Right => 6,
        Place::TopLeft => 7,
        Place::Top => 8,
        Place::TopRight => 9,
    }
}

/// `0:00:03.50`: scripts count in hundredths of a second.
fn clock(time: Time) -> String {
    let hundredths = (time.seconds() * 100.0).round().max(0.0) as u64;
    let (seconds, rest) = (hundredths / 100, hundredths % 100);
    format!("{}:{:02}:{:02}.{rest:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

/// Text that a script shows as it is.
fn escaped(text: &str) -> String {
    /// Stands between a backslash and what follows, which then is no command; it has no width.
    const WORD_JOINER: char = '\u{2060}';
    let mut escaped = String::with_capacity(text.len());
    for letter in text.trim().chars() {
        match letter {
            '\n' => escaped.push_str("\\N"),
            '{' | '}' => escaped.extend(['\\', letter]),
            '\\' => escaped.extend([letter, WORD_JOINER]),
            '\t' => escaped.push(' '),
            letter if letter.is_control() => {}
            letter => escaped.push(letter),
        }
    }
    escaped
}
