//! Ways through the history in words: "undo", "go back to the calm one", "call this version A".

mod phrases;

use crate::normal::{Normal, QUOTED, normal};
use crate::number::{Amount, amount_at};
use phrases::{AROUND, AROUND_HAN, BEHIND, PHRASES, Sense};

/// A way through the history.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Travel {
    /// Back by so many steps.
    Undo(usize),
    /// Forward by so many steps that were undone.
    Redo(usize),
    /// To where everything began.
    Start,
    /// To the first state that had music.
    First,
    /// To a version of this name, or to what was said like this.
    To(String),
    /// To before something was said: "before the title".
    Before(String),
    /// The state of now gets this name.
    Name(String),
}

/// A way through the history, and the words around it that say something else.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Found {
    pub(super) travel: Travel,
    pub(super) rest: String,
}

/// The way that a request asks for; none where it asks for something else.
pub(super) fn travel(request: &str) -> Option<Found> {
    let Normal { text, quoted } = normal(request);
    let found = PHRASES
        .iter()
        .flat_map(|(phrases, sense)| phrases.split('|').map(move |phrase| (phrase, *sense)))
        .find_map(|(phrase, sense)| Some((place(&text, phrase)?, phrase, sense)));
    let (at, phrase, sense) = found?;
    let (before, behind) = (&text[..at], &text[at + phrase.len()..]);
    let end = clause_end(behind);
    let (clause, after) = (&behind[..end], &behind[end..]);
    let quotation = || {
        let place = before.matches(QUOTED).count();
        clause.contains(QUOTED).then(|| quoted.get(place).cloned().flatten()).flatten()
    };
    let travel = match sense {
        Sense::Nothing => return None,
        Sense::Start => Travel::Start,
        Sense::To => match quotation().unwrap_or_else(|| bare(clause)) {
            name if name.is_empty() => Travel::Undo(1),
            name if before_what(&name).is_some() => Travel::Before(before_what(&name).unwrap_or_default()),
            name if ["first", "第一", "第一个"].contains(&name.as_str()) => Travel::First,
            name if ["original", "beginning", "start", "原版", "原始", "最初", "开头", "最早", "最开始"]
                .contains(&name.as_str()) =>
            {
                Travel::Start
            }
            name => Travel::To(name),
        },
        Sense::Before => match bare(clause) {
            what if what.is_empty() => Travel::Undo(1),
            what => Travel::Before(what),
        },
        Sense::Name => match quotation().unwrap_or_else(|| bare(clause)) {
            // A file's name: the film is to be saved.
            name if name.is_empty() || name.contains(QUOTED) => return None,
            name => Travel::Name(name),
        },
        // "Redo the chorus" and "undo the fade" speak of music: only the first is another wish.
        Sense::Redo if !bare(&without_amounts(clause)).is_empty() => return None,
        Sense::Redo if phrase.ends_with("all") || phrase.ends_with("everything") => Travel::Redo(usize::MAX),
        Sense::Redo => Travel::Redo(count(clause)),
        Sense::Undo => Travel::Undo(count(clause)),
    };
    let (first, second) = (before.matches(QUOTED).count(), clause.matches(QUOTED).count());
    let rest =
        rest(&format!("{} {}", written(before, &quoted), written(after, quoted.get(first + second..)?)));
    Some(Found { travel, rest })
}

/// What is named in `加标题之前`.
fn before_what(name: &str) -> Option<String> {
    let what = ["之前的样子", "之前", "以前"].iter().find_map(|end| name.strip_suffix(end))?.trim();
    let what =
        ["我说的", "我说", "说"].iter().find_map(|lead| what.strip_prefix(lead)).unwrap_or(what).trim();
    (!what.is_empty()).then(|| what.to_owned())
}

/// Where a phrase stands as words of their own.
fn place(text: &str, phrase: &str) -> Option<usize> {
    let latin = phrase.is_ascii();
    let joins = |c: Option<char>| latin && c.is_some_and(|c| c.is_ascii_alphanumeric());
    text.match_indices(phrase).map(|(at, _)| at).find(|at| {
        !joins(text[..*at].chars().next_back()) && !joins(text[at + phrase.len()..].chars().next())
    })
}

/// Where the words end that belong to what stands before them.
fn clause_end(text: &str) -> usize {
    [" and ", " then ", " but ", ",", ".", ";", "!", "?", "\n", "然后", "并且", "再把", "但"]
        .iter()
        .filter_map(|end| text.find(end))
        .min()
        .unwrap_or(text.len())
}

/// A clause without the words that only lead to a name.
fn bare(clause: &str) -> String {
    let clause = AROUND_HAN.iter().fold(clause.to_owned(), |text, word| text.replace(word, " "));
    let words = clause.split_whitespace().skip_while(|word| AROUND.contains(word)).collect::<Vec<_>>();
    // "The calm one" is calm; "draft one" is a name.
    let one = clause.trim_start().starts_with("the ");
    let polite = |word: &str| BEHIND.contains(&word) || one && word == "one";
    let kept = words.iter().rposition(|word| !polite(word)).map_or(0, |last| last + 1);
    words[..kept].join(" ")
}

/// How many steps a clause tells of.
fn count(clause: &str) -> usize {
    let clause = &clause.replace('两', "2");
    let twice = ["twice", "both"].iter().any(|word| clause.contains(word));
    amounts(clause).first().map_or(if twice { 2 } else { 1 }, |(_, _, count)| *count)
}

fn without_amounts(clause: &str) -> String {
    let mut text = clause.to_owned();
    for (start, end, _) in amounts(clause).into_iter().rev() {
        text.replace_range(start..end, " ");
    }
    text
}

/// The whole numbers from 1 to 100 in a clause, and where they stand.
fn amounts(clause: &str) -> Vec<(usize, usize, usize)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(c) = clause[at..].chars().next() {
        let glued = clause[..at].chars().next_back().is_some_and(|c| c.is_ascii_alphanumeric());
        match amount_at(&clause[at..], glued) {
            Some((Amount::Number(value) | Amount::Times(value), used)) if used > 0 => {
                if (1.0..=100.0).contains(&value) {
                    found.push((at, at + used, value as usize));
                }
                at += used;
            }
            _ => at += c.len_utf8(),
        }
    }
    found
}

/// A text with its quotations, of which the first belongs to its first mark.
pub(super) fn written(text: &str, quoted: &[Option<String>]) -> String {
    let mut quoted = quoted.iter();
    let mut mark = |c: char| match c {
        QUOTED => format!("\"{}\"", quoted.next().cloned().flatten().unwrap_or_default()),
        c => c.to_string(),
    };
    text.chars().map(&mut mark).collect()
}

/// What else is said; empty where that is nothing but politeness.
fn rest(text: &str) -> String {
    if bare(text).chars().all(|c| !c.is_alphanumeric()) {
        return String::new();
    }
    let text = text.trim().trim_start_matches(|c: char| !c.is_alphanumeric() && c != '"');
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = text.as_str();
    ["and ", "then ", "but ", "然后", "并且", "但"]
        .iter()
        .find_map(|join| text.strip_prefix(join))
        .unwrap_or(text)
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(request: &str, expected: &str) {
        let found = travel(request).map_or("nothing".to_owned(), |found| {
            let rest = if found.rest.is_empty() { String::new() } else { format!(" + {}", found.rest) };
            format!("{:?}{rest}", found.travel)
        });
        assert_eq!(found, expected, "{request}");
    }

    #[test]
    fn ways_are_told_from_wishes() {
        for (request, expected) in [
            ("undo", "Undo(1)"),
            ("Undo that please", "Undo(1)"),
            ("undo the last two changes", "Undo(2)"),
            ("undo twice", "Undo(2)"),
            ("undo that and make it quieter", "Undo(1) + make it quieter"),
            ("undo and add a title \"Go, go\"", "Undo(1) + add a title \"Go, go\""),
            ("I liked the previous version better", "Undo(1) + i liked"),
            ("go back", "Undo(1)"),
            ("go back to how it was", "Undo(1)"),
            ("go back to how it was before the title", "Before(\"title\")"),
            ("回到加标题之前", "Before(\"加标题\")"),
            ("撤銷", "Undo(1)"),
            ("復原", "Undo(1)"),
            ("上一步", "Undo(1)"),
            ("save the project as holiday", "Name(\"holiday\")"),
            ("换回刚才那首", "Undo(1)"),
            ("undo everything", "Start"),
            ("go back to the original", "Start"),
            ("redo", "Redo(1)"),
            ("redo the last 3 steps", "Redo(3)"),
            ("redo the chorus", "nothing"),
            ("don't undo anything", "nothing"),
            ("go back to \"Calm One\"", "To(\"Calm One\")"),
            ("go back to the lofi version", "To(\"lofi\")"),
            ("call this version \"A\"", "Name(\"A\")"),
            ("save this as draft one", "Name(\"draft one\")"),
            ("a bit quieter", "nothing"),
            ("撤销", "Undo(1)"),
            ("前一步不算", "Undo(1)"),
            ("不要刚才那个改动", "Undo(1)"),
            ("退回去", "Undo(1)"),
            ("史诗，最后收回来", "nothing"),
            ("再做一次剛才那個", "Redo(1)"),
            ("回到我说音量20之前", "Before(\"音量20\")"),
            ("回到第一版", "First"),
            ("撤销刚才的两步", "Undo(2)"),
            ("撤回上一步吧", "Undo(1)"),
            ("重做", "Redo(1)"),
            ("全部撤销", "Start"),
            ("把这个版本叫「初稿」", "Name(\"初稿\")"),
            ("回到初稿那版", "To(\"初稿\")"),
            ("不要撤销", "nothing"),
        ] {
            check(request, expected);
        }
    }
}
