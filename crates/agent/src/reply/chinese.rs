//! Replies in Chinese, written in simplified characters.

mod course;
mod facets;
mod picture;
mod travel;
mod trouble;

use score::{MOOD_WORDS, Mood};
use sound::Time;
use timeline::{Bed, Colour, Duck, Place, Target, Timeline, Title};

use super::ScoredBed;
use super::figure::{clock, ends, one_line, seconds, tidy};
use super::voice::{Played, brief};
use crate::language::han;
use crate::lexicon::shade_names;
pub(super) use course::{asked, credits, length, loudness_wished, own_sound, size, titles};
use facets::{differences, features, key};
pub(super) use picture::shot;
pub(super) use travel::*;
pub(super) use trouble::{problem, remark};

pub(super) fn added(bed: &Bed, name: &str, after: &Timeline, done: bool) -> String {
    let level = tidy(bed.level_pct, 2);
    let chosen = brief(bed).is_some_and(|brief| brief.genre.is_none() && brief.mood.is_none());
    let subject = if chosen { "按影片气氛选的音乐".to_owned() } else { format!("“{name}”") };
    let begins = if done { "已加上" } else { "将会加上" };
    format!("{begins}{subject}，{}，音量 {level}%{}。", place(bed, after), features(bed))
}

pub(super) fn returned(bed: &Bed, name: &str) -> String {
    let (start, end) = ends(bed.span);
    format!("“{name}”从 {start} 到 {end} 再次响起，音量 {}%。", tidy(bed.level_pct, 2))
}

pub(super) fn ducks(duck: Duck) -> String {
    match duck.clearance() {
        Some(clearance) => format!("有人说话时音乐会让开，人声比音乐高出 {} LU。", tidy(clearance, 0)),
        None => "有人说话时音乐不会压低。".to_owned(),
    }
}

pub(super) fn removed(bed: &Bed, name: &str, only: bool) -> String {
    if only {
        return "配乐已去掉，影片原声保持不变。".to_owned();
    }
    let (start, end) = ends(bed.span);
    format!("“{name}”（{start} 到 {end}）已去掉。")
}

pub(super) fn changed(
    beds: (&Bed, &Bed),
    names: (&str, &str),
    from: Option<Mood>,
    only: bool,
    after: &Timeline,
) -> String {
    let (old, new) = beds;
    let other_genre = brief(old).map(|b| &b.genre) != brief(new).map(|b| &b.genre);
    let other_seed = brief(old).map(|b| b.seed) != brief(new).map(|b| b.seed);
    if other_genre || other_seed {
        let level = tidy(new.level_pct, 2);
        let subject = match (other_genre, brief(new).is_some_and(|b| b.genre.is_none() && b.mood.is_none())) {
            (false, _) => format!("换了另一首“{}”", names.1),
            (true, true) => format!("“{}”换成了按影片气氛选的音乐", names.0),
            (true, false) => format!("“{}”换成了“{}”", names.0, names.1),
        };
        return format!("{subject}，{}，音量 {level}%{}。", place(new, after), features(new));
    }
    let subject = if only {
        "配乐".to_owned()
    } else {
        format!("“{}”（{} 起）", names.1, clock(new.span.start))
    };
    format!("{subject}现在{}。", differences(old, new, from, &place(new, after)).join("，"))
}

pub(super) fn aimed(target: Target) -> String {
    match target.lufs() {
        Some(lufs) => format!("成片响度目标为 {} LUFS（{}）。", tidy(lufs, 1), platform(target)),
        None => "成片保持原来的响度。".to_owned(),
    }
}

/// What a target is called.
fn platform(target: Target) -> &'static str {
    match target {
        Target::Tiktok => "抖音、快手",
        Target::Reels => "小红书、Reels",
        Target::Shorts => "YouTube Shorts",
        Target::Youtube => "YouTube",
        Target::Bilibili => "B站",
        Target::Podcast => "播客",
        Target::BroadcastEu => "电视广播",
        Target::BroadcastUs => "美国电视广播",
        other => other.name(),
    }
}

pub(super) fn titled(title: &Title, done: bool) -> String {
    let (start, end) = ends(title.span);
    let stands = if done { "显示" } else { "将会显示" };
    let colour = match (title.look.colour, shade_names(title.look.colour)) {
        (Colour::WHITE, _) => String::new(),
        (_, Some((_, name))) => format!("，{name}"),
        (colour, None) => format!("，颜色 {colour}"),
    };
    let size = title.look.size_px.map(|size| format!("，字高 {size} 像素")).unwrap_or_default();
    let fade = title.look.fade;
    let fade =
        if fade > Time::ZERO { format!("，{} 秒淡入淡出", seconds(fade)) } else { String::new() };
    let locked = if title.locked { "，已锁定" } else { "" };
    let place = spot(title.look.place);
    format!(
        "标题“{}”{stands}在{place}，{start} 到 {end}{colour}{fade}{locked}{size}。",
        one_line(&title.text)
    )
}

pub(super) fn untitled(title: &Title) -> String {
    format!("标题“{}”已去掉。", one_line(&title.text))
}

/// Where in the picture.
fn spot(place: Place) -> &'static str {
    match place {
        Place::TopLeft => "左上角",
        Place::Top => "画面上方",
        Place::TopRight => "右上角",
        Place::Left => "画面左侧",
        Place::Center => "画面中间",
        Place::Right => "画面右侧",
        Place::BottomLeft => "左下角",
        Place::Bottom => "画面下方",
        Place::BottomRight => "右下角",
    }
}

pub(super) fn piece(played: &Played<'_>) -> String {
    let piece = played.piece;
    let subject = played.name.map(|name| format!("“{name}”")).unwrap_or_default();
    let genre = played.genre.map(|genre| format!("风格是{genre}，")).unwrap_or_default();
    let things = if played.wished_moments { "卡点和切换" } else { "画面切换" };
    let hits = match piece.hits {
        // That no cut happens to lie on a beat is no news; that a wished moment does not, is.
        0 => String::new(),
        _ if piece.hits_on_beat == 0 && !played.wished_moments => String::new(),
        all => format!("，{all} 个{things}中有 {} 个落在拍上", piece.hits_on_beat),
    };
    let why = if piece.hits > 0 { "为了对上切换" } else { "为了配合长度" };
    let missed = played.missed_bpm();
    let missed = missed.map(|bpm| format!("（{why}，没有用 {}）", tidy(bpm, 1))).unwrap_or_default();
    let key = piece.key.parse().map_or_else(|_| piece.key.clone(), key);
    let way = giving_way(piece);
    let begins = match (played.done, played.now) {
        (false, _) => "预计",
        (true, true) if played.name.is_none() => "配乐现在",
        (true, _) => "",
    };
    format!("{begins}{subject}{genre}速度 {} BPM{missed}，{key}{hits}{way}。", tidy(piece.tempo_bpm, 1))
}

/// How far the music goes down under speech, and how far below the voice it lies then.
fn giving_way(piece: &ScoredBed) -> String {
    let Some(depth) = piece.duck_db.filter(|depth| *depth >= 0.05) else { return String::new() };
    let below = piece.speech_over_music_lu.map(|lu| format!("，比人声低 {} LU", tidy(lu, 0)));
    format!("，说话时最多压低 {} dB{}", tidy(depth, 1), below.unwrap_or_default())
}

pub(super) fn loudness(lufs: f64, film_gain: Option<f64>) -> String {
    let gain = film_gain.map(|gain| {
        let way = if gain > 0.0 { "提高" } else { "降低" };
        format!("，为此影片原声{way}了 {} dB", tidy(gain.abs(), 0))
    });
    format!("成片实测响度 {lufs:.1} LUFS{}。", gain.unwrap_or_default())
}

pub(super) fn own_voices() -> String {
    "没有找到 SoundFont，所有声部都用内置音色演奏。".to_owned()
}

pub(super) fn state(beds: &[(String, &Bed)], timeline: &Timeline) -> String {
    if beds.is_empty() {
        return format!("影片长 {}，还没有加配乐。", clock(timeline.length()));
    }
    let pieces: Vec<String> = beds
        .iter()
        .map(|(name, bed)| {
            format!("“{name}”{}，音量 {}%{}", place(bed, timeline), tidy(bed.level_pct, 2), features(bed))
        })
        .collect();
    format!("{}。", pieces.join("；"))
}

pub(super) fn not_so() -> String {
    "现在并不是这样，所以没有改动。".to_owned()
}

pub(super) fn unclear_condition() -> String {
    "无法判断是不是这样，所以没有改动。要做什么？".to_owned()
}

pub(super) fn already() -> String {
    "现在已经是这样了。".to_owned()
}

pub(super) fn abilities(genres: &[String]) -> String {
    let (all, few) = (genres.len(), genres.iter().step_by(4).take(8).cloned().collect::<Vec<_>>());
    format!(
        "告诉我影片要什么音乐就行：风格（{} 等，共 {all} 种）、情绪（开心、平静、悲伤、史诗、紧张等）、放在哪一段、音量、速度、调、卡点、淡入淡出、要不要鼓。影片可以剪（“剪掉前3秒”）、加速或放慢、改画幅（竖屏、方形）、调原声、淡出到黑。标题的文字放在引号里，例如：加标题「你好」。之后还可以说“小声一点”“换一首”“去掉音乐”。",
        few.join("、")
    )
}

pub(super) fn export(music: bool) -> String {
    let sentence = if music {
        "成片会按现在的配乐写出，没有需要改动的地方。"
    } else {
        "还没有加配乐，没有改动：请告诉我想要什么音乐。"
    };
    sentence.to_owned()
}

pub(super) fn greeting() -> String {
    "好的。告诉我影片要什么音乐，或者想改哪里。".to_owned()
}

pub(super) fn not_understood() -> String {
    "抱歉，这句我没听懂，什么都没改。可以说“换一首欢快的”“结尾淡出”“标题大一点”“剪掉前3秒”“撤销”等。"
        .to_owned()
}

pub(super) fn hint() -> String {
    "想要别的音乐，可以再说一次，加上情绪、风格或音量。".to_owned()
}

/// The Chinese word for a mood: the first that its entry has.
pub(super) fn mood(mood: Mood) -> &'static str {
    let entry = MOOD_WORDS.iter().find(|entry| entry.name == mood.word());
    entry.and_then(|entry| entry.words.iter().find(|word| word.chars().all(han::is_han))).unwrap_or(&"平和")
}

fn place(bed: &Bed, timeline: &Timeline) -> String {
    let (start, end) = ends(bed.span);
    if bed.span == timeline.whole() {
        format!("铺满全片（{start} 到 {end}）")
    } else {
        format!("从 {start} 到 {end}")
    }
}
