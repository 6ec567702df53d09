//! What the agent says in the events of one run.

use serde_json::Value;

use super::sentence;
use super::trouble::Refusal;

/// The words of a run so far.
#[derive(Debug, Default)]
pub(crate) struct Reply {
    /// What came in pieces and not yet as a whole, and how many bytes of it were passed on.
    partial: String,
    passed: usize,
    spoke: bool,
    wrong: Option<Refusal>,
    whole: bool,
}

/// What an event brings.
#[derive(Debug, PartialEq)]
pub(crate) enum News {
    /// Whole sentences; `ends` where the paragraph does.
    Words { text: String, ends: bool },
    /// A stage, and how far it is, 0 to 1.
    Progress { stage: String, done: Option<f64> },
}

impl Reply {
    /// Takes an event. Calls of tools stay inside.
    pub(crate) fn take(&mut self, event: &Value) -> Option<News> {
        if let Some(code) = event["errorCode"].as_str() {
            let said = event["errorMessage"].as_str().unwrap_or_default();
            self.wrong = Some(Refusal::told(code, said));
        }
        self.whole |= event["turnComplete"] == true;
        let progress = &event["actions"]["stateDelta"]["temp:progress"];
        if let Some(stage) = progress["stage"].as_str() {
            let done = progress["percent"].as_f64().map(|percent| percent / 100.0);
            return Some(News::Progress { stage: stage.to_owned(), done });
        }
        if event["author"] == "user" || event["content"]["role"] == "user" {
            return None;
        }
        let parts = event["content"]["parts"].as_array().map_or(&[] as &[Value], Vec::as_slice);
        let text: String = parts.iter().filter_map(|part| part["text"].as_str()).collect();
        if text.is_empty() {
            return None;
        }
        self.spoke |= !text.trim().is_empty();
        if event["partial"] == true {
            self.partial.push_str(&text);
            let end = self.passed + sentences_end(&self.partial[self.passed..]);
            return self.pass(end, false);
        }
        // The whole says again what came in pieces.
        let told = self.partial[..self.passed].trim();
        let rest = text.trim().strip_prefix(told).unwrap_or(&text).trim().to_owned();
        (self.partial, self.passed) = (String::new(), 0);
        Some(News::Words { text: rest, ends: true })
    }

    /// What was begun and never ended.
    pub(crate) fn rest(&mut self) -> Option<News> {
        self.pass(self.partial.len(), true)
    }

    fn pass(&mut self, end: usize, ends: bool) -> Option<News> {
        let text = self.partial[self.passed..end].to_owned();
        self.passed = end;
        (!text.trim().is_empty()).then_some(News::Words { text, ends })
    }

    /// Whether nothing was said.
    pub(crate) fn is_empty(&self) -> bool {
        !self.spoke
    }

    /// Whether the last event of the run has come.
    pub(crate) fn is_whole(&self) -> bool {
        self.whole
    }

    /// Why the run did not do what it was asked.
    pub(crate) fn refusal(&self) -> Option<Refusal> {
        self.wrong.clone()
    }
}

/// Where the last whole sentence ends. A full stop at the very end may go on as a figure.
fn sentences_end(text: &str) -> usize {
    let mut end = 0;
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let next = letters.peek().map(|(_, next)| *next);
        if letter == '\n' || sentence::ends(letter, next, false) {
            end = at + letter.len_utf8();
        }
    }
    end
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn event(text: &str, partial: bool) -> Value {
        json!({ "author": "nemo_agent", "content": { "role": "model", "parts": [{ "text": text }] }, "partial": partial })
    }

    fn words(text: &str, ends: bool) -> Option<News> {
        Some(News::Words { text: text.to_owned(), ends })
    }

    #[test]
    fn pieces_are_passed_on_by_sentences_and_their_whole_is_not_said_again() {
        let mut reply = Reply::default();
        assert_eq!(reply.take(&event("Added lo-fi. It lasts 10.", true)), words("Added lo-fi.", false));
        assert_eq!(reply.take(&event("5 s. Do", true)), words(" It lasts 10.5 s.", false));
        assert_eq!(reply.take(&event("Added lo-fi. It lasts 10.5 s. Done.", false)), words("Done.", true));
        assert_eq!(reply.take(&event("It is calm.", false)), words("It is calm.", true));
        assert_eq!(reply.take(&event("And qui", true)), None);
        assert_eq!(reply.rest(), words("And qui", true));
        assert_eq!(reply.rest(), None);
    }

    #[test]
    fn what_is_no_reply_stays_inside() {
        let mut reply = Reply::default();
        let call = json!({ "author": "nemo_agent", "content": { "parts": [{ "functionCall": { "name": "compose" } }] } });
        assert_eq!(reply.take(&call), None);
        assert_eq!(
            reply.take(&json!({ "author": "user", "content": { "parts": [{ "text": "add music" }] } })),
            None
        );
        assert!(reply.is_empty() && !reply.is_whole());
        let told =
            json!({ "actions": { "stateDelta": { "temp:progress": { "stage": "watch", "percent": 40 } } } });
        assert_eq!(reply.take(&told), Some(News::Progress { stage: "watch".to_owned(), done: Some(0.4) }));
        reply.take(&json!({ "turnComplete": true, "errorCode": "2001", "errorMessage": "No credits." }));
        assert!(reply.is_whole() && reply.is_empty());
        assert_eq!(reply.refusal().map(|wrong| wrong.code), Some(2001));
    }
}
