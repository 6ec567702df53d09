//! How a conversation begins, anew or where an earlier one stopped.

use super::{Conversation, Project, state_of};
use crate::chat::kept::Talk;
use crate::chat::phrases::Phrase;
use crate::chat::sent::Sent;
use crate::chat::tracks;
use crate::chat::trouble::Trouble;

impl Conversation<'_> {
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
    pub(crate) async fn resume(&mut self, session: Option<&str>) -> Result<(), Trouble> {
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
            return self.begin(Vec::new()).await;
        };
        let sent = talk.film.iter().filter(|film| film.is_file()).cloned().map(Sent::File).collect();
        let name = if talk.name.is_empty() { talk.session.clone() } else { talk.name.clone() };
        let pending = talk.export.clone();
        self.projects = vec![Project { talk, sent, is_delivered: false }];
        let draft = self.draft().await?;
        self.say(&Phrase::Resumed { name: &name });
        self.line(&tracks::summary(&draft));
        let Some(export) = pending else { return Ok(()) };
        if let Err(trouble) = self.fetch_export(&export).await {
            let told = self.told(&trouble);
            self.line(&told);
        }
        Ok(())
    }
}
