//! A score as a Standard MIDI File: tempo map, markers, names and all.

use midly::num::{u4, u7, u15, u24, u28};
use midly::{Format, Header, MetaMessage, MidiMessage, Smf, Timing, Track, TrackEvent, TrackEventKind};
use sound::Time;

use crate::{BEATS_PER_BAR, CueSheet, Family, Instrument, Part, Score};

/// Ticks in a quarter note.
const PER_BEAT: u16 = 480;

/// The bytes of a Standard MIDI File, format 1: a conductor track, then a track for each part.
///
/// Music that begins inside a bar begins with a bar that is short by whole beats; its first stretch has a tempo of
/// its own, so that every bar line lies where the picture wants it.
pub fn midi(score: &Score, cue: &CueSheet) -> Vec<u8> {
    let clock = Clock::new(score);
    let mut tracks = vec![conductor(score, cue, &clock)];
    let mut melodic = (0u8..16).filter(|channel| *channel != 9).cycle();
    for part in &score.parts {
        let channel = if part.instrument.is_drums() { 9 } else { melodic.next().unwrap_or(0) };
        tracks.push(track(part, channel, score, &clock));
    }
    let header = Header::new(Format::Parallel, Timing::Metrical(u15::new(PER_BEAT)));
    let mut bytes = Vec::new();
    // Writing into memory cannot fail.
    let _ = Smf { header, tracks }.write_std(&mut bytes);
    bytes
}

/// Turns time into ticks along the tempo map, stretch by stretch.
struct Clock {
    /// Time and tick where each stretch begins.
    marks: Vec<(Time, f64)>,
    /// Beats of the bar that had passed before the music began, in whole beats.
    passed: i64,
}

impl Clock {
    fn new(score: &Score) -> Clock {
        let begin = score.tempo.beat(Time::ZERO);
        let passed = (begin - 1e-6).floor().max(0.0) as i64;
        let mut marks = vec![(Time::ZERO, 0.0)];
        // The first whole beat after a start between two beats.
        let first = passed + 1;
        let inside = begin - begin.floor() > 1e-6 && begin.ceil() - begin > 1e-6;
        if inside {
            marks.push((score.tempo.time(first as f64), f64::from(PER_BEAT)));
        }
        let origin = if inside { passed } else { begin.round() as i64 };
        for &(beat, time) in score.tempo.anchors() {
            let tick = (beat - origin) as f64 * f64::from(PER_BEAT);
            if marks.last().is_some_and(|&(t, k)| time > t && tick > k) {
                marks.push((time, tick));
            }
        }
        let last = score.tempo.beat(score.length).ceil() as i64 + BEATS_PER_BAR;
        let end = score.tempo.time(last as f64);
        if marks.last().is_some_and(|&(t, _)| end > t) {
            marks.push((end, (last - origin) as f64 * f64::from(PER_BEAT)));
        }
        Clock { marks, passed: origin.rem_euclid(BEATS_PER_BAR) }
    }

    fn tick(&self, time: Time) -> u32 {
        let after = self.marks.partition_point(|&(t, _)| t <= time).clamp(1, self.marks.len() - 1);
        let ((t0, k0), (t1, k1)) = (self.marks[after - 1], self.marks[after]);
        let share = (time - t0).seconds() / (t1 - t0).seconds();
        (k0 + (k1 - k0) * share).round().max(0.0) as u32
    }
}

fn conductor(score: &Score, cue: &CueSheet, clock: &Clock) -> Track<'static> {
    let mut events: Vec<(u32, MetaMessage<'static>)> = Vec::new();
    events.push((0, MetaMessage::TrackName(b"undersong")));
    let whole = (BEATS_PER_BAR as u8, 2, 24, 8);
    let time_signature = |beats: u8| MetaMessage::TimeSignature(beats, whole.1, whole.2, whole.3);
    if clock.passed > 0 {
        let left = BEATS_PER_BAR - clock.passed;
        events.push((0, time_signature(left as u8)));
        events.push((left as u32 * u32::from(PER_BEAT), time_signature(whole.0)));
    } else {
        events.push((0, time_signature(whole.0)));
    }
    events.extend(signatures(cue, clock));
    for pair in clock.marks.windows(2) {
        let beats = (pair[1].1 - pair[0].1) / f64::from(PER_BEAT);
        let micros = (pair[1].0 - pair[0].0).seconds() * 1e6 / beats;
        events.push((
            pair[0].1.round() as u32,
            MetaMessage::Tempo(u24::new(micros.round().clamp(1.0, 16_777_215.0) as u32)),
        ));
    }
    for section in &cue.sections {
        let at = clock.tick(cue.section_span(section).start);
        events.push((at, MetaMessage::Marker(section.kind.name().as_bytes())));
    }
    for hit in &cue.hits {
        events.push((clock.tick(hit.at), MetaMessage::CuePoint(b"hit")));
    }
    events.sort_by_key(|(tick, _)| *tick);
    finish(
        events.into_iter().map(|(tick, meta)| (tick, TrackEventKind::Meta(meta))),
        clock.tick(score.length),
    )
}

/// The key at the start, and where a section leaves it or comes back.
fn signatures(cue: &CueSheet, clock: &Clock) -> Vec<(u32, MetaMessage<'static>)> {
    let mut now = None;
    let mut events = Vec::new();
    for section in &cue.sections {
        let key = cue.key_of(section);
        if now.replace(key) != Some(key) {
            let at = clock.tick(cue.section_span(section).start);
            events.push((at, MetaMessage::KeySignature(key.signature(), key.mode.is_minor())));
        }
    }
    events
}

fn track(part: &Part, channel: u8, score: &Score, clock: &Clock) -> Track<'static> {
    let channel = u4::new(channel);
    let voice = |message| TrackEventKind::Midi { channel, message };
    let mut events: Vec<(u32, u8, TrackEventKind)> = vec![
        (0, 0, TrackEventKind::Meta(MetaMessage::TrackName(name(part)))),
        (0, 1, voice(MidiMessage::ProgramChange { program: u7::new(program(part.instrument)) })),
    ];
    for note in &part.notes {
        let (key, vel) = (u7::new(note.pitch.min(127)), u7::new(note.velocity.min(127)));
        let on = clock.tick(note.at);
        let off = clock.tick(note.at + note.length).max(on + 1);
        events.push((on, 3, voice(MidiMessage::NoteOn { key, vel })));
        events.push((off, 2, voice(MidiMessage::NoteOff { key, vel: u7::new(64) })));
    }
    events.sort_by_key(|(tick, order, _)| (*tick, *order));
    finish(events.into_iter().map(|(tick, _, kind)| (tick, kind)), clock.tick(score.length))
}

/// Delta times, and the end where the music ends.
fn finish(events: impl Iterator<Item = (u32, TrackEventKind<'static>)>, end: u32) -> Track<'static> {
    let mut track: Track = Vec::new();
    let mut last = 0;
    let end = (end, TrackEventKind::Meta(MetaMessage::EndOfTrack));
    for (tick, kind) in events.chain([end]) {
        let tick = tick.max(last);
        track.push(TrackEvent { delta: u28::new(tick - last), kind });
        last = tick;
    }
    track
}

/// Role first: that is what the track is to a reader.
fn name(part: &Part) -> &'static [u8] {
    part.role.name().as_bytes()
}

fn program(instrument: Instrument) -> u8 {
    if instrument.family() == Family::Chip && instrument.is_drums() { 0 } else { instrument.program() }
}

#[cfg(test)]
mod tests {
    use footage::Profile;
    use sound::{Span, Tempo};

    use super::*;
    use crate::{Brief, Finish, Library, Note, Role, Strip, TempoMap};

    #[test]
    fn ticks_lie_where_the_picture_wants_them() {
        let tempo = TempoMap::through(
            &[(6, Time::from_seconds(2.1)), (26, Time::from_seconds(12.0))],
            Tempo::new(120.0),
        );
        let begin = tempo.beat(Time::ZERO);
        assert!(begin > 1.0 && begin < 2.0, "{begin}");
        let note =
            Note { at: Time::from_seconds(2.1), length: Time::from_seconds(1.0), pitch: 60, velocity: 90 };
        let part = Part {
            role: Role::Melody,
            instrument: Instrument::Piano,
            notes: vec![note],
            expression: vec![],
            strip: Strip::default(),
        };
        let score = Score {
            length: Time::from_seconds(14.0),
            key: "C major".parse().unwrap(),
            tempo,
            parts: vec![part],
            authentic: false,
            finish: Finish::default(),
            fade_out: Time::from_seconds(1.0),
            seed: 1,
        };
        let clock = Clock::new(&score);
        // Beat 1 was passed when the music began, so the short bar has three beats, the first of them squeezed.
        assert_eq!(clock.passed, 1);
        assert_eq!(clock.tick(Time::from_seconds(2.1)), 5 * u32::from(PER_BEAT));
        assert_eq!(clock.tick(Time::ZERO), 0);
    }

    #[test]
    fn what_is_written_can_be_read() {
        let library = Library::built_in().unwrap();
        let profile = Profile { length: Time::from_seconds(20.0), ..crate::compose::empty_film() };
        let brief = Brief { genre: Some("lofi".into()), seed: 3, ..Brief::default() };
        let (genre, mood) = crate::choose(&brief, &profile, &library).unwrap();
        let cue = crate::spot(&brief, genre, mood, &profile, Span::new(Time::ZERO, profile.length));
        let score = crate::compose(&cue, &brief, genre);
        let bytes = midi(&score, &cue);
        let read = Smf::parse(&bytes).unwrap();
        assert_eq!(read.tracks.len(), score.parts.len() + 1);
        let signed = |event: &&TrackEvent| {
            let own = MetaMessage::KeySignature(cue.key.signature(), cue.key.mode.is_minor());
            event.kind == TrackEventKind::Meta(own)
        };
        assert_eq!(read.tracks[0].iter().filter(signed).count(), 1);
    }
}
