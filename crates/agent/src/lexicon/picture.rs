//! Words about what stands over the picture, in both languages by their sense: titles, places, colours.

use timeline::{Colour, Place};

use crate::term::Term;

const fn shade(red: u8, green: u8, blue: u8) -> Term {
    Term::Shade(Colour { red, green, blue })
}

/// Phrases separated by `|`, lower case, with their sense.
pub(super) const WORDS: &[(&str, Term)] = &[
    (
        "title|titles|a title|title card|font|fonts|text|texts|text overlay|headline|heading|intro card|end card|name tag|big letters|on the screen|on screen|onscreen|lower third|lower-third",
        Term::Title,
    ),
    (
        "标题|文字|字|字幕条|大标题|片名|花字|片头字|片头文字|标题字|标题文字|标题的字|标题的文字|字号|字体|标题字号|标题的字号|标题字体|标题的大小|标题大小|文字大小|字体大小|字的颜色|标题颜色|标题的颜色|文字颜色|字体颜色|换个颜色|换一个颜色|换种颜色|another color|another colour|different color|different colour|标提|标体|副标题|小标题|字的大小|片头标题|片头那个字|片头的字|片头写|片头写上|片头,写|片头,写上|片头显示|片头,显示",
        Term::Title,
    ),
    ("first title|1st title|first text|第一个标题|第1个标题|第一条标题", Term::NthTitle(1)),
    ("second title|2nd title|second text|第二个标题|第2个标题|第二条标题", Term::NthTitle(2)),
    ("third title|3rd title|third text|第三个标题|第3个标题|第三条标题", Term::NthTitle(3)),
    ("fourth title|4th title|第四个标题|第4个标题", Term::NthTitle(4)),
    ("fifth title|5th title|第五个标题|第5个标题", Term::NthTitle(5)),
    ("last title|final title|latest title|最后一个标题|最后一条标题|最后的标题", Term::NthTitle(0)),
    (
        "写|放个|放一个|打个|打一个|show|shows|display|displays|type out|打上|打出|写上|显示|弹出|出现|写着",
        Term::Show,
    ),
    ("rename|retitle|reword", Term::Make),
    (
        "stay for|stays for|stay on screen for|remain for|last for|lasts for|show for|visible for|停留|延长到|延长至",
        Term::Stay,
    ),
    (
        "i mean|i meant|不对|不是这个意思|我是说|我的意思是|我说的是|數字|数字|名字|打字|汉字|一个字|红字幕|名字叫",
        Term::Nothing,
    ),
    ("larger|title larger|larger letters|letters larger|改大|改大一点", Term::Larger),
    ("smaller|smaller letters|letters smaller|改小|改小一点|缩小|缩小一点", Term::Smaller),
    ("longer|stay longer|stays longer|show longer|久一点|长一点|更久|久一些|时间长", Term::Longer),
    ("shorter|show shorter|短一点|短一些|时间短", Term::Shorter),
    (
        "top left|top-left|top left corner|at the top left|at the top left corner|in the top left|in the top left corner|to the top left|to the top left corner|upper left|upper-left|upper left corner|at the upper left|at the upper left corner|in the upper left|in the upper left corner|to the upper left|to the upper left corner|左上角|左上",
        Term::Spot(Place::TopLeft),
    ),
    (
        "top right|top-right|top right corner|at the top right|at the top right corner|in the top right|in the top right corner|to the top right|to the top right corner|upper right|upper-right|upper right corner|at the upper right|at the upper right corner|in the upper right|in the upper right corner|to the upper right|to the upper right corner|右上角|右上",
        Term::Spot(Place::TopRight),
    ),
    (
        "bottom left|bottom-left|bottom left corner|at the bottom left|at the bottom left corner|in the bottom left|in the bottom left corner|to the bottom left|to the bottom left corner|lower left|lower-left|lower left corner|at the lower left|at the lower left corner|in the lower left|in the lower left corner|to the lower left|to the lower left corner|左下角|左下",
        Term::Spot(Place::BottomLeft),
    ),
    (
        "bottom right|bottom-right|bottom right corner|at the bottom right|at the bottom right corner|in the bottom right|in the bottom right corner|to the bottom right|to the bottom right corner|lower right|lower-right|lower right corner|at the lower right|at the lower right corner|in the lower right|in the lower right corner|to the lower right|to the lower right corner|右下角|右下",
        Term::Spot(Place::BottomRight),
    ),
    (
        "at the top|to the top|上面|上边|往上|上移|往上移|at top|top of the screen|top of the picture|top of the frame|top center|top centre|顶部|上方|最上面|画面上面",
        Term::Spot(Place::Top),
    ),
    (
        "bottom|to the bottom|on the bottom|下面|下边|底下|往下|下移|往下移|at the bottom|bottom of the screen|bottom of the picture|bottom center|bottom centre|底部|下方|最下面|画面下面",
        Term::Spot(Place::Bottom),
    ),
    ("left side|on the left|to the left|at the left|左边|左侧|往左", Term::Spot(Place::Left)),
    ("right side|on the right|to the right|at the right|右边|右侧|往右", Term::Spot(Place::Right)),
    (
        "画面中间|屏幕中间|放中间|放在中间|放到中间|放正中|center|centre|centered|centred|in the center|in the centre|middle of the screen|居中|正中|画面中央|屏幕中央|正中间",
        Term::Spot(Place::Center),
    ),
    ("gold|golden|金色|金黄色|金字", shade(255, 193, 37)),
    ("grey|gray|灰色|灰字|灰的", shade(158, 158, 158)),
    ("white letters|in white|white|白色|白字|白的|变白|改白", shade(255, 255, 255)),
    ("yellow|黄色|黄字|黄的|变黄|改黄|换黄", shade(255, 204, 0)),
    ("red|红色|红字|红的|变红|改红|换红", shade(229, 57, 53)),
    ("green|绿色|绿字|绿的|变绿|改绿|换绿", shade(67, 160, 71)),
    ("in blue|blue letters|blue text|蓝色|蓝字|蓝的|变蓝|改蓝|换蓝", shade(66, 133, 244)),
    ("orange|橙色|橙字", shade(255, 143, 0)),
    ("purple|紫色|紫字", shade(142, 36, 170)),
    ("pink|粉色|粉字", shade(240, 98, 146)),
    ("black letters|in black|black text|黑色|黑字", shade(0, 0, 0)),
];

/// What a colour is called, in English and Chinese, where it has a name.
pub(crate) fn shade_names(colour: Colour) -> Option<(&'static str, &'static str)> {
    let named = WORDS.iter().filter(|(_, term)| *term == Term::Shade(colour));
    let words: Vec<&'static str> = named.flat_map(|(words, _)| words.split('|')).collect();
    let first = |han: bool| words.iter().copied().find(|word| word.is_ascii() != han);
    let english = first(false)?.trim_start_matches("in ");
    Some((english.split(' ').next()?, first(true)?))
}
