//! Which language model to ask, when, and for how long.

use std::fmt;
use std::time::Duration;

/// Which language model to ask, when, and for how long.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The model, as its server calls it; `openai::`, `anthropic::`, `gemini::` or `ollama::` before it names the dialect.
    pub model: String,
    /// The base address, for OpenAI-compatible servers with their `/v1`; without it, the dialect's own.
    pub address: Option<String>,
    /// The key, where the server wants one.
    pub key: Option<Secret>,
    /// When it is asked.
    pub when: When,
    /// How long it may take, from the question to the last byte of the answer.
    pub patience: Duration,
    /// Whether it is shown a few small pictures of the film.
    pub vision: bool,
}

impl Settings {
    /// How long a model may take where nobody says.
    pub const USUAL_PATIENCE: Duration = Duration::from_secs(20);

    /// This model with everything else as usual.
    pub fn of(model: impl Into<String>) -> Settings {
        Settings {
            model: model.into(),
            address: None,
            key: None,
            when: When::default(),
            patience: Self::USUAL_PATIENCE,
            vision: false,
        }
    }
}

/// When a model is asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum When {
    /// Where the built-in reader was unsure.
    #[default]
    Unsure,
    /// For every request that changes something.
    Always,
}

/// A key, which nothing prints.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Keeps a key; blanks and line ends around it do not belong to it.
    pub fn new(key: &str) -> Secret {
        Secret(key.trim().to_owned())
    }

    /// The key itself, for the header of a request and nothing else.
    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}
