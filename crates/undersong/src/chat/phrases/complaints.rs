//! What went wrong, and what to do about it.

use agent::Language;

use super::TYPES;
use crate::chat::trouble::{Refusal, Trouble, code};

/// Where somebody registers, or `None` who is registered already.
pub(crate) type Register<'a> = Option<&'a str>;

/// What went wrong, and what to do about it.
pub(crate) fn trouble(trouble: &Trouble, server: &str, register: Register<'_>, language: Language) -> String {
    let chinese = language.is_chinese();
    match trouble {
        Trouble::Refused(refusal) => refused(refusal, register, chinese),
        Trouble::Unreachable(why) if chinese => {
            format!("{server} 没有回应（{why}）。用 undersong serve 启动服务器，或用 --api 指定另一台。")
        }
        Trouble::Unreachable(why) => {
            format!(
                "{server} does not answer ({why}). \"undersong serve\" starts a server; --api names another one."
            )
        }
        Trouble::Cut(why) if chinese => format!("与 {server} 的连接中断了（{why}）。请再试一次。"),
        Trouble::Cut(why) => format!("The connection to {server} broke off ({why}). Please try again."),
        Trouble::Unreadable if chinese => format!("{server} 的回答无法读懂；它可能不是这类服务器。"),
        Trouble::Unreadable => {
            format!("What {server} answers cannot be read; it may be no server of this kind.")
        }
        Trouble::File(why) => why.clone(),
        Trouble::Late if chinese => "十五分钟过去了，不再等待；服务器会继续处理。".to_owned(),
        Trouble::Late => {
            "That takes longer than a quarter of an hour, so nobody waits for it here. The server goes on."
                .to_owned()
        }
        Trouble::Stopped => String::new(),
    }
}

fn refused(refusal: &Refusal, register: Register<'_>, chinese: bool) -> String {
    if let Some(text) = known(refusal.code, register, chinese) {
        return text;
    }
    let told = [Some(refusal.message.as_str()).filter(|text| !text.is_empty()), refusal.hint.as_deref()];
    let told = told.into_iter().flatten().collect::<Vec<_>>().join(" ");
    match told.as_str() {
        "" if chinese => "服务器拒绝了请求，没有说明原因。".to_owned(),
        "" => "The server refused without saying why.".to_owned(),
        _ => told,
    }
}

/// What the skills say of a code.
fn known(code: i64, register: Register<'_>, chinese: bool) -> Option<String> {
    let at = register.unwrap_or_default();
    Some(match (code, register.is_some(), chinese) {
        (code::CREDITS, true, false) => format!("There are no credits left. Register to go on: {at}"),
        (code::CREDITS, true, true) => format!("积分已用完。注册后可以继续：{at}"),
        (code::CREDITS, false, false) => {
            "There are no credits left. Top up credits in your account.".to_owned()
        }
        (code::CREDITS, false, true) => "积分已用完。请在账户中充值。".to_owned(),
        (code::KIND, _, false) => format!("The server does not take this kind of file. It takes {TYPES}."),
        (code::KIND, _, true) => format!(
            "服务器不支持这种文件。支持的格式：{}。",
            TYPES.replace(" and ", "、").replace(", ", "、")
        ),
        (code::SIZE, _, false) => {
            "The file is too large for the server. Compress it or trim it, and send it again.".to_owned()
        }
        (code::SIZE, _, true) => "文件太大。请压缩或剪短后再发。".to_owned(),
        (code::PLAN, true, false) => {
            format!(
                "This plan does not export; that is no question of credits. Register or upgrade your plan to unlock export: {at}"
            )
        }
        (code::PLAN, true, true) => format!("当前方案不能导出，这与积分无关。注册或升级方案后即可导出：{at}"),
        (code::PLAN, false, false) => {
            "This plan does not export; that is no question of credits. Upgrade your plan to unlock export."
                .to_owned()
        }
        (code::PLAN, false, true) => "当前方案不能导出，这与积分无关。升级方案后即可导出。".to_owned(),
        (code::TOO_OFTEN, _, false) => {
            "The server asks for more patience: too much was asked of it lately. Try again later.".to_owned()
        }
        (code::TOO_OFTEN, _, true) => "请求太频繁，请稍后再试。".to_owned(),
        (code::TOKEN, _, false) => {
            "The server does not know this program any more, and gives no new token.".to_owned()
        }
        (code::TOKEN, _, true) => "服务器不再认识这个程序，也没有给新的令牌。".to_owned(),
        (code::SESSION, _, false) => "The server does not have this conversation any more.".to_owned(),
        (code::SESSION, _, true) => "服务器上已没有这个对话。".to_owned(),
        _ => return None,
    })
}
