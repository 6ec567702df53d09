//! Wishes that are understood and cannot be had here.

/// What people ask for and cannot have here yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Outside {
    /// Pictures over the picture.
    Marks,
    /// Captions and subtitles.
    Captions,
    /// Cutting by what is seen or heard: silences, jump cuts.
    Trim,
    /// Turning the picture, or more pixels than it has.
    Aspect,
    /// Playing backwards, or a speed that changes on the way.
    Speed,
    /// Transitions, filters, effects, colours of the picture.
    Picture,
    /// Cleaning the film's own sound, or taking it apart.
    OwnSound,
    /// A voice that reads a text.
    VoiceOver,
    /// Singing and lyrics.
    Singing,
    /// Single sounds.
    SoundEffects,
    /// The user's own recording.
    Recording,
    /// A song or an artist by name.
    KnownSong,
    /// The film as a whole is to go.
    WholeFilm,
    /// Another kind of file than MP4.
    Format,
    /// Undo and redo by words.
    Undo,
    /// A level for one player.
    PlayerLevel,
    /// A loudness that no preset has.
    Loudness,
    /// Other players or another tempo for a stretch of the music.
    Stretch,
    /// An energy that falls on the way: "calm down at the end".
    Arc,
    /// Several pieces in one sentence.
    ManyPieces,
    /// Black pictures, or a still, before or behind the film.
    Blank,
    /// A font, capitals, other letters of a title.
    Lettering,
    /// One more film, which words cannot give.
    AnotherFilm,
    /// What has nothing to do with films at all.
    Elsewhere,
}
