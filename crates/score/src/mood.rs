//! Mood as a point on Russell's circumplex, and the words people use for it.

use footage::Feeling;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A point on the circumplex of affect.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Mood {
    /// Pleasant or not, -1 to 1.
    pub valence: f64,
    /// Excited or calm, -1 to 1.
    pub arousal: f64,
}

impl Mood {
    /// A mood; both figures are kept within -1 to 1.
    pub fn new(valence: f64, arousal: f64) -> Mood {
        Mood { valence: valence.clamp(-1.0, 1.0), arousal: arousal.clamp(-1.0, 1.0) }
    }

    /// The mood a word stands for, in English or Chinese: `playful`, `悲伤`.
    pub fn of_word(word: &str) -> Option<&'static MoodWord> {
        let word = word.trim().to_lowercase();
        MOOD_WORDS.iter().find(|entry| entry.name == word || entry.words.contains(&word.as_str()))
    }

    /// The word that comes nearest.
    pub fn word(self) -> &'static str {
        MOOD_WORDS
            .iter()
            .min_by(|a, b| self.distance(a.mood).total_cmp(&self.distance(b.mood)))
            .map_or("neutral", |entry| entry.name)
    }

    /// Distance on the circumplex, 0 to about 2.8.
    pub fn distance(self, other: Mood) -> f64 {
        (self.valence - other.valence).hypot(self.arousal - other.arousal)
    }

    /// The point a share of the way to another mood; `share` from 0 to 1.
    pub fn towards(self, other: Mood, share: f64) -> Mood {
        Mood::new(
            self.valence + (other.valence - self.valence) * share,
            self.arousal + (other.arousal - self.arousal) * share,
        )
    }
}

impl From<&Feeling> for Mood {
    fn from(feeling: &Feeling) -> Mood {
        Mood::new(feeling.valence, feeling.arousal)
    }
}

/// A mood with the words people use for it.
#[derive(Debug)]
pub struct MoodWord {
    /// Its name in reports.
    pub name: &'static str,
    /// Other words for it, lower case, English and Chinese.
    pub words: &'static [&'static str],
    /// Where it lies.
    pub mood: Mood,
}

macro_rules! moods {
    ($($name:literal $valence:literal $arousal:literal [$($word:literal),*];)*) => {
        /// Every mood word the program knows.
        ///
        /// Places after Russell (1980) and Scherer (2005), rounded; what is not in either was placed by ear.
        pub static MOOD_WORDS: &[MoodWord] = &[$(MoodWord {
            name: $name,
            words: &[$($word),*],
            mood: Mood { valence: $valence, arousal: $arousal },
        },)*];
    };
}

moods! {
    "happy"       0.8   0.35  ["cheerful", "joyful", "joyous", "merry", "glad", "sunny", "feel-good", "feel good", "upbeat", "开心", "快乐", "欢快", "高兴", "愉快", "開心", "快樂", "歡快"];
    "excited"     0.6   0.85  ["exciting", "energetic", "hyped", "hype", "pumped", "thrilling", "high-energy", "high energy", "激动", "兴奋", "热血", "燃", "动感", "激動", "興奮", "熱血", "動感"];
    "playful"     0.6   0.45  ["fun", "bouncy", "cute", "cheeky", "whimsical", "俏皮", "可爱", "活泼", "好玩", "可愛", "活潑"];
    "funny"       0.55  0.5   ["comic", "comedic", "silly", "goofy", "quirky", "humorous", "搞笑", "滑稽", "幽默", "有趣"];
    "triumphant"  0.7   0.75  ["victorious", "heroic", "glorious", "victory", "winning", "胜利", "英雄", "凯旋", "勝利", "凱旋"];
    "epic"        0.2   0.8   ["grand", "majestic", "powerful", "massive", "史诗", "宏大", "壮观", "震撼", "气势", "史詩", "壯觀", "氣勢"];
    "hopeful"     0.55  0.1   ["inspiring", "inspirational", "uplifting", "optimistic", "motivational", "motivating", "充满希望", "希望", "励志", "振奋", "鼓舞", "勵志", "振奮"];
    "romantic"    0.55  -0.15 ["loving", "love", "tender", "intimate", "浪漫", "爱情", "温柔", "愛情", "溫柔"];
    "warm"        0.55  -0.3  ["cosy", "cozy", "heartwarming", "gentle", "sweet", "温馨", "温暖", "溫馨", "溫暖"];
    "calm"        0.35  -0.7  ["peaceful", "relaxing", "relaxed", "chill", "chilled", "mellow", "soothing", "quiet", "serene", "laid-back", "laid back", "平静", "安静", "放松", "轻松", "舒缓", "宁静", "平靜", "安靜", "放鬆", "輕鬆", "舒緩", "寧靜"];
    "dreamy"      0.25  -0.5  ["ethereal", "floating", "hazy", "spacey", "梦幻", "空灵", "飘渺", "夢幻", "空靈"];
    "nostalgic"   0.05  -0.35 ["wistful", "bittersweet", "sentimental", "reminiscent", "怀旧", "回忆", "伤感", "懷舊", "回憶"];
    "emotional"   -0.05 -0.1  ["moving", "touching", "heartfelt", "poignant", "感人", "动人", "深情", "催泪", "動人", "催淚"];
    "sad"         -0.65 -0.45 ["melancholic", "melancholy", "sorrowful", "heartbroken", "gloomy", "lonely", "mournful", "悲伤", "伤心", "忧伤", "难过", "孤独", "悲傷", "傷心", "憂傷", "難過", "孤獨"];
    "mysterious"  -0.2  -0.05 ["enigmatic", "curious", "secretive", "神秘", "悬疑", "神祕", "懸疑"];
    "dark"        -0.6  0.05  ["ominous", "sinister", "brooding", "moody", "黑暗", "阴暗", "阴沉", "暗黑", "陰暗", "陰沉"];
    "tense"       -0.5  0.55  ["suspenseful", "suspense", "nervous", "anxious", "edgy", "urgent", "紧张", "焦虑", "緊張", "焦慮"];
    "scary"       -0.75 0.6   ["creepy", "horror", "spooky", "eerie", "frightening", "terrifying", "恐怖", "惊悚", "吓人", "驚悚", "嚇人"];
    "angry"       -0.65 0.85  ["aggressive", "furious", "fierce", "violent", "愤怒", "狂暴", "激烈", "憤怒"];
    "serious"     -0.15 0.0   ["solemn", "sober", "thoughtful", "reflective", "contemplative", "严肃", "庄重", "沉思", "嚴肅", "莊重"];
    "confident"   0.45  0.3   ["assured", "proud", "bold", "professional", "自信", "大气", "专业", "大氣", "專業"];
    "cool"        0.3   0.15  ["groovy", "smooth", "stylish", "swag", "酷", "时尚", "帅气", "時尚", "帥氣"];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_both_languages_are_known() {
        assert_eq!(Mood::of_word("Melancholic").unwrap().name, "sad");
        assert_eq!(Mood::of_word("史诗").unwrap().name, "epic");
        assert!(Mood::of_word("table").is_none());
    }

    #[test]
    fn a_word_is_nearest_to_its_own_place() {
        for entry in MOOD_WORDS {
            assert_eq!(entry.mood.word(), entry.name);
        }
    }

    #[test]
    fn no_word_stands_twice() {
        let mut all: Vec<_> =
            MOOD_WORDS.iter().flat_map(|m| m.words.iter().copied().chain([m.name])).collect();
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
    }
}
