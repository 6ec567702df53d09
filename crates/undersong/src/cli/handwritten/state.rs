//! The neutral state as somebody writes it: it becomes edits of a timeline.

use std::str::FromStr;

use score::{Brief, Instrument, Mood};
use serde::Deserialize;
use serde_json::Value;
use sound::{Span, Time};
use timeline::{Canvas, Colour, Duck, Edit, Item, Look, Music, Place, Ratio, Target, Timeline};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct State {
    pub(super) video: VideoState,
    original_audio: OwnSound,
    music: Vec<Piece>,
    text: Vec<Text>,
    canvas: Shape,
    target: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct VideoState {
    pub(super) duration_s: Option<f64>,
    pub(super) width: Option<u32>,
    pub(super) height: Option<u32>,
    aspect: Option<String>,
    speed: Option<f64>,
    muted: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct OwnSound {
    gain_pct: Option<f64>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Shape {
    ratio: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Piece {
    name: Option<String>,
    genre: Option<String>,
    mood: Option<String>,
    start_s: f64,
    end_s: Option<f64>,
    level_pct: Option<f64>,
    /// The name of a way to give way, or whether there is any.
    duck: Value,
    fade_in_s: f64,
    fade_out_s: f64,
    tempo_bpm: Option<f64>,
    instruments: Vec<String>,
    locked: bool,
    source: Option<String>,
    path: Option<String>,
    seed: Option<u64>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Text {
    text: String,
    start_s: f64,
    end_s: Option<f64>,
    position: Option<String>,
    size_px: Option<f64>,
    color: Option<String>,
    locked: bool,
}

impl State {
    /// The timeline after all that the state holds was done to it.
    ///
    /// # Errors
    /// What cannot be done, with the name of its field.
    pub(super) fn applied(&self, start: Timeline) -> Result<Timeline, String> {
        let mut timeline = start;
        for (field, edit) in self.picture(&timeline)? {
            timeline = done(&timeline, &edit, &field)?;
        }
        for (place, piece) in self.music.iter().enumerate() {
            timeline = piece.laid(&timeline, &format!("music[{place}]"))?;
        }
        for (place, text) in self.text.iter().enumerate() {
            timeline = text.shown(&timeline, &format!("text[{place}]"))?;
        }
        Ok(timeline)
    }

    fn picture(&self, timeline: &Timeline) -> Result<Vec<(String, Edit)>, String> {
        let mut edits = Vec::new();
        let mut add = |field: &str, edit| edits.push((field.to_owned(), edit));
        if let Some(speed) = self.video.speed.filter(|speed| *speed != 1.0) {
            add("video.speed", Edit::Speed { clip: None, percent: (speed * 100.0).round() as u32 });
        }
        if self.video.muted {
            add("video.muted", Edit::Mute { clip: None, muted: true });
        }
        if let Some(percent) = self.original_audio.gain_pct.filter(|percent| *percent != 100.0) {
            add("original_audio.gain_pct", Edit::ClipLevel { clip: None, percent });
        }
        let wanted = self.canvas.ratio.as_deref().or(self.video.aspect.as_deref());
        let size = timeline.picture_size();
        let shape = f64::from(size.width) / f64::from(size.height.max(1));
        let ratio = Ratio::ALL.into_iter().find(|ratio| Some(ratio.name()) == wanted);
        let is_so = |ratio: Ratio| {
            ratio.parts().is_none_or(|(w, h)| (f64::from(w) / f64::from(h) - shape).abs() < 0.01)
        };
        if let Some(ratio) = ratio.filter(|ratio| !is_so(*ratio)) {
            add("canvas.ratio", Edit::Reshape { canvas: Canvas { ratio, ..timeline.canvas } });
        }
        if let Some(name) = &self.target {
            let target = Target::ALL.into_iter().find(|target| target.name() == name);
            let target = target.ok_or_else(|| format!("target: there is no '{name}'"))?;
            add("target", Edit::Aim { target });
        }
        Ok(edits)
    }
}

impl Piece {
    fn laid(&self, timeline: &Timeline, field: &str) -> Result<Timeline, String> {
        let whole = timeline.whole();
        let end = self.end_s.map_or(whole.end, Time::from_seconds);
        let span = Span::new(Time::from_seconds(self.start_s), end);
        let name = self.name.clone().or(self.genre.clone()).unwrap_or_else(|| "Music".to_owned());
        let edit = Edit::AddBed { name, music: self.music(), span: (span != whole).then_some(span) };
        let mut timeline = done(timeline, &edit, field)?;
        let Some(bed) = timeline.beds.last().map(|bed| bed.id) else { return Ok(timeline) };
        let mut edits = Vec::new();
        edits.extend(self.level_pct.map(|percent| Edit::Level { bed, percent }));
        edits.extend(self.duck().map(|duck| Edit::Duck { bed, duck }));
        let [fade_in, fade_out] = [self.fade_in_s, self.fade_out_s].map(Time::from_seconds);
        if fade_in > Time::ZERO || fade_out > Time::ZERO {
            edits.push(Edit::Fade { bed, fade_in, fade_out });
        }
        edits.extend(self.locked.then_some(Edit::Lock { item: Item::Bed(bed), locked: true }));
        for edit in &edits {
            timeline = done(&timeline, edit, field)?;
        }
        Ok(timeline)
    }

    fn music(&self) -> Music {
        if self.source.as_deref() == Some("file") {
            let path = self.path.clone().or(self.name.clone());
            return Music::Recording(path.unwrap_or_default());
        }
        let instrument = |name: &String| Instrument::ALL.iter().copied().find(|one| one.name() == name);
        Music::Composed(Box::new(Brief {
            genre: self.genre.clone(),
            mood: self.mood.as_deref().and_then(Mood::of_word).map(|word| word.mood),
            tempo_bpm: self.tempo_bpm,
            with: self.instruments.iter().filter_map(instrument).collect(),
            seed: self.seed.unwrap_or(1),
            ..Brief::default()
        }))
    }

    fn duck(&self) -> Option<Duck> {
        match &self.duck {
            Value::Bool(true) => Some(Duck::default()),
            Value::Bool(false) => Some(Duck::Off),
            told => serde_json::from_value(told.clone()).ok(),
        }
    }
}

impl Text {
    fn shown(&self, timeline: &Timeline, field: &str) -> Result<Timeline, String> {
        let end = self.end_s.map_or(timeline.length(), Time::from_seconds);
        let place = Place::ALL.into_iter().find(|place| Some(place.name()) == self.position.as_deref());
        let colour = self.color.as_deref().map(Colour::from_str).transpose();
        let look = Look {
            place: place.unwrap_or_default(),
            size_px: self.size_px.map(|size| size.round() as u32),
            colour: colour.map_err(|fault| format!("{field}.color: {fault}"))?.unwrap_or_default(),
            ..Look::default()
        };
        let span = Some(Span::new(Time::from_seconds(self.start_s), end));
        let edit = Edit::AddTitle { text: self.text.clone(), span, look };
        let timeline = done(timeline, &edit, field)?;
        match timeline.titles.last().filter(|_| self.locked).map(|title| title.id) {
            Some(title) => done(&timeline, &Edit::Lock { item: Item::Title(title), locked: true }, field),
            None => Ok(timeline),
        }
    }
}

fn done(timeline: &Timeline, edit: &Edit, field: &str) -> Result<Timeline, String> {
    timeline.apply(edit).map_err(|fault| format!("state.{field}: {fault}"))
}
