//! How much speech was found and how much was called speech that is none.

use sound::{Frame, Span, Time};

use super::material::listen;

/// A sound and where somebody talks in it.
pub(super) type Case = (Vec<Frame>, Vec<Span>);

/// What came of cases of one kind, in seconds.
pub(super) struct Row {
    pub(super) name: String,
    cases: usize,
    spoken: f64,
    heard: f64,
    /// What is not speech, and how much of it was called speech.
    pub(super) other: f64,
    pub(super) called: f64,
}

impl Row {
    pub(super) fn of(name: &str, cases: Vec<Case>) -> Row {
        let mut row = Row {
            name: name.to_owned(),
            cases: cases.len(),
            spoken: 0.0,
            heard: 0.0,
            other: 0.0,
            called: 0.0,
        };
        for (sound, truth) in &cases {
            row.count(
                truth,
                &listen(sound).speech,
                Time::from_samples(sound.len() as i64, sound::SAMPLE_RATE),
            );
        }
        row
    }

    /// Counts in steps of 10 ms; within 150 ms of a border either answer is right where nobody talks.
    fn count(&mut self, truth: &[Span], found: &[Span], length: Time) {
        let near = Time::from_ratio(15, 100);
        let steps = (length.seconds() * 100.0) as i64;
        for at in (0..steps).map(|step| Time::from_ratio(2 * step + 1, 200)) {
            let is = |spans: &[Span]| spans.iter().any(|span| span.contains(at));
            if is(truth) {
                self.spoken += 0.01;
                self.heard += if is(found) { 0.01 } else { 0.0 };
            } else if !truth.iter().any(|span| Span::new(span.start - near, span.end + near).contains(at)) {
                self.other += 0.01;
                self.called += if is(found) { 0.01 } else { 0.0 };
            }
        }
    }

    /// Share of the speech that was found; 1 where there is none.
    pub(super) fn found(&self) -> f64 {
        if self.spoken > 0.0 { self.heard / self.spoken } else { 1.0 }
    }

    /// Share of the rest that was called speech.
    pub(super) fn wrong(&self) -> f64 {
        if self.other > 0.0 { self.called / self.other } else { 0.0 }
    }
}

/// The rows as Markdown.
pub(super) fn table(rows: &[Row]) -> String {
    let mut text = String::from(
        "| what is heard | sounds | speech s | found | other s | called speech |\n|---|---|---|---|---|---|\n",
    );
    for row in rows {
        let found = if row.spoken > 0.0 { format!("{:.3}", row.found()) } else { "-".to_owned() };
        let (name, cases, wrong) = (&row.name, row.cases, row.wrong());
        text +=
            &format!("| {name} | {cases} | {:.0} | {found} | {:.0} | {wrong:.3} |\n", row.spoken, row.other);
    }
    text
}
