//! Makes files of a film: the film itself, and single pieces of its music.

use std::path::Path;

use ffmpeg::Delivery;
use studio::{Onlooker, Scored, Scoring};
use timeline::Timeline;

use super::film::Film;
use super::folders::Folders;
use super::jobs::Afar;
use crate::cli::film::beside;
use crate::free_name::FreeName;
use crate::mcp::desk::Answer;
use crate::mcp::refusal::Refusal;
use crate::mcp::shapes::asked::Delivered;
use crate::mcp::shapes::work::{Made, Outcome};
use crate::server::workshop::preview as pieces;

/// Where the film is to be written.
///
/// # Errors
/// Where nothing may be written there.
pub(crate) fn free_name(film: &Film, delivered: &Delivered, folders: &Folders) -> Answer<FreeName> {
    let first = film.first();
    match &delivered.output {
        Some(said) => folders.write(said, &first, "mp4"),
        None => Ok(FreeName::like(&beside(&first))),
    }
}

/// Makes the film as it stands.
///
/// # Errors
/// What cannot be done; nothing is left then.
pub(crate) fn export(film: &Film, delivered: &Delivered, folders: &Folders, afar: &Afar) -> Answer<Outcome> {
    let name = free_name(film, delivered, folders)?;
    let private = name.private()?;
    let whole = private.path().join("film.mp4");
    let delivery = Delivery { quality: delivered.quality.unwrap_or_default(), rate: None };
    let scoring = Scoring {
        output: Some(whole.clone()),
        delivery,
        target: delivered.target,
        // It stands in the record of the music alone.
        request: film.said(),
        ..Scoring::default()
    };
    let scored = made(&scoring, &film.now()?, afar)?;
    let path = name.give(&whole)?;
    let finished = scored.finished.as_ref().ok_or_else(Refusal::broken)?;
    let seconds = finished.checked.container_length.seconds();
    let lufs = finished.sound.as_ref().and_then(|sound| sound.lufs);
    let output = Made {
        width: Some(finished.checked.width),
        height: Some(finished.checked.height),
        loudness_lufs: lufs,
        ..file(&path, "video/mp4", seconds)
    };
    film.keep(scored.licence);
    let reply = agent::made(film.language(), &path.to_string_lossy(), seconds, lufs);
    let kind = Some(agent::Kind::Exported.name().to_owned());
    let (reply, output) = (Some(reply), Some(output));
    Ok(Outcome { reply, kind, output, warnings: scored.warnings, ..Outcome::default() })
}

/// Plays one piece of music by itself, into a folder.
///
/// # Errors
/// Where there is no such piece.
pub(crate) fn preview(film: &Film, piece: Option<&str>, folder: &Path, afar: &Afar) -> Answer<Outcome> {
    let document = film.document();
    let first = document.now().and_then(|now| now.beds.first()).map(|bed| pieces::id(bed.id, None));
    let silent =
        || Refusal::absent("The film has no music yet; please ask for some with add_music or edit_film.");
    let wanted = piece.map(str::to_owned).or(first).ok_or_else(silent)?;
    let unknown = || {
        Refusal::absent(format!(
            "There is no piece called {wanted}; list_alternatives and show_timeline name them."
        ))
    };
    let timeline = pieces::alone(&document, &wanted).ok_or_else(unknown)?;
    let seconds = timeline.beds.first().map_or(0.0, |bed| bed.span.length().seconds());
    let name = FreeName::like(&folder.join(format!("{}-{wanted}.wav", film.id())));
    let private = name.private()?;
    let whole = private.path().join("music.wav");
    let scoring = Scoring { wav: Some(whole.clone()), ..Scoring::default() };
    made(&scoring, &timeline, afar)?;
    let path = name.give(&whole)?;
    Ok(Outcome { output: Some(file(&path, "audio/wav", seconds)), ..Outcome::default() })
}

/// Makes what is wanted of a timeline, under hidden names.
fn made(scoring: &Scoring, timeline: &Timeline, afar: &Afar) -> Answer<Scored> {
    let (scored, results) = studio::export(scoring, timeline, afar)?;
    results.publish(afar)?;
    match afar.cancelled() {
        true => Err(Refusal::cancelled()),
        false => Ok(scored),
    }
}

fn file(path: &Path, kind: &str, seconds: f64) -> Made {
    Made {
        name: path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
        uri: uri(path),
        path: Some(path.to_string_lossy().into_owned()),
        mime_type: kind.to_owned(),
        bytes: path.metadata().map_or(0, |known| known.len()),
        duration_s: seconds,
        width: None,
        height: None,
        loudness_lufs: None,
    }
}

/// A path as an address (RFC 8089).
fn uri(path: &Path) -> String {
    use std::os::unix::ffi::OsStrExt;

    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(byte);
    let part = |byte: &u8| if plain(byte) { char::from(*byte).to_string() } else { format!("%{byte:02X}") };
    let path: String = path.as_os_str().as_bytes().iter().map(part).collect();
    format!("file://{path}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_addresses() {
        assert_eq!(uri(Path::new("/films/a b/城.mp4")), "file:///films/a%20b/%E5%9F%8E.mp4");
    }
}
