//! Sentences that are read: how far they are, and what came of them, as their events tell.

use serde_json::Value;
use shelf::{Job, Moment, RunState};

use super::desk::Sessions;
use super::handle::Handle;
use crate::mcp::desk::Answer;
use crate::mcp::local::film::alternatives;
use crate::mcp::refusal::Refusal;
use crate::mcp::shapes::work::{Outcome, Work};
use crate::server::dialect::errors::Problem;
use crate::server::dialect::event::AGENT;
use crate::server::house::refused;
use crate::server::workshop::rendering::{self, Look, Wish};
use crate::server::workshop::telling::EXPORT;

/// Events of a session that are looked through for those of a run.
const RECENT: u32 = 500;

/// What a run has told so far.
#[derive(Debug, Default)]
struct Told {
    reply: Option<String>,
    code: Option<u16>,
    /// Whether the session is another than before.
    changed: bool,
    /// The export that it promised.
    export: Option<String>,
    stage: String,
    percent: i64,
}

impl Told {
    fn hear(&mut self, event: &Value) {
        if event["author"] != AGENT {
            return;
        }
        let (part, state) = (&event["content"]["parts"][0], &event["actions"]["stateDelta"]);
        let progress = &state["temp:progress"];
        if let (Some(stage), Some(percent)) = (progress["stage"].as_str(), progress["percent"].as_i64()) {
            (self.stage, self.percent) = (stage.to_owned(), percent);
        }
        let answer = &part["functionResponse"];
        if answer["name"] == EXPORT {
            self.export = answer["response"]["id"].as_str().map(str::to_owned);
        }
        if event["turnComplete"] == true {
            self.reply = part["text"].as_str().map(str::to_owned);
            self.code = event["errorCode"].as_str().and_then(|code| code.parse().ok());
            self.changed = state["revision"].is_i64();
        }
    }

    fn outcome(&self) -> Result<Outcome, Refusal> {
        let reply = self.reply.clone().unwrap_or_default();
        match self.code {
            Some(code) => Err(Refusal { code, message: reply, retryable: code >= 5000 }),
            None => {
                let kind = if self.changed { "edited" } else { "answered" };
                Ok(Outcome { reply: Some(reply), kind: Some(kind.to_owned()), ..Outcome::default() })
            }
        }
    }
}

impl Sessions {
    /// How far a sentence is, and the film that is to be made after it.
    pub(super) async fn reading(&self, handle: &Handle, session: &str, run: &str) -> Answer<Work> {
        let (job, owner) = (handle.to_string(), self.caller.owner());
        let found = self.house.shelf.runs().find(owner, session, run).await.map_err(refused("job"))?;
        let told = self.told(session, run).await?;
        if found.state == RunState::Running {
            return Ok(Work::going(&job, session, told.percent, &told.stage));
        }
        let mut outcome = match told.outcome() {
            // Who lost a run had no last word.
            Ok(_) if told.reply.is_none() => Err(Refusal::broken()),
            outcome => outcome,
        };
        if let (Ok(outcome), Handle::Options { .. }) = (&mut outcome, handle) {
            outcome.alternatives = alternatives(&self.document(session).await?);
        }
        let outcome = match outcome {
            Ok(outcome) => outcome,
            Err(refusal) => return Ok(Work::ended(&job, session, &Err(refusal), 0)),
        };
        let film = match (&told.export, handle) {
            (Some(key), _) => Some(rendering::find(&self.house, owner, key, "export").await?),
            (None, Handle::Add { quality, target, .. }) if told.changed => {
                let look = Look {
                    quality: quality.map(|quality| quality.name().to_owned()),
                    target: *target,
                    ..Look::default()
                };
                let wish = Wish { asked: job.clone(), look, ..Wish::named_by(&format!("mcp {run}")) };
                if self.house.errands.is_called_off(run) {
                    return Ok(Work::ended(&job, session, &Err(Refusal::cancelled()), 0));
                }
                Some(self.film_after(session, &wish).await?)
            }
            _ => None,
        };
        Ok(match film {
            Some(film) => self.making(&job, &film, outcome),
            None => Work::ended(&job, session, &Ok(outcome), 0),
        })
    }

    /// The film that is made after a sentence; a handle can be made up, so only who may export has one begun.
    async fn film_after(&self, session: &str, wish: &Wish) -> Answer<Job> {
        let (house, owner) = (&self.house, self.caller.owner());
        if let Some(begun) = rendering::known(house, owner, session, &wish.key, &wish.asked).await? {
            return Ok(begun);
        }
        if self.caller.is_blocked() {
            return Err(Problem::PlanBlocked.into());
        }
        Ok(rendering::ask(house, owner, session, wish).await?)
    }

    async fn told(&self, session: &str, run: &str) -> Answer<Told> {
        let (events, owner) = (self.house.shelf.events(), self.caller.owner());
        let last = events.last(owner, session).await.map_err(refused("job"))?;
        let recent = events.after(owner, session, (last - i64::from(RECENT)).max(0), RECENT).await;
        let mut told = Told::default();
        for event in recent.map_err(refused("job"))?.iter().filter(|event| event.run.as_deref() == Some(run))
        {
            told.hear(&serde_json::from_str(&event.body).unwrap_or_default());
        }
        Ok(told)
    }

    /// Calls off what follows a sentence: the film, whether it is being made or not yet.
    pub(super) async fn leave(&self, session: &str, run: &str) -> Answer<()> {
        let (owner, jobs) = (self.caller.owner(), self.house.shelf.jobs());
        self.house.shelf.runs().find(owner, session, run).await.map_err(refused("job"))?;
        self.house.errands.call_off(run);
        let told = self.told(session, run).await?;
        let key = told.export.unwrap_or_else(|| Wish::named_by(&format!("mcp {run}")).key);
        if rendering::find(&self.house, owner, &key, "job").await.is_ok() {
            jobs.cancel(owner, &key, Moment::now()).await.map_err(refused("job"))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::server::dialect::event::Teller;
    use crate::server::workshop::telling;

    #[test]
    fn what_a_run_tells_is_heard() {
        let (teller, mut told) = (Teller::new("e-1"), Told::default());
        let mut hear = |event: &str| told.hear(&serde_json::from_str(event).unwrap());
        hear(&teller.said("make it louder and export it"));
        hear(&teller.progress("watch", 40));
        let (call, event) = teller.call(EXPORT, &json!({}));
        hear(&event);
        hear(&teller.answer(&call, EXPORT, &telling::exporting("render_1")));
        hear(&teller.last("It is louder.", json!({ "revision": 3 })));
        assert_eq!(
            (told.stage.as_str(), told.percent, told.export.as_deref()),
            ("watch", 40, Some("render_1"))
        );
        let outcome = told.outcome().unwrap();
        assert_eq!(
            (outcome.reply.as_deref(), outcome.kind.as_deref()),
            (Some("It is louder."), Some("edited"))
        );
    }

    #[test]
    fn a_run_that_failed_is_a_refusal() {
        let mut told = Told::default();
        told.hear(&serde_json::from_str(&Teller::new("e-1").failed("No.", 2001)).unwrap());
        assert_eq!(
            told.outcome().unwrap_err(),
            Refusal { code: 2001, message: "No.".into(), retryable: false }
        );
    }
}
