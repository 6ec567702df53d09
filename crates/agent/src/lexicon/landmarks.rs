//! Words for the cuts, scenes and shots of a film, and for pieces of music, by their number, in both languages.

use crate::landmark::Landmark;
use crate::term::Term;

/// Ordinal and cardinal numbers in English, and in Chinese behind `第`.
const NUMBERS: [(&str, &str, &str); 12] = [
    ("first", "one", "一"),
    ("second", "two", "二"),
    ("third", "three", "三"),
    ("fourth", "four", "四"),
    ("fifth", "five", "五"),
    ("sixth", "six", "六"),
    ("seventh", "seven", "七"),
    ("eighth", "eight", "八"),
    ("ninth", "nine", "九"),
    ("tenth", "ten", "十"),
    ("eleventh", "eleven", "十一"),
    ("twelfth", "twelve", "十二"),
];

/// A landmark by number, with what it is called in English and, with its measure word, in Chinese.
type Named = (fn(usize) -> Landmark, &'static str, &'static [&'static str]);

const THINGS: [Named; 3] = [
    (Landmark::Cut, "cut", &["个切换", "次切换"]),
    (Landmark::Scene, "scene", &["个场景", "幕", "场"]),
    (Landmark::Shot, "shot", &["个镜头"]),
];

/// Pieces of music by number: "the fourth one", `第四首`.
const PIECES: [&str; 4] = ["one", "track", "song", "piece"];
const PIECES_HAN: [&str; 4] = ["首", "段音乐", "段配乐", "首音乐"];

/// Every such word with its sense.
pub(super) fn words() -> Vec<(String, Term)> {
    let mut words = Vec::new();
    for (n, (ordinal, _, han)) in (1..).zip(NUMBERS) {
        let piece = |word: String| (word, Term::Nth(n));
        words.extend(
            PIECES
                .iter()
                .flat_map(|name| [format!("{ordinal} {name}"), format!("{} {name}", short(n))])
                .map(piece),
        );
        words.extend(
            PIECES_HAN.iter().flat_map(|name| [format!("第{han}{name}"), format!("第{n}{name}")]).map(piece),
        );
    }
    for (landmark, english, chinese) in THINGS {
        let mut enter = |word: String, n: usize| words.push((word, Term::Landmark(landmark(n))));
        for (n, (ordinal, cardinal, han)) in (1..).zip(NUMBERS) {
            enter(format!("{ordinal} {english}"), n);
            enter(format!("{} {english}", short(n)), n);
            // "Cut 5 seconds" is something to be done.
            if english != "cut" {
                enter(format!("{english} {cardinal}"), n);
                enter(format!("{english} {n}"), n);
            }
            for measured in chinese {
                enter(format!("第{han}{measured}"), n);
                enter(format!("第{n}{measured}"), n);
            }
        }
        for last in ["last", "final", "closing"] {
            enter(format!("{last} {english}"), 0);
        }
        for measured in chinese {
            enter(format!("最后一{measured}"), 0);
        }
    }
    words
}

/// "1st", "4th".
fn short(n: usize) -> String {
    match n {
        1 => "1st".to_owned(),
        2 => "2nd".to_owned(),
        3 => "3rd".to_owned(),
        n => format!("{n}th"),
    }
}
