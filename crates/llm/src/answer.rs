//! What a model answered: its edits, as far as they may be its.

use agent::{Language, MOST_EDITS};
use score::{Brief, Mood, Take, Taken};
use serde::Deserialize;
use serde_json::{Value, json};
use sound::Time;
use timeline::{Edit, Music};

use crate::measure::{Measure, Way};
use crate::{ModelError, Question};

/// The most moments of a brief.
const MOST_HITS: usize = 200;

/// The argument of the function.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Argument {
    edits: Vec<Edit>,
}

/// The edits in the argument of a call: held against the schema that was sent, with times as ours, with our names and our
/// chance.
///
/// # Errors
/// [`ModelError::Invalid`] for everything if anything is not as the schema has it.
pub(crate) fn edits(
    mut argument: Value,
    schema: &Value,
    question: &Question<'_>,
) -> Result<Vec<Edit>, ModelError> {
    // Some servers hand the argument on as the text it was written as.
    if let Value::String(text) = &argument {
        argument = serde_json::from_str(text).map_err(|_| ModelError::Unreadable)?;
    }
    Measure { root: schema, way: Way::ToTicks }.take(&mut argument, schema)?;
    if let Some(edits) = argument["edits"].as_array_mut() {
        if edits.len() > MOST_EDITS {
            return Err(ModelError::Invalid);
        }
        edits.iter_mut().for_each(complete);
    }
    let Argument { mut edits } = serde_json::from_value(argument).map_err(|_| ModelError::Invalid)?;
    edits.iter_mut().try_for_each(|edit| own(edit, question))?;
    Ok(edits)
}

/// Adds the fields that the schema left out and an edit must have; they get their values later.
fn complete(edit: &mut Value) {
    for (place, name, value) in
        [("/add-bed", "name", json!("")), ("/rescore", "name", json!("")), ("/retake/take", "seed", json!(0))]
    {
        if let Some(fields) = edit.pointer_mut(place).and_then(Value::as_object_mut) {
            fields.insert(name.into(), value);
        }
    }
}

/// Gives an edit our names and our chance.
fn own(edit: &mut Edit, question: &Question<'_>) -> Result<(), ModelError> {
    let name = |brief: &Brief| {
        let language = Language::of(question.request);
        agent::music_name(brief, question.library, language)
    };
    match edit {
        Edit::AddBed { name: called, music: Music::Composed(brief), .. } => {
            settle(brief, None, question)?;
            *called = name(brief);
        }
        Edit::Rescore { bed, name: called, brief } => {
            let old = question.timeline.bed(*bed).and_then(|bed| match &bed.music {
                Music::Composed(brief) => Some(&**brief),
                Music::Recording(_) => None,
            });
            settle(brief, old.filter(|old| old.genre == brief.genre), question)?;
            *called = name(brief);
        }
        // Nobody told it where the sections lie.
        Edit::Retake { take: Take { of: Taken::Section(_), .. }, .. } => return Err(ModelError::Invalid),
        Edit::Retake { take, .. } => take.seed = question.seed,
        // The schema has none of these; should it ever, they still stay out.
        Edit::AddBed { .. }
        | Edit::AddClip { .. }
        | Edit::ReplaceClip { .. }
        | Edit::Lock { locked: false, .. } => return Err(ModelError::Invalid),
        _ => {}
    }
    Ok(())
}

/// Sees to it that a brief can be composed; music of the same genre as before stays the same piece.
fn settle(brief: &mut Brief, old: Option<&Brief>, question: &Question<'_>) -> Result<(), ModelError> {
    let known = |id: &String| question.library.find(id).is_some();
    let tempo = brief.tempo_bpm.is_none_or(|bpm| Brief::TEMPOS_BPM.contains(&bpm));
    let film = Time::ZERO..=question.timeline.length();
    let inside = brief.hits.iter().chain(&brief.climax).all(|at| film.contains(at));
    if !brief.genre.as_ref().is_none_or(known) || !tempo || !inside || brief.hits.len() > MOST_HITS {
        return Err(ModelError::Invalid);
    }
    brief.mood = brief.mood.map(|mood| Mood::new(mood.valence, mood.arousal));
    brief.hits.sort_unstable();
    brief.hits.dedup();
    (brief.seed, brief.takes, brief.like) = match old {
        Some(old) => (old.seed, old.takes.clone(), old.like),
        None => (question.seed, Vec::new(), None),
    };
    Ok(())
}
