//! What is said of the picture in Chinese.

use sound::Time;
use timeline::{Anchor, Canvas, Clip, EditError, Fades, Fit, Item, Ratio};

use super::super::change::Shot;
use super::super::figure::{clock, seconds, tidy};

/// A difference of the picture, as a sentence.
pub(in super::super) fn shot(shot: &Shot) -> String {
    match shot {
        Shot::Length { now, was, clips } => {
            let clips = if *clips > 1 { format!("，共 {clips} 段") } else { String::new() };
            format!("影片现在长 {}（原来 {}）{clips}。", clock(*now), clock(*was))
        }
        Shot::Order(names) if names.len() > 6 => "片段现在换了顺序。".to_owned(),
        Shot::Order(names) => format!("片段现在的顺序是：{}。", names.join("、")),
        Shot::Count(clips) => format!("影片现在有 {clips} 段，长度不变。"),
        Shot::Speed(which, percent) => format!("{}现在以原速的 {percent}% 播放。", subject(*which)),
        Shot::Muted(which, true) => format!("{}的原声已静音。", subject(*which)),
        Shot::Muted(which, false) => format!("{}的原声已恢复。", subject(*which)),
        Shot::Level(which, percent) => format!("{}的原声现在音量 {}%。", subject(*which), tidy(*percent, 1)),
        Shot::Crossfade(which, length) => crossfade(*which, *length),
        Shot::Framed(which, fit) => match fit {
            Some(fit) => format!("{}{}。", subject(*which), filled(*fit)),
            None => format!("{}的画面和其他片段一样处理。", subject(*which)),
        },
        Shot::Shaped(canvas) => shaped(canvas),
        Shot::Faded(fades) => faded(*fades),
    }
}

fn subject(which: Option<usize>) -> String {
    which.map_or_else(|| "影片".to_owned(), |n| format!("第 {n} 段"))
}

fn crossfade(which: Option<usize>, length: Time) -> String {
    match (which, length > Time::ZERO) {
        (None, true) => format!("片段之间用 {} 秒叠化。", seconds(length)),
        (None, false) => "片段之间直接切换。".to_owned(),
        (Some(n), true) => format!("第 {n} 段用 {} 秒叠化进入。", seconds(length)),
        (Some(n), false) => format!("第 {n} 段直接切入。"),
    }
}

fn shaped(canvas: &Canvas) -> String {
    let lines = canvas.lines.map(|lines| format!("，短边 {lines} 像素")).unwrap_or_default();
    if canvas.ratio == Ratio::Source {
        return format!("画面保持原来的比例{lines}。");
    }
    let kept = match (canvas.fit, canvas.anchor) {
        (Fit::Crop, Anchor::Motion) => "保留画面里在动的部分",
        (Fit::Crop, Anchor::Center) => "保留中间",
        (Fit::Crop, Anchor::Left) => "保留左边",
        (Fit::Crop, Anchor::Right) => "保留右边",
        (Fit::Crop, Anchor::Top) => "保留上边",
        (Fit::Crop, Anchor::Bottom) => "保留下边",
        (fit, _) => filled(fit),
    };
    format!("画面现在是 {}，{kept}{lines}。", canvas.ratio.name())
}

fn filled(fit: Fit) -> &'static str {
    match fit {
        Fit::Crop => "铺满画面",
        Fit::Pad => "完整显示，两边留黑",
        Fit::Blur => "完整显示，背景是模糊的画面",
    }
}

fn faded(fades: Fades) -> String {
    let comes =
        (fades.fade_in > Time::ZERO).then(|| format!("开头用 {} 秒从黑场淡入", seconds(fades.fade_in)));
    let goes =
        (fades.fade_out > Time::ZERO).then(|| format!("结尾用 {} 秒淡出到黑", seconds(fades.fade_out)));
    match [comes, goes].into_iter().flatten().collect::<Vec<_>>() {
        said if said.is_empty() => "画面现在没有淡入淡出。".to_owned(),
        said => format!("画面{}。", said.join("，")),
    }
}

/// Why the picture cannot be so.
pub(super) fn cannot(error: &EditError) -> String {
    let reason = match error {
        EditError::Locked(item) => {
            let what = match item {
                Item::Bed(_) => "音乐",
                Item::Title(_) => "标题",
                Item::Clip(_) => "这一段影片",
            };
            return format!("{what}已锁定，没有改动；请先解锁。");
        }
        EditError::NothingLeft => "影片会一点不剩".to_owned(),
        EditError::SpeedOutOfRange(percent) => format!(
            "播放速度的范围是 {} 到 {}%，{percent}% 超出了范围",
            Clip::SPEEDS_PCT.start(),
            Clip::SPEEDS_PCT.end()
        ),
        EditError::LevelOutOfRange(percent) => {
            format!("原声音量的范围是 0 到 200%，{}% 超出了范围", tidy(*percent, 1))
        }
        EditError::NothingToSplit(at) => format!("{} 处本来就是两段的交界", clock(*at)),
        EditError::NothingToJoin(_) => "只有前后相接的片段才能合成一段；它们本来就一段接一段播放".to_owned(),
        EditError::CrossfadeTooLong(_, most) if *most == Time::ZERO => {
            "第一段前面没有可以叠化的片段".to_owned()
        }
        EditError::CrossfadeTooLong(length, most) => {
            format!("{} 秒的叠化放不下，最多 {} 秒", seconds(*length), seconds(*most))
        }
        EditError::PictureFadesTooLong(one, two, film) => {
            format!("{} 秒的淡入淡出放不进 {} 秒的影片", seconds(*one + *two), seconds(*film))
        }
        EditError::TooShort(length, least) => {
            format!("{} 秒的片段太短，至少要 {} 秒", seconds(*length), seconds(*least))
        }
        EditError::LinesOutOfRange(lines) => format!("画面短边可以是 64 到 2160 像素，{lines} 不在范围内"),
        _ => return "画面不能这样改，没有改动。".to_owned(),
    };
    format!("{reason}，没有改动。")
}
