//! What a model is asked, and the message that asks it.

use footage::Profile;
use genai::chat::{ChatMessage, ChatRequest, ContentPart, MessageContent, Tool};
use score::Library;
use serde::Serialize;
use serde_json::Value;
use timeline::Timeline;

use crate::state::State;

/// What the model is told of its task.
const INSTRUCTIONS: &str = include_str!("instructions.md");
/// The name of the one function it may call.
pub(crate) const FUNCTION: &str = "edit_film";
/// The most characters of a request that are sent.
const MOST_CHARACTERS: usize = 4000;
/// The most pictures that are sent.
const MOST_FRAMES: usize = 4;

/// What a model is asked.
pub struct Question<'a> {
    /// The person's words.
    pub request: &'a str,
    /// The edit as it is.
    pub timeline: &'a Timeline,
    /// What is in the film.
    pub profile: &'a Profile,
    /// The music there is.
    pub library: &'a Library,
    /// What chance in new music is drawn from.
    pub seed: u64,
    /// Small pictures of the film as PNG, in order of time; shown only where the settings allow pictures, four at most.
    pub frames: &'a [Vec<u8>],
}

/// The document that is sent.
#[derive(Serialize)]
struct Document<'a> {
    request: String,
    state: State<'a>,
    genres: Vec<Genre<'a>>,
}

#[derive(Serialize)]
struct Genre<'a> {
    id: &'a str,
    name: &'a str,
}

impl Question<'_> {
    /// The message that asks it, with the schema of the function that answers it.
    pub(crate) fn message(&self, schema: &Value, vision: bool) -> ChatRequest {
        let genres = self.library.genres().iter();
        let document = Document {
            request: self.request.chars().take(MOST_CHARACTERS).collect(),
            state: State::of(self.timeline, self.profile, schema),
            genres: genres.map(|genre| Genre { id: &genre.id, name: &genre.title }).collect(),
        };
        let text = serde_json::to_string(&document).unwrap_or_default();
        let shown = self.frames.iter().take(if vision { MOST_FRAMES } else { 0 });
        let pictures = shown.map(|png| ContentPart::from_binary_base64("image/png", base64(png), None));
        let parts: Vec<ContentPart> = std::iter::once(ContentPart::from_text(text)).chain(pictures).collect();
        let tool = Tool::new(FUNCTION)
            .with_description("Changes the film as the person asked; an empty list changes nothing.")
            .with_schema(schema.clone());
        ChatRequest::from_messages(vec![ChatMessage::user(MessageContent::from_parts(parts))])
            .with_system(INSTRUCTIONS)
            .with_tools(vec![tool])
    }
}

/// The text that carries bytes (RFC 4648, 4).
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let byte = |index: usize| u32::from(group.get(index).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for digit in 0..4 {
            let place = (bits >> (18 - 6 * digit)) & 63;
            text.push(if digit <= group.len() { DIGITS[place as usize].into() } else { '=' });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::base64;

    #[test]
    fn bytes_become_text_as_the_standard_shows_it() {
        let texts = [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")];
        assert!(texts.iter().all(|(bytes, text)| base64(bytes.as_bytes()) == *text));
    }
}
