//! What cannot be had yet, in English.

use crate::term::Outside;

pub(super) fn not_yet(thing: Outside) -> &'static str {
    match thing {
        Outside::Marks => "I cannot put a logo, a watermark or another picture into the picture.",
        Outside::Captions => "I cannot make captions yet.",
        Outside::Trim => "I cannot find by myself what to cut; say which times should go.",
        Outside::Aspect => "I cannot turn or mirror the picture, or give it more detail than it has.",
        Outside::Speed => "I cannot play the film backwards or change its speed on the way.",
        Outside::Picture => "I cannot change the look of the picture; it stays untouched.",
        Outside::OwnSound => {
            "I cannot clean the film's own sound or take it apart, so it stays as it is; I can mute it or set its level."
        }
        Outside::Blank => "I cannot add an empty picture; the film can fade from black and to black.",
        Outside::VoiceOver => "I cannot add a voice-over.",
        Outside::Singing => "The music is always instrumental, so there is no singing.",
        Outside::SoundEffects => "I cannot add single sound effects.",
        Outside::Recording => {
            "I cannot take your own recording by words; give the file to the program instead."
        }
        Outside::KnownSong => "I compose original music and cannot use or copy known songs.",
        Outside::WholeFilm => {
            "The film itself stays; say which part of it should go, such as \"cut the first 3 seconds\"."
        }
        Outside::Format => {
            "I write films as MP4; the music alone comes as WAV or MIDI by `undersong add --wav` and `--midi`."
        }
        Outside::Undo => "I cannot undo by words yet.",
        Outside::PlayerLevel => "I cannot set how loud a single player is yet; I can leave one out.",
        Outside::Loudness => "The loudness targets are -14, -16, -23 and -24 LUFS, or as it was.",
        Outside::Stretch => {
            "I cannot change who plays or how fast for a part of a piece; that goes for all of it only."
        }
        Outside::Arc => {
            "I can let the music grow towards a moment, but not fade in strength by words; it follows the film's own energy."
        }
        Outside::Lettering => {
            "I cannot change the font of a title; its words, place, colour, size and time I can."
        }
        Outside::AnotherFilm => {
            "Words cannot give me another film; name all the films where you give me the first one."
        }
        Outside::Elsewhere => {
            "That lies outside what I do: I compose music for films, cut them and title them."
        }
        Outside::ManyPieces => {
            "I take one place at a time, so I took the first; ask for the next one after it."
        }
    }
}
