//! Chinese words about the picture: clips, shape, own sound, fades.

use timeline::{Fit, Ratio};

use crate::term::{PictureWord, Term};

const fn word(word: PictureWord) -> Term {
    Term::Picture(word)
}

/// Phrases separated by `|`, in simplified characters, with their sense.
pub(in super::super) const WORDS: &[(&str, Term)] = &[
    ("倒序|倒过来排|反过来排|颠倒顺序|顺序颠倒|顺序反过来|顺序倒过来", word(PictureWord::Reverse)),
    ("中间那段|中间一段|中间的片段|中间那个片段", word(PictureWord::Clip(PictureWord::MIDDLE))),
    ("剪掉|剪去|剪切|剪切掉|裁掉|裁去|截掉|切掉|剪辑掉|剪|裁剪掉", word(PictureWord::Cut)),
    ("裁剪视频|剪辑|剪视频|截取", word(PictureWord::Trim)),
    ("剪短|缩短|裁短", word(PictureWord::Shorten)),
    ("裁到|剪到|裁成|剪成|缩短到|缩短至|裁剪到|裁至|剪至|剪短到|截取到", word(PictureWord::ShortenTo)),
    ("只保留|只留|只留下|仅保留", word(PictureWord::Keep)),
    ("部分|内容|那段|这段", word(PictureWord::Part)),
    (
        "分割|切开|剪开|剪成两段|切成两段|剪成两半|切成两半|切断|剪断|拆分|一分为二|断开|分成两段|分成两半|分成两份",
        word(PictureWord::Split),
    ),
    ("拼接|合并|接起来|连起来", word(PictureWord::Join)),
    ("交换|对调|互换|调换|换一下顺序|换个顺序|调换顺序|颠倒顺序", word(PictureWord::Swap)),
    ("最前面|最前|第一位|最前头|到前面", word(PictureWord::Front)),
    ("最后面|最后头|最后一位|到后面", word(PictureWord::Rear)),
    ("慢动作|慢放|慢镜头|升格", word(PictureWord::SlowMotion)),
    ("快放|快进|倍速|延时", word(PictureWord::FastForward)),
    (
        "第一段|第1段|第一个片段|第1个片段|第一个视频|第一个镜头|片段一|片段1|第一段视频",
        word(PictureWord::Clip(1)),
    ),
    (
        "第二段|第2段|第二个片段|第2个片段|第二个视频|第二个镜头|片段二|片段2|第二段视频",
        word(PictureWord::Clip(2)),
    ),
    (
        "第三段|第3段|第三个片段|第3个片段|第三个视频|第三个镜头|片段三|片段3|第三段视频",
        word(PictureWord::Clip(3)),
    ),
    (
        "第四段|第4段|第四个片段|第4个片段|第四个视频|第四个镜头|片段四|片段4|第四段视频",
        word(PictureWord::Clip(4)),
    ),
    (
        "第五段|第5段|第五个片段|第5个片段|第五个视频|第五个镜头|片段五|片段5|第五段视频",
        word(PictureWord::Clip(5)),
    ),
    ("最后一段|最后一个片段|最后一个视频|最后一个镜头|最后一段视频", word(PictureWord::Clip(0))),
    ("叠化|交叉淡化|交叉叠化|溶解|交叉淡入淡出|叠化转场", word(PictureWord::Crossfade)),
    (
        "原声|原音|原视频声音|视频原声|影片原声|视频声音|视频的声音|影片的声音|原来的声音|视频原来的声音|原始声音|视频的原声|原片的声音|原片声音|原片音量|原片的音量|原视频的声音|影片声音|影片里的声音|视频里的声音|片子的声音|视频音量|影片音量",
        word(PictureWord::OwnSound),
    ),
    ("消音|去掉声音|去掉原声|去除原声", word(PictureWord::Silence)),
    ("取消静音|恢复原声|打开原声|恢复声音", word(PictureWord::Unmute)),
    ("竖屏|直式|直屏|直向|竖版|竖向|竖着|竖的|竖式", word(PictureWord::Shape(Ratio::Tall))),
    ("横屏|横式|横版|横向|横着|横的|宽屏", word(PictureWord::Shape(Ratio::Wide))),
    ("方形|正方形|方的|方屏", word(PictureWord::Shape(Ratio::Square))),
    (
        "原始比例|原比例|原画幅|原来的比例|原来的画幅|原始画幅|保持比例|原有比例",
        word(PictureWord::Shape(Ratio::Source)),
    ),
    ("裁剪|裁切|铺满画面|填满画面|填满|铺满屏幕", word(PictureWord::Fit(Fit::Crop))),
    (
        "别裁掉画面|不要裁掉画面|不裁掉画面|不要裁切|不裁切|别裁切|不要裁剪|不裁剪|别裁剪|完整画面|保留完整画面|保留全部画面|画面要完整|黑边|加黑边|留黑边|上下黑边|左右黑边",
        word(PictureWord::Fit(Fit::Pad)),
    ),
    (
        "背景模糊|模糊背景|虚化背景|背景虚化|模糊的背景|模糊填充|两边模糊|上下模糊|模糊补边",
        word(PictureWord::Fit(Fit::Blur)),
    ),
    ("画幅|比例|分辨率|画面比例|尺寸", word(PictureWord::Frame)),
    ("从黑场|从黑屏|从黑|由黑场|由黑", word(PictureWord::FromBlack)),
    ("到黑场|到黑屏|到黑|至黑场|至黑|变黑|渐黑", word(PictureWord::ToBlack)),
    ("黑场|黑屏", word(PictureWord::Black)),
    // "Can you", which denies nothing.
    ("能不能|可不可以|行不行|可以不可以|能否|可否", Term::Nothing),
];
