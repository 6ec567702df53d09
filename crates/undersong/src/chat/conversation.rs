//! A conversation with a server about one film or several: what somebody says, and what comes of it.

mod account;
mod asking;
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
use super::tracks;
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
    pub(crate) error: Option<i64>,
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
        Conversation { wire, kept, pace, screen, web, client, language, projects, at: 0, said: Vec::new() }
    }

    /// Says who is at the other end, and sends the films there are, each to a session of its own.
    pub(crate) async fn begin(&mut self, films: Vec<Vec<Sent>>) -> Result<(), Trouble> {
        self.say(&Phrase::SettingUp);
        self.sign_in().await?;
        self.open().await?;
        let ready = Phrase::Ready(self.wire.base()).say(self.language);
        self.line(&ready);
        let how = if films.is_empty() { Phrase::SendFilm } else { Phrase::SayWhat };
        for (at, sent) in films.into_iter().enumerate() {
            if at > 0 {
                self.projects.push(Project::default());
            }
            self.at = at;
            self.send(sent).await?;
        }
        self.at = 0;
        self.say(&how);
        if self.projects.len() > 1 {
            self.say(&Phrase::Films(&self.names()));
        }
        Ok(())
    }

    /// Goes on with an earlier conversation, or with the last one; fetches the film that nobody has fetched.
    pub(crate) async fn resume(
        &mut self,
        session: Option<&str>,
        more: Vec<Vec<Sent>>,
    ) -> Result<(), Trouble> {
        self.say(&Phrase::SettingUp);
        self.sign_in().await?;
        let talks = &self.kept.known.talks;
        let found = match session {
            Some(session) => talks.iter().find(|talk| talk.session == session).cloned(),
            None => talks.last().cloned(),
        };
        if let (None, Some(session)) = (&found, session) {
            // A session that only the server knows, or nobody.
            self.wire.look(&state_of(session)).await?;
        }
        let unknown = || session.map(|session| Talk { session: session.to_owned(), ..Talk::default() });
        let Some(talk) = found.or_else(unknown) else {
            self.say(&Phrase::NothingToResume);
            return self.begin(more).await;
        };
        let sent = talk.film.iter().filter(|film| film.is_file()).cloned().map(Sent::File).collect();
        let name = if talk.name.is_empty() { talk.session.clone() } else { talk.name.clone() };
        let pending = talk.export.clone();
        self.projects = vec![Project { talk, sent }];
        let draft = self.draft().await?;
        self.say(&Phrase::Resumed { name: &name });
        self.line(&tracks::summary(&draft));
        if let Some(export) = pending {
            self.fetch_export(&export).await?;
        }
        for sent in more {
            self.send(sent).await?;
        }
        Ok(())
    }

    /// Does what somebody says. What goes wrong is told and noted; only what ends the conversation is an error.
    pub(crate) async fn say_to(&mut self, line: &str) -> Result<Vec<Turn>, Trouble> {
        self.language =
            if line.chars().any(char::is_alphabetic) { Language::of(line) } else { self.language };
        let (meant, words) = self.addressed(line);
        let Some(meant) = meant else {
            self.say(&Phrase::UnknownFilm);
            return Ok(Vec::new());
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

    /// What Ctrl-C leaves behind, as a sentence.
    pub(crate) fn left_behind(&self) -> String {
        let exporting = self.projects.iter().any(|project| project.talk.export.is_some());
        let phrase = if exporting { Phrase::ExportGoesOn } else { Phrase::GoesOn };
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
                (Deed::of("failed"), Some(trouble.code()))
            }
        };
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
        let message = sent::read(words);
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

    /// Which films a line is for, and what it says of them; `None` where it names one that is not here.
    fn addressed<'l>(&self, line: &'l str) -> (Option<Vec<usize>>, &'l str) {
        let here = (Some(vec![self.at]), line.trim());
        if self.projects.len() < 2 {
            return here;
        }
        let Some((name, words)) = line.split_once([':', '：']) else { return here };
        let (name, words) = (name.trim(), words.trim());
        if matches!(name.to_lowercase().as_str(), "all" | "全部" | "所有") {
            return (Some((0..self.projects.len()).collect()), words);
        }
        if let Ok(number) = name.parse::<usize>() {
            let known = (1..=self.projects.len()).contains(&number);
            return (known.then(|| vec![number - 1]), words);
        }
        match self.projects.iter().position(|project| project.talk.name == name) {
            Some(at) => (Some(vec![at]), words),
            None => here,
        }
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
