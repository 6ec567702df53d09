//! What cannot be done, and what to know besides, in English.

use score::SectionKind;
use sound::Span;
use timeline::{EditError, Look, Timeline, Title};

use super::super::figure::{clock, ends, one_line, seconds, tidy};
use super::outside::not_yet;
use super::{course, facets, picture};
use crate::remark::{FilmSound, Player, Problem, Remark, Unclear};

pub(in super::super) fn problem(
    problem: &Problem,
    timeline: &Timeline,
    names: &[String],
    genre: &dyn Fn(&str) -> String,
) -> String {
    let length = clock(timeline.length());
    match problem {
        Problem::BeyondEnd(at) => format!(
            "The film is only {length} long, so {} lies beyond its end; nothing was changed. Which time within {length} do you mean?",
            clock(*at)
        ),
        Problem::Negative => {
            format!(
                "A time below zero does not exist in the film (0:00 to {length}), so nothing was changed."
            )
        }
        Problem::Backwards(start, end) if start == end => format!(
            "From {} to {} there is no room for music, so nothing was changed; the film is {length} long. Where should it start and end?",
            clock(*start),
            clock(*end)
        ),
        Problem::Backwards(start, end) => format!(
            "The end ({}) comes before the start ({}), so nothing was changed; the film is {length} long. Where should the music start and end?",
            clock(*end),
            clock(*start)
        ),
        Problem::NoLandmark(landmark) => format!(
            "{}, so nothing was changed; it is {length} long. Which time do you mean?",
            course::landmark(*landmark)
        ),
        Problem::SilentMiddle(span) => {
            let (start, end) = ends(*span);
            format!(
                "A silence from {start} to {end} in a film of {length} takes two pieces: should the music play before it or after it?"
            )
        }
        Problem::TwoPieces(first, second) => format!(
            "I take one piece at a time, so nothing was added: should it be {} or {}?",
            genre(first),
            genre(second)
        ),
        Problem::NoPieceOf(id) => {
            format!("No {} plays here, so nothing was changed. Which piece do you mean?", genre(id))
        }
        other => of_the_music(other, &length, names),
    }
}

/// What is wrong with the music and not with its place.
fn of_the_music(problem: &Problem, length: &str, names: &[String]) -> String {
    match problem {
        Problem::Level(percent) => format!(
            "The music level goes from 0 to 200%, and {}% lies outside, so nothing was changed.",
            tidy(*percent, 1)
        ),
        Problem::Tempo(bpm) => format!(
            "I can compose from 40 to 240 BPM, and {} BPM lies outside, so nothing was changed.",
            tidy(*bpm, 1)
        ),
        Problem::Fades { fades, room } => format!(
            "Fades of {} s do not fit into {} s of music (the film is {length} long), so nothing was changed. How long should they be?",
            seconds(*fades),
            seconds(*room)
        ),
        Problem::HitOutside { at, span } => {
            let (start, end) = ends(*span);
            format!(
                "A hit at {} lies outside the music, which plays from {start} to {end} (the film is {length} long); nothing was changed. Which moment do you mean?",
                clock(*at)
            )
        }
        Problem::Title(error) => untitled(error),
        Problem::Picture(error) => picture::cannot(error),
        Problem::NoSuchClip { asked, clips } => no_such_clip(*asked, *clips),
        Problem::FilmOrMusic(span) => {
            let (start, end) = ends(*span);
            format!("Should {start} to {end} go from the film or only from the music?")
        }
        Problem::NoFrames => {
            "I do not know how many frames a second this film has; which time in seconds do you mean?"
                .to_owned()
        }
        Problem::NoRest => {
            "The music there is plays to the end already. From which time on should the other one play?"
                .to_owned()
        }
        Problem::OtherThing => {
            "What shall I change, then? Say it in one go, like \"the music quieter\" or \"the title bigger\"."
                .to_owned()
        }
        Problem::WhichPiece => which_piece(names),
        Problem::NoSuchPiece { asked, beds } => {
            let pieces = if *beds == 1 { "is 1 piece".to_owned() } else { format!("are {beds} pieces") };
            format!("There {pieces} of music, so I cannot change number {asked}. Which one do you mean?")
        }
        _ => String::new(),
    }
}

fn no_such_clip(asked: usize, clips: usize) -> String {
    let there = if clips == 1 { "is 1 clip".to_owned() } else { format!("are {clips} clips") };
    format!(
        "There {there} in the film, so there is no clip {asked}; nothing was changed. Which one do you mean?"
    )
}

fn which_piece(names: &[String]) -> String {
    let pieces: Vec<String> =
        names.iter().enumerate().map(|(n, name)| format!("{}. {name}", n + 1)).collect();
    format!("Which piece do you mean: {}, or all of them?", pieces.join(", "))
}

/// Why a title cannot be so.
fn untitled(error: &EditError) -> String {
    match error {
        EditError::TooManyWords(count) => {
            let most = Title::MOST_CHARACTERS;
            format!("A title may have {most} characters, and this one has {count}; nothing was changed.")
        }
        EditError::SizeOutOfRange(size) => format!(
            "Letters may be {} to {} pixels high, and {size} lies outside; nothing was changed.",
            Look::SIZES_PX.start(),
            Look::SIZES_PX.end()
        ),
        _ => "The title has no words that could be shown, so nothing was changed.".to_owned(),
    }
}

pub(in super::super) fn remark(remark: &Remark, genre: &dyn Fn(&str) -> String) -> String {
    match remark {
        Remark::NotYet(thing) => not_yet(*thing).to_owned(),
        Remark::Nearest { wished, genre: id } => {
            let music = if wished.ends_with("music") { "" } else { " music" };
            format!("I have no {wished}{music} yet, so I took what is nearest: {}.", genre(id))
        }
        Remark::OneGenre(id) => format!("Only one piece at a time is possible, so I took {}.", genre(id)),
        Remark::NoConsole(id) => {
            format!(
                "No console's chip could play {}, so it is played with every voice; chiptune can be authentic.",
                genre(id)
            )
        }
        Remark::NoMusicYet => {
            "There is no added music yet, so nothing was changed: say which music you would like.".to_owned()
        }
        Remark::NoPlayer { player, genre: id, other } => {
            no_player(self::player(player), &genre(id), other.as_deref().map(genre))
        }
        Remark::NeverPlays((english, _)) => format!("No {english} plays in my music anyway."),
        Remark::LockedStay => "What is locked stays as it is.".to_owned(),
        Remark::TitleStays => "The title stays as it is.".to_owned(),
        Remark::PictureStays => "The picture stays as it is.".to_owned(),
        Remark::Unclear(what) => unclear(what),
        Remark::FilmSound(what) => film_sound(*what).to_owned(),
        Remark::NoTitleYet => "There is no title yet.".to_owned(),
        Remark::NothingAdded => "Nothing was added, as you wished; everything stays as it is.".to_owned(),
        Remark::Unread => {
            "I found no wish about music in that, so the film decides which music it gets.".to_owned()
        }
        Remark::Loudest => "200% is as loud as it goes.".to_owned(),
        Remark::HitsLeftOut(n) => hits_left_out(*n),
        Remark::OnlyWhole(one) => only_whole(player(one)),
        Remark::NotPlaying(one) => {
            format!("There is no {} in this music that could be written again.", player(one))
        }
        Remark::Rewritten(spans) => format!("What is written again lies at {}.", course::stretches(spans)),
        Remark::NoSection(kind, spans) => no_section(*kind, spans),
        Remark::LyingPicture(target) => format!(
            "The picture keeps its shape; \"make it vertical\" makes it 9:16, as {} shows it.",
            target.name()
        ),
        Remark::StaysLocked(n) => format!("Piece {n} is locked and stays as it is."),
        Remark::OwnRecording => {
            "Your own recording keeps its notes; only its place and level can change.".to_owned()
        }
    }
}

/// What must be asked before anything is done.
fn unclear(what: &Unclear) -> String {
    match what {
        Unclear::Words => "What should the title say? Put its words in quotation marks.".to_owned(),
        Unclear::Look => {
            "What should change about the title: its words, its place, its colour, its size, or when it is seen?".to_owned()
        }
        Unclear::Title(titles) => {
            let titles: Vec<String> = titles.iter().map(|text| format!("\"{}\"", one_line(text))).collect();
            format!("Which title do you mean: {}?", titles.join(" or "))
        }
        Unclear::Part => {
            "Which part do you mean? Say it with its times: \"trim the first 3 seconds\", \"cut out 0:05 to 0:08\".".to_owned()
        }
        Unclear::Shape => "Which shape should the picture have: 9:16, 16:9, 1:1 or 4:5?".to_owned(),
        Unclear::Key => "Which key should it be: A minor, C major, or another one?".to_owned(),
    }
}

fn film_sound(what: FilmSound) -> &'static str {
    match what {
        FilmSound::HasMusic => {
            "The film already has music of its own, which sounds together with this; ask for a lower level if they clash."
        }
        FilmSound::MusicStays => {
            "Music that is already in the film is part of its sound and cannot be removed or changed; I can only add music to it."
        }
        FilmSound::Silent => {
            "The film has no sound of its own, so the music is brought to the loudness target whatever its level."
        }
        FilmSound::Heard(true) => "The film has music of its own.",
        FilmSound::Heard(false) => "I hear no music in the film's own sound.",
        FilmSound::Stays => "The film's own sound stays as it is.",
    }
}

fn no_player(player: &str, genre: &str, other: Option<String>) -> String {
    match other.filter(|other| other != genre) {
        Some(other) => format!("{genre} has no {player}; {other} does."),
        None => format!("I have no {player} yet, so {genre} plays without."),
    }
}

fn no_section(kind: SectionKind, spans: &[Span]) -> String {
    format!(
        "This music does not have {}; its sections lie at {}: name a time to have one written again.",
        course::section(kind),
        course::stretches(spans)
    )
}

fn only_whole(player: &str) -> String {
    format!(
        "I cannot lock the {player} alone: \"lock the music\" locks all of it, and \"another melody, but keep the drums\" keeps the rest as it is."
    )
}

fn hits_left_out(count: usize) -> String {
    match count {
        1 => "One hit lies outside the music now and was left out.".to_owned(),
        count => format!("{count} hits lie outside the music now and were left out."),
    }
}

fn player(player: &Player) -> &'static str {
    match player {
        Player::Role(role) => facets::player(*role),
        Player::Instrument((english, _)) => english,
    }
}
