//! `undersong chat`: a conversation in the terminal, or a script's.

use std::io::{BufRead, IsTerminal, stdin, stdout};
use std::path::Path;
use std::time::Duration;

use agent::Language;
use clap::Args;
use rustyline::DefaultEditor;
use rustyline::error::ReadlineError;
use serde_json::json;
use tokio::runtime::{Builder, Runtime};

use super::ending::Ending;
use super::{Done, output, stopping};
use crate::chat::conversation::{Beginning, Conversation, Turn};
use crate::chat::kept::Kept;
use crate::chat::pace::Pace;
use crate::chat::screen::{Terminal, harmless};
use crate::chat::sent::{Sent, looks_like_media, opens_a_film};
use crate::chat::trouble::Trouble;
use crate::chat::wire::{Attribution, Wire};

const EXAMPLES: &str = "\
Examples:
  undersong chat film.mp4
  undersong chat a.mp4 \"calm piano\" b.mp4 \"retro chiptune\"    each film with its own wish, made and fetched
  undersong chat --resume";

/// How often a waiting conversation looks whether somebody wants to leave it.
const GLANCE: Duration = Duration::from_millis(50);

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Chat {
    /// Films, pictures, sound or addresses to begin with; a sentence after one says what is wanted of it
    #[arg(value_name = "FILE", conflicts_with = "resume")]
    wanted: Vec<String>,
    /// The server [default: NEMO_API_URL, or http://127.0.0.1:8787]
    #[arg(long, value_name = "URL")]
    api: Option<String>,
    /// Go on with the last conversation, or with the one of this session
    #[arg(long, value_name = "SESSION", num_args = 0..=1, require_equals = true, default_missing_value = "")]
    resume: Option<String>,
    /// Answer with one JSON document at the end
    #[arg(long)]
    pub(crate) json: bool,
}

/// A film with what is wanted of it.
#[derive(Debug, Default, PartialEq)]
struct Wish {
    sent: Vec<Sent>,
    sentences: Vec<String>,
}

/// Holds the conversation.
pub(crate) fn run(wanted: &Chat) -> Done {
    let wishes = read(&wanted.wanted).map_err(Ending::Usage)?;
    let runtime = Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|why| Ending::Failed(format!("This machine is too busy ({why}).")))?;
    let mut screen = Terminal::new(wanted.json);
    let talk = Conversation::new(beginning(wanted).map_err(Ending::Usage)?, &mut screen);
    let mut holder = Holder { runtime, talk, turns: Vec::new() };
    let films: Vec<Vec<Sent>> = wishes.iter().map(|wish| wish.sent.clone()).collect();
    match &wanted.resume {
        Some(session) => {
            let session = Some(session.as_str()).filter(|session| !session.is_empty());
            holder.wait(async |talk| talk.resume(session).await)?;
        }
        None => holder.wait(async |talk| talk.begin(films).await)?,
    }
    let asked = wishes.iter().any(|wish| !wish.sentences.is_empty());
    if asked {
        holder.batch(&wishes)?;
    } else if stdin().is_terminal() && stdout().is_terminal() && !wanted.json {
        return holder.talk();
    } else {
        holder.listen(wanted.json)?;
    }
    holder.end(wanted.json)
}

/// Films and pictures with the sentences behind them.
fn read(wanted: &[String]) -> Result<Vec<Wish>, String> {
    let mut wishes: Vec<Wish> = Vec::new();
    for text in wanted {
        match (Sent::of(text), wishes.last_mut()) {
            (Some(sent), Some(wish)) if wish.sentences.is_empty() && !opens_a_film(&wish.sent, &sent) => {
                wish.sent.push(sent)
            }
            (Some(sent), _) => wishes.push(Wish { sent: vec![sent], sentences: Vec::new() }),
            (None, _) if looks_like_media(text) && !text.contains(' ') => {
                return Err(format!("There is no file {text}."));
            }
            (None, Some(wish)) => wish.sentences.push(text.clone()),
            (None, None) => {
                return Err(format!("Name a film before what is wanted of it: \"{text}\" is no file."));
            }
        }
    }
    Ok(wishes)
}

fn beginning(wanted: &Chat) -> Result<Beginning, String> {
    let said = |name: &str| std::env::var(name).ok().filter(|value| !value.trim().is_empty());
    let api = wanted.api.clone().or_else(|| said("NEMO_API_URL"));
    let source = said("SKILL_SOURCE").unwrap_or_else(|| "undersong-chat".to_owned());
    let attribution = Attribution { source, platform: platform() };
    let wire = Wire::new(api.as_deref().unwrap_or("http://127.0.0.1:8787"), attribution)?;
    let folder = Kept::folder()
        .ok_or("There is no home folder here to remember the conversation in; set XDG_CONFIG_HOME.")?;
    let kept = Kept::open(&folder, wire.base());
    let spoken = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(said).unwrap_or_default();
    let language = if spoken.starts_with("zh") { Language::Simplified } else { Language::English };
    Ok(Beginning {
        wire,
        kept,
        pace: Pace::USUAL,
        token: said("NEMO_TOKEN"),
        web: said("NEMO_WEB_URL"),
        client: said("NEMO_CLIENT_ID"),
        language,
    })
}

/// What installed the program, as its folder tells.
fn platform() -> &'static str {
    let place = std::env::current_exe().unwrap_or_default();
    let within = |sign: &str| place.iter().any(|part| Path::new(part) == Path::new(sign));
    match () {
        () if within(".openclaw") || within("clawhub") => "clawhub",
        () if within(".cursor") => "cursor",
        () if within(".claude") => "claude_code",
        () => "terminal",
    }
}

/// Holds a conversation, one sentence after the other.
struct Holder<'s> {
    runtime: Runtime,
    talk: Conversation<'s>,
    turns: Vec<Turn>,
}

impl<'s> Holder<'s> {
    /// Waits for something, unless somebody presses Ctrl-C; what goes wrong ends the program.
    fn wait<T>(
        &mut self,
        work: impl AsyncFnOnce(&mut Conversation<'s>) -> Result<T, Trouble>,
    ) -> Result<T, Ending> {
        let done = self.runtime.block_on(async {
            tokio::select! {
                done = work(&mut self.talk) => done,
                () = asked_to_stop() => Err(Trouble::Stopped),
            }
        });
        done.map_err(|trouble| match trouble {
            Trouble::Stopped => Ending::Left(self.talk.left_behind()),
            trouble => Ending::Refused {
                message: harmless(&self.talk.told(&trouble)),
                code: trouble.code(),
                retryable: trouble.is_passing(),
            },
        })
    }

    fn say(&mut self, line: &str) -> Result<(), Ending> {
        let turns = self.wait(async |talk| talk.say_to(line).await)?;
        self.turns.extend(turns);
        Ok(())
    }

    /// Sentences typed at a terminal.
    fn talk(mut self) -> Done {
        let mut editor = DefaultEditor::new()
            .map_err(|why| Ending::Failed(format!("This terminal cannot be read ({why}).")))?;
        loop {
            match editor.readline("> ") {
                Ok(line) if line.trim().is_empty() => {}
                Ok(line) if Conversation::leaves(&line) => return self.leave(),
                Ok(line) => {
                    let _ = editor.add_history_entry(&line);
                    self.say(&line)?;
                }
                Err(ReadlineError::Eof | ReadlineError::Interrupted) => return self.leave(),
                Err(why) => return Err(Ending::Failed(format!("This terminal cannot be read ({why})."))),
            }
        }
    }

    /// Says how to come back.
    fn leave(self) -> Done {
        self.talk.come_back().map_or(Ok(()), |how| output::text(&format!("{how}\n")))
    }

    /// Sentences from a file or another program, a line each.
    fn listen(&mut self, json: bool) -> Done {
        while let Some(line) = said()? {
            if Conversation::leaves(&line) {
                break;
            }
            if !line.trim().is_empty() {
                if !json {
                    output::text(&format!("> {line}\n"))?;
                }
                self.say(&line)?;
            }
        }
        Ok(())
    }

    /// Every film with its own sentences; each is made and fetched.
    fn batch(&mut self, wishes: &[Wish]) -> Done {
        for (at, wish) in wishes.iter().enumerate() {
            let sentences = wish.sentences.iter().map(String::as_str);
            for sentence in sentences.chain((!wish.sentences.is_empty()).then_some("export")) {
                // The last sentence may have asked for the film already.
                let last = self.turns.last().filter(|turn| turn.place == at);
                if sentence == "export"
                    && last.is_some_and(|turn| turn.did == "exported" || turn.error.is_some())
                {
                    continue;
                }
                let turn = self.wait(async |talk| talk.say_about(at, sentence).await)?;
                self.turns.push(turn);
            }
        }
        Ok(())
    }

    /// Tells a script all of it; whatever was not done makes the end a failure.
    fn end(mut self, json: bool) -> Done {
        if json {
            let films = self.wait(async |talk| Ok(talk.films().await))?;
            output::document(&json!({ "turns": self.turns, "films": films }))?;
        }
        let failed = self.turns.iter().filter(|turn| turn.error.is_some()).count();
        match failed {
            0 => Ok(()),
            _ => Err(Ending::Failed(format!("{failed} of {} requests could not be done.", self.turns.len()))),
        }
    }
}

/// The next line of standard input; nobody waits for it who was asked to stop.
fn said() -> Result<Option<String>, Ending> {
    let read = stopping::unless_asked(|| {
        let mut line = Vec::new();
        stdin().lock().read_until(b'\n', &mut line).map(|read| (read > 0).then_some(line))
    });
    let read = read?.map_err(|why| Ending::Failed(format!("What was said cannot be read ({why}).")))?;
    Ok(read.map(|line| String::from_utf8_lossy(&line).trim().to_owned()))
}

async fn asked_to_stop() {
    while !stopping::asked() {
        tokio::time::sleep(GLANCE).await;
    }
}
