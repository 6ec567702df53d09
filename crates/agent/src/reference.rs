//! Purposes and likenesses, and the music that people mean by them.

/// What somebody names in place of a genre.
#[derive(Debug)]
pub(crate) struct Reference {
    /// Words for it, simplified and lower case, separated by `|`.
    pub(crate) words: &'static str,
    /// Genres that fit, the best first; those that the library lacks are passed over.
    pub(crate) near: &'static [&'static str],
    /// The mood that goes with it; without one the film decides.
    pub(crate) mood: Option<&'static str>,
    /// Its name in English and Chinese, for kinds of music: where the library lacks it, the reply says so.
    pub(crate) kind: Option<(&'static str, &'static str)>,
}

/// A kind of music as somebody called it; as we do where they used another script or wrote it shortly.
pub(crate) fn in_own_words(word: &str, named: &str) -> String {
    let same_script = word.is_ascii() == named.is_ascii();
    match word {
        "edm" => "EDM".to_owned(),
        "r&b" | "rnb" => "R&B".to_owned(),
        "k-pop" | "kpop" => "K-pop".to_owned(),
        "christmas" | "xmas" => "Christmas".to_owned(),
        "halloween" => "Halloween".to_owned(),
        word if word.is_empty() || !same_script => named.to_owned(),
        word => word.trim_end_matches(" music").trim_end_matches("音乐").to_owned(),
    }
}

macro_rules! references {
    ($($words:literal => [$($near:literal)*] $($mood:literal)? $(kind $english:literal $chinese:literal)?;)*) => {
        /// Every likeness the reader knows.
        pub(crate) static REFERENCES: &[Reference] = &[$(Reference {
            words: $words,
            near: &[$($near),*],
            mood: optional!($($mood)?),
            kind: optional!($(($english, $chinese))?),
        },)*];
    };
}

macro_rules! optional {
    () => {
        None
    };
    ($value:expr) => {
        Some($value)
    };
}

references! {
    // Purposes.
    "travel vlog|travel video|travel|trip|vacation|holiday trip|road trip|roadtrip|journey|adventure|旅行|旅游|游记|自驾|度假|冒险" => ["travel" "indie" "acoustic" "corporate"] "happy";
    "vlog|vlogs|daily life|day in my life|日常|生活记录|生活片" => ["indie" "acoustic" "lofi"] "happy";
    "gaming montage|game montage|frag movie|highlights|highlight reel|esports|speedrun|电竞|游戏集锦|高光|集锦|精彩操作" => ["synthwave" "electronic" "chiptune"] "excited";
    "video game|videogame|game music|gameplay|gaming|pixel art|pixel|arcade|8-bit|8 bit|8bit|nes|game boy|gameboy|console|retro game|retro gaming|游戏|电子游戏|像素|红白机|8位|8位机|小霸王|街机|复古游戏" => ["chiptune"];
    "boss fight|boss battle|boss|打boss|boss战" => ["boss" "chiptune"] "tense";
    "product demo|product video|demo video|product launch|product|explainer|presentation|pitch|startup|saas|promo|promotional|commercial|advert|advertisement|ad|company|business|office|产品演示|产品介绍|产品|宣传片|企业|公司|广告|路演|发布会|商务" => ["corporate"] "confident";
    "tutorial|how-to|how to video|course|lesson|教程|教学|课程|讲解" => ["corporate" "lofi"] "hopeful";
    "wedding|weddings|marriage|engagement|proposal|anniversary|love story|valentine|婚礼|求婚|结婚|纪念日|婚纱|情人节" => ["emotional" "cinematic"] "romantic";
    "study|studying|homework|coding|programming|working|work session|reading|学习|读书|写作业|编程|工作" => ["lofi"] "calm";
    "sunday morning|morning coffee|coffee|cafe|rainy day|rain|cooking|baking|周日早晨|星期天早上|周日早上|清晨|下雨|雨天|咖啡|做饭|美食|烹饪" => ["lofi"] "warm";
    "sleep|sleeping|meditation|yoga|spa|mindfulness|breathing|asmr|睡眠|助眠|冥想|瑜伽" => ["meditation" "ambient"] "calm";
    "nature|landscape|forest|ocean|mountains|drone|aerial|timelapse|time-lapse|time lapse|space|stars|underwater|自然|风景|森林|海洋|大海|航拍|延时|延时摄影|星空|太空|宇宙" => ["ambient" "cinematic"] "dreamy";
    "trailer|teaser|blockbuster|hollywood|movie trailer|预告片|预告|大片" => ["epic" "cinematic"] "epic";
    "documentary|history|museum|纪录片|历史" => ["documentary" "cinematic"] "serious";
    "short film|drama|story|film score|微电影|短片|剧情|故事" => ["cinematic"] "emotional";
    "memorial|funeral|tribute|in memory|farewell|goodbye|追悼|悼念|缅怀|告别" => ["emotional" "cinematic"] "sad";
    "graduation|childhood|old photos|memories|family album|毕业|童年|老照片|家庭相册" => ["emotional" "cinematic"] "nostalgic";
    "family|baby|newborn|家庭|宝宝|亲子" => ["acoustic" "cinematic" "lofi"] "warm";
    "workout|gym|fitness|sports|sport|football|basketball|running|skate|skateboarding|parkour|健身|运动|体育|足球|篮球|跑步|滑板|跑酷" => ["electronic" "rock" "corporate"] "excited";
    "action|car chase|chase|fight|battle|war|动作|追车|追逐|打斗|战斗|战争" => ["epic" "cinematic"] "tense";
    "racing|race|cars|drift|赛车|漂移|飙车" => ["racing" "synthwave" "chiptune"] "excited";
    "birthday|party|celebration|new year|kids|children|school|生日|派对|聚会|庆祝|新年|孩子|儿童" => ["pop" "indie" "chiptune"] "happy";
    "cat|cats|dog|dogs|puppy|kitten|pet|pets|猫|狗|宠物" => ["comedy" "acoustic" "lofi"] "playful";
    "halloween|haunted|ghost|zombie|万圣节|鬼|僵尸" => ["horror" "ambient"] "scary" kind "horror" "恐怖音乐";
    "christmas|xmas|圣诞|圣诞节" => ["holiday" "cinematic"] "warm" kind "Christmas" "圣诞音乐";
    "fashion|makeup|beauty|runway|时装|美妆|穿搭" => ["house" "electronic" "lofi"] "cool";
    "tech|technology|review|unboxing|gadget|科技|数码|测评|评测|开箱" => ["electronic" "corporate"] "confident";
    "real estate|property|apartment|house tour|architecture|房产|样板间|建筑" => ["corporate" "ambient"] "calm";
    "charity|fundraiser|nonprofit|donation|公益|慈善" => ["cinematic" "corporate"] "hopeful";
    "news|interview|新闻|采访|访谈" => ["documentary" "corporate"] "serious";
    "orchestra|orchestral|symphonic|管弦乐|交响乐|交响" => ["emotional" "cinematic"];
    // Kinds of music that a library may lack.
    "jazz|swing|bebop|爵士|爵士乐" => ["jazz" "lofi"] kind "jazz" "爵士乐";
    "bossa nova|bossa|波萨诺瓦" => ["bossa" "jazz" "lofi"] kind "bossa nova" "波萨诺瓦";
    "hip hop|hip-hop|hiphop|trap|rap beat|boom bap|嘻哈|陷阱" => ["trap" "hiphop" "lofi"] kind "hip-hop" "嘻哈";
    "rock|punk|grunge|摇滚|朋克" => ["rock" "corporate"] "excited" kind "rock" "摇滚";
    "metal|heavy metal|重金属|金属乐" => ["rock" "cinematic"] "angry" kind "metal" "重金属";
    "edm|electronic|house music|techno|trance|dance|club|dubstep|drum and bass|future bass|electro|电子|电子乐|电音|舞曲|浩室" => ["electronic" "house" "synthwave" "chiptune"] "excited" kind "electronic dance music" "电子舞曲";
    "synthwave|retrowave|vaporwave|80s|eighties|outrun|合成器浪潮|蒸汽波|八十年代" => ["synthwave" "chiptune"] kind "synthwave" "合成器浪潮";
    "pop|indie pop|k-pop|流行|流行乐" => ["pop" "indie" "corporate"] "happy" kind "pop" "流行乐";
    "folk|acoustic|民谣" => ["acoustic" "folk" "indie" "lofi"] "warm" kind "acoustic folk" "民谣";
    "country|bluegrass|乡村|乡村音乐" => ["country" "acoustic" "corporate"] "warm" kind "country" "乡村音乐";
    "classical|baroque|chamber music|mozart|古典|古典乐|古典音乐" => ["classical" "cinematic"] kind "classical music" "古典音乐";
    "funk|disco|放克|迪斯科" => ["funk" "corporate"] "cool" kind "funk" "放克";
    "reggae|雷鬼" => ["reggae" "lofi"] "cool" kind "reggae" "雷鬼";
    "blues|soul|r&b|rnb|布鲁斯|蓝调|灵魂乐" => ["blues" "jazz" "lofi"] kind "blues and soul" "布鲁斯";
    "latin|salsa|samba|tropical|拉丁|热带" => ["travel" "latin" "corporate"] "happy" kind "Latin music" "拉丁音乐";
    "rap|drill|grime|phonk|说唱" => ["trap" "lofi"] "cool" kind "rap" "说唱";
    "hardstyle|eurodance|breakbeat|garage" => ["electronic" "house" "synthwave" "chiptune"] "excited" kind "electronic dance music" "电子舞曲";
    "celtic|irish|medieval|fantasy|pirate|viking|凯尔特|中世纪|奇幻" => ["medieval" "cinematic"] kind "fantasy" "奇幻音乐";
    "opera|gospel|choral|hymn|歌剧|圣咏" => ["classical" "cinematic"] kind "choral music" "合唱音乐";
    "polka|waltz|ska|circus|cabaret|华尔兹|圆舞曲|波尔卡" => ["comedy" "corporate"] "playful" kind "polka" "圆舞曲";
    "flamenco|tango|mariachi|afrobeat|弗拉门戈|探戈" => ["latin" "acoustic" "corporate"] "happy" kind "Latin" "拉丁音乐";
    "chinese style|guzheng|traditional chinese|中国风|国风|古风|古筝|二胡" => ["ambient" "cinematic"] kind "Chinese traditional music" "国风音乐";
}
