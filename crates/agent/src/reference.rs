//! Purposes and likenesses, and the music that people mean by them.

/// What somebody names in place of a genre.
#[derive(Debug)]
pub(crate) struct Reference {
    /// Words for it, simplified and lower case, separated by `|`.
    pub(crate) words: &'static str,
    /// Genres that fit, the best first; those that the library lacks are passed over. A kind of music begins with its own
    /// identifier, which somebody may have added.
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
        // People lend a direction and no kind of music.
        word if word.contains("zimmer") || word.contains("季默") => named.to_owned(),
        "r&b" | "rnb" => "R&B".to_owned(),
        "k-pop" | "kpop" => "K-pop".to_owned(),
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
    // Purposes. Where a genre counts the word among its occasions, that genre plays and the mood is from here.
    "travel vlog|travel video|travel|trip|vacation|holiday|holidays|holiday trip|road trip|roadtrip|journey|adventure|旅行|旅游|游记|自驾|度假|冒险" => ["tropical" "indie-pop" "folk"] "happy";
    "vlog|vlogs|daily life|day in my life|日常|生活记录|生活片" => ["indie-pop" "folk" "lofi"] "happy";
    "gaming montage|game montage|frag movie|highlights|highlight reel|esports|speedrun|电竞|游戏集锦|高光|集锦|精彩操作" => ["synthwave" "house" "chiptune"] "excited";
    "video game|videogame|gameplay|gaming|pixel art|pixel|arcade|nes|console|retro game|retro gaming|游戏|电子游戏|像素|红白机|8位机|小霸王|街机|复古游戏" => ["chiptune"];
    "boss fight|boss battle|boss|打boss|boss战" => ["boss-battle" "chiptune"] "tense";
    "product demo|product video|demo video|product launch|product|explainer|presentation|pitch|startup|saas|promo|promotional|commercial|advert|advertisement|ad|company|business|office|产品演示|产品介绍|产品|宣传片|企业|公司|广告|路演|发布会|商务" => ["corporate"] "confident";
    "tutorial|how-to|how to video|course|lesson|教程|教学|课程|讲解" => ["corporate" "lofi"] "hopeful";
    "wedding|weddings|marriage|engagement|proposal|anniversary|love story|valentine|婚礼|求婚|结婚|纪念日|婚纱|情人节" => ["cinematic"] "romantic";
    "study|studying|homework|coding|programming|working|work session|reading|学习|读书|写作业|编程|工作" => ["lofi"] "calm";
    "sunday morning|morning coffee|coffee|cafe|rainy day|rain|cooking|baking|周日早晨|星期天早上|周日早上|清晨|下雨|雨天|咖啡|做饭|美食|烹饪" => ["lofi"] "warm";
    "sleep|sleeping|meditation|yoga|spa|mindfulness|breathing|asmr|睡眠|助眠|冥想|瑜伽" => ["meditation" "ambient"] "calm";
    "nature|landscape|forest|ocean|mountains|drone|aerial|timelapse|time-lapse|time lapse|space|stars|underwater|自然|风景|森林|海洋|大海|航拍|延时|延时摄影|星空|太空|宇宙" => ["ambient" "cinematic"] "dreamy";
    "trailer|teaser|blockbuster|hollywood|movie trailer|预告片|预告|大片" => ["epic" "cinematic"] "epic";
    "documentary|history|museum|纪录片|历史" => ["documentary" "cinematic"] "serious";
    "short film|drama|story|film score|微电影|短片|剧情|故事" => ["cinematic"] "emotional";
    "memorial|funeral|tribute|in memory|farewell|goodbye|追悼|悼念|缅怀|告别" => ["cinematic"] "sad";
    "graduation|childhood|old photos|memories|family album|毕业|童年|老照片|家庭相册" => ["cinematic"] "nostalgic";
    "family|baby|newborn|家庭|宝宝|亲子" => ["folk" "cinematic"] "warm";
    "workout|gym|fitness|sports|sport|football|soccer|running|parkour|健身|运动|体育|足球|跑步|跑酷" => ["house" "rock"] "excited";
    "basketball|skate|skateboarding|篮球|滑板" => ["trap"] "cool";
    "action|car chase|chase|fight|battle|war|动作|追车|追逐|打斗|战斗|战争" => ["epic" "cinematic"] "tense";
    "racing|race|cars|drift|赛车|漂移|飙车" => ["racing" "synthwave"] "excited";
    "birthday|party|celebration|new year|kids|children|school|生日|派对|聚会|庆祝|新年|孩子|儿童" => ["indie-pop"] "happy";
    "cat|cats|dog|dogs|puppy|kitten|pet|pets|猫|狗|宠物" => ["comedy" "folk"] "playful";
    "halloween|haunted|ghost|zombie|万圣节|鬼|僵尸" => ["horror" "ambient"] "scary";
    "christmas|xmas|圣诞|圣诞节" => ["christmas"] "warm";
    "fashion|makeup|beauty|runway|时装|美妆|穿搭" => ["funk" "house"] "cool";
    "tech|technology|review|unboxing|gadget|科技|数码|测评|评测|开箱" => ["corporate" "house"] "confident";
    "real estate|property|apartment|house tour|architecture|房产|样板间|建筑" => ["corporate" "ambient"] "calm";
    "charity|fundraiser|nonprofit|donation|公益|慈善" => ["cinematic" "corporate"] "hopeful";
    "news|interview|新闻|采访|访谈" => ["documentary" "corporate"] "serious";
    // Likenesses that people lend from films and games.
    "stranger things|blade runner|cyberpunk|tron|赛博朋克|银翼杀手" => ["synthwave"];
    "lord of the rings|game of thrones|harry potter|gladiator|interstellar|inception|魔戒|指环王|星际穿越" => ["epic" "cinematic"] "epic";
    "ghibli|studio ghibli|miyazaki|吉卜力|宫崎骏|久石让" => ["cinematic" "classical"] "dreamy";
    "james bond|heist|spy|spy movie|谍战|间谍" => ["funk" "jazz"] "tense";
    "zelda|final fantasy|塞尔达|最终幻想" => ["console-adventure" "chiptune"] "hopeful";
    "mario|super mario|pokemon|pac-man|pacman|tetris|sonic|马里奥|超级玛丽|宝可梦" => ["chiptune"] "playful";
    "minecraft|stardew valley|我的世界|星露谷" => ["ambient" "lofi"] "calm";
    // Kinds of music that a library may lack.
    "lullaby|lullabies|摇篮曲|催眠曲" => ["lullaby" "meditation"] "calm" kind "lullaby" "摇篮曲";
    "western|spaghetti western|wild west|cowboy|西部片|西部|牛仔" => ["western" "folk"] "mysterious" kind "western" "西部音乐";
    "ballad|ballads|power ballad|rock ballad|抒情慢歌" => ["ballad" "cinematic"] "emotional" kind "ballad" "抒情慢歌";
    "metal|heavy metal|重金属|金属乐" => ["metal" "rock"] "angry" kind "metal" "重金属";
    "techno|trance|dubstep|drum and bass|dnb|electro|hardstyle|eurodance|breakbeat|garage" => ["techno" "house"] "excited" kind "electronic dance music" "电子舞曲";
    "k-pop|kpop" => ["k-pop" "indie-pop"] "happy" kind "K-pop" "流行乐";
    "country|country music|bluegrass|乡村|乡村音乐" => ["country" "folk"] "warm" kind "country" "乡村音乐";
    "sounds like hans zimmer|sound like hans zimmer|like hans zimmer|hans zimmer style|in the style of hans zimmer|hans zimmer vibe|hans zimmer vibes|hans zimmer-style|像汉斯季默|汉斯季默风格|像汉斯·季默|汉斯·季默风格" => ["hans zimmer" "epic" "cinematic"] "epic" kind "Hans Zimmer" "汉斯·季默";
    "disco|迪斯科" => ["disco" "funk"] "cool" kind "disco" "迪斯科";
    "reggae|雷鬼" => ["reggae" "tropical"] "cool" kind "reggae" "雷鬼";
    "blues|soul|r&b|rnb|布鲁斯|蓝调|灵魂乐" => ["blues" "jazz"] kind "blues and soul" "布鲁斯";
    "salsa|rumba|萨尔萨" => ["latin" "bossa-nova"] "happy" kind "Latin music" "拉丁音乐";
    "celtic|irish|medieval|pirate|viking|凯尔特|中世纪" => ["celtic" "folk"] kind "Celtic" "凯尔特音乐";
    "fantasy|奇幻" => ["fantasy" "console-adventure"] kind "fantasy" "奇幻音乐";
    "opera|gospel|choral|hymn|歌剧|圣咏" => ["choral" "classical"] kind "choral music" "合唱音乐";
    "polka|waltz|ska|circus music|cabaret|华尔兹|圆舞曲|波尔卡" => ["polka" "comedy"] "playful" kind "polka" "圆舞曲";
    "flamenco|tango|mariachi|afrobeat|弗拉门戈|探戈" => ["latin" "bossa-nova"] kind "Latin" "拉丁音乐";
    "chinese style|guzheng|traditional chinese|中国风|国风|古风|古筝|二胡" => ["chinese" "ambient"] kind "Chinese traditional music" "国风音乐";
}
