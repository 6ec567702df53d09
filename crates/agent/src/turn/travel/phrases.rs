//! The words in which people ask for a way through the history.

/// What a phrase asks for.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Sense {
    Undo,
    Redo,
    Start,
    To,
    Before,
    Name,
    /// Looks like one of the others and is none.
    Nothing,
}

/// Phrases separated by `|`; the first that is found counts, so longer ones stand before shorter.
pub(super) const PHRASES: &[(&str, Sense)] = &[
    (
        "don't undo|do not undo|never undo|don't go back|don't revert|不要撤销|别撤销|不用撤销|不要撤回|不要恢复|收回来",
        Sense::Nothing,
    ),
    (
        "call this version|name this version|save this version as|save the version as|save version as|save this as version|call this one|name this one|remember this as|save this as|save the project as|save project as|save it as|把现在的版本叫做|把现在的版本叫|把这个版本叫做|把这个版本叫|把这版叫做|把这版叫|这个版本叫做|这个版本叫|这版叫做|这版叫|这版命名为|这个版本命名为|把这个版本保存为|把这版保存为|把这版存为|把这个版本存成|把这版存成|存成版本|这个版本存成|把项目保存为|项目保存为|保存为版本|存为版本",
        Sense::Name,
    ),
    (
        "undo everything|undo all|undo it all|revert everything|reset everything|start over|start again from scratch|go back to the original|back to the original|go back to the start|go back to the beginning|put everything back|go back to scratch|全部撤销|撤销全部|撤销所有|恢复原样|回到最初|回到原始|回到一开始|回到最开始|回到开头的样子|还原全部|重新来过|从头再来",
        Sense::Start,
    ),
    (
        "go back to how it was before|back to how it was before|go back to before|the way it was before",
        Sense::Before,
    ),
    (
        "go back to the version before|go back to the previous version|go back to how it was|go back to the one before|back to how it was|回到上一个版本|回到上个版本|回到上一版|恢复到上一步|回到之前的版本|换回刚才那首|换回刚才的|换回上一首|换回之前那首|换回去|还是刚才那首好",
        Sense::Undo,
    ),
    (
        "go back to|switch back to|return to|revert to|roll back to|restore the|restore|恢复到|恢复成|退回到|还原到|回到|切回",
        Sense::To,
    ),
    (
        "redo|redo that|redo all|redo everything|再做一次刚才那个|再做一次刚才的|再做一遍刚才的|再做一遍刚才那个|重做刚才那个|重做刚才的|恢复刚才那个|重做上一步|重做|恢复刚才的撤销|取消撤销",
        Sense::Redo,
    ),
    (
        "undo|take that back|take it back|go back|step back|roll back|revert|the previous version|previous version|put it back|put that back|change it back|撤销|撤回|回退|恢复上一步|上一个版本|上一版|返回上一步|取消刚才的操作|取消刚才的修改|取消上一步|前一步不算|前一步不要|刚才的不算|刚才那个不算|刚才那步不算|不要刚才那个改动|不要刚才的改动|不要刚才那个|刚才的不要|还是原来的好|还是之前的好|还是刚才的好|还是原来那样好|退回去|退回一步|退回|收回|上一步|复原|还原|恢复一下",
        Sense::Undo,
    ),
];

/// Words that tell nothing more of a way than that it is one.
pub(super) const AROUND: &[&str] = &[
    "that",
    "it",
    "this",
    "please",
    "the",
    "last",
    "both",
    "previous",
    "change",
    "changes",
    "edit",
    "edits",
    "step",
    "steps",
    "time",
    "times",
    "one",
    "thing",
    "things",
    "once",
    "twice",
    "again",
    "now",
    "version",
    "called",
    "named",
    "as",
    "of",
    "mine",
    "just",
    "you",
    "did",
    "made",
    "what",
    "everything",
    "so",
    "far",
    "i",
    "no",
    "undo",
    "my",
    "and",
    "can",
    "could",
    "to",
    "ok",
    "okay",
    "oh",
    "wait",
    "sorry",
    "actually",
    "let's",
];

/// Words that may stand behind a name and are no part of it.
pub(super) const BEHIND: &[&str] = &["please", "now", "version", "again", "then"];

/// The same in Chinese, wherever they stand.
pub(super) const AROUND_HAN: &[&str] = &[
    "刚才的",
    "不算",
    "刚才",
    "上一步",
    "上一个",
    "最后",
    "操作",
    "修改",
    "改动",
    "的",
    "一下",
    "吧",
    "请",
    "再",
    "步",
    "次",
    "下",
    "版本",
    "那个",
    "那版",
    "版",
    "叫做",
    "叫",
    "名为",
    "两",
    "了",
    "撤销",
    "帮我",
    "到",
];
