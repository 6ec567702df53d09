//! What cannot be done, and what to know besides, in Chinese.

use timeline::{EditError, Look, Timeline, Title};

use super::super::figure::{clock, ends, one_line, seconds, tidy};
use super::{course, facets, picture};
use crate::remark::{FilmSound, Player, Problem, Remark, Unclear};
use crate::term::Outside;

pub(in super::super) fn problem(
    problem: &Problem,
    timeline: &Timeline,
    names: &[String],
    genre: &dyn Fn(&str) -> String,
) -> String {
    let length = clock(timeline.length());
    match problem {
        Problem::BeyondEnd(at) => {
            format!(
                "影片只有 {length} 长，{} 超出了结尾，没有改动。请问是 {length} 以内的哪个时间？",
                clock(*at)
            )
        }
        Problem::Negative => format!("影片从 0:00 到 {length}，没有负的时间，所以没有改动。"),
        Problem::Backwards(start, end) if start == end => {
            format!(
                "从 {} 到 {} 放不下音乐，没有改动；影片长 {length}。音乐应从哪里到哪里？",
                clock(*start),
                clock(*end)
            )
        }
        Problem::Backwards(start, end) => {
            format!(
                "结束（{}）早于开始（{}），没有改动；影片长 {length}。音乐应从哪里到哪里？",
                clock(*end),
                clock(*start)
            )
        }
        Problem::NoLandmark(landmark) => {
            format!("{}，没有改动；影片长 {length}。请问是哪个时间？", course::landmark(*landmark))
        }
        Problem::SilentMiddle(span) => {
            let (start, end) = ends(*span);
            format!("在 {length} 的影片里空出 {start} 到 {end} 需要两段音乐：放在前面还是后面？")
        }
        Problem::TwoPieces(first, second) => {
            format!("一次只能加一段音乐，所以没有改动：要“{}”还是“{}”？", genre(first), genre(second))
        }
        Problem::NoPieceOf(id) => format!("这里没有“{}”，所以没有改动。请问是哪一首？", genre(id)),
        Problem::NoFrames => "不知道这段影片每秒有多少帧；请问是第几秒？".to_owned(),
        Problem::NoRest => "现有的音乐已经放到结尾。另一首应从哪个时间开始？".to_owned(),
        other => of_the_music(other, &length, names),
    }
}

/// What is wrong with the music and not with its place.
fn of_the_music(problem: &Problem, length: &str, names: &[String]) -> String {
    match problem {
        Problem::Level(percent) => {
            format!("音乐音量的范围是 0 到 200%，{}% 超出了范围，没有改动。", tidy(*percent, 1))
        }
        Problem::Tempo(bpm) => {
            format!("速度可以是 40 到 240 BPM，{} BPM 超出了范围，没有改动。", tidy(*bpm, 1))
        }
        Problem::Fades { fades, room } => format!(
            "{} 秒的淡入淡出放不进 {} 秒的音乐（影片长 {length}），没有改动。要多长？",
            seconds(*fades),
            seconds(*room)
        ),
        Problem::HitOutside { at, span } => {
            let (start, end) = ends(*span);
            format!(
                "{} 不在音乐里，音乐从 {start} 到 {end}（影片长 {length}），没有改动。请问是哪个时刻？",
                clock(*at)
            )
        }
        Problem::Title(error) => untitled(error),
        Problem::Picture(error) => picture::cannot(error),
        Problem::NoSuchClip { asked, clips } => {
            format!("影片一共有 {clips} 段，没有第 {asked} 段，没有改动。请问是哪一段？")
        }
        Problem::FilmOrMusic(span) => {
            let (start, end) = ends(*span);
            format!("{start} 到 {end} 要从影片里剪掉，还是只去掉音乐？")
        }
        Problem::OtherThing => "那要改什么？请连着说，例如“音乐小声一点”“标题大一点”。".to_owned(),
        Problem::WhichPiece => {
            let pieces: Vec<String> =
                names.iter().enumerate().map(|(n, name)| format!("第 {} 段“{name}”", n + 1)).collect();
            format!("请问是哪一段：{}，还是全部？", pieces.join("、"))
        }
        Problem::NoSuchPiece { asked, beds } => {
            format!("一共有 {beds} 段音乐，没有第 {asked} 段。请问是哪一段？")
        }
        _ => String::new(),
    }
}

/// Why a title cannot be so.
fn untitled(error: &EditError) -> String {
    match error {
        EditError::TooManyWords(count) => {
            format!("标题最多 {} 个字，这里有 {count} 个，没有改动。", Title::MOST_CHARACTERS)
        }
        EditError::SizeOutOfRange(size) => format!(
            "字高可以是 {} 到 {} 像素，{size} 不在范围内，没有改动。",
            Look::SIZES_PX.start(),
            Look::SIZES_PX.end()
        ),
        _ => "标题里没有可以显示的文字，没有改动。".to_owned(),
    }
}

pub(in super::super) fn remark(remark: &Remark, genre: &dyn Fn(&str) -> String) -> String {
    match remark {
        Remark::NotYet(thing) => not_yet(*thing).to_owned(),
        Remark::Nearest { wished, genre: id } => {
            format!("目前还没有{wished}风格的音乐，所以用了最接近的“{}”。", genre(id))
        }
        Remark::OneGenre(id) => format!("一次只能做一段音乐，所以用了“{}”。", genre(id)),
        Remark::NoConsole(id) => {
            format!(
                "“{}”超出了真实主机芯片的声部，所以仍用全部音色演奏；芯片音乐可以完全按真机演奏。",
                genre(id)
            )
        }
        Remark::NoMusicYet => "还没有加配乐，所以没有改动：请告诉我想要什么音乐。".to_owned(),
        Remark::NoPlayer { player, genre: id, other } => {
            let player = self::player(player);
            let other = other.as_deref().map(genre).filter(|other| *other != genre(id));
            match other {
                Some(other) => format!("“{}”里没有{player}，“{other}”里有。", genre(id)),
                None => format!("目前还没有{player}，所以“{}”里没有用上。", genre(id)),
            }
        }
        Remark::NeverPlays((_, chinese)) => format!("我的配乐里本来就没有{chinese}。"),
        Remark::LockedStay => "已锁定的音乐保持不变。".to_owned(),
        Remark::TitleStays => "标题保持原样。".to_owned(),
        Remark::PictureStays => "画面保持不变。".to_owned(),
        Remark::Unclear(what) => unclear(what),
        Remark::FilmSound(what) => film_sound(*what).to_owned(),
        Remark::NoTitleYet => "画面里还没有标题。".to_owned(),
        Remark::NothingAdded => "按你的意思没有加音乐，一切保持不变。".to_owned(),
        Remark::Unread => "这句话里没有找到关于音乐的要求，所以由影片来决定配乐。".to_owned(),
        Remark::Loudest => "200% 已经是最大音量。".to_owned(),
        Remark::HitsLeftOut(n) => format!("有 {n} 个卡点现在不在音乐里，已去掉。"),
        Remark::OnlyWhole(one) => format!(
            "不能只锁定{}：“锁定音乐”会锁定整首，“换一段旋律，鼓不要动”会让其余部分保持原样。",
            player(one)
        ),
        Remark::NotPlaying(one) => format!("这首配乐里没有{}，无法重写。", player(one)),
        Remark::Rewritten(spans) => format!("重写的部分在 {}。", course::stretches(spans)),
        Remark::NoSection(kind, spans) => format!(
            "这首配乐没有{}，各段在 {}：说出时间就可以重写那一段。",
            course::section(*kind),
            course::stretches(spans)
        ),
        Remark::LyingPicture(_) => "画面比例没有变；说“改成竖屏”就是 9:16。".to_owned(),
        Remark::StaysLocked(n) => format!("第 {n} 首音乐已锁定，没有改动。"),
        Remark::OwnRecording => "你自己的录音不会改动音符，只能改位置和音量。".to_owned(),
    }
}

/// What must be asked before anything is done.
fn unclear(what: &Unclear) -> String {
    match what {
        Unclear::Words => "标题要写什么？请把文字放在引号里。".to_owned(),
        Unclear::Look => "标题要改什么：文字、位置、颜色、大小，还是显示的时间？".to_owned(),
        Unclear::Title(titles) => {
            let titles: Vec<String> = titles.iter().map(|text| format!("“{}”", one_line(text))).collect();
            format!("指的是哪个标题：{}？", titles.join("还是"))
        }
        Unclear::Part => "请问是哪一段？请说出时间，例如“剪掉前3秒”“剪掉5秒到8秒”。".to_owned(),
        Unclear::Shape => "画面要什么比例：9:16、16:9、1:1 还是 4:5？".to_owned(),
        Unclear::Key => "要换成什么调？例如 A 小调或 C 大调。".to_owned(),
    }
}

fn film_sound(what: FilmSound) -> &'static str {
    match what {
        FilmSound::HasMusic => "影片里本来就有音乐，会和配乐一起响；如果冲突，可以要求更低的音量。",
        FilmSound::MusicStays => "影片里原有的音乐是原声的一部分，不能去掉或改动，只能再加配乐。",
        FilmSound::Silent => "影片本身没有声音，所以不论音量多少，配乐都会调到目标响度。",
        FilmSound::Heard(true) => "影片里本来就有音乐。",
        FilmSound::Heard(false) => "影片原声里没有听到音乐。",
        FilmSound::Stays => "影片原声保持不变。",
    }
}

fn player(player: &Player) -> &'static str {
    match player {
        Player::Role(role) => facets::player(*role),
        Player::Instrument((_, chinese)) => chinese,
    }
}

fn not_yet(thing: Outside) -> &'static str {
    match thing {
        Outside::Marks => "不能在画面里加水印或图标。",
        Outside::Captions => "暂时还不能做字幕。",
        Outside::Trim => "不能自己判断该剪哪里，请说出要剪掉的时间。",
        Outside::Aspect => "不能旋转或镜像画面，也不能提高画质。",
        Outside::Speed => "不能倒放影片，也不能中途变速。",
        Outside::Picture => "画面效果不在我的范围内，画面保持不变。",
        Outside::OwnSound => "不能清理或拆分影片原声，原声保持不变；可以静音或调它的音量。",
        Outside::Blank => "不能加黑屏或空画面；可以让画面从黑场淡入或淡出到黑。",
        Outside::VoiceOver => "暂时不能加配音。",
        Outside::Singing => "配乐都是纯音乐，没有人声演唱。",
        Outside::SoundEffects => "暂时不能加单独的音效。",
        Outside::Recording => "不能用一句话取用你自己的录音，请把文件直接交给程序。",
        Outside::KnownSong => "我只写原创音乐，不能使用或仿制已有的歌曲。",
        Outside::WholeFilm => "影片本身会保留；想剪掉哪一段请说出来，例如“剪掉前3秒”。",
        Outside::Format => "成片只写成 MP4；单独的音乐可以用 `undersong add` 的 --wav 和 --midi 得到。",
        Outside::Undo => "暂时还不能用说话来撤销。",

        Outside::PlayerLevel => "暂时还不能单独调某个声部的音量，但可以去掉它。",
        Outside::Loudness => "响度目标只有 -14、-16、-23、-24 LUFS，或保持原样。",
        Outside::Stretch => "不能只在一段里换乐器或改速度；只能对整首这样做。",
        Outside::Arc => "可以让音乐逐渐走向高潮，但还不能按描述由强转弱，音乐会跟随影片自身的能量。",
        Outside::Lettering => "不能换标题的字体；文字、位置、颜色、大小和时间可以改。",
        Outside::AnotherFilm => "不能用一句话取用另一段影片；请在给出第一段时一起给出所有影片。",
        Outside::Elsewhere => "这不在我的范围内：我为影片作曲、剪辑和加标题。",
        Outside::ManyPieces => "一次只能安排一处，所以先做了第一处；其余的请接着说。",
    }
}
