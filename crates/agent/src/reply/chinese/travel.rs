//! Ways through the history, and the film at their end, in Chinese.

use super::{key, one_line};
use crate::reply::ScoredBed;
use crate::reply::figure::tidy;

pub(in crate::reply) fn made(path: &str, seconds: f64, lufs: Option<f64>) -> String {
    let loud = lufs.map(|lufs| format!("，{lufs:.1} LUFS")).unwrap_or_default();
    format!("成片已写好：{}（{} 秒{loud}）。", one_line(path), tidy(seconds, 1))
}

pub(in crate::reply) fn no_film() -> String {
    "这个项目没有说明影片在哪里，所以还没有可以写出的成片。".to_owned()
}

pub(in crate::reply) fn cancelled() -> String {
    "好的，什么都没改。想退回之前的步骤，可以说“撤销”。".to_owned()
}

pub(in crate::reply) fn versions(names: &[&str]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("“{}”", one_line(name))).collect();
    match names.len() {
        0 => "还没有起过名字的版本，可以说“这个版本叫初稿”。".to_owned(),
        _ => format!("已有的版本：{}。", names.join("、")),
    }
}

pub(in crate::reply) fn changes(said: &[&str], all: usize) -> String {
    let told: Vec<String> = said.iter().map(|said| format!("“{}”", one_line(said))).collect();
    match (all, told.len()) {
        (0, _) => "还没有改过什么。".to_owned(),
        (all, some) if all > some => format!("一共改了 {all} 次，最近的是{}。", told.join("、")),
        _ => format!("到现在为止：{}。", told.join("、")),
    }
}

pub(in crate::reply) fn undone(said: &str, steps: usize) -> String {
    match steps {
        1 => format!("已撤销：“{}”。", one_line(said)),
        _ => format!("已撤销 {steps} 步，最后一步是“{}”。", one_line(said)),
    }
}

pub(in crate::reply) fn redone(said: &str) -> String {
    format!("已重做：“{}”。", one_line(said))
}

pub(in crate::reply) fn nothing_to_undo() -> String {
    "没有可以撤销的步骤，这里就是最初的样子。".to_owned()
}

pub(in crate::reply) fn nothing_to_redo() -> String {
    "没有可以重做的步骤：上次改动之后没有撤销过。".to_owned()
}

pub(in crate::reply) fn named(name: &str) -> String {
    let name = one_line(name);
    format!("这个版本现在叫“{name}”，随时可以说“回到{name}”。")
}

pub(in crate::reply) fn back_at(name: &str) -> String {
    format!("已回到“{}”。", one_line(name))
}

pub(in crate::reply) fn no_such_version(name: &str, names: &[&str]) -> String {
    let name = one_line(name);
    match names {
        [] => format!("没有叫“{name}”的版本，所以没有改动；说“撤销”可以退回一步。"),
        names => {
            let names: Vec<String> = names.iter().map(|name| format!("“{}”", one_line(name))).collect();
            format!("没有叫“{name}”的版本。是指{}吗？", names.join("或"))
        }
    }
}

pub(in crate::reply) fn option(n: usize) -> String {
    format!("方案{n}")
}

pub(in crate::reply) fn options(names: &[String], most: bool) -> String {
    let all = names.len();
    let count =
        if most { format!("一次最多 {all} 个方案") } else { format!("一共 {all} 个方案可选") };
    let others: Vec<String> = names.iter().skip(1).map(|name| format!("“{name}”")).collect();
    format!("{count}：现在用的是{}，想换就说{}。", names[0], others.join("或"))
}

pub(in crate::reply) fn chose(name: &str) -> String {
    format!("这是{name}。")
}

pub(in crate::reply) fn plays_already(name: &str) -> String {
    format!("现在用的就是{name}。")
}

pub(in crate::reply) fn choice(name: &str, genre: &str, piece: &ScoredBed) -> String {
    let key = piece.key.parse().map_or_else(|_| piece.key.clone(), key);
    format!("{name}是{genre}，速度 {} BPM，{key}", tidy(piece.tempo_bpm, 1))
}
