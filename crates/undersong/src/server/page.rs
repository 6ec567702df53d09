//! Pages: plain HTML that does nothing by itself.

use axum::http::header;
use axum::response::{Html, IntoResponse, Response};

use super::document::signature::Answers;
use super::document::sketch::Sketch;

/// What a page of ours may do: nothing but show itself and send its form to us.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
/// How a small page looks.
const LOOK: &str = ":root{color-scheme:light dark}body{font:1rem/1.5 system-ui;max-width:40rem;margin:3rem auto;padding:0 1rem}";

/// A page.
pub(crate) struct Page(String);

impl Page {
    /// A small page under a title; both are HTML already.
    pub(crate) fn small(title: &str, inner: &str) -> Page {
        Page::whole(title, LOOK, &format!("<h1>{title}</h1>{inner}"))
    }

    /// A page with a look of its own.
    pub(crate) fn whole(title: &str, look: &str, inner: &str) -> Page {
        Page(format!(
            "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" \
             content=\"width=device-width\"><title>{title}</title><style>{look}</style>{inner}</html>"
        ))
    }

    /// Its text.
    pub(crate) fn text(self) -> String {
        self.0
    }

    /// A page whose text is known.
    pub(crate) fn of_text(text: &str) -> Page {
        Page(text.to_owned())
    }
}

impl IntoResponse for Page {
    fn into_response(self) -> Response {
        ([(header::CONTENT_SECURITY_POLICY, POLICY)], Html(self.0)).into_response()
    }
}

impl Answers for Page {
    fn answer(sketch: &mut Sketch) {
        sketch.answers_plain(200, "A page.", &["text/html"]);
    }
}

/// Text as HTML shows it.
pub(crate) fn escaped(text: &str) -> String {
    let mut safe = String::new();
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_text() {
        assert_eq!(escaped("<b a='\"'>&"), "&lt;b a=&#39;&quot;&#39;&gt;&amp;");
    }
}
