//! Words about the course of the music and of the film, in both languages by their sense: points, locks, other takes,
//! rises, questions.

use score::{Mode, Role, SectionKind};

use crate::landmark::Landmark;
use crate::term::{Asked, Outside, Question, Term};

const fn asks(asked: Asked) -> Term {
    Term::Question(Question::Of(asked))
}

/// Phrases separated by `|`, lower case, simplified, with their sense.
pub(super) const WORDS: &[(&str, Term)] = &[
    // Points of the film.
    (
        "start talking|starts talking|started talking|start to talk|starts to talk|begin talking|begins talking|begin to talk|begins to talk|start speaking|starts speaking|starts to speak|begins to speak|begin speaking|begins speaking|start to speak|speech starts|speech begins|speech start|talking starts|talking begins|voice starts|voice begins|voice comes in|voice kicks in|narration starts|narration begins|narrator starts|narrator begins|dialogue starts|dialogue begins|conversation starts|conversation begins|start of the speech|beginning of the speech|start of the talking|first words|first word|开始说话|说话开始|开始讲话|开口说话|开口|人声开始|人声出现|人声进来|旁白开始|对白开始|对话开始|开始对话|开讲|开始讲|第一句话",
        Term::Landmark(Landmark::SpeechStart),
    ),
    (
        "stop talking|stops talking|stopped talking|finish talking|finishes talking|finished talking|done talking|stop speaking|stops speaking|finishes speaking|finished speaking|done speaking|quits talking|speech ends|speech is over|speech stops|speech end|talking stops|talking ends|talking is over|voice stops|voice ends|narration ends|narration stops|narrator stops|narrator is done|dialogue ends|conversation ends|end of the speech|end of the talking|end of the narration|last words|last word|说完|说完话|说话结束|讲完|讲完话|讲话结束|人声结束|旁白结束|对白结束|对话结束|不说话了|停止说话",
        Term::Landmark(Landmark::SpeechEnd),
    ),
    ("scene change|首次切换", Term::Landmark(Landmark::Cut(1))),
    ("intro|opening scene|opening sequence|opening shot|序幕|引子", Term::Landmark(Landmark::Intro)),
    (
        "stop when|stops when|end when|ends when|ending when|stop the music when|end the music when|stop the music before|end the music before|stop it when|until after|until before|直到",
        Term::Until,
    ),
    ("once|as soon as|from when", Term::After),
    ("at the start|at the beginning|in the beginning|at the very start|刚开始", Term::Start),
    (
        "nobody is talking|nobody talks|nobody is speaking|nobody speaks|nobody's talking|no one talks|no one is talking|no one's talking|no one speaks|no one is speaking|there is no talking|there's no talking|not talking|isn't talking|not speaking|between the talking|没人说话|没有人说话|没人讲话|没有人讲话|不说话|不讲话|无人说话",
        Term::NoSpeech,
    ),
    (
        "first few seconds|opening seconds|first couple of seconds|前几秒|开头几秒|最开始几秒|开头的|最开始的|片头的|开始的",
        Term::Start,
    ),
    (
        "last few seconds|final seconds|closing seconds|last couple of seconds|final moments|last moments|最后几秒|末尾几秒|结尾几秒|结尾的|片尾的",
        Term::End,
    ),
    // Levels on the way.
    (
        "quiet at the|quiet in the|keep it quiet|stay quiet|stays quiet|be quiet|drop the volume|drop the level|drop it to|drop the music to|drop down to",
        Term::Quieter,
    ),
    ("loud at the|loud in the", Term::Louder),
    (
        "fade the music to|fade it to|fade it down to|fade down to|fade up to|fade the volume to|fade the music down to|fade the music up to",
        Term::To,
    ),
    (
        "bring it back up|bring the music back up|bring the volume back up|back up again|恢复音量|音量恢复",
        Term::Even,
    ),
    (
        "full volume|maximum volume|max volume|full blast|as loud as possible|最大音量|音量最大|音量拉满|全音量",
        Term::Full,
    ),
    (
        "same level everywhere|same volume everywhere|same loudness everywhere|same level throughout|same volume throughout|same volume all the way|same level all the way|equally loud everywhere|equally loud|even level|even volume|constant volume|constant level|level it out|even it out|even out|normal volume|normal level|usual volume|usual level|back to normal|one level throughout|音量一致|音量统一|音量恢复一致|音量恢复一样|统一音量|音量都一样|音量一样|一样大声|恢复正常音量|正常音量|音量恢复正常|音量保持一致",
        Term::Even,
    ),
    ("too loud for|overpowers|drowned out by", Term::TooLoud),
    ("quarter|a quarter|四分之一|1/4", Term::Quarter),
    ("1/2", Term::Half),
    ("1/3", Term::Third),
    ("vol", Term::Volume),
    (
        "comic sans|helvetica|arial|times new roman|different font|another font|other font|change the font|in bold|bold letters|italic|italics|all caps|in caps|uppercase|upper case|capital letters|粗体|斜体|加粗|换字体|换个字体|换一种字体|全大写",
        Term::Outside(Outside::Lettering),
    ),
    (
        "my other video|another video|another film|another clip|add a clip|add a video|append|prepend|add a photo|insert a photo|insert a clip|insert a video|加一段视频|加个视频|加一个视频|再加一段视频|拼接另一个视频|插入一段视频|加一张照片",
        Term::Outside(Outside::AnotherFilm),
    ),
    (
        "email|e-mail|poem|essay|joke|recipe|weather|stock price|homework for me|whatsapp|my phone|邮件|写诗|写首诗|天气|笑话|作文|积分|余额|充值|会员",
        Term::Outside(Outside::Elsewhere),
    ),
    ("talk a lot|talks a lot|talking a lot", Term::Speech),
    (
        "keep it low|keep the music low|keep the volume low|low background music|nice and low|kept low|at low volume",
        Term::Soft,
    ),
    ("music down|tone it down|bgm down", Term::Quieter),
    ("music up|bgm up|hear the music more|hear more of the music|音量加|声音加|音量升|音量提", Term::Louder),
    ("音量太低|声音太低|有点小声|音量有点小|声音有点小|音乐有点小|有点轻", Term::TooQuiet),
    ("音乐有点大|声音有点大|音量有点大|有点大声|有点响", Term::TooLoud),
    (
        "louder than my voice|louder than the voice|louder than the speech|louder than me|over the voice",
        Term::NoDuck,
    ),
    (
        "music off|turn the music off|turn off the music|switch the music off|switch off the music|silence at the|silent at the|no sound at the|音乐停|音乐停止|音乐关掉|音乐关了",
        Term::Mute,
    ),
    // Tempo and key.
    ("allegro|presto|vivace|快板", Term::Fast),
    ("adagio|largo|lento|andante|慢板|行板", Term::Slow),
    (
        "minor key|a minor key|in minor|into minor|to minor|make it minor|minor mode|小调|小调式",
        Term::Mode(Mode::Minor),
    ),
    (
        "major key|a major key|in major|into major|to major|make it major|major mode|大调|大调式",
        Term::Mode(Mode::Major),
    ),
    (
        "change the key|change key|different key|another key|other key|transpose|transpose it|modulate|换个调|换调|换一个调|换一下调|变调|转调|升调|降调|升一个调|降一个调|升两个半音",
        Term::Key,
    ),
    // What stays.
    (
        "lock|lock in|lock down|freeze|don't touch|do not touch|dont touch|hands off|don't mess with|dont mess with|锁定|锁住|锁上|锁|不要动|别动|不要碰|别碰|不许动|别再动|不要再动|别再改|不要再改|别再碰|固定住",
        Term::Lock,
    ),
    ("unlock|unfreeze|解锁|解除锁定|取消锁定|解开锁定|可以动了|可以改了", Term::Unlock),
    (
        "stays the same|stay the same|as it is|as they are|as is|as it was|as they were|the way it is|the way they are|like it is|like they are|unchanged|untouched|alone please|leave it alone|don't change|do not change|dont change|don't change anything|do not change anything|dont change anything|change nothing|什么都不要改|保留不动|保留不变|什么都别改|都不要变|don't alter|do not alter|不要改|别改|不变|保持不变|保持原样|维持原样|照旧|不要改动|别改动|不用改",
        Term::AsIs,
    ),
    ("keep|保留|保持|留着|维持", Term::Keep),
    // Other takes.
    ("change|swap out|switch up|switch out|mix up|vary|改|改一下|改改|变一下|调整一下", Term::Change),
    (
        "new|fresh|better|catchier|nicer|rewrite|re-write|redo|re-do|rework|recompose|write a new|write new|different take on|重写|重写一下|重新写|重新做|重做|新|新的|更好听的|好听点的|好听一点的|改写|重编|重新编",
        Term::Renew,
    ),
    (
        "boring|annoying|sucks|suck|awful|terrible|horrible|ugly|bad|dull|难听|不好听|太单调|单调|太乱|很乱",
        Term::Bad,
    ),
    (
        "everything else|all the rest|the rest|all others|all the others|其他|其它|其余|其他的|别的都|其他都",
        Term::Others,
    ),
    ("chorus|refrain|hook|副歌|副歌部分|高潮部分", Term::Section(SectionKind::Climax)),
    (
        "bridge|middle eight|middle section|contrast section|桥段|间奏|过渡段|中间部分|中段部分",
        Term::Section(SectionKind::Contrast),
    ),
    ("verse|verses|main theme|主歌|主题部分", Term::Section(SectionKind::Statement)),
    (
        "music intro|intro of the music|intro of the song|intro music|前奏|音乐的开头",
        Term::Section(SectionKind::Intro),
    ),
    ("outro|coda|ending of the music|ending of the song|尾奏|音乐的结尾", Term::Section(SectionKind::Outro)),
    ("part|parts|section|passage|bit from|piece from|部分|那段|这段|那一段|这一段", Term::Part),
    ("鼓点|鼓|节奏型", Term::Role(Role::Drums)),
    // Rise and fall.
    (
        "start soft|starts soft|start softly|starts softly|start quiet|starts quiet|start quietly|starts quietly|start slow|starts slow|start slowly|start calm|starts calm|start gently|start small|starts small|build up|builds up|builds slowly|build slowly|build up slowly|builds up slowly|slowly build|slowly builds|slow build|build up gradually|then builds|crescendo|gradually|ramp up|ramps up|get more intense|gets more intense|getting more intense|more and more intense|gets bigger|get bigger|big finish|big ending|grand finale|swell|swells|gets louder|get louder|getting louder|gradually louder|louder and louder|end big|ends big|end strong|ends strong|end on a high|逐渐增强|逐步增强|越来越强|越来越激烈|越来越激昂|越来越大|渐强|先小后大|由小到大|慢慢变大|慢慢大声|渐渐大声|渐渐变大|越来越大声|逐渐变大|逐渐大声|由弱到强|从弱到强|由轻到重|从轻到重|由慢到快|由静到动|先抑后扬|先轻后重|先弱后强|先静后动|先轻后爆|先弱后爆|先静后爆|慢慢铺垫|先铺垫|铺垫|缓缓铺垫|慢慢积累|先慢后快|慢慢推进|层层递进|逐渐推进|循序渐进|开头轻柔|开头安静",
        Term::Rise,
    ),
    ("at first|initially|to begin with|先", Term::AtFirst),
    (
        "wind down|winds down|calm down at the end|end softly|ends softly|end quietly|ends quietly|end calm|ends calm|decrescendo|diminuendo|先重后轻|由强到弱|从强到弱|越来越平静|逐渐平静|渐渐平静|慢慢平静下来|慢慢平静|渐渐平静下来|慢慢安静下来|慢慢静下来|慢慢收住|慢慢落下来",
        Term::Outside(Outside::Arc),
    ),
    // Questions.
    (
        "how loud is|how loud|what is the volume|what's the volume|what volume|which volume|what level|which level|how quiet is|多大声|音量是多少|音量多少|现在音量|多少音量|音量多大|声音多大|多响",
        asks(Asked::Level),
    ),
    (
        "what tempo|which tempo|what's the tempo|what is the tempo|how fast is|how many bpm|what bpm|which bpm|what's the bpm|what is the bpm|how many beats|速度多少|速度是多少|速度多快|多少拍|多少bpm|bpm多少|bpm是多少|节奏多快|现在多快",
        asks(Asked::Tempo),
    ),
    (
        "what key|which key|and key|and the key|调是多少|调是什么|what's the key|what is the key|key is it|key is this|什么调|什么调性|哪个调|是什么调",
        asks(Asked::Key),
    ),
    (
        "what genre|which genre|what genre is|which genre is|what's the genre|what is the genre|what style is|which style is|what's the style|what kind of music is|what type of music is|现在是什么风格|用的什么风格|用的是什么风格|用了什么风格|是什么风格|什么类型|哪种风格|什么风格的|叫什么|什么名字",
        asks(Asked::Genre),
    ),
    (
        "where does the music|when does the music|where is the music|where does it start|when does it start|where does it end|when does it end|音乐在哪里|音乐从哪里|从哪里开始|什么时候开始|几秒开始|在哪开始|哪里有音乐|音乐在哪|到哪里结束|几秒结束|在哪结束|什么时候结束|几秒到几秒|从几秒到几秒|哪里到哪里",
        asks(Asked::Place),
    ),
    (
        "credits|who made this music|who composed|who made the music|whose music|do i have to credit|need to credit|give credit|use this commercially|use it commercially|commercial use|royalty free|royalty-free|copyright|licence|license|版权|商用|署名|谁作的曲|谁作曲|谁写的|谁作的|作曲者|作曲家是谁|谁写的音乐|谁做的音乐|授权",
        asks(Asked::Credits),
    ),
    (
        "how loud is the original|volume of the original audio|volume of the original sound|how loud is the film|how loud is the video|原声多大|原声音量|视频声音多大|原声多大声",
        asks(Asked::OwnSound),
    ),
    (
        "what resolution|which resolution|what size is|how big is the picture|how large is the picture|picture size|what aspect ratio|which aspect ratio|分辨率是多少|分辨率多少|画面多大|什么比例",
        asks(Asked::Size),
    ),
    (
        "what loudness|which loudness|what lufs|how many lufs|how loud will the film be|how loud will the export be|how loud will it be|响度是多少|响度多少|多少lufs",
        asks(Asked::Loudness),
    ),
    (
        "is there any music in my video|is there music in my video|is there any music in the video|is there any music in the film|does my video have music|does the video already have music|does the film already have music|does the video have music|does the film have music|does the video have its own music|does the film have its own music|is there music in the video already|is there already music|is there already a song|is there music in the film|片子本来有音乐|视频本来有音乐|原视频有音乐|原片有音乐|本来有音乐|本来就有音乐|原来有音乐",
        asks(Asked::OwnMusic),
    ),
    (
        "as a wav|as wav|as an mp3|as mp3|as a gif|as gif|as a mov|as mov|as webm|as an mkv|as mkv|as avi|导出mp3|wav文件|mp3文件|wav格式|mp3格式|音频文件|单独的音乐文件|只要音频|分轨|stems|导出wav|导出gif|导出mov|成gif|成mp3|成wav",
        Term::Outside(Outside::Format),
    ),
    (
        "how long is|how long does|what length|how many clips|how many videos|how many films|how many parts does the film|多长|多久|几分钟|几秒长|有几段|有几个视频|有几个片段|几段视频|多少段视频",
        asks(Asked::Length),
    ),
    (
        "is there a title|are there titles|are there any titles|is there any title|any titles|what does the title say|what is the title|what's the title|which titles|有标题吗|有没有标题|标题是什么|标题写的什么|标题是啥|有什么标题",
        asks(Asked::Titles),
    ),
    (
        "whats playing|what song is this|what's this song|whats this song|which instruments|what instruments|what plays|what did you add|what did you do|什么乐器|哪些乐器|现在配的什么",
        Term::Question(Question::State),
    ),
    // People who type without apostrophes.
    (
        "cant hear the music|can not hear the music|cant hear music|can't hear music|hardly hear the music|听不见配乐",
        Term::TooQuiet,
    ),
    (
        "cant hear the voice|cant hear the speech|cant hear the speaker|cant hear what|cant hear him|cant hear her|cant hear me|can't hear me|cant hear them|cant understand|cannot hear me|cannot hear what|can barely hear me|drowns me out|drowning me out|听不清我说话|听不见说话|听不见人声|听不清说什么",
        Term::Drowned,
    ),
    ("isnt|doesnt|shouldnt|arent|wasnt|didnt|wont|won't|cant", Term::Not),
    (
        "pitch it|pitch up|pitch down|pitch|new year|new year's|newborn|new york|brand new|new product|new car|new house|new video|my new|our new|新年|新娘|新郎|新人|新手|新闻|新品|重新开始|part of|parts of|apart|in part|for the most part|party|改善|改天|lockdown|how about|there once|once more|once again|keep in mind|keep going|先生|首先|锁骨|都改|改编",
        Term::Nothing,
    ),
];
