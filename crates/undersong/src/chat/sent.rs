//! Finds the files and addresses in what somebody typed, pasted or dragged into the terminal.

use std::path::{Path, PathBuf};

use percent_encoding::percent_decode_str;

/// Something that can be sent to the server.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Sent {
    File(PathBuf),
    Address(String),
}

/// What is to be sent, and the words beside it.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Message {
    pub(crate) sent: Vec<Sent>,
    /// The sentence; a file within it is called by its name.
    pub(crate) words: String,
}

/// How many of the endings are those of films.
const FILMS: usize = 6;
const ENDINGS: [&str; 15] = [
    "mp4", "mov", "m4v", "avi", "webm", "mkv", "jpg", "jpeg", "png", "gif", "webp", "mp3", "wav", "m4a",
    "aac",
];

impl Sent {
    /// What a single argument stands for.
    pub(crate) fn of(text: &str) -> Option<Sent> {
        if text.starts_with("http://") || text.starts_with("https://") {
            return Some(Sent::Address(text.to_owned()));
        }
        let path = path(text);
        path.is_file().then_some(Sent::File(path))
    }

    /// Whether it is the same file or address.
    pub(crate) fn is(&self, other: &Sent) -> bool {
        match (self, other) {
            (Sent::File(one), Sent::File(other)) => one.canonicalize().ok() == other.canonicalize().ok(),
            _ => self == other,
        }
    }

    /// Its name, without the folders before it.
    pub(crate) fn name(&self) -> String {
        let name = self.last_part();
        name.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
    }

    fn last_part(&self) -> String {
        match self {
            Sent::File(path) => path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned(),
            Sent::Address(address) => {
                let path = address.split(['?', '#']).next().unwrap_or(address);
                let name = percent_decode_str(path.rsplit('/').next().unwrap_or_default());
                let name = name.decode_utf8_lossy().replace('/', "-");
                if name.is_empty() { "film".to_owned() } else { name }
            }
        }
    }
}

/// Whether a text looks like the name of a film, picture or sound.
pub(crate) fn looks_like_media(text: &str) -> bool {
    let ending = Path::new(text.trim()).extension().map(|ending| ending.to_string_lossy().to_lowercase());
    ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()))
}

/// Whether something begins a film of its own after what was sent before it: pictures and sound belong to the film before.
pub(crate) fn opens_a_film(before: &[Sent], next: &Sent) -> bool {
    let is_film = |sent: &Sent| {
        let name = sent.name().to_lowercase();
        !ENDINGS[FILMS..].iter().any(|ending| name.ends_with(&format!(".{ending}")))
    };
    is_film(next) && before.iter().any(is_film)
}

/// Reads a line: existing files that look like media and addresses are sent; what else there is are words.
pub(crate) fn read(line: &str) -> Message {
    // A file may be called as a request is.
    let is_path = |line: &str| line.contains(['/', '\'', '"', '\\']) || looks_like_media(line);
    if let Some(sent) = Sent::of(line.trim()).filter(|_| is_path(line)) {
        return Message { sent: vec![sent], words: String::new() };
    }
    let mut message = Message::default();
    for (word, space) in words(line) {
        let sent = Sent::of(&word).filter(|sent| match sent {
            Sent::File(_) => looks_like_media(&word),
            Sent::Address(_) => true,
        });
        match sent {
            Some(sent) => {
                message.words.push_str(&sent.name());
                message.sent.push(sent);
            }
            None => message.words.push_str(&word),
        }
        message.words.push_str(space);
    }
    let names: Vec<String> = message.sent.iter().map(Sent::name).collect();
    // Files dragged in without a word are only sent.
    if message.words.split_whitespace().collect::<Vec<_>>().join(" ") == names.join(" ") && !names.is_empty()
    {
        message.words.clear();
    }
    message.words = message.words.trim().to_owned();
    message
}

/// The words of a line with the space after each; a quoted word and an escaped space are parts of one where that is a file.
fn words(line: &str) -> Vec<(String, &str)> {
    let mut found = Vec::new();
    let mut rest = line.trim_start();
    while !rest.is_empty() {
        let end = quoted(rest).or_else(|| escaped(rest)).unwrap_or_else(|| plain(rest));
        let word = &rest[..end];
        let whole =
            unwrapped(word).filter(|path| Sent::of(path).is_some()).unwrap_or_else(|| word.to_owned());
        let after = &rest[end..];
        let gap = after.len() - after.trim_start().len();
        found.push((whole, &after[..gap]));
        rest = &after[gap..];
    }
    found
}

/// Where a word in quotes ends, if it is the path of a file.
fn quoted(text: &str) -> Option<usize> {
    let quote = text.chars().next().filter(|c| matches!(c, '\'' | '"'))?;
    let end = text[1..].find(quote)? + 2;
    Sent::of(&text[1..end - 1]).map(|_| end)
}

/// Where a word with escaped spaces ends, if there are any.
fn escaped(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let ends = |at: &usize| bytes[*at].is_ascii_whitespace() && (*at == 0 || bytes[*at - 1] != b'\\');
    let end = (0..bytes.len()).find(ends).unwrap_or(text.len());
    text[..end].contains("\\ ").then_some(end)
}

fn plain(text: &str) -> usize {
    text.find(char::is_whitespace).unwrap_or(text.len())
}

/// A word without its quotes or escapes.
fn unwrapped(word: &str) -> Option<String> {
    let inner = ['\'', '"'].iter().find_map(|quote| word.strip_prefix(*quote)?.strip_suffix(*quote));
    Some(inner.map_or_else(|| word.replace('\\', ""), str::to_owned))
}

/// A path as it is dragged into a terminal or typed there.
fn path(text: &str) -> PathBuf {
    let text = text.trim().trim_matches(['\'', '"']);
    if let Some(encoded) = text.strip_prefix("file://") {
        return PathBuf::from(&*percent_decode_str(encoded).decode_utf8_lossy());
    }
    if let (Some(rest), Some(home)) = (text.strip_prefix("~/"), std::env::home_dir()) {
        return home.join(rest);
    }
    let whole = PathBuf::from(text);
    if whole.exists() { whole } else { PathBuf::from(text.replace('\\', "")) }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn files_are_found_however_they_are_written() {
        let place = tempfile::tempdir().unwrap();
        let film = place.path().join("my film.mp4");
        fs::write(&film, "").unwrap();
        let shown = film.display().to_string();
        let sent = vec![Sent::File(film.clone())];
        let alone = Message { sent: sent.clone(), words: String::new() };
        for line in [
            shown.clone(),
            format!("'{shown}' "),
            format!("\"{shown}\""),
            shown.replace(' ', "\\ "),
            format!("file://{}", shown.replace(' ', "%20")),
        ] {
            assert_eq!(read(&line), alone, "{line}");
        }
        for path in [format!("'{shown}'"), shown.replace(' ', "\\ ")] {
            let asked = read(&format!("add calm piano to {path} , don't shout"));
            let words = "add calm piano to my film.mp4 , don't shout".to_owned();
            assert_eq!(asked, Message { sent: sent.clone(), words }, "{path}");
        }
    }

    #[test]
    fn addresses_are_sent_and_words_stay_words() {
        let message = read("https://example.com/films/city.mp4?x=1");
        assert_eq!(message.sent, [Sent::Address("https://example.com/films/city.mp4?x=1".to_owned())]);
        assert_eq!(message.sent[0].name(), "city.mp4");
        for words in ["add a title that says 'Hello world'", "it's  fine", "C:\\film", "nothing.mp4"] {
            assert_eq!(read(words), Message { sent: Vec::new(), words: words.to_owned() });
        }
    }
}
