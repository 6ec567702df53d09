//! A conversation with a server about one film or several: what somebody says, and what comes of it.

mod account;
mod addressing;
mod asking;
mod beginning;
mod exporting;
mod sending;
mod turning;

use std::path::PathBuf;

use agent::Language;
use serde::Serialize;

use super::kept::{Kept, Talk};
use super::pace::Pace;
use super::phrases::{self, Phrase};
use super::routing::{Route, route};
use super::screen::Screen;
use super::sent::{self, Sent};
use super::trouble::Trouble;
use super::wire::Wire;

/// A conversation.
pub(crate) struct Conversation<'s> {
    wire: Wire,
    kept: Kept,
    pace: Pace,
    screen: &'s mut dyn Screen,
    /// Where people register, where it is another address than the server's.
    web: Option<String>,
    /// Who this is, where somebody says so.
    client: Option<String>,
    language: Language,
    projects: Vec<Project>,
    /// The one that is spoken of.
    at: usize,
    said: Vec<String>,
    /// Whether the server was told something whose answer has not ended.
    is_asking: bool,
}

/// What a conversation begins with.
pub(crate) struct Beginning {
    pub(crate) wire: Wire,
    pub(crate) kept: Kept,
    pub(crate) pace: Pace,
    /// The user's own token, before the one that is kept.
    pub(crate) token: Option<String>,
    pub(crate) web: Option<String>,
    pub(crate) client: Option<String>,
    pub(crate) language: Language,
}

/// A film, and the session at the server that is about it.
#[derive(Clone, Debug, Default)]
struct Project {
    talk: Talk,
    /// What was sent, in its order: should the server lose the session, it is sent again.
    sent: Vec<Sent>,
    /// Whether the film was fetched as it stands: another one begins anew then.
    is_delivered: bool,
}

/// What came of a sentence.
#[derive(Debug, Serialize)]
pub(crate) struct Turn {
    /// Which film it was about, counted from 0.
    #[serde(skip)]
    pub(crate) place: usize,
    pub(crate) film: String,
    pub(crate) you: String,
    pub(crate) did: &'static str,
    pub(crate) reply: Vec<String>,
    /// The film that was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) output: Option<PathBuf>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) error: Option<u16>,
}

/// What was done about a sentence.
#[derive(Debug, Default)]
struct Deed {
    did: &'static str,
    output: Option<PathBuf>,
}

impl Deed {
    fn of(did: &'static str) -> Deed {
        Deed { did, output: None }
    }
}

impl<'s> Conversation<'s> {
    /// A conversation that nobody has said anything in.
    pub(crate) fn new(beginning: Beginning, screen: &'s mut dyn Screen) -> Conversation<'s> {
        let Beginning { mut wire, kept, pace, token, web, client, language } = beginning;
        wire.set_token(token.or_else(|| kept.known.token.clone()));
        let projects = vec![Project::default()];
        Conversation {
            wire,
            kept,
            pace,
            screen,
            web,
            client,
            language,
            projects,
            at: 0,
            said: Vec::new(),
            is_asking: false,
        }
    }

    /// Does what somebody says. What goes wrong is told and noted; only what ends the conversation is an error.
    pub(crate) async fn say_to(&mut self, line: &str) -> Result<Vec<Turn>, Trouble> {
        self.language =
            if line.chars().any(char::is_alphabetic) { Language::of(line) } else { self.language };
        let (meant, words) = self.addressed(line);
        let Some(meant) = meant else {
            self.said.clear();
            self.say(&Phrase::UnknownFilm);
            let reply = std::mem::take(&mut self.said);
            let (film, you) = (String::new(), line.to_owned());
            return Ok(vec![Turn {
                place: self.at,
                film,
                you,
                did: "asked",
                reply,
                output: None,
                error: None,
            }]);
        };
        let mut turns = Vec::new();
        for at in meant {
            turns.push(self.say_about(at, words).await?);
        }
        Ok(turns)
    }

    /// Does what somebody says of the film of this place among them.
    pub(crate) async fn say_about(&mut self, at: usize, words: &str) -> Result<Turn, Trouble> {
        self.at = at;
        if self.projects.len() > 1 {
            let name = format!("[{}] {}", at + 1, self.projects[at].talk.name);
            self.screen.say(&name);
        }
        self.turn(words).await
    }

    /// Whether a line ends the conversation.
    pub(crate) fn leaves(line: &str) -> bool {
        route(line) == Route::Leave
    }

    /// How to come back to the film that is spoken of, where there is one.
    pub(crate) fn come_back(&self) -> Option<String> {
        let talk = &self.project().talk;
        (!talk.name.is_empty()).then(|| Phrase::ComeBack(&talk.session).say(self.language))
    }

    /// What Ctrl-C leaves behind, as a sentence.
    pub(crate) fn left_behind(&self) -> String {
        let is_exporting = self.projects.iter().any(|project| project.talk.export.is_some());
        let phrase = match (is_exporting, self.is_asking) {
            (true, _) => Phrase::ExportGoesOn,
            (false, true) => Phrase::GoesOn,
            (false, false) => Phrase::Stopped,
        };
        phrase.say(self.language)
    }

    /// A sentence about what went wrong.
    pub(crate) fn told(&self, trouble: &Trouble) -> String {
        let register = self.register(trouble);
        phrases::trouble(trouble, self.wire.base(), register.as_deref(), self.language)
    }

    async fn turn(&mut self, words: &str) -> Result<Turn, Trouble> {
        self.said.clear();
        let film = self.project().talk.name.clone();
        let done = self.deed(words).await;
        self.screen.calm();
        let (deed, error) = match done {
            Ok(deed) => (deed, None),
            Err(Trouble::Stopped) => return Err(Trouble::Stopped),
            Err(trouble) => {
                let told = self.told(&trouble);
                self.line(&told);
                if self.project().talk.export.is_some() {
                    self.say(&Phrase::ExportGoesOn);
                }
                (Deed::of("failed"), Some(trouble.code()))
            }
        };
        let talk = self.project().talk.clone();
        self.remember(talk)?;
        let film = if film.is_empty() { self.project().talk.name.clone() } else { film };
        let reply = std::mem::take(&mut self.said);
        Ok(Turn {
            place: self.at,
            film,
            you: words.to_owned(),
            did: deed.did,
            reply,
            output: deed.output,
            error,
        })
    }

    async fn deed(&mut self, words: &str) -> Result<Deed, Trouble> {
        let mut message = sent::read(words);
        if !message.words.is_empty() {
            // Who names a film that is there speaks of it.
            let known = &self.project().sent;
            message.sent.retain(|one| !known.iter().any(|other| one.is(other)));
        }
        let is_word = !words.trim().contains(char::is_whitespace);
        if message.sent.is_empty() && is_word && sent::looks_like_media(words) {
            return Err(Trouble::File(format!("There is no file {}.", words.trim())));
        }
        if !message.sent.is_empty() {
            self.send(message.sent).await?;
            if message.words.is_empty() || route(&message.words) == Route::Upload {
                return Ok(Deed::of("uploaded"));
            }
        }
        match route(&message.words) {
            Route::Export(output) => self.export(&output).await,
            Route::Credits => self.credits().await,
            Route::State => self.status().await,
            Route::Upload => {
                self.say(&Phrase::WhichFile);
                Ok(Deed::of("asked"))
            }
            Route::Say { words, then } => {
                let deed = self.ask(&words).await?;
                match then {
                    Some(output) => self.export(&output).await,
                    None => Ok(deed),
                }
            }
            Route::Leave => Ok(Deed::of("left")),
        }
    }

    /// Remembers a conversation about a film as the newest.
    fn remember(&mut self, talk: Talk) -> Result<(), Trouble> {
        if talk.name.is_empty() { Ok(()) } else { self.kept.remember(talk) }
    }

    fn project(&self) -> &Project {
        &self.projects[self.at]
    }

    fn project_mut(&mut self) -> &mut Project {
        &mut self.projects[self.at]
    }

    fn names(&self) -> Vec<String> {
        self.projects.iter().map(|project| project.talk.name.clone()).collect()
    }

    fn say(&mut self, phrase: &Phrase<'_>) {
        self.line(&phrase.say(self.language));
    }

    fn line(&mut self, text: &str) {
        self.said.push(text.to_owned());
        self.screen.say(text);
    }
}

/// Where the state of a session stands.
fn state_of(session: &str) -> String {
    format!("api/state/nemo_agent/me/{session}/latest")
}
