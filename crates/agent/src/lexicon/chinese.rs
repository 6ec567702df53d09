//! Chinese words and phrases by their sense, in simplified characters; traditional ones are turned into them first.

pub(super) mod picture;

use score::Role;
use timeline::Target;

use crate::term::{Outside, Question, Term};

/// Phrases separated by `|` with their sense.
pub(super) const WORDS: &[(&str, Term)] = &[
    // What it is about.
    ("音乐|背景音乐|配乐|背景乐|乐曲|曲子|歌曲|歌|伴奏|曲|背景音|纯音乐|旋律音乐", Term::Music),
    (
        "原有的音乐|原来的音乐|原有音乐|原音乐|现有音乐|现有的音乐|视频里的音乐|影片里的音乐|视频原来的音乐|自带的音乐|自带音乐|原来的背景音乐|原有的背景音乐|原有背景音乐",
        Term::OldMusic,
    ),
    (
        "视频|影片|视频氛围|影片氛围|画面氛围|视频的氛围|影片的氛围|画面的氛围|视频气氛|影片气氛|气氛|片子|电影|录像|短视频|画面|素材|录屏|片段",
        Term::Film,
    ),
    ("人声|说话|讲话|对白|旁白|语音|对话|解说|讲解声|说话声|台词|人说话", Term::Speech),
    ("整个|全片|全程|从头到尾|整段|全部时间|通篇|整条", Term::Whole),
    // What is to be done.
    (
        "加|添加|加上|加入|加个|加点|加一段|加一首|来点|来一段|来首|来个|配|配上|配点|配个|配段|做一段|写一段|生成|创作|谱写|作曲|做个|做点|插入|制作|增加音乐|增加背景音乐|铺|垫",
        Term::Add,
    ),
    ("想要|我要|需要|要|用|使用|给我|希望有|改用|放|播放|来", Term::Want),
    ("改成|改为|变成|换成|设成|设为|设置|调成|调到|调整|调|变|弄|搞|让|把|移到|挪到", Term::Make),
    ("去掉|去除|删除|删掉|删了|移除|拿掉|取消|关掉|关闭|撤掉|清除|除掉", Term::Remove),
    ("类似的|相似的|差不多的|同样风格|同一风格|再来一首类似的|像这首|跟这首差不多|更多这样的", Term::Similar),
    (
        "换一首|换首|换一个|换个|换一段|换段|换一种|另一首|另一个|别的|另外一首|重新|重做|重来|再来一首|再来一个|再来一次|再试|替换|换掉|更换|换音乐|换曲|换歌|不同的|换|下一首|其他的",
        Term::Again,
    ),
    ("再加|另外加|额外|叠加|同时加|再叠|还要加|再添", Term::Also),
    ("符合|适合|贴合|匹配|配合|搭配|契合|合适|自动|相称", Term::Fit),
    ("随便|你决定|你来定|你选|都行|看着办|随意|来点好听的", Term::Anything),
    // Level.
    ("音量|响度|声量|音乐声|声音大小", Term::Volume),
    (
        "大声一点|大声点|大声|更大声|响一点|响点|更响|大一点|大一些|大点|提高|调大|调高|增大|加大|提升|升高|声音大|音量大|再大|更大|变大|放大|太小声了|听不清音乐|听不见音乐",
        Term::Louder,
    ),
    (
        "小声一点|小声点|小声|更小声|轻一点|轻一些|轻点|小一点|小一些|小点|降低|调小|调低|减小|减少|降|减|压低|声音小|音量小|更轻|更小|再小|变小|柔一点|安静一点|安静点|安静些|低一点|低一些|低点|弱一点",
        Term::Quieter,
    ),
    ("很大声|响亮|洪亮|突出", Term::Loud),
    ("低调|不抢戏|若有若无|轻轻|隐约|别抢戏|不要抢戏|不喧宾夺主", Term::Soft),
    ("太大声|太吵|太响|声音太大|音量太大|音乐太大|太大了|太大|过大|盖过|吵", Term::TooLoud),
    ("太小声|太轻|声音太小|音量太小|音乐太小|太小了|太小|过小|听不到音乐", Term::TooQuiet),
    ("静音音乐|音乐静音|静音", Term::Mute),
    ("翻倍|加倍|一倍|双倍", Term::Twice),
    ("减半|一半|降到一半|降低到一半|减到一半|降至一半|调到一半", Term::Half),
    ("一点|一点点|点儿|稍微|稍稍|略微|一些|些许|有点|一丢丢|稍", Term::Bit),
    ("很多|得多|非常|特别|大幅|好多|超级|极其|十分|很|大大|多多", Term::Much),
    ("更|更加|再|更为|多一点|多一些|多点|多些", Term::More),
    ("少一点|少一些|少点|没那么|不那么|别那么|不要那么|不要这么|别这么|不太", Term::Less),
    ("太|过于|那么|这么", Term::Too),
    // Pace.
    ("快一点|快一些|快点|更快|加快|节奏快一点|再快|提速|变快|快些|加速", Term::Faster),
    ("慢一点|慢一些|慢点|更慢|放慢|减慢|再慢|降速|变慢|慢些|减速", Term::Slower),
    ("快节奏|节奏快|快速|快|节奏感强", Term::Fast),
    ("慢节奏|节奏慢|慢速|慢|缓慢", Term::Slow),
    ("节奏|速度|节拍|拍速|bpm", Term::Pace),
    // Players.
    ("鼓|鼓点|鼓声|架子鼓|打击乐|鼓组|打鼓", Term::Role(Role::Drums)),
    ("贝斯|低音|贝司|低音线", Term::Role(Role::Bass)),
    ("旋律|主旋律|主音", Term::Role(Role::Melody)),
    ("副旋律|对位", Term::Role(Role::Counter)),
    ("和弦|和声", Term::Role(Role::Chords)),
    ("琶音|分解和弦", Term::Role(Role::Arpeggio)),
    ("铺底|长音|铺垫音", Term::Role(Role::Pad)),
    ("过渡音效|冲击音", Term::Role(Role::Effects)),
    ("不|别|不要|不是|不想|不用|勿|请勿|不许|避免|除了|讨厌|不能|没必要", Term::Not),
    ("没有|无|不要有|不带|不加|不含|没", Term::Without),
    ("独奏|只要|只用|只有|仅|只|就要", Term::Only),
    ("带|带上|加回|加回来|恢复", Term::With),
    // Places.
    ("从|自|由", Term::From),
    ("到|至|降到|降低到|降至|升到|提高到|提升到|调低到|调高到|调小到|调大到|减到|减小到|加到|直到", Term::To),
    ("截止|为止到|结束于|停在", Term::Until),
    ("在|于", Term::At),
    ("之后|以后|过后|往后|起|开始播放|后面", Term::After),
    ("后", Term::Behind),
    ("之前|以前|为止|停止|截止到|前面", Term::Before),
    ("前|开头的|最开始的|最初|头", Term::First),
    ("最后|末尾|最后的|结尾的|末", Term::Last),
    ("前半段|前半部分|前一半|上半段|前半|上半部分", Term::FirstHalf),
    ("后半段|后半部分|后一半|下半段|后半|下半部分", Term::SecondHalf),
    ("三分之一", Term::Third),
    ("开头|开始|片头|起点|开场|一开始", Term::Start),
    ("结尾|结束|片尾|末了|终点|收尾|尾声", Term::End),
    ("中间|中段|半途|正中", Term::Middle),
    ("持续|时长|长达|为时|用时", Term::For),
    // Fades, ducking, hits.
    ("淡入|渐入|渐强进入|渐起", Term::FadeIn),
    ("淡出|渐出|渐弱|渐隐|慢慢消失|渐渐消失|渐渐结束", Term::FadeOut),
    ("淡入淡出|渐入渐出|淡进淡出|淡入和淡出|淡化", Term::Fade),
    ("闪避|避让|压低音乐|让位|让开|让路|说话时降低|说话时压低|有人说话时|侧链", Term::Duck),
    (
        "听不清人声|听不清说话|听不清对白|听不清旁白|听不到人声|听不清在说|盖过人声|盖住人声|压过人声|盖过说话|人声清楚|人声清晰|人声更清楚|突出人声",
        Term::Drowned,
    ),
    ("无障碍|無障礙|听障|聽障|听力不好|聽力不好", Term::Accessible),
    ("不要压低|别压低|不用压低|不要降低音乐", Term::NoDuck),
    ("轻微|轻柔地", Term::Gentle),
    ("强|强烈|深|明显|厉害", Term::Strong),
    ("卡点|重音|重拍|落点|冲击|鼓点落|踩点|打点", Term::Hit),
    ("爆发|高潮|爆点|炸开|爆炸", Term::Climax),
    ("留白|留点空间|不要一直有音乐|不用一直放|不必一直有音乐|有停顿", Term::Breathing),
    ("正宗|原汁原味|真实硬件|真实主机|真机|还原红白机|硬件还原", Term::Authentic),
    ("循环|无缝|无缝循环", Term::Loop),
    // Platforms.
    ("油管", Term::Target(Target::Youtube)),
    ("抖音|快手|视频号", Term::Target(Target::Tiktok)),
    ("小红书", Term::Target(Target::Reels)),
    ("b站|哔哩哔哩|哔哩", Term::Target(Target::Bilibili)),
    ("播客", Term::Target(Target::Podcast)),
    ("电视|广播|电视台", Term::Target(Target::BroadcastEu)),
    ("美国广播|美国电视", Term::Target(Target::BroadcastUs)),
    ("保持响度|响度不变|原来的响度", Term::Target(Target::Keep)),
    ("和|与|并|并且|以及|或|或者|也|同时|还有", Term::And),
    ("然后|接着|随后|再换成|再变成|然后换成|之后换成|切换到|切换成|切换为", Term::Then),
    ("但|但是|不过|而是|可是|只是", Term::But),
    ("所有|全部|每一首|都|两首", Term::All),
    ("第一首|第一段音乐|第一个", Term::Nth(1)),
    ("第二首|第二段音乐|第二个", Term::Nth(2)),
    ("第三首|第三段音乐|第三个", Term::Nth(3)),
    ("最后一首|最后一段音乐|最新那首", Term::Nth(0)),
    // What cannot be done yet.
    ("水印|贴纸|图标", Term::Outside(Outside::Marks)),
    ("字幕|自动字幕|转写", Term::Outside(Outside::Captions)),
    ("去掉静音片段|去掉停顿|智能剪辑", Term::Outside(Outside::Trim)),
    ("旋转|翻转|镜像", Term::Outside(Outside::Aspect)),
    ("倒放|变速曲线", Term::Outside(Outside::Speed)),
    ("转场|滤镜|调色|特效|美颜|磨皮|黑白|模糊|放大画面|绿幕|防抖", Term::Outside(Outside::Picture)),
    ("噪音|降噪|杂音|去人声|去掉人声", Term::Outside(Outside::OwnSound)),
    ("配音|语音合成|朗读", Term::Outside(Outside::VoiceOver)),
    ("歌词|唱歌|演唱|歌声|歌手", Term::Outside(Outside::Singing)),
    ("音效|掌声|笑声", Term::Outside(Outside::SoundEffects)),
    ("我自己的歌|我的歌|我的音乐|我上传的|自己的音乐|本地音乐", Term::Outside(Outside::Recording)),
    ("周杰伦|邓紫棋|林俊杰|久石让|泰勒|的歌曲原版", Term::Outside(Outside::KnownSong)),
    ("撤销|恢复上一步|回退|撤回|重做上一步|上一个版本|返回上一步", Term::Outside(Outside::Undo)),
    // Questions.
    (
        "你能做什么|能做什么|可以做什么|帮助|怎么用|如何使用|有什么功能|功能|会什么|有哪些风格|什么风格|哪些风格|支持什么",
        Term::Question(Question::Abilities),
    ),
    (
        "状态|现在是什么音乐|现在是什么|现在放的|当前|什么曲子|什么歌|做了什么",
        Term::Question(Question::State),
    ),
    ("导出|汇出|输出影片|输出成片|输出视频|下载|发给我|输出视频|保存视频", Term::Question(Question::Export)),
    ("你好|您好|谢谢|多谢|嗨|早上好|哈喽|太好了|很好|完美|不错", Term::Question(Question::Greeting)),
    // Words that would be misread.
    (
        "我希望|希望你|希望能|希望可以|希望把|区别|特别是|类别|不同|不管|不如|不断|到处|目前|以前的|尽快|赶快|快要|不仅|只不过|不一定|要求|要是|重要|主要|只要是|想要的|然后把|之前的|不好意思|加油|大概|大家|帮我|麻烦|请|给|我的|这个|那个|一个|一下|一首|一段|不知道|没问题|没关系|方便|配置|并不|最好|最好是|现在|时候|当中|的时候|更多的|都可以|无论|无聊|用户|作用|利用|用来|放松|放学|来源|本来|原来|后来|起来|看起来|听起来|未来|带来|由于|自己|自然而然|自拍|位于|关于|至少|甚至|以至|头发|快递|降落|减肥|强调|深圳|深夜|深情|提高清晰|和谐|对比|非常适合|非常符合|无人机|无人|把握|调皮|变化|让我|从来|从前|从小|也许|电视剧",
        Term::Nothing,
    ),
];
