//! Words with which people take back, move, exchange and prolong, in both languages by their sense.

use crate::term::{Outside, Term};

/// Phrases separated by `|`, lower case, simplified, with their sense.
pub(super) const WORDS: &[(&str, Term)] = &[
    (
        "actually no|no actually|no, actually|, actually|. actually|actually make it|actually make that|oh no|, no,|. no,|,不,|no wait|wait no|no, wait|wait, no|oh no wait|i meant|sorry i meant|sorry, i meant|i mean|scratch that|correction|make that|不对|我是说|我的意思是|说错了|口误|哦不|噢不|啊不|不不|算了,还是|算了还是|算了 还是|应该是",
        Term::Correct,
    ),
    (
        "too abrupt|abrupt|abruptly|too sudden|too suddenly|so abruptly|太突然|很突然|有点突然|突然了|太突兀|突兀|太生硬|戛然而止",
        Term::Abrupt,
    ),
    (
        "options|alternatives|choices|versions|variants|variations|different takes|other suggestions|suggestions|ideas|candidates|options to choose from|versions to choose from|different versions|different options|different variations|different alternatives|other options|more options|other versions|other alternatives|music options|music versions|版本|方案|个版本|个不同版本|个不同的版本|种版本|几版|个方案|个不同方案|个不同的方案|种方案|套方案|个选项|个选择|种选择|几个备选|个备选|个候选|首备选|首不同的|首给我选|首供我选|首让我选|首让我挑|个给我选|个让我选|个让我挑|几种可能",
        Term::Options,
    ),
    ("later|推迟|延后|延迟|往后推|往后挪|后移|晚点|晚一点", Term::Later),
    ("earlier|sooner|提前|提早|往前推|往前挪|前移|早点|早一点", Term::Earlier),
    ("extend to|extend it to|extend the music to|prolong it to|延长到|延长至|拉长到|延到", Term::Extend),
    (
        "run to the end|play to the end|go on to the end|run until the end|play until the end|last to the end|放到最后|放到结尾|放到底|放到片尾|延长到结尾|延长到最后",
        Term::RunOut,
    ),
    ("代替|取代|替代|顶替|in place of", Term::InPlaceOf),
    ("a touch|a tad|a hair|a smidge|slightly|稍微|稍稍|略微", Term::Touch),
    (
        "every cut|each cut|all cuts|all the cuts|every scene change|each scene change|every shot change|每个镜头切换|每个切换|每次切换|每一次切换|每个转场|每个剪辑点|所有切换|每一个切换",
        Term::EveryCut,
    ),
    (
        "for the rest|for the rest of it|for the remaining time|in the remaining time|剩下的|剩下的部分|剩余部分",
        Term::Others,
    ),
    ("停掉|停下来|停下", Term::Remove),
    ("anything but|everything but|any style but|除了", Term::Not),
    ("and out after|and out over|and out for|and out in|and out across|and fade it out", Term::FadeOut),
    ("还是要|还是加|back in", Term::With),
    ("let the first|let the first one", Term::Nth(1)),
    ("let the second|let the second one", Term::Nth(2)),
    (
        "升半个调|升半音|升一个半音|up a semitone|a semitone up|a semitone higher|up half a step|up a half step",
        Term::Semitone(1),
    ),
    (
        "降半个调|降半音|降一个半音|down a semitone|a semitone down|a semitone lower|down half a step|down a half step",
        Term::Semitone(-1),
    ),
    (
        "爆炸音效|爆炸声|explosion sound|explosion sounds|雷声|枪声|雨声|鸟叫|海浪声|风声|rain sounds|rain sound|sound of rain|bird sounds|wind sounds|ocean sounds|wave sounds|thunder|barking|dog barking|dog bark|beep|gunshot|scream|laughter|doorbell|siren|狗叫|猫叫|叫声|哔声|铃声",
        Term::Outside(Outside::SoundEffects),
    ),
    (
        "加一段旁白|加段旁白|加个旁白|加旁白|ai旁白|ai女声|ai男声|ai女声旁白|ai男声旁白|女声旁白|男声旁白|ai人声",
        Term::Outside(Outside::VoiceOver),
    ),
    ("为什么不|何不|why not|why don't you|why don't we|make it rain|as long as possible", Term::Nothing),
];
