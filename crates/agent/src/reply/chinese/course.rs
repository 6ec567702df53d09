//! The course of the music in Chinese: levels on the way, other takes, locks, points of the film, single answers.

use score::{Brief, Genre, SectionKind, Taken};
use sound::{Span, Time};
use timeline::{Bed, Ride, Size, Target, Timeline};

use super::super::figure::{clock, ends, one_line, seconds, tidy};
use super::super::playing::{plays, sounds};
use super::super::voice::brief;
use super::{facets, place};
use crate::ensemble::ENSEMBLES;
use crate::landmark::Landmark;
use crate::lexicon::shade_names;
use crate::term::Asked;

/// Levels of stretches.
pub(super) fn levels(bed: &Bed) -> Option<String> {
    (!bed.rides.is_empty()).then(|| each(&bed.rides))
}

fn each(rides: &[Ride]) -> String {
    let told = |ride: &Ride| {
        let (start, end) = ends(ride.span);
        format!("{start} 到 {end} 音量 {}%", tidy(ride.level_pct, 2))
    };
    rides.iter().map(told).collect::<Vec<_>>().join("、")
}

/// What differs in levels on the way, in takes and in locks.
pub(super) fn differences(old: &Bed, new: &Bed) -> Vec<String> {
    let mut said = Vec::new();
    if let (Some(old), Some(new)) = (brief(old), brief(new)) {
        said.extend(takes(old, new));
    }
    let fresh: Vec<Ride> = new.rides.iter().filter(|ride| !old.rides.contains(ride)).copied().collect();
    if !fresh.is_empty() {
        said.push(format!("在 {}", each(&fresh)));
    } else if new.rides.is_empty() && !old.rides.is_empty() {
        said.push(format!("全程音量 {}%", tidy(new.level_pct, 2)));
    } else if new.rides != old.rides {
        said.push(format!("音量 {}%，只有 {}", tidy(new.level_pct, 2), each(&new.rides)));
    }
    if old.locked != new.locked {
        said.push(if new.locked { "已锁定，解锁之前不会改动" } else { "已解锁" }.to_owned());
    }
    said
}

fn takes(old: &Brief, new: &Brief) -> Option<String> {
    let fresh = new.takes.iter().filter(|take| !old.takes.contains(take));
    let name = |taken: Taken| match taken {
        Taken::Role(role) => facets::player(role).to_owned(),
        Taken::Section(index) => format!("第 {} 段", index + 1),
    };
    let names: Vec<String> = fresh.map(|take| name(take.of)).collect();
    (!names.is_empty()).then(|| format!("重写了{}，其余一个音都没有变", names.join("、")))
}

/// A section by what it is for.
pub(super) fn section(kind: SectionKind) -> &'static str {
    match kind {
        SectionKind::Intro => "前奏",
        SectionKind::Statement => "主歌",
        SectionKind::Contrast => "间奏",
        SectionKind::Climax => "副歌",
        SectionKind::Outro => "尾奏",
        SectionKind::Sting => "这样的段落",
    }
}

/// Stretches of the film.
pub(super) fn stretches(spans: &[Span]) -> String {
    let told: Vec<String> =
        spans.iter().map(|span| format!("{} 到 {}", clock(span.start), clock(span.end))).collect();
    told.join("、")
}

pub(super) fn landmark(landmark: Landmark) -> String {
    let numbered = |what: &str, n: usize| match n {
        0 => format!("影片里没有找到{what}"),
        n => format!("影片里没有第 {n} 个{what}"),
    };
    match landmark {
        Landmark::SpeechStart | Landmark::SpeechEnd => "影片里没有听到有人说话".to_owned(),
        Landmark::Intro => "影片里没有切换，找不到片头在哪里结束".to_owned(),
        Landmark::Cut(n) => numbered("切换", n),
        Landmark::Scene(n) => numbered("场景", n),
        Landmark::Shot(n) => numbered("镜头", n),
        Landmark::Title => "画面里还没有标题".to_owned(),
        Landmark::Clip(n) => numbered("片段", n),
    }
}

/// What was asked about one piece.
pub(in super::super) fn asked(
    asked: Asked,
    bed: &Bed,
    name: &str,
    genre: Option<&Genre>,
    timeline: &Timeline,
) -> String {
    let subject = if timeline.beds.len() == 1 { "配乐".to_owned() } else { format!("“{name}”") };
    let wished = brief(bed);
    match asked {
        Asked::Level => {
            let rides = levels(bed).map(|levels| format!("，其中 {levels}")).unwrap_or_default();
            format!("{subject}音量 {}%{rides}。", tidy(bed.level_pct, 2))
        }
        Asked::Tempo => match (wished.and_then(|brief| brief.tempo_bpm), genre) {
            (Some(bpm), _) => format!("{subject}的速度是 {} BPM。", tidy(bpm, 1)),
            (None, Some(genre)) => format!(
                "速度在作曲时决定：“{name}”在 {} 到 {} BPM 之间。",
                tidy(genre.tempo.0, 1),
                tidy(genre.tempo.1, 1)
            ),
            (None, None) => "速度在作曲时由影片决定。".to_owned(),
        },
        Asked::Key => match wished.and_then(|brief| brief.key) {
            Some(key) => format!("{subject}的调是{}。", facets::key(key)),
            None => "没有指定调，作曲时决定。".to_owned(),
        },
        Asked::Genre if genre.is_some() || wished.is_none() => format!("{subject}的风格是“{name}”。"),
        Asked::Genre => "没有指定风格，作曲时由影片决定。".to_owned(),
        Asked::Place => format!("{subject}{}。", place(bed, timeline)),
        Asked::Fades => fades(&subject, bed),
        Asked::Player(_) | Asked::Instrument(_) => {
            let (player, plays) = match asked {
                Asked::Player(role) => (facets::player(role), plays(role, wished, genre)),
                Asked::Instrument(which) => (ENSEMBLES[which].name.1, sounds(which, wished, genre)),
                _ => return String::new(),
            };
            match plays {
                Some(true) => format!("{subject}里有{player}。"),
                Some(false) => format!("{subject}里没有{player}。"),
                None => format!("{subject}里有没有{player}，作曲时才决定。"),
            }
        }
        Asked::Length | Asked::Titles | Asked::Credits | Asked::OwnSound => String::new(),
        Asked::OwnMusic | Asked::Size | Asked::Loudness => String::new(),
    }
}

fn fades(subject: &str, bed: &Bed) -> String {
    let fade = |name: &str, length: Time| match length > Time::ZERO {
        true => format!("{name} {} 秒", seconds(length)),
        false => format!("没有{name}"),
    };
    format!("{subject}{}，{}。", fade("淡入", bed.fade_in), fade("淡出", bed.fade_out))
}

pub(in super::super) fn size(size: Size) -> String {
    format!("画面是 {}x{} 像素。", size.width, size.height)
}

pub(in super::super) fn loudness_wished(target: Target) -> String {
    match target.lufs() {
        Some(lufs) => format!("成片响度目标是 {} LUFS。", tidy(lufs, 0)),
        None => "成片响度和原片一样。".to_owned(),
    }
}

pub(in super::super) fn credits() -> String {
    "音乐是 undersong 专为这部影片写的，没有用别人的歌，不需要署名；所用音色和它们的许可可以写进报告。"
        .to_owned()
}

pub(in super::super) fn own_sound(timeline: &Timeline) -> String {
    let told = |clip: &timeline::Clip| match clip.muted {
        true => "静音".to_owned(),
        false => format!("{}%", tidy(clip.level_pct, 2)),
    };
    let mut levels: Vec<String> = timeline.clips.iter().map(told).collect();
    levels.dedup();
    format!("影片原声音量：{}。", levels.join("，然后 "))
}

pub(in super::super) fn length(timeline: &Timeline) -> String {
    let clips = timeline.placed().into_iter().map(|placed| {
        let name = timeline.source(placed.clip.source).map_or("", |source| source.name.as_str());
        format!("{name} {}", clock(placed.span.length()))
    });
    match timeline.clips.len() {
        0 | 1 => format!("影片长 {}。", clock(timeline.length())),
        all => {
            let clips = clips.collect::<Vec<_>>().join("、");
            format!("影片长 {}，一共 {all} 段：{clips}。", clock(timeline.length()))
        }
    }
}

pub(in super::super) fn titles(timeline: &Timeline) -> String {
    let told = timeline.titles.iter().map(|title| {
        let (start, end) = ends(title.span);
        let colour = shade_names(title.look.colour).map(|(_, name)| format!("，{name}")).unwrap_or_default();
        let size = title.look.size_px.map(|size| format!("，字高 {size} 像素")).unwrap_or_default();
        format!("“{}”（{start} 到 {end}{colour}{size}）", one_line(&title.text))
    });
    let told: Vec<String> = told.collect();
    if told.is_empty() {
        "影片里没有标题。".to_owned()
    } else {
        format!("标题：{}。", told.join("、"))
    }
}
