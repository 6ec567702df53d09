//! Advice of a language model: when it is asked for, and what becomes of it.

use agent::{Kind, Reading};
use llm::{Model, ModelError, Question, When};
use timeline::Edit;

use crate::Fault;
use crate::stage::{Stage, Stopwatch};

/// Who read a request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ReadBy {
    /// The built-in reader.
    #[default]
    Reader,
    /// A language model.
    Model,
}

impl ReadBy {
    /// Its name in reports: `reader`, `model`.
    pub fn name(self) -> &'static str {
        match self {
            ReadBy::Reader => "reader",
            ReadBy::Model => "model",
        }
    }
}

/// Whether a model is to be asked beside this reading: never where nothing is to change but the place in the history,
/// where the state is asked for, or where a film is to be made.
pub(crate) fn is_wanted(model: &Model, reading: &Reading) -> bool {
    let always = model.when() == When::Always && reading.kind == Kind::Edited;
    let other = reading.through_history || reading.wants_film || reading.kind == Kind::Exported;
    !other && (reading.unsure || always)
}

/// What comes of a model's advice, by `follow`; or why the built-in reader's answer stands, in a sentence.
///
/// # Errors
/// A [`Fault`] only where the job is to stop: no model can make a job fail.
pub(crate) fn sought<T>(
    model: &Model,
    question: &Question<'_>,
    watch: &mut Stopwatch<'_>,
    follow: impl FnOnce(Vec<Edit>) -> Option<T>,
) -> Result<Result<T, String>, Fault> {
    let stands = |why: &str| format!("The built-in reader read the request, for {why}.");
    match watch.run(Stage::Ask, |progress| model.edits(question, progress)) {
        Ok(edits) => {
            Ok(follow(edits).ok_or_else(|| stands("the language model's edits do not fit the film")))
        }
        Err(ModelError::Cancelled) => Err(Fault::Cancelled),
        Err(why) => Ok(Err(stands(&why.to_string()))),
    }
}
