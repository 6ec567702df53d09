//! The single things that can be said of a bed in Chinese.

use score::{Brief, Instrument, Key, MOOD_WORDS, Mode, Mood, Role};
use sound::Time;
use timeline::{Bed, Duck};

use super::super::change::{Direction, direction, switched};
use super::super::figure::{clock, seconds, tidy};
use super::super::voice::brief;
use super::course;
use crate::ensemble::{ENSEMBLES, names};

/// What is said of a switch that is on and of one that is off: breathing, authentic, looping.
const SWITCHES: [(&str, &str); 3] =
    [("适当留白", "不留白"), ("只用真实主机的声部", "不限于真实主机的声部"), ("首尾无缝循环", "自然结束")];

/// What is special about a bed, each after a comma.
pub(super) fn features(bed: &Bed) -> String {
    let mut said = Vec::new();
    if let Some(brief) = brief(bed) {
        said.extend(brief.mood.filter(|_| brief.genre.is_some()).map(|m| format!("情绪{}", super::mood(m))));
        said.extend(brief.tempo_bpm.map(|bpm| format!("速度 {} BPM", tidy(bpm, 1))));
        said.extend(brief.key.map(key));
        said.extend(line_up(brief));
        said.extend(hits(brief, bed.span.start));
        said.extend(brief.climax.map(|at| format!("高潮在 {}", clock(bed.span.start + at))));
        said.extend(brief.breathing.then(|| "适当留白".to_owned()));
        said.extend(brief.authentic.then(|| "只用真实主机的声部".to_owned()));
        said.extend(brief.looping.then(|| "首尾无缝循环".to_owned()));
    }
    said.extend(fades(bed));
    said.extend(course::levels(bed));
    if bed.duck != Duck::default() {
        said.push(duck(bed.duck));
    }
    said.extend(bed.locked.then(|| "已锁定".to_owned()));
    said.iter().map(|feature| format!("，{feature}")).collect()
}

/// What differs between two beds that play the same kind of music.
pub(super) fn differences(old: &Bed, new: &Bed, from: Option<Mood>, place: &str) -> Vec<String> {
    let mut said = in_music(old, new, from);
    if old.span != new.span {
        said.push(place.to_owned());
    }
    if old.level_pct != new.level_pct {
        said.push(format!("音量 {}%（原来 {}%）", tidy(new.level_pct, 2), tidy(old.level_pct, 2)));
    }
    if old.duck != new.duck {
        said.push(duck(new.duck));
    }
    if (old.fade_in, old.fade_out) != (new.fade_in, new.fade_out) {
        said.push(fades(new).unwrap_or("没有淡入淡出".into()));
    }
    said.extend(course::differences(old, new));
    said
}

/// What differs in what is played.
fn in_music(old: &Bed, new: &Bed, from: Option<Mood>) -> Vec<String> {
    let mut said = Vec::new();
    let start = old.span.start;
    if let (Some(old), Some(brief)) = (brief(old), brief(new)) {
        if old.mood != brief.mood {
            said.push(mood(from, brief.mood));
        }
        if old.tempo_bpm != brief.tempo_bpm {
            said.push(brief.tempo_bpm.map_or("速度不限".into(), |bpm| format!("速度 {} BPM", tidy(bpm, 1))));
        }
        if old.key != brief.key {
            said.push(brief.key.map_or("调不限".into(), |wanted| format!("改为{}", key(wanted))));
        }
        if line_up(old) != line_up(brief) {
            said.push(line_up(brief).unwrap_or("所有声部都演奏".into()));
        }
        if hits(old, start) != hits(brief, new.span.start) {
            said.push(hits(brief, new.span.start).unwrap_or("没有指定的卡点".into()));
        }
        let climax = |brief: &Brief, start: Time| brief.climax.map(|at| clock(start + at));
        if climax(old, start) != climax(brief, new.span.start) {
            let at = climax(brief, new.span.start);
            said.push(at.map_or("没有指定的高潮".into(), |at| format!("高潮在 {at}")));
        }
        said.extend(switched(old, brief, SWITCHES));
    }
    said
}

/// A mood by its word where it is one, else by the way from the mood before.
fn mood(old: Option<Mood>, new: Option<Mood>) -> String {
    let Some(new) = new else { return "情绪由影片决定".into() };
    let word = super::mood(new);
    let named = MOOD_WORDS.iter().any(|entry| entry.mood == new);
    if let Some(aim) = old.filter(|_| !named).and_then(|old| aim(old, new)) {
        return format!("更{aim}（接近{word}）");
    }
    match old.filter(|_| !named).and_then(|old| direction(old, new)) {
        Some(Direction::Livelier) => format!("更有活力（接近{word}）"),
        Some(Direction::Calmer) => format!("更平缓（接近{word}）"),
        Some(Direction::Brighter) => format!("更明亮（接近{word}）"),
        Some(Direction::Darker) => format!("更深沉（接近{word}）"),
        None => format!("情绪{word}"),
    }
}

/// The mood that a step leads straight to, though it does not reach it.
fn aim(old: Mood, new: Mood) -> Option<&'static str> {
    let way = |to: Mood| (to.valence - old.valence, to.arousal - old.arousal);
    let (x, y) = way(new);
    let straight = |to: Mood| {
        let (a, b) = way(to);
        let (far, step) = (a.hypot(b), x.hypot(y));
        far >= step && (a * x + b * y) / (far * step).max(1e-9) > 0.9999
    };
    let entry = MOOD_WORDS.iter().find(|entry| straight(entry.mood))?;
    Some(super::mood(entry.mood))
}

/// A key as Chinese musicians write it: `降B大调`, `升F小调`.
pub(super) fn key(key: Key) -> String {
    let text = key.to_string();
    let tonic = text.split(' ').next().unwrap_or("C");
    let letter = &tonic[..1];
    let sign = match &tonic[1..] {
        "#" => "升",
        "b" => "降",
        _ => "",
    };
    let mode = match key.mode {
        Mode::Major => "大调",
        Mode::Minor => "小调",
        Mode::Dorian => "多利亚调式",
        Mode::Lydian => "利底亚调式",
        Mode::Mixolydian => "混合利底亚调式",
        Mode::Phrygian => "弗里几亚调式",
    };
    format!("{sign}{letter}{mode}")
}

fn duck(duck: Duck) -> String {
    match duck.clearance() {
        None => "说话时不再压低".into(),
        Some(clearance) => format!("说话时让人声比音乐高出 {} LU", tidy(clearance, 0)),
    }
}

fn fades(bed: &Bed) -> Option<String> {
    match (bed.fade_in > Time::ZERO, bed.fade_out > Time::ZERO) {
        (false, false) => None,
        (true, false) => Some(format!("淡入 {} 秒", seconds(bed.fade_in))),
        (false, true) => Some(format!("淡出 {} 秒", seconds(bed.fade_out))),
        (true, true) => Some(format!("淡入 {} 秒、淡出 {} 秒", seconds(bed.fade_in), seconds(bed.fade_out))),
    }
}

/// Who plays, as far as somebody said: `用钢琴、不用鼓`, `只用弦乐`.
fn line_up(brief: &Brief) -> Option<String> {
    let roles = |roles: &[Role]| roles.iter().map(|role| player(*role).to_owned()).collect::<Vec<_>>();
    let mut said = Vec::new();
    let only = [roles(&brief.only), instruments(&brief.only_instruments)].concat();
    if only.is_empty() {
        let with = instruments(&brief.with);
        said.extend((!with.is_empty()).then(|| format!("用{}", with.join("、"))));
    } else {
        said.push(format!("只用{}", only.join("、")));
    }
    let without = [roles(&brief.without), instruments(&brief.without_instruments)].concat();
    said.extend((!without.is_empty()).then(|| format!("不用{}", without.join("、"))));
    (!said.is_empty()).then(|| said.join("，"))
}

fn instruments(instruments: &[Instrument]) -> Vec<String> {
    let (groups, single) = names(instruments);
    let groups = groups.iter().map(|ensemble| ensemble.name.1.to_owned());
    let mut said: Vec<String> = groups.chain(single.iter().map(|one| named(*one))).collect();
    said.dedup();
    said
}

/// A single instrument; those without a name of their own here are called by what they belong to.
fn named(instrument: Instrument) -> String {
    if instrument.is_drums() {
        return "鼓".to_owned();
    }
    let group = ENSEMBLES.iter().find(|ensemble| ensemble.players.contains(&instrument));
    group.map_or_else(|| instrument.name().replace('-', " "), |ensemble| ensemble.name.1.to_owned())
}

pub(super) fn player(role: Role) -> &'static str {
    match role {
        Role::Melody => "旋律",
        Role::Counter => "副旋律",
        Role::Chords => "和弦",
        Role::Arpeggio => "琶音",
        Role::Pad => "铺底",
        Role::Bass => "贝斯",
        Role::Drums => "鼓",
        Role::Effects => "过渡音效",
    }
}

fn hits(brief: &Brief, start: Time) -> Option<String> {
    let others = brief.hits.iter().filter(|hit| brief.climax != Some(**hit));
    let times: Vec<String> = others.map(|hit| clock(start + *hit)).collect();
    (!times.is_empty()).then(|| format!("卡点在 {}", times.join("、")))
}
