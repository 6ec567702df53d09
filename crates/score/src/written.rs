//! A written score: every part, ready to be played.

use sound::Time;

use crate::{Finish, Key, Part, TempoMap};

/// Music in notes, exactly as long as it was asked to be.
#[derive(Clone, Debug, PartialEq)]
pub struct Score {
    /// How long the music is; every sound has ended by then.
    pub length: Time,
    /// The key it begins and ends in.
    pub key: Key,
    /// Where its beats fall.
    pub tempo: TempoMap,
    /// Its parts.
    pub parts: Vec<Part>,
    /// Whether all of it is for one sound chip and within its voices: every part is a chip's, and every note begins
    /// and ends with a picture ([`crate::picture_start`]) or with the music.
    pub authentic: bool,
    /// What happens to the sound of the whole.
    pub finish: Finish,
    /// How long before the end the whole begins to fade to silence; zero for a loop, which does not end.
    pub fade_out: Time,
    /// The seed it was drawn from; players draw their own chance (crackle, drift) from it too.
    pub seed: u64,
}
