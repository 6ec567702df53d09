//! From a request to a plan: its tokens are resolved, then each of its parts is planned on what the part before left.

use crate::breaths;
use crate::correction::{corrected, says_no_more, without_mistaken};
use crate::edits::{self, Ground, Plan, plan, traded};
use crate::phrase::Phrase;
use crate::reading::Reader;
use crate::remark::Problem;
use crate::token::{Token, tokens};
use crate::wishes::{Verbs, Wishes};
use crate::{alike, frames, landmark, pieces, remainder, trade};

impl Reader<'_> {
    /// What a request in the normal way of writing wishes, and the plan for it; where it speaks of several pieces, one
    /// part after the other.
    pub(crate) fn planned(
        &self,
        text: &str,
        quoted: &[Option<String>],
        ground: Ground<'_>,
    ) -> Result<(Wishes, Plan), Problem> {
        let (tokens, mistaken) = without_mistaken(tokens(text, &self.lexicon), text);
        if mistaken && says_no_more(&tokens) {
            return Err(Problem::OtherThing);
        }
        let tokens = remainder::resolve(corrected(tokens));
        let tokens = pieces::resolve(tokens, text, ground.timeline, ground.library)?;
        let tokens = frames::resolve(tokens, text, ground.profile.frame)?;
        let tokens = landmark::resolve(tokens, text, ground.profile, ground.timeline)?;
        let (whole, tokens) = match self.between_pieces(&tokens, text, ground)? {
            Some((plan, rest)) if rest.is_empty() => {
                let verbs = Verbs { keep: plan.edits.is_empty(), ..Verbs::default() };
                return Ok((Wishes { verbs, ..Wishes::default() }, plan));
            }
            Some((plan, rest)) => (Some(plan), rest),
            None => (None, tokens),
        };
        let mut parts = breaths::parts(tokens, text).into_iter();
        let mut wishes = Wishes::of(Phrase::new(parts.next().unwrap_or_default()), text, quoted);
        let mut whole = match whole {
            Some(whole) => whole.then(&wishes, ground)?,
            None => plan(&wishes, ground)?,
        };
        for part in parts {
            wishes = Wishes::of(Phrase::new(part), text, quoted);
            whole = whole.then(&wishes, ground)?;
        }
        // What is added and taken away again in one breath is nothing.
        if whole.after == *ground.timeline {
            whole.edits.clear();
        }
        Ok((wishes, whole))
    }

    /// What pieces of music have to do with one another, "swap the two songs", and what else is said.
    fn between_pieces(
        &self,
        tokens: &[Token],
        text: &str,
        ground: Ground<'_>,
    ) -> Result<Option<(Plan, Vec<Token>)>, Problem> {
        if let Some(pieces) = trade::of(tokens, text, ground.timeline, ground.library) {
            return Ok(Some((traded(pieces, ground)?, breaths::behind_pieces(tokens))));
        }
        let Some(wish) = alike::of(tokens, text, ground.timeline) else { return Ok(None) };
        Ok(edits::alike(&wish, ground)?.map(|plan| (plan, breaths::behind_pieces(tokens))))
    }
}
