//! What a run tells: the deeds that were done, and the few sentences that are the server's own.

use agent::Language;
use serde_json::{Value, json};
use studio::Turned;
use timeline::Edit;

use super::document::Composed;
use crate::server::dialect::event::{Deed, deed_of};

/// The deeds of a turn, with what came of them.
pub(crate) fn deeds(turned: &Turned) -> Vec<Deed> {
    if turned.reading.through_history {
        return Vec::new();
    }
    let summary = turned.project.history.now().to_string();
    turned
        .reading
        .edits
        .iter()
        .map(|edit| {
            let (name, arguments) = deed_of(edit);
            Deed { name, arguments, response: response(edit, turned, &summary) }
        })
        .collect()
}

/// What came of an edit: the figures of the music it had composed, else the timeline in one line.
fn response(edit: &Edit, turned: &Turned, summary: &str) -> Value {
    let beds = &turned.project.history.now().beds;
    let bed = match edit {
        Edit::AddBed { name, .. } => beds.iter().rev().find(|bed| bed.name == *name).map(|bed| bed.id),
        Edit::Rescore { bed, .. } | Edit::Retake { bed, .. } => Some(*bed),
        _ => None,
    };
    let piece = bed.and_then(|bed| turned.after.iter().find(|piece| piece.bed == bed));
    match piece.map(Composed::of).map(serde_json::to_value) {
        Some(Ok(composed)) => json!({ "status": "done", "music": composed }),
        _ => json!({ "status": "done", "timeline": summary }),
    }
}

/// A look at the film, told as a deed.
pub(crate) fn watched(film: &str, seconds: f64) -> Deed {
    Deed {
        name: "watch_film",
        arguments: json!({ "name": film }),
        response: json!({ "status": "done", "duration": seconds }),
    }
}

/// The name under which an export is called for.
pub(crate) const EXPORT: &str = "export_film";

/// The answer to the call for an export that was begun.
pub(crate) fn exporting(id: &str) -> Value {
    json!({ "status": "pending", "id": id })
}

/// The answer to the call for an export that was refused.
pub(crate) fn not_exporting(code: u16) -> Value {
    json!({ "status": "failed", "code": code })
}

/// A sentence of the server's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Own {
    NothingToWorkOn,
    NoCredits,
    Broken,
    Interrupted,
    Stands,
    Changed,
    ExportBlocked,
}

/// A sentence in the language of who asked.
pub(crate) fn own(sentence: Own, language: Language) -> &'static str {
    let (english, simplified, traditional) = match sentence {
        Own::NothingToWorkOn => (
            "There is no film in this session yet; please upload one first.",
            "这个项目里还没有视频，请先上传一个。",
            "這個專案裡還沒有影片，請先上傳一個。",
        ),
        Own::NoCredits => (
            "There are no credits left for this change, so nothing was changed.",
            "积分不足，没有做任何更改。",
            "積分不足，沒有做任何更改。",
        ),
        Own::Broken => (
            "Something failed, so nothing was changed and the credits were given back; please try again.",
            "处理失败，没有做任何更改，积分已退回，请再试一次。",
            "處理失敗，沒有做任何更改，積分已退回，請再試一次。",
        ),
        Own::Interrupted => (
            "The work was interrupted before it was done, so nothing was changed; please say it once more.",
            "处理被中断，没有做任何更改，请再说一次。",
            "處理被中斷，沒有做任何更改，請再說一次。",
        ),
        Own::Stands => (
            "The work was interrupted after the change was made, so the change stands.",
            "处理在更改完成之后被中断，更改已保留。",
            "處理在更改完成之後被中斷，更改已保留。",
        ),
        Own::Changed => (
            "The session was changed by somebody else at the same time; please say it once more.",
            "项目同时被其他操作更改，请再说一次。",
            "專案同時被其他操作更改，請再說一次。",
        ),
        Own::ExportBlocked => (
            "The film cannot be exported with this plan; please register, or send the skill's attribution headers.",
            "当前方案无法导出，请注册，或带上技能来源标头。",
            "目前方案無法匯出，請註冊，或帶上技能來源標頭。",
        ),
    };
    match language {
        Language::English => english,
        Language::Simplified => simplified,
        Language::Traditional => traditional,
    }
}

/// That a film is being made.
pub(crate) fn export_begun(id: &str, language: Language) -> String {
    match language {
        Language::English => format!("The film is being made now; it will be ready as {id}."),
        Language::Simplified => format!("正在导出视频，完成后编号为 {id}。"),
        Language::Traditional => format!("正在匯出影片，完成後編號為 {id}。"),
    }
}
