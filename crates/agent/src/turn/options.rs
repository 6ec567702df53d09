//! Several pieces to choose from: "give me three options", `来三个方案`, and the choice among them.

use footage::Profile;
use score::{Brief, Mood};
use timeline::{Bed, Edit, History, Music, Timeline};

use super::Turn;
use crate::language::Language;
use crate::lexicon::Lexicon;
use crate::normal::normal;
use crate::number::{Amount, counted, whole};
use crate::reading::{Kind, Reader, Reading};
use crate::reply::Voice;
use crate::term::Term;
use crate::token::{Meaning, tokens};

/// How many are laid out where nobody said how many.
const USUAL: usize = 3;
/// The most that are laid out at a time.
const MOST: usize = 5;

/// How far the seeds of two pieces lie apart: the next one stands in for one that is taken.
pub(super) const APART: u64 = 1000;

/// What may be said around a choice and tells nothing more of it.
const AROUND: &str = "i i'll i'd i'd we we'll let's let take use pick choose select try play keep want like love prefer \
    go with the option version alternative one number no please is was sounds better best nicer more most that this \
    then now ok okay yes me give switch to show back and it fine good great instead";
/// The same in Chinese.
const AROUND_HAN: &str = "方案|选项|版本|版|个|首|种|号|第|选择|选用|选|用|要|就|那|这|我|更|最|喜欢|还是|好听|好|听|换成|换|到|吧|了|的|来|请|回";
/// Ordinals, by their number from 1.
const ORDINALS: [&str; MOST] =
    ["first|1st|former", "second|2nd|latter", "third|3rd", "fourth|4th", "fifth|5th"];

impl Reader<'_> {
    /// The same turn with several pieces to choose from, where that was wished: each is the same wish drawn anew, kept as
    /// a version, and the first of them plays. Where the film chose the genre, each has the next that suits it.
    pub(super) fn laid_out(
        &self,
        request: &str,
        turn: Turn,
        before: &Timeline,
        profile: &Profile,
        drawn: &dyn Fn(u64) -> Vec<Edit>,
    ) -> Turn {
        let Some(wanted) = wanted(request, &self.lexicon).filter(|_| turn.reading.kind == Kind::Edited)
        else {
            return turn;
        };
        let mut states = vec![turn.history.now().clone()];
        for n in 1..wanted.min(MOST) {
            let edits = drawn(n as u64);
            let state = edits.iter().try_fold(before.clone(), |state, edit| state.apply(edit));
            let state = state.ok().map(|state| self.of_another_genre(state, n, profile));
            states.extend(state.filter(|state| states.iter().all(|other| other.beds != state.beds)));
        }
        if states.len() < wanted.min(MOST) {
            return turn;
        }
        let Turn { mut reading, mut history } = turn;
        history.forget(is_option);
        let voice = Voice { language: reading.language, library: self.library, done: true };
        reading.options = (1..=states.len()).map(|n| voice.option(n)).collect();
        for (name, state) in reading.options.iter().zip(states) {
            history.keep(name, state);
        }
        let note = voice.options(&reading.options, wanted > MOST);
        reading.reply = voice.join(&[&reading.reply, &note]);
        reading.notes.push(note);
        Turn { reading, history }
    }

    /// The same state in the genre of this place, from 0, among those that suit what the film chooses for.
    fn of_another_genre(&self, state: Timeline, place: usize, profile: &Profile) -> Timeline {
        state.beds.iter().fold(state.clone(), |state, bed| {
            let Some(brief) = brief(bed).filter(|brief| leaves_open(brief)) else { return state };
            let near = self.library.near(brief.mood.unwrap_or_else(|| Mood::from(&profile.feeling)));
            let Some(genre) = near.get(place) else { return state };
            let brief = Box::new(Brief { genre: Some(genre.id.clone()), ..brief.clone() });
            state.apply(&Edit::Rescore { bed: bed.id, name: bed.name.clone(), brief }).unwrap_or(state)
        })
    }

    /// The turn of somebody who chooses among the pieces that were laid out.
    pub(super) fn chosen(&self, request: &str, history: &History) -> Option<Turn> {
        let Chosen { name, edits } = chosen(request, history)?;
        let language = Language::of(request);
        let voice = Voice { language, library: self.library, done: true };
        let mut after = history.clone();
        after.leave_open(None);
        let Some(reading) = self.done(edits, history.now(), language) else {
            return Some(Turn {
                reading: Reading::answered(voice.plays_already(&name), language),
                history: after,
            });
        };
        after.edit(request, &reading.edits).ok()?;
        let note = voice.chose(&name);
        let reply = voice.join(&[&reading.reply, &note]);
        Some(Turn { reading: Reading { reply, notes: vec![note], ..reading }, history: after })
    }
}

/// What a bed is composed to, if it is composed.
fn brief(bed: &Bed) -> Option<&Brief> {
    match &bed.music {
        Music::Composed(brief) => Some(brief),
        Music::Recording(_) => None,
    }
}

/// Whether nothing was wished that one genre could do and another not.
fn leaves_open(brief: &Brief) -> bool {
    let free = Brief {
        mood: brief.mood,
        hits: brief.hits.clone(),
        climax: brief.climax,
        breathing: brief.breathing,
        looping: brief.looping,
        seed: brief.seed,
        ..Brief::default()
    };
    *brief == free
}

/// How many pieces somebody wants to choose from; none where no choice is wanted.
fn wanted(request: &str, lexicon: &Lexicon) -> Option<usize> {
    let text = normal(request).text;
    let tokens = tokens(&text, lexicon);
    let at = tokens.iter().position(|token| token.meaning == Meaning::Term(Term::Options))?;
    let told = tokens[..at].iter().rev().take(2).find_map(|token| match token.meaning {
        Meaning::Amount(Amount::Number(n)) => Some(n as usize),
        _ => None,
    });
    let told = told.or_else(|| counted(&text)).filter(|n| *n > 0);
    let denied = at > 0 && matches!(tokens[at - 1].meaning, Meaning::Term(Term::Not | Term::Without));
    (!denied).then(|| told.unwrap_or(USUAL).max(2))
}

/// A piece that somebody chose: its name, and the edits that put it where the present one is. How loud it is and where it
/// plays stays.
#[derive(Clone, Debug, PartialEq)]
struct Chosen {
    name: String,
    edits: Vec<Edit>,
}

/// The choice that a request makes among the pieces that were laid out; none where it says something else.
fn chosen(request: &str, history: &History) -> Option<Chosen> {
    let laid: Vec<(&str, &Timeline)> = history
        .names()
        .filter(|name| is_option(name))
        .filter_map(|name| Some((name, history.version(name)?)))
        .collect();
    let text = normal(request).text;
    let named = text.contains("option") || text.contains("方案");
    let plays = |(_, state): &(&str, &Timeline)| briefs(state) == briefs(history.now());
    if laid.is_empty() || !named && !laid.iter().any(plays) {
        return None;
    }
    let n = number(&text, laid.len())?;
    let (name, state) = laid.iter().find(|(name, _)| name.ends_with(&n.to_string()))?;
    let now = history.now();
    let edits = state.beds.iter().filter(|bed| now.bed(bed.id).is_some_and(|other| other.music != bed.music));
    let edits = edits.filter_map(|bed| {
        let brief = Box::new(brief(bed)?.clone());
        Some(Edit::Rescore { bed: bed.id, name: bed.name.clone(), brief })
    });
    Some(Chosen { name: (*name).to_owned(), edits: edits.collect() })
}

/// What plays in a state.
fn briefs(state: &Timeline) -> Vec<(u32, &Music)> {
    state.beds.iter().map(|bed| (bed.id, &bed.music)).collect()
}

fn is_option(name: &str) -> bool {
    let number = name.strip_prefix("option ").or(name.strip_prefix("方案"));
    number.is_some_and(|number| number.parse::<usize>().is_ok())
}

/// The number of a choice among so many, where a request says nothing else.
fn number(text: &str, of: usize) -> Option<usize> {
    let plain = AROUND_HAN.split('|').fold(text.to_owned(), |text, word| text.replace(word, " "));
    let words = plain.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|word| !word.is_empty());
    let mut numbers = words.filter(|word| !AROUND.split_whitespace().any(|known| known == *word));
    let (number, more) = (numbers.next()?, numbers.next());
    if more.is_some() {
        return None;
    }
    let ordinal = ORDINALS.iter().position(|names| names.split('|').any(|name| name == number));
    let last = || ["last", "最后一", "最后"].contains(&number).then_some(of);
    ordinal.map(|place| place + 1).or_else(|| whole(number)).or_else(last)
}
