//! What is wished of the notes, as a brief.

use score::{Brief, CueSheet, Genre, Key, Mode, Mood};

use super::{Ground, lineup};
use crate::reference::{self, REFERENCES};
use crate::remark::Remark;
use crate::wishes::{MoodWish, PaceWish, Wishes};

/// The slowest and the fastest tempo that may be asked for, in beats a minute.
pub(crate) const TEMPOS: std::ops::RangeInclusive<f64> = Brief::TEMPOS_BPM;

/// A brief for other music, from the one there is: what is not about the style stays.
pub(super) fn anew(
    old: Option<&Brief>,
    wishes: &Wishes,
    ground: Ground<'_>,
    remarks: &mut Vec<Remark>,
) -> Brief {
    let mut brief = old.cloned().unwrap_or_default();
    let style = &wishes.style;
    let only_mood = style.genre.or(style.occasion).or(style.reference).is_none()
        && !style.fit
        && style.not_genres.is_empty();
    let named_only_mood = only_mood && style.mood != MoodWish::Open;
    let another = wishes.verbs.again && only_mood;
    if old.is_none() || !(named_only_mood || another) {
        brief.genre = genre(wishes, ground, remarks).map(|genre| genre.id.clone());
        brief.mood = named_mood(wishes);
        (brief.tempo_bpm, brief.key) = (None, None);
    }
    if old.is_none() || !named_only_mood || wishes.verbs.again {
        brief.seed = fresh_seed(old, ground.seed);
        brief.like = old.filter(|_| wishes.verbs.similar).map(Brief::manner);
    }
    // A new piece can go all the way; only a piece that stays is moved by a step.
    let wish = match style.mood {
        MoodWish::Towards(mood) if !named_only_mood || wishes.verbs.again => MoodWish::Is(mood),
        wish => wish,
    };
    brief.mood = mood(&brief, wish, ground);
    if old.is_some_and(|old| old.genre != brief.genre) {
        // Another genre has other chairs: instruments that were chosen for the old one would leave it silent.
        (brief.with, brief.only_instruments, brief.only) = (Vec::new(), Vec::new(), Vec::new());
    }
    brief
}

/// Changes of the notes that leave the kind of music as it is; `playing` is how it plays now, where it does.
pub(super) fn reshape(
    brief: &mut Brief,
    wishes: &Wishes,
    playing: Option<&CueSheet>,
    ground: Ground<'_>,
    remarks: &mut Vec<Remark>,
) {
    lineup::set(brief, &wishes.players, ground, remarks);
    let other = wishes.mode.filter(|mode| brief.key.is_none_or(|key| key.mode.is_minor() != mode.is_minor()));
    brief.key = wishes.key.or(other.and_then(|mode| in_mode(brief.key, mode))).or(brief.key);
    let transposed =
        |steps: i32, key: Key| Key { tonic: (i32::from(key.tonic) + steps).rem_euclid(12) as u8, ..key };
    if let Some((steps, key)) = wishes.semitones.zip(brief.key.or(playing.map(|cue| cue.key))) {
        brief.key = Some(transposed(steps, key));
    }
    if let Some(looping) = wishes.looping {
        brief.looping = looping;
    }
    brief.breathing = wishes.breathing.unwrap_or(brief.breathing);
    let genre = brief.genre.as_deref().and_then(|id| ground.library.find(id));
    brief.authentic = wishes.authentic.unwrap_or(brief.authentic);
    if let Some(genre) = genre.filter(|genre| brief.authentic && !genre.is_of_console()) {
        brief.authentic = false;
        remarks.push(Remark::NoConsole(genre.id.clone()));
    }
    if let Some(pace) = wishes.pace {
        brief.tempo_bpm =
            Some(tempo(pace, brief.tempo_bpm.or(playing.map(|cue| cue.heard_tempo().bpm())), genre));
    }
}

/// The key in this mode: on the same tonic, else on that which has no signs.
fn in_mode(now: Option<Key>, mode: Mode) -> Option<Key> {
    let usual = if mode.is_minor() { "A minor" } else { "C major" };
    now.map(|key| Key { mode, ..key }).or_else(|| usual.parse().ok())
}

/// A seed that gives other music than there was.
fn fresh_seed(old: Option<&Brief>, seed: u64) -> u64 {
    if old.is_some_and(|brief| brief.seed == seed) { seed.wrapping_add(1) } else { seed }
}

/// The genre that is meant; `None` where the film decides.
fn genre<'a>(wishes: &Wishes, ground: Ground<'a>, remarks: &mut Vec<Remark>) -> Option<&'a Genre> {
    let (style, genres) = (&wishes.style, ground.library.genres());
    if let Some(genre) = style.genre.and_then(|index| genres.get(index)) {
        if style.several {
            remarks.push(Remark::OneGenre(genre.id.clone()));
        }
        return Some(genre);
    }
    let reference = style.reference.map(|index| &REFERENCES[index]);
    if let Some(genre) = style.occasion.and_then(|index| genres.get(index))
        && reference.is_none_or(|reference| reference.kind.is_none())
    {
        return Some(genre);
    }
    if let Some(reference) = reference {
        let near = reference.near.iter().find_map(|id| ground.library.find(id));
        if let (Some((english, chinese)), Some(genre)) = (reference.kind, near)
            && reference.near.first() != Some(&genre.id.as_str())
        {
            let named = if ground.language.is_chinese() { chinese } else { english };
            let wished = reference::in_own_words(&style.reference_word, named);
            remarks.push(Remark::Nearest { wished, genre: genre.id.clone() });
        }
        return near;
    }
    if style.not_genres.is_empty() {
        return None;
    }
    let wished = match style.mood {
        MoodWish::Is(mood) => Some(mood),
        _ => named_mood(wishes),
    };
    let feeling = wished.unwrap_or(Mood::from(&ground.profile.feeling));
    let denied = |index: &usize| style.not_genres.contains(index);
    let allowed = genres.iter().enumerate().filter(|(index, genre)| !denied(index) && !genre.asked_only);
    let nearest = allowed.min_by(|a, b| a.1.distance(feeling).total_cmp(&b.1.distance(feeling)));
    nearest.map(|(_, genre)| genre)
}

/// The mood that a likeness brings along.
fn named_mood(wishes: &Wishes) -> Option<Mood> {
    let word = REFERENCES[wishes.style.reference?].mood?;
    Mood::of_word(word).map(|entry| entry.mood)
}

/// The mood after a wish.
fn mood(brief: &Brief, wish: MoodWish, ground: Ground<'_>) -> Option<Mood> {
    let genre = brief.genre.as_deref().and_then(|id| ground.library.find(id));
    let now = brief.mood.or(genre.map(|genre| genre.mood));
    match wish {
        MoodWish::Open => brief.mood,
        MoodWish::Is(mood) => Some(mood),
        MoodWish::Towards(mood) => Some(now.map_or(mood, |now| now.towards(mood, 0.5))),
        MoodWish::Away(mood) => {
            let other = opposite(mood);
            Some(now.map_or(other, |now| now.towards(other, 0.5)))
        }
    }
}

/// What people mean who say that it must not feel so: not the mirror, but well on the other side.
fn opposite(mood: Mood) -> Mood {
    let valence = if mood.valence < 0.0 { -0.6 * mood.valence } else { mood.valence * 0.5 };
    let arousal = if mood.arousal.abs() >= 0.3 { -0.6 * mood.arousal } else { mood.arousal };
    Mood::new(valence, arousal)
}

/// The tempo after a wish; what was told as a figure may lie outside of what can be played.
///
/// Without a tempo of its own, music plays somewhere in its genre's range: "faster" goes past its upper end.
fn tempo(wish: PaceWish, now: Option<f64>, genre: Option<&Genre>) -> f64 {
    let (slowest, fastest) = genre.map_or((80.0, 130.0), |genre| genre.tempo);
    let middle = now.unwrap_or((slowest + fastest) / 2.0);
    let bpm = match wish {
        PaceWish::To(bpm) => bpm,
        PaceWish::By(factor) => middle * factor,
        PaceWish::Plus(more) => middle + more,
        PaceWish::Faster => now.map_or(fastest * 1.05, |now| now * 1.15),
        PaceWish::Slower => now.map_or(slowest / 1.05, |now| now / 1.15),
        PaceWish::Fast => fastest,
        PaceWish::Slow => slowest,
    };
    let told = matches!(wish, PaceWish::To(_) | PaceWish::By(_) | PaceWish::Plus(_));
    let bpm = if told { bpm } else { bpm.clamp(*TEMPOS.start(), *TEMPOS.end()) };
    (bpm * 10.0).round() / 10.0
}
