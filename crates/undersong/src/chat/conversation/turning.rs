//! A message to the agent, and its stream of events.

use reqwest::Response;
use serde_json::{Value, json};
use tokio::time::{Instant, sleep, sleep_until};

use super::{Conversation, Deed};
use crate::chat::events::{Events, Heard};
use crate::chat::gui::{self, Wish, translate};
use crate::chat::phrases::Phrase;
use crate::chat::reply::{News, Reply};
use crate::chat::routing::Output;
use crate::chat::tracks;
use crate::chat::trouble::Trouble;

/// How often a stream that broke off is taken up again.
const RESUMPTIONS: usize = 20;
/// How often the program looks for what a server has done that ended without a word, and for what one goes on with whose
/// stream broke off.
const LOOKS: usize = 3;
const LONG_LOOKS: usize = 30;

/// How a stream ended.
enum Ended {
    /// With the last event of the run.
    Whole,
    /// As streams end, without that.
    Closed,
    /// In the middle.
    Broken,
}

/// A message on its way through the agent.
struct Run {
    reply: Reply,
    /// What the paragraph holds that is being said.
    said: String,
    wishes: Vec<Wish>,
    /// The number of the last event.
    number: Option<String>,
    ended: Ended,
    /// When nobody waits any longer.
    late: Instant,
}

impl Run {
    fn new(late: Instant) -> Run {
        let (reply, wishes) = (Reply::default(), Vec::new());
        Run { reply, said: String::new(), wishes, number: None, ended: Ended::Closed, late }
    }
}

impl Conversation<'_> {
    /// Says something to the agent, shows what it answers, and does what it would have buttons pressed for.
    pub(super) async fn ask(&mut self, words: &str) -> Result<Deed, Trouble> {
        let before = self.draft().await?;
        let heard = self.listen(words).await?;
        if let Some(refusal) = heard.reply.refusal() {
            return Err(refusal.into());
        }
        let broke_off = matches!(heard.ended, Ended::Broken);
        let after = match heard.reply.is_empty() || broke_off {
            true => self.settled(&before, &heard.ended).await?,
            false => self.draft().await?,
        };
        let changed = before["t"] != after["t"];
        if heard.reply.is_empty() {
            self.report(&before, &after);
        } else if broke_off {
            self.say(&Phrase::BrokeOff);
            self.line(&tracks::summary(&after));
        }
        self.project_mut().is_delivered &= !changed;
        let deed = Deed::of(if changed { "edited" } else { "answered" });
        self.grant(heard.wishes, &after, deed).await
    }

    /// Sends the message once, and shows all of the answer.
    async fn listen(&mut self, words: &str) -> Result<Run, Trouble> {
        let message = json!({ "role": "user", "parts": [{ "text": words }] });
        let body = |session: &str| {
            json!({
                "app_name": "nemo_agent", "user_id": "me", "session_id": session, "new_message": message, "streaming": false,
            })
        };
        self.screen.meter(&Phrase::Working.say(self.language))(None);
        let mut run = Run::new(Instant::now() + self.pace.patience);
        self.is_asking = true;
        let stream =
            self.with_session(async |wire, session| wire.stream("run_sse", &body(session), None).await).await;
        match stream {
            // The message may have been heard: it is not sent again.
            Err(Trouble::Cut(_)) => run.ended = Ended::Broken,
            stream => self.hear(stream?, &mut run).await?,
        }
        self.take_up(&mut run).await?;
        if let Some(rest) = run.reply.rest() {
            self.pass(rest, &mut run);
        }
        if !run.said.is_empty() {
            self.screen.tell("", true);
            self.said.push(std::mem::take(&mut run.said));
        }
        self.screen.calm();
        self.is_asking = false;
        Ok(run)
    }

    /// Takes a stream up again that broke off, without saying anything again. Only a server that numbers its events does that.
    async fn take_up(&mut self, run: &mut Run) -> Result<(), Trouble> {
        let session = self.project().talk.session.clone();
        let body = json!({ "app_name": "nemo_agent", "user_id": "me", "session_id": session });
        for _ in 0..RESUMPTIONS {
            let (Ended::Broken, Some(after)) = (&run.ended, run.number.clone()) else { return Ok(()) };
            sleep(self.pace.look).await;
            match self.wire.stream("run_sse", &body, Some(&after)).await {
                Ok(stream) => self.hear(stream, run).await?,
                Err(Trouble::Unreachable(_) | Trouble::Cut(_)) => continue,
                // It knows nothing of it any more: the state tells.
                Err(_) => return Ok(()),
            }
            if run.number.as_ref() == Some(&after) {
                return Ok(());
            }
        }
        Ok(())
    }

    /// Reads a stream to its end.
    async fn hear(&mut self, mut stream: Response, run: &mut Run) -> Result<(), Trouble> {
        let mut events = Events::default();
        let mut word = Instant::now() + self.pace.word;
        while !run.reply.is_whole() {
            let bytes = tokio::select! {
                bytes = stream.chunk() => bytes,
                () = sleep_until(run.late) => return Err(Trouble::Late),
                () = sleep_until(word) => {
                    word += self.pace.word;
                    self.screen.say(&Phrase::StillWorking.say(self.language));
                    continue;
                }
            };
            run.ended = match bytes {
                Ok(Some(bytes)) => {
                    self.take(events.feed(&bytes), run);
                    continue;
                }
                // A numbered run has a last event: without it, the connection was cut.
                Ok(None) if run.number.is_none() => Ended::Closed,
                Ok(None) | Err(_) => Ended::Broken,
            };
            return Ok(());
        }
        run.ended = Ended::Whole;
        Ok(())
    }

    fn take(&mut self, heard: Vec<Heard>, run: &mut Run) {
        for heard in heard {
            match heard {
                Heard::Event(event) => {
                    if let Some(news) = run.reply.take(&event) {
                        self.pass(news, run);
                    }
                }
                Heard::Number(told) => run.number = Some(told),
                Heard::Heartbeat => {}
            }
        }
    }

    /// Shows what is new, without its buttons.
    fn pass(&mut self, news: News, run: &mut Run) {
        match news {
            News::Progress { stage, done } => {
                let stage = Phrase::Stage(&stage).say(self.language);
                self.screen.meter(&stage)(done);
            }
            News::Words { text, ends } => {
                let translated = translate(&text);
                translated.wishes.into_iter().for_each(|wish| gui::add(&mut run.wishes, wish));
                let gap = if run.said.is_empty() || run.said.ends_with('\n') { "" } else { " " };
                let piece = format!("{gap}{}", translated.text);
                if !translated.text.is_empty() || (ends && !gap.is_empty()) {
                    self.screen.tell(piece.trim_end(), ends);
                    run.said.push_str(piece.trim_end());
                }
                if ends && !run.said.is_empty() {
                    self.said.push(std::mem::take(&mut run.said));
                }
            }
        }
    }

    /// Does what buttons would have done.
    async fn grant(&mut self, wishes: Vec<Wish>, draft: &Value, deed: Deed) -> Result<Deed, Trouble> {
        let mut deed = deed;
        for wish in wishes {
            match wish {
                Wish::Export => deed = Box::pin(self.export(&Output::default())).await?,
                Wish::Offer => self.say(&Phrase::SayExport),
                Wish::Tracks => self.line(&tracks::summary(draft)),
                Wish::Edit(words) => {
                    // What its answer would have dragged is not dragged: that may go on for ever.
                    let heard = self.listen(&words).await?;
                    if let Some(refusal) = heard.reply.refusal() {
                        return Err(refusal.into());
                    }
                    deed = Deed::of("edited");
                }
            }
        }
        Ok(deed)
    }

    /// The draft after a run that ended without a word: what a server does may show a little later.
    async fn settled(&mut self, before: &Value, ended: &Ended) -> Result<Value, Trouble> {
        let looks = if matches!(ended, Ended::Broken) { LONG_LOOKS } else { LOOKS };
        let mut after = self.draft().await?;
        for _ in 1..looks {
            if before["t"] != after["t"] {
                break;
            }
            sleep(self.pace.look).await;
            after = self.draft().await?;
        }
        Ok(after)
    }

    /// What is other than before, where the server did not say.
    fn report(&mut self, before: &Value, after: &Value) {
        let changes = tracks::changes(before, after, self.language);
        match changes.is_empty() {
            true => self.say(&Phrase::NothingChanged),
            false => {
                self.say(&Phrase::NothingSaid);
                changes.iter().for_each(|change| self.line(change));
            }
        }
    }
}
