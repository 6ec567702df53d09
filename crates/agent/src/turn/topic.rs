//! What a conversation is about just now, so that "make it red" and "a bit longer" find their object.

use timeline::{History, Timeline};

use crate::language::Language;
use crate::lexicon::Lexicon;
use crate::normal::{QUOTED, normal};
use crate::term::Term;
use crate::token::{Meaning, tokens};

/// What was spoken of last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Topic {
    /// The music, or nothing yet: what words without an object mean anyway.
    Music,
    Title,
}

impl Topic {
    /// What the last step was about.
    pub(super) fn of(history: &History) -> Topic {
        match history.past() {
            [.., before, now] if only_titles(&before.timeline, &now.timeline) => Topic::Title,
            _ => Topic::Music,
        }
    }

    /// A request with its object named, where it says something of it and names none.
    pub(super) fn completed(self, request: &str, lexicon: &Lexicon) -> Option<String> {
        let title = if Language::of(request).is_chinese() { "标题" } else { "the title " };
        // Of music these would be a mood.
        let request =
            request.replace("bigger", "larger").replace("big ", "larger ").replace("大一点", "字大一点");
        let fits = self == Topic::Title && tells_of_a_title(&request, lexicon);
        fits.then(|| format!("{title}{request}"))
    }
}

/// Whether two states differ in their titles and in nothing else.
fn only_titles(before: &Timeline, now: &Timeline) -> bool {
    let plain = |timeline: &Timeline| Timeline { titles: Vec::new(), ..timeline.clone() };
    before.titles != now.titles && !now.titles.is_empty() && plain(before) == plain(now)
}

/// Whether a request may be nothing but the words of a title: short, and without a verb or a measure of ours.
pub(super) fn could_be_words(request: &str, lexicon: &Lexicon) -> bool {
    let names = |meaning: Meaning| match meaning {
        Meaning::Term(term) => {
            matches!(
                term,
                Term::Genre(_) | Term::Occasion(_) | Term::Mood(_) | Term::Reference(_) | Term::Instrument(_)
            ) || matches!(term, Term::Film | Term::Start | Term::End | Term::And | Term::Whole | Term::Nth(_))
        }
        Meaning::Word | Meaning::Comma | Meaning::Stop | Meaning::Key(_) => true,
        // Somebody may quote it after all.
        Meaning::Quoted(_) => true,
        Meaning::Amount(_) | Meaning::Dash => false,
    };
    let cancels =
        ["never mind", "nevermind", "cancel", "forget it", "no title", "skip", "算了", "取消", "不用了"];
    let said = request.to_lowercase();
    !cancels.iter().any(|word| said.contains(word))
        && request.split_whitespace().count() <= 10
        && request.chars().any(char::is_alphanumeric)
        && tokens(&normal(request).text, lexicon).iter().all(|token| names(token.meaning))
}

/// Whether a request may be nothing but a time or a stretch: "the first 3 seconds", "0:05 to 0:08".
pub(super) fn could_be_times(request: &str, lexicon: &Lexicon) -> bool {
    let names = |meaning: Meaning| match meaning {
        Meaning::Term(term) => {
            matches!(term, Term::First | Term::Last | Term::From | Term::To | Term::Until | Term::Between)
                || matches!(term, Term::After | Term::Before | Term::Behind | Term::Start | Term::End)
                || matches!(term, Term::At | Term::And | Term::Half | Term::FirstHalf | Term::SecondHalf)
        }
        Meaning::Amount(_) | Meaning::Dash | Meaning::Comma | Meaning::Stop => true,
        _ => false,
    };
    let tokens = tokens(&normal(request).text, lexicon);
    !tokens.is_empty() && tokens.iter().all(|token| names(token.meaning))
}

/// Whether nothing in a request speaks of anything but a title, and something does.
fn tells_of_a_title(request: &str, lexicon: &Lexicon) -> bool {
    let text = normal(request).text;
    let quotes = text.contains(QUOTED);
    let mut told = false;
    for token in tokens(&text, lexicon) {
        match token.meaning {
            Meaning::Term(Term::Spot(_) | Term::Shade(_) | Term::Remove) | Meaning::Quoted(_) => told = true,
            Meaning::Term(Term::Larger | Term::Smaller | Term::Longer | Term::Shorter) => told = true,
            Meaning::Amount(_) => told = true,
            Meaning::Term(
                Term::Make
                | Term::Want
                | Term::Add
                | Term::Again
                | Term::Bit
                | Term::Touch
                | Term::Much
                | Term::From,
            )
            | Meaning::Term(
                Term::To | Term::Until | Term::At | Term::Start | Term::End | Term::First | Term::Last,
            )
            | Meaning::Term(Term::Inside | Term::For | Term::By | Term::Between | Term::And)
            | Meaning::Dash
            | Meaning::Comma
            | Meaning::Stop => {}
            // "Make it say ...", whatever the verb.
            Meaning::Word if quotes => {}
            _ => return false,
        }
    }
    told
}
