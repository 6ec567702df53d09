//! Tells films and photos from the request among the words of a command.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use super::ending::Ending;
use super::output::is_dash;

/// What is wanted where nobody says.
const USUAL: &str = "add music that fits the film";
/// Endings of names that are those of films and photos.
const ENDINGS: [&str; 12] =
    ["mp4", "m4v", "mov", "mkv", "webm", "avi", "3gp", "gif", "jpg", "jpeg", "png", "webp"];

/// Films and photos in their order, and what is wanted of them.
#[derive(Debug, PartialEq)]
pub(crate) struct Inputs {
    pub(crate) files: Vec<PathBuf>,
    pub(crate) request: String,
}

impl Inputs {
    /// Takes the last of several words for the request, unless it is a film, too.
    ///
    /// # Errors
    /// [`Ending::Usage`] where a sentence came without quotes.
    pub(crate) fn read(words: &[OsString]) -> Result<Inputs, Ending> {
        let (files, request) = match words.split_last() {
            Some((last, files)) if !files.is_empty() && !names_film(last) => (files, Some(last)),
            _ => (words, None),
        };
        let files: Vec<PathBuf> = files.iter().map(PathBuf::from).collect();
        let stray = files.iter().skip(1).find(|file| !names_film(file.as_os_str()) && !file.exists());
        if let Some(stray) = stray {
            let advice = format!("'{}' is no film; put what you want in quotes.", stray.display());
            return Err(Ending::Usage(advice));
        }
        let request = request.map_or_else(|| USUAL.to_owned(), |words| words.to_string_lossy().into_owned());
        Ok(Inputs { files, request })
    }
}

/// Whether a word is the name of a film or a photo, there or not.
fn names_film(word: &std::ffi::OsStr) -> bool {
    let path = Path::new(word);
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    let spaced = word.to_string_lossy().contains(char::is_whitespace);
    let named = ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()));
    is_dash(path) || named && (!spaced || path.is_file()) || path.extension().is_some() && path.is_file()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(words: &[&str]) -> Result<(Vec<String>, String), String> {
        let words: Vec<OsString> = words.iter().map(OsString::from).collect();
        let named = |path: &PathBuf| path.display().to_string();
        match Inputs::read(&words) {
            Ok(Inputs { files, request }) => Ok((files.iter().map(named).collect(), request)),
            Err(Ending::Usage(advice)) => Err(advice),
            Err(_) => Err("another ending".into()),
        }
    }

    fn split(files: &[&str], request: &str) -> Result<(Vec<String>, String), String> {
        Ok((files.iter().map(|file| (*file).to_owned()).collect(), request.to_owned()))
    }

    #[test]
    fn the_last_word_is_the_request_unless_it_is_a_film() {
        assert_eq!(read(&["a.mp4"]), split(&["a.mp4"], USUAL));
        assert_eq!(read(&["-", "lofi"]), split(&["-"], "lofi"));
        assert_eq!(
            read(&["a.mp4", "put a title \"a.mp4\" on b.mov"]),
            split(&["a.mp4"], "put a title \"a.mp4\" on b.mov")
        );
        assert_eq!(read(&["a.JPG", "b.png", "c.webp"]), split(&["a.JPG", "b.png", "c.webp"], USUAL));
        assert_eq!(read(&["a.jpg", "b.mp4", "钢琴"]), split(&["a.jpg", "b.mp4"], "钢琴"));
        let advice = "'add' is no film; put what you want in quotes.";
        assert_eq!(read(&["a.mp4", "add", "music"]), Err(advice.into()));
    }
}
