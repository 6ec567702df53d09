//! What shows a conversation: a terminal, a pipe, or the JSON of a script.

use std::io::{self, IsTerminal, Write};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;

/// How often a sign of life moves.
const BEAT: Duration = Duration::from_millis(200);
const TICKS: u64 = 1000;

/// Shows how far something is, 0 to 1 where that is known; it may be called from anywhere.
pub(crate) type Meter = Arc<dyn Fn(Option<f64>) + Send + Sync>;

/// Somebody who reads along.
pub(crate) trait Screen {
    /// Words; what is said next belongs to the same paragraph unless it `ends`.
    fn tell(&mut self, words: &str, ends: bool);
    /// Something begins that takes a while.
    fn meter(&mut self, what: &str) -> Meter;
    /// It has ended.
    fn calm(&mut self);

    /// A paragraph of its own.
    fn say(&mut self, paragraph: &str);
}

/// Text on standard output, progress on standard error.
pub(crate) struct Terminal {
    json: bool,
    bar: Option<ProgressBar>,
    /// Whether a paragraph has begun and not ended.
    is_open: bool,
}

impl Terminal {
    /// For people, or with `json` for a script that reads one document at the end.
    pub(crate) fn new(json: bool) -> Terminal {
        Terminal { json, bar: None, is_open: false }
    }

    fn write(&mut self, text: &str) {
        // Who has closed the pipe hears nothing, and the work goes on.
        let mut out = io::stdout().lock();
        let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    }
}

impl Screen for Terminal {
    fn say(&mut self, paragraph: &str) {
        if self.is_open {
            self.tell("", true);
        }
        self.tell(paragraph, true);
    }

    fn tell(&mut self, words: &str, ends: bool) {
        self.calm();
        self.is_open = !ends;
        if !self.json {
            self.write(&harmless(words));
            self.write(if ends { "\n" } else { "" });
        }
    }

    fn meter(&mut self, what: &str) -> Meter {
        if io::stderr().is_terminal() {
            let bar = self.bar.get_or_insert_with(bar).clone();
            bar.set_message(harmless(what));
            return Arc::new(move |done| {
                bar.set_style(style(done.is_some()));
                bar.set_position((done.unwrap_or_default().clamp(0.0, 1.0) * TICKS as f64) as u64);
            });
        }
        if !self.json {
            return Arc::new(|_| {});
        }
        let (what, told) = (what.to_owned(), Mutex::new(None));
        Arc::new(move |done| {
            let percent = done.map(|done| (done * 100.0) as u64);
            let Ok(mut told) = told.lock() else { return };
            if told.replace(percent) != Some(percent) {
                let line =
                    json!({ "stage": what, "progress": percent.map(|percent| percent as f64 / 100.0) });
                let _ = writeln!(io::stderr().lock(), "{line}");
            }
        })
    }

    fn calm(&mut self) {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
    }
}

/// Words without what would steer a terminal: servers and names of files may hold anything.
pub(crate) fn harmless(words: &str) -> String {
    let steers = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
    // Marks that turn the direction of what follows.
    let turns =
        |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    words.chars().filter(|c| !steers(*c) && !turns(*c)).collect()
}

fn bar() -> ProgressBar {
    let bar = ProgressBar::new(TICKS);
    bar.set_style(style(false));
    bar.enable_steady_tick(BEAT);
    bar
}

fn style(known: bool) -> ProgressStyle {
    let plain = if known { "{msg} [{bar:32}] {percent:>3}%" } else { "{msg}... {elapsed}" };
    let style = ProgressStyle::with_template(plain).unwrap_or_else(|_| ProgressStyle::default_bar());
    style.progress_chars("=> ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_steers_the_terminal_from_afar() {
        assert_eq!(harmless("Add\u{1b}[2Jed\r\u{7}.\n\t\u{202e}Done\u{9b}1m 好"), "Add[2Jed.\n\tDone1m 好");
    }
}
