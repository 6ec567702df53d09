//! Underscore: where somebody talks, fewer play, and what they play is held.

use sound::{Span, Time};

use crate::Role;
use crate::cue::CueSheet;
use crate::genre::{BEATS_PER_BAR, Genre, Layer};

/// Whoever enters shortly before a word draws the ear from it: the music makes room so many seconds ahead.
const AHEAD: f64 = 2.0;
/// So much less goes on under talk than without it.
const THINNED: f64 = 0.25;
/// A rest of so many seconds and more is heard as a hole under a voice: over so long a loudness is momentary.
const HOLE: f64 = 0.4;
/// Who holds chords only where more than this goes on belongs to the summits of a genre, not under its talk.
const SUMMIT: f64 = 0.6;

/// Whether each bar belongs to the talk: somebody talks there or soon will, or it is a single bar between such.
pub(super) fn bars(cue: &CueSheet) -> Vec<bool> {
    let talked = |bar: usize| {
        let span = cue.bar_span(bar);
        let ahead = Span::new(span.start, span.end + Time::from_seconds(AHEAD));
        cue.speech.iter().any(|speech| !speech.overlap(ahead).is_empty())
    };
    let talked: Vec<bool> = (0..cue.bars).map(talked).collect();
    let between = |bar: usize| bar > 0 && talked[bar - 1] && talked.get(bar + 1).is_some_and(|next| *next);
    (0..cue.bars).map(|bar| talked[bar] || between(bar)).collect()
}

/// How much goes on under talk where so much would go on without it.
pub(super) fn energy(alone: f64) -> f64 {
    alone - THINNED
}

/// Whether this is the chair that lies under the talk: the first of those that hold chords.
pub(super) fn is_bed(genre: &Genre, layer: &Layer) -> bool {
    layer.energy <= SUMMIT && genre.layers.iter().find(|layer| layer.role == Role::Pad) == Some(layer)
}

/// Lets each stroke under talk ring on to the next where it would leave a hole; strokes are beats from and until, of
/// which one lasts `beat_length` seconds.
pub(super) fn ring_on(strokes: &mut [(f64, f64)], beat_length: f64, under_talk: impl Fn(f64) -> bool) {
    for index in 1..strokes.len() {
        let (next, (from, until)) = (strokes[index].0, strokes[index - 1]);
        // Who rests for a bar has left.
        let hole = HOLE / beat_length - 1e-9..BEATS_PER_BAR as f64;
        if under_talk(from) && hole.contains(&(next - until)) {
            strokes[index - 1].1 = next;
        }
    }
}

#[cfg(test)]
mod tests {
    use footage::Profile;

    use super::*;
    use crate::compose::empty_film;
    use crate::{Brief, Library, choose, spot};

    #[test]
    fn the_music_makes_room_before_the_word_and_stays_in_a_pause() {
        let profile = Profile {
            length: Time::from_seconds(60.0),
            speech: vec![Span::seconds(20.0, 26.0), Span::seconds(30.0, 34.0)],
            ..empty_film()
        };
        let library = Library::built_in().unwrap();
        let brief = Brief { genre: Some("corporate".to_owned()), ..Brief::default() };
        let (genre, mood) = choose(&brief, &profile, &library).unwrap();
        let cue = spot(&brief, genre, mood, &profile, Span::new(Time::ZERO, profile.length));
        let bars = bars(&cue);
        let at = |seconds: f64| {
            bars[(cue.tempo.beat(Time::from_seconds(seconds)) / BEATS_PER_BAR as f64) as usize]
        };
        assert_eq!([12.0, 18.1, 23.0, 28.0, 33.9, 38.0].map(at), [false, true, true, true, true, false]);
    }

    #[test]
    fn a_hole_under_talk_is_filled_and_a_short_rest_kept() {
        let mut strokes = [(0.0, 1.0), (1.25, 2.0), (3.0, 4.0), (10.0, 11.0), (12.0, 13.0)];
        ring_on(&mut strokes, 0.5, |beat| beat < 8.0);
        assert_eq!(strokes.map(|stroke| stroke.1), [1.0, 3.0, 4.0, 11.0, 13.0]);
    }
}
