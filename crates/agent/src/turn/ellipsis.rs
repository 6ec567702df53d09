//! What goes on with the wish before: "and the trumpet too", "no, only five", "not that much", "4 seconds".

use std::mem::discriminant;

use timeline::{Edit, History, Look, Timeline};

use super::travel::written;
use crate::language::Language;
use crate::lexicon::Lexicon;
use crate::normal::{Normal, normal};
use crate::number::Amount;
use crate::term::{PictureWord, Term};
use crate::token::{Meaning, Token, tokens};

/// The wish before, said of something else or with another figure.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Amended {
    pub(super) request: String,
    /// Whether it takes the place of what was done.
    pub(super) instead: bool,
}

/// Words that lead a figure which takes the place of another.
const INSTEAD: [&str; 13] = [
    "no",
    "only",
    "just",
    "make that",
    "i meant",
    "i mean",
    "rather",
    "sorry",
    "actually",
    "不",
    "不对",
    "我是说",
    "应该是",
];
/// Words that say that something is to be done once more, to something else.
const BESIDE: [&str; 8] = ["and", "also", "too", "as well", "the same for", "same for", "也", "还有"];
/// Words that take back a part of what was done.
const LESS: [&str; 17] = [
    "not that much",
    "not so much",
    "not quite that much",
    "too much",
    "that's too much",
    "that is too much",
    "a bit too much",
    "a little too much",
    "less",
    "a bit less",
    "a little less",
    "not that loud",
    "not that quiet",
    "太多了",
    "过头了",
    "没那么多",
    "不用那么多",
];
/// How much longer a fade gets that is to be longer.
const LONGER: f64 = 1.5;

/// The wish before as this request amends it; none where it says something by itself.
pub(super) fn amended(request: &str, history: &History, lexicon: &Lexicon) -> Option<Amended> {
    let last = history.past().last().filter(|step| !step.said.is_empty())?;
    let (now, before) = (Said::new(request, lexicon), Said::new(&last.said, lexicon));
    let meant: Vec<&Token> = now.tokens.iter().filter(|token| is_object(token)).collect();
    let [new] = meant[..] else { return None };
    let amount = matches!(new.meaning, Meaning::Amount(_));
    let led = if amount { &INSTEAD[..] } else { &BESIDE[..] };
    if !now.is_only(new, led) {
        return None;
    }
    let mut alike = before.tokens.iter().filter(|old| takes_place(new, old));
    let (old, None) = (alike.next()?, alike.next()) else { return None };
    let word = match (new.meaning, old.meaning) {
        (Meaning::Amount(Amount::Number(_)), Meaning::Amount(Amount::Number(_))) => now.word(new),
        // "No, only five" of seconds.
        (Meaning::Amount(Amount::Number(number)), _) => before.with_number(old, number)?,
        _ if amount => now.word(new),
        (new, old) => numbered(new, old).unwrap_or_else(|| now.word(meant[0])),
    };
    Some(Amended { request: before.with(old, &word), instead: amount })
}

/// A request in its tokens.
struct Said {
    normal: Normal,
    tokens: Vec<Token>,
}

impl Said {
    fn new(request: &str, lexicon: &Lexicon) -> Said {
        let normal = normal(request);
        Said { tokens: tokens(&normal.text, lexicon), normal }
    }

    fn word(&self, token: &Token) -> String {
        self.normal.text.get(token.at.0..token.at.1).unwrap_or_default().to_owned()
    }

    /// Whether nothing is said but this and words that lead to it.
    fn is_only(&self, token: &Token, leads: &[&str]) -> bool {
        let text = &self.normal.text;
        let around =
            [text.get(..token.at.0), text.get(token.at.1..)].map(Option::unwrap_or_default).join(" ");
        let mut led = false;
        let mut rest = around.replace([',', '.', '!', '?'], " ");
        for lead in leads {
            let without = without(&rest, lead);
            led |= without.trim() != rest.trim();
            rest = without;
        }
        let filler = ["the", "a", "one", "please", "second", "seconds", "把", "吧", "了"];
        let empty =
            rest.split(|c: char| !c.is_alphanumeric()).all(|word| word.is_empty() || filler.contains(&word));
        led && empty
    }

    /// The request with another word in the place of one.
    fn with(&self, token: &Token, word: &str) -> String {
        let text = &self.normal.text;
        let (before, behind) = (&text[..token.at.0], &text[token.at.1..]);
        written(&format!("{before}{word}{behind}"), &self.normal.quoted)
    }

    /// The word of an amount with another figure, in the unit it had.
    fn with_number(&self, token: &Token, number: f64) -> Option<String> {
        match token.meaning {
            Meaning::Amount(Amount::Seconds(_)) => Some(format!("{number} seconds")),
            Meaning::Amount(Amount::Percent(_)) => Some(format!("{number}%")),
            Meaning::Amount(Amount::Bpm(_)) => Some(format!("{number} bpm")),
            _ => None,
        }
    }
}

/// A text without a word that stands by itself.
fn without(text: &str, word: &str) -> String {
    if word.is_ascii() {
        format!(" {text} ").replace(&format!(" {word} "), " ")
    } else {
        text.replace(word, " ")
    }
}

/// Whether a token names something that a wish may be about, or its figure.
fn is_object(token: &Token) -> bool {
    match token.meaning {
        Meaning::Term(term) => {
            number_of(term).is_some() || matches!(term, Term::Role(_) | Term::Instrument(_))
        }
        Meaning::Amount(amount) => {
            matches!(amount, Amount::Seconds(_) | Amount::Percent(_) | Amount::Bpm(_) | Amount::Number(_))
        }
        _ => false,
    }
}

/// Whether one names the same kind of thing as another.
fn takes_place(new: &Token, old: &Token) -> bool {
    match (new.meaning, old.meaning) {
        (Meaning::Amount(Amount::Number(_)), Meaning::Amount(old)) => {
            matches!(old, Amount::Seconds(_) | Amount::Percent(_) | Amount::Bpm(_) | Amount::Number(_))
        }
        (Meaning::Amount(new), Meaning::Amount(old)) => discriminant(&new) == discriminant(&old),
        (Meaning::Term(new), Meaning::Term(old)) => {
            let players = |term| matches!(term, Term::Role(_) | Term::Instrument(_));
            players(new) && players(old) || number_of(new).is_some() && number_of(old).is_some()
        }
        _ => false,
    }
}

/// The number of a piece, a title or a clip.
fn number_of(term: Term) -> Option<usize> {
    match term {
        Term::Nth(n) | Term::NthTitle(n) | Term::Picture(PictureWord::Clip(n)) => Some(n),
        _ => None,
    }
}

/// "The first one too", where titles or clips were spoken of: the first of these.
fn numbered(new: Meaning, old: Meaning) -> Option<String> {
    let (Meaning::Term(new), Meaning::Term(old)) = (new, old) else { return None };
    let what = match old {
        Term::NthTitle(_) => "title",
        Term::Picture(PictureWord::Clip(_)) => "clip",
        _ => return None,
    };
    let ordinals = ["last", "first", "second", "third", "fourth", "fifth"];
    Some(format!("{} {what}", ordinals.get(number_of(new)?)?))
}

fn is_less(request: &str) -> bool {
    let said = normal(request).text;
    LESS.contains(&said.trim_matches(|c: char| !c.is_alphanumeric()).trim_end_matches(" please"))
}

/// The edits that take back half of the last step, where that was a matter of more or less.
pub(super) fn halved(request: &str, history: &History) -> Option<Vec<Edit>> {
    let past = history.past();
    if !is_less(request) {
        return None;
    }
    // "Less" after "less" goes on towards what was before the change.
    let after = past.iter().rev().take_while(|step| is_less(&step.said)).count();
    let before = &past.get(past.len().checked_sub(after + 2)?)?.timeline;
    let now = history.now();
    let levels = now.beds.iter().filter_map(|bed| {
        let old = before.bed(bed.id).filter(|old| old.level_pct != bed.level_pct)?;
        let percent = ((old.level_pct + bed.level_pct) * 5.0).round() / 10.0;
        Some(Edit::Level { bed: bed.id, percent })
    });
    let letters = |title: &timeline::Title, state: &Timeline| {
        title.look.size_px.unwrap_or_else(|| Look::usual_px(state.picture_size()))
    };
    let sizes = now.titles.iter().filter_map(|title| {
        let old = before.titles.iter().find(|old| old.id == title.id)?;
        let (was, is) = (letters(old, before), letters(title, now));
        let look = Look { size_px: Some(was.midpoint(is)), ..title.look };
        (was != is).then_some(Edit::StyleTitle { title: title.id, look })
    });
    let edits: Vec<Edit> = levels.chain(sizes).collect();
    (!edits.is_empty()).then_some(edits)
}

/// "Make it longer", "4 seconds", where the last step was a fade: the fade so long.
pub(super) fn of_fade(request: &str, history: &History, lexicon: &Lexicon) -> Option<String> {
    let [.., before, now] = history.past() else { return None };
    let (before, now) = (&before.timeline, &now.timeline);
    let bed = now.beds.iter().find(|bed| {
        before.bed(bed.id).is_none_or(|old| (old.fade_in, old.fade_out) != (bed.fade_in, bed.fade_out))
    })?;
    let old = before.bed(bed.id);
    let comes = old.is_some_and(|old| old.fade_in != bed.fade_in);
    let length = if comes { bed.fade_in } else { bed.fade_out };
    let said = Said::new(request, lexicon);
    let told = |token: &Token| match token.meaning {
        Meaning::Term(Term::Longer) => Some(length.seconds() * LONGER),
        Meaning::Term(Term::Shorter) => Some(length.seconds() / LONGER),
        Meaning::Amount(Amount::Seconds(seconds)) => Some(seconds),
        _ => None,
    };
    let mut seconds = said.tokens.iter().filter_map(told);
    let fills = |token: &Token| {
        let filler = [Term::Make, Term::Bit, Term::Much, Term::Longer, Term::Shorter, Term::For, Term::Want];
        matches!(token.meaning, Meaning::Term(term) if filler.contains(&term)) || told(token).is_some()
    };
    let (length, None) = (seconds.next()?, seconds.next()) else { return None };
    let plain = said.tokens.iter().all(fills) && old.is_some();
    plain.then(|| match (Language::of(request).is_chinese(), comes) {
        (false, true) => format!("fade in over {length} seconds"),
        (false, false) => format!("fade out over {length} seconds"),
        (true, true) => format!("淡入{length}秒"),
        (true, false) => format!("淡出{length}秒"),
    })
}
