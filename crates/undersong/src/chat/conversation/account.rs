//! Who the program is at the server: token and session, and how lost ones are made up for.

use std::time::Duration;

use serde_json::{Value, json};

use super::Conversation;
use crate::chat::phrases::Phrase;
use crate::chat::sent::Sent;
use crate::chat::trouble::{Refusal, Trouble, code};
use crate::chat::wire::Wire;

impl Conversation<'_> {
    /// Gets a token where there is none.
    pub(super) async fn sign_in(&mut self) -> Result<(), Trouble> {
        if self.wire.has_token() {
            return Ok(());
        }
        let mut paused = false;
        loop {
            let client = self.client()?;
            match self.wire.introduce(&client).await {
                Ok(made) => return self.signed_in(&made),
                Err(trouble) if paused => return Err(trouble),
                Err(trouble) => match (trouble.refused(code::TOO_OFTEN), trouble.refused(code::NO_CLIENT)) {
                    (Some(refusal), _) => self.pause(refusal).await,
                    // The server does not take the name of this client: another one may do.
                    (_, Some(_)) => (self.client, self.kept.known.client) = (None, None),
                    _ => return Err(trouble),
                },
            }
            paused = true;
        }
    }

    fn signed_in(&mut self, made: &Value) -> Result<(), Trouble> {
        let text = |key: &str| made[key].as_str().map(str::to_owned);
        let token = text("token").ok_or(Trouble::Unreadable)?;
        self.wire.set_token(Some(token.clone()));
        (self.kept.known.token, self.kept.known.user) = (Some(token), text("user_id"));
        self.kept.save()
    }

    /// The name of this client: the user's, else one that is made up once and kept.
    fn client(&mut self) -> Result<String, Trouble> {
        if let Some(client) = self.client.clone().or_else(|| self.kept.known.client.clone()) {
            return Ok(client);
        }
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes)
            .map_err(|why| Trouble::File(format!("This machine gives no chance ({why}).")))?;
        let made: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        self.kept.known.client = Some(made.clone());
        self.kept.save()?;
        Ok(made)
    }

    /// Opens a session for the film that is spoken of.
    pub(super) async fn open(&mut self) -> Result<(), Trouble> {
        let language = if self.language.is_chinese() { "zh" } else { "en" };
        let body = json!({ "task_name": "project", "language": language });
        // The user's own token may be as old as the kept one.
        let mut renewals = 0;
        let made = loop {
            let made = self.wire.tell("api/tasks/me/with-session/nemo_agent", &body).await;
            match made {
                Err(trouble) if trouble.refused(code::TOKEN).is_some() && renewals < 2 => {
                    renewals += 1;
                    self.renew().await?;
                }
                made => break made?,
            }
        };
        let session = made["session_id"].as_str().ok_or(Trouble::Unreadable)?.to_owned();
        if let Some(user) = made["user_id"].as_str() {
            self.kept.known.user = Some(user.to_owned());
        }
        let talk = &mut self.project_mut().talk;
        (talk.session, talk.export) = (session, None);
        let talk = talk.clone();
        self.kept.save()?;
        self.remember(talk)
    }

    /// Asks something of the session. What can be mended is, once: a token or a session that is gone is replaced, and
    /// what came too often is asked again after a pause.
    pub(super) async fn with_session<T>(
        &mut self,
        ask: impl AsyncFn(&Wire, &str) -> Result<T, Trouble>,
    ) -> Result<T, Trouble> {
        let (mut opened, mut paused) = (false, false);
        if self.project().talk.session.is_empty() {
            self.open().await?;
        }
        loop {
            let session = self.project().talk.session.clone();
            let trouble = match ask(&self.wire, &session).await {
                Ok(told) => return Ok(told),
                Err(trouble) => trouble,
            };
            if let (Some(refusal), false) = (trouble.refused(code::TOO_OFTEN), paused) {
                paused = true;
                self.pause(refusal).await;
            } else if trouble.refused(code::TOKEN).is_some() && !opened {
                opened = true;
                self.renew().await?;
                self.begin_again().await?;
            } else if trouble.refused(code::SESSION).is_some() && !opened {
                opened = true;
                self.begin_again().await?;
            } else {
                return Err(trouble);
            }
        }
    }

    /// Another token in place of one that is not taken: the kept one after the user's own, else a new one.
    async fn renew(&mut self) -> Result<(), Trouble> {
        if self.wire.is(self.kept.known.token.as_deref()) {
            self.say(&Phrase::NewToken);
            self.kept.known.token = None;
        } else {
            self.say(&Phrase::TokenRefused);
        }
        self.wire.set_token(self.kept.known.token.clone());
        self.sign_in().await
    }

    /// A new session in place of one that is gone, with everything sent again.
    async fn begin_again(&mut self) -> Result<(), Trouble> {
        self.open().await?;
        self.say(&Phrase::NewSession);
        let sent: Vec<Sent> = std::mem::take(&mut self.project_mut().sent);
        for one in &sent {
            Box::pin(self.deliver(one)).await?;
        }
        self.project_mut().sent = sent;
        Ok(())
    }

    /// Waits as long as the server asks, or as long as is usual.
    async fn pause(&mut self, refusal: &Refusal) {
        let wait = refusal.wait.map_or(self.pace.retry, |wait| wait.min(self.pace.retry));
        self.say(&Phrase::Waiting(wait.as_secs().max(1)));
        tokio::time::sleep(wait.max(Duration::from_millis(1))).await;
    }

    /// Where somebody without an account of their own registers, as a refusal or the server's address says.
    pub(super) fn register(&self, trouble: &Trouble) -> Option<String> {
        let Trouble::Refused(refusal) = trouble else { return None };
        let user = refusal.data["user_id"].as_str().or(self.kept.known.user.as_deref())?;
        if !user.starts_with("anon_") {
            return None;
        }
        let told = refusal.data["register_url"].as_str().filter(|_| self.web.is_none()).map(str::to_owned);
        let web = self.web.as_deref().unwrap_or(self.wire.base()).trim_end_matches('/');
        Some(told.unwrap_or_else(|| format!("{web}/register?bind={user}")))
    }
}
