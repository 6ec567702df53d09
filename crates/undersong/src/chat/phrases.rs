//! What the program itself says, in English and Chinese.

mod complaints;

use agent::Language;

pub(crate) use complaints::trouble;

/// What servers of this kind take.
const TYPES: &str = "mp4, mov, avi, webm, mkv, jpg, png, gif, webp, mp3, wav, m4a and aac";

/// Something the program says.
#[derive(Debug)]
pub(crate) enum Phrase<'a> {
    SettingUp,
    Ready(&'a str),
    SendFilm,
    SayWhat,
    Films(&'a [String]),
    Uploading(&'a str),
    Uploaded {
        name: &'a str,
        about: String,
    },
    WhichFile,
    NoFilm,
    Working,
    /// A stage of the work by the name that servers give it.
    Stage(&'a str),
    StillWorking,
    GoesOn,
    Stopped,
    BrokeOff,
    ComeBack(&'a str),
    NothingSaid,
    NothingChanged,
    Exporting(&'a str),
    ExportAgain,
    Exported(&'a str),
    ExportGoesOn,
    SayExport,
    Credits {
        available: i64,
        frozen: i64,
        total: i64,
    },
    Resumed {
        name: &'a str,
    },
    NothingToResume,
    NewToken,
    TokenRefused,
    NewSession,
    Waiting(u64),
    UnknownFilm,
}

impl Phrase<'_> {
    /// The phrase in a language.
    pub(crate) fn say(&self, language: Language) -> String {
        if language.is_chinese() { self.chinese() } else { self.english() }
    }

    fn english(&self) -> String {
        match self {
            Phrase::SettingUp => "Setting things up...".to_owned(),
            Phrase::Ready(server) => format!("Connected to {server}, and ready."),
            Phrase::SendFilm => "Type the path of a film or drag it in, and say what music you want.".to_owned(),
            Phrase::SayWhat => "Say what music you want. \"export\" makes the film, \"status\" shows the tracks, \"credits\" what is left; \"quit\" leaves.".to_owned(),
            Phrase::Films(names) => format!(
                "{} films are ready: {}. Begin with a film's number to speak of it, for example \"2: calm piano\"; \"all: export\" is for all of them.",
                names.len(),
                numbered(names)
            ),
            Phrase::Uploading(name) => format!("Sending {name}"),
            Phrase::Uploaded { name, about } => format!("{name} has arrived{about}."),
            Phrase::WhichFile => "Which file? Type its path, drag it in here, or give its address.".to_owned(),
            Phrase::NoFilm => "There is no film yet. Type its path or drag it in here.".to_owned(),
            Phrase::Working => "Working".to_owned(),
            Phrase::Stage(stage) => staged(stage, false).to_owned(),
            Phrase::StillWorking => "Still working...".to_owned(),
            Phrase::GoesOn => "The server goes on with it. \"undersong chat --resume\" comes back to it.".to_owned(),
            Phrase::Stopped => "Stopped.".to_owned(),
            Phrase::BrokeOff => "The connection broke off before the end. This is how the film stands:".to_owned(),
            Phrase::ComeBack(session) => format!("To go on later: undersong chat --resume={session}"),
            Phrase::NothingSaid => "Done; the server did not say what, but this is other than before:".to_owned(),
            Phrase::NothingChanged => "The server ended without a word, and nothing in the film is other than before. Please say it in other words.".to_owned(),
            Phrase::Exporting(name) => format!("Making the film of {name}"),
            Phrase::ExportAgain => "The export failed; trying once more.".to_owned(),
            Phrase::Exported(path) => format!("The film is there: {path}"),
            Phrase::ExportGoesOn => "The export goes on at the server. \"undersong chat --resume\" fetches the film.".to_owned(),
            Phrase::SayExport => "Say \"export\" when you want the film.".to_owned(),
            Phrase::Credits { available, frozen: 0, .. } => format!("You have {available} credits left."),
            Phrase::Credits { available, frozen, total } => {
                format!("You have {available} credits left; {frozen} more are held by work that goes on, {total} in all.")
            }
            Phrase::Resumed { name } => format!("Back to {name}."),
            Phrase::NothingToResume => "There is no earlier conversation to go on with; this is a new one.".to_owned(),
            Phrase::NewToken => "The stay at this server had run out; a new one has begun.".to_owned(),
            Phrase::TokenRefused => "The server does not take the token in NEMO_TOKEN; going on with a free one.".to_owned(),
            Phrase::NewSession => "The server no longer has this conversation; a new one has begun.".to_owned(),
            Phrase::Waiting(seconds) => format!("The server asks for a pause; trying once more in {seconds} s."),
            Phrase::UnknownFilm => "No film here is called that.".to_owned(),
        }
    }

    fn chinese(&self) -> String {
        match self {
            Phrase::SettingUp => "正在准备……".to_owned(),
            Phrase::Ready(server) => format!("已连接 {server}，可以开始了。"),
            Phrase::SendFilm => "输入视频的路径或把它拖进来，再说想要什么音乐。".to_owned(),
            Phrase::SayWhat => {
                "说说想要什么音乐。“导出”得到成片，“状态”查看轨道，“余额”查看积分，“退出”离开。".to_owned()
            }
            Phrase::Films(names) => format!(
                "{} 个视频已就绪：{}。想说哪一个，就以它的编号开头，例如“2: 平静的钢琴”；“all: 导出”是全部导出。",
                names.len(),
                numbered(names)
            ),
            Phrase::Uploading(name) => format!("正在上传 {name}"),
            Phrase::Uploaded { name, about } => format!("{name} 已收到{about}。"),
            Phrase::WhichFile => "哪个文件？请输入路径、拖进来，或给出网址。".to_owned(),
            Phrase::NoFilm => "还没有视频。请输入路径或拖进来。".to_owned(),
            Phrase::Working => "处理中".to_owned(),
            Phrase::Stage(stage) => staged(stage, true).to_owned(),
            Phrase::StillWorking => "仍在处理……".to_owned(),
            Phrase::GoesOn => "服务器会继续处理。用 undersong chat --resume 可以回来。".to_owned(),
            Phrase::Stopped => "已停止。".to_owned(),
            Phrase::BrokeOff => "连接在结束前中断了。现在的状态：".to_owned(),
            Phrase::ComeBack(session) => format!("以后继续：undersong chat --resume={session}"),
            Phrase::NothingSaid => "已完成；服务器没有说明，但以下内容有变化：".to_owned(),
            Phrase::NothingChanged => "服务器没有回答，视频也没有变化。请换个说法再试。".to_owned(),
            Phrase::Exporting(name) => format!("正在导出 {name}"),
            Phrase::ExportAgain => "导出失败，正在重试一次。".to_owned(),
            Phrase::Exported(path) => format!("成片在这里：{path}"),
            Phrase::ExportGoesOn => "服务器会继续导出。用 undersong chat --resume 可以取回成片。".to_owned(),
            Phrase::SayExport => "想要成片时，说“导出”即可。".to_owned(),
            Phrase::Credits { available, frozen: 0, .. } => format!("还剩 {available} 积分。"),
            Phrase::Credits { available, frozen, total } => {
                format!("还剩 {available} 积分；正在进行的任务占用 {frozen}，共 {total}。")
            }
            Phrase::Resumed { name } => format!("回到 {name}。"),
            Phrase::NothingToResume => "没有可以继续的对话；这是一个新的对话。".to_owned(),
            Phrase::NewToken => "在这台服务器上的登录已到期，已重新登录。".to_owned(),
            Phrase::TokenRefused => "服务器不接受 NEMO_TOKEN 中的令牌，改用免费令牌继续。".to_owned(),
            Phrase::NewSession => "服务器上已没有这个对话，新的对话已开始。".to_owned(),
            Phrase::Waiting(seconds) => format!("服务器要求稍等，{seconds} 秒后再试一次。"),
            Phrase::UnknownFilm => "这里没有叫这个名字的视频。".to_owned(),
        }
    }
}

fn staged(stage: &str, chinese: bool) -> &str {
    let words = match stage {
        "probe" => ("Opening the film", "正在打开视频"),
        "cut" => ("Cutting", "正在剪辑"),
        "ask" => ("Asking the language model", "正在询问语言模型"),
        "watch" => ("Watching the film", "正在看片"),
        "compose" => ("Composing", "正在作曲"),
        "perform" => ("Playing the music", "正在演奏"),
        "mix" => ("Mixing", "正在混音"),
        "render" => ("Making the film", "正在合成"),
        unknown => (unknown, unknown),
    };
    if chinese { words.1 } else { words.0 }
}

fn numbered(names: &[String]) -> String {
    names.iter().enumerate().map(|(at, name)| format!("{}. {name}", at + 1)).collect::<Vec<_>>().join(" ")
}
