//! What the server is asked without the agent: the state, and what is left.

use serde_json::{Value, json};

use super::{Conversation, Deed, state_of};
use crate::chat::phrases::Phrase;
use crate::chat::tracks;
use crate::chat::trouble::Trouble;

impl Conversation<'_> {
    /// Every film with its session and its tracks as they stand, for scripts.
    pub(crate) async fn films(&mut self) -> Vec<Value> {
        let mut films = Vec::new();
        for at in 0..self.projects.len() {
            self.at = at;
            let draft = self.draft().await.unwrap_or_default();
            let talk = &self.projects[at].talk;
            films.push(json!({
                "film": talk.name,
                "session_id": talk.session,
                "timeline": tracks::summary(&draft),
            }));
        }
        films
    }

    /// Says what is left.
    pub(super) async fn credits(&mut self) -> Result<Deed, Trouble> {
        let told = self.with_session(async |wire, _| wire.look("api/credits/balance/simple").await).await?;
        let count = |key: &str| told[key].as_i64();
        let available = count("available").ok_or(Trouble::Unreadable)?;
        let (frozen, total) = (count("frozen").unwrap_or(0), count("total").unwrap_or(available));
        self.say(&Phrase::Credits { available, frozen, total });
        Ok(Deed::of("credits"))
    }

    /// Shows the tracks.
    pub(super) async fn status(&mut self) -> Result<Deed, Trouble> {
        let draft = self.draft().await?;
        self.line(&tracks::summary(&draft));
        Ok(Deed::of("status"))
    }

    /// The session's draft as it stands.
    pub(super) async fn draft(&mut self) -> Result<Value, Trouble> {
        let state = self.with_session(async |wire, session| wire.look(&state_of(session)).await).await?;
        Ok(state["state"]["draft"].clone())
    }
}
