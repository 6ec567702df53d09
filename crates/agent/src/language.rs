//! The language of a request, which is the language of its answer.

pub(crate) mod han;

/// The languages that are read and spoken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// English, and whatever is written without Han characters.
    #[default]
    English,
    /// Chinese in simplified characters.
    Simplified,
    /// Chinese in traditional characters.
    Traditional,
}

impl Language {
    /// The language somebody writes in: Chinese where there is any Han character, traditional where more of
    /// its characters exist only in the traditional set than only in the simplified one.
    pub fn of(text: &str) -> Language {
        if !text.chars().any(han::is_han) {
            return Language::English;
        }
        let traditional = text.chars().filter(|c| han::is_traditional(*c)).count();
        let simplified = text.chars().filter(|c| han::is_simplified(*c)).count();
        if traditional > simplified { Language::Traditional } else { Language::Simplified }
    }

    /// The language of a request after others: characters that stand in both sets are of the set of the last that did not.
    pub(crate) fn after<'a>(request: &str, said: impl DoubleEndedIterator<Item = &'a str>) -> Language {
        let language = Language::of(request);
        if language != Language::Simplified || request.chars().any(han::is_simplified) {
            return language;
        }
        let told = |said: &str| {
            let told = Language::of(said);
            told == Language::Traditional || said.chars().any(han::is_simplified)
        };
        said.rev().find(|said| told(said)).map_or(language, Language::of)
    }

    /// Whether it is Chinese in either set of characters.
    pub fn is_chinese(self) -> bool {
        self != Language::English
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_is_seen_from_the_characters() {
        assert_eq!(Language::of("add music"), Language::English);
        assert_eq!(Language::of("加点轻松的音乐"), Language::Simplified);
        assert_eq!(Language::of("加點輕鬆的音樂"), Language::Traditional);
        assert_eq!(Language::of("lo-fi 就好"), Language::Simplified);
        assert_eq!(Language::of(""), Language::English);
        let said = ["小声点", "換成電子", "louder"];
        assert_eq!(Language::after("收回", said.into_iter()), Language::Traditional);
        assert_eq!(Language::after("收回", ["大声点"].into_iter()), Language::Simplified);
        assert_eq!(Language::after("撤销", said.into_iter()), Language::Simplified);
    }
}
