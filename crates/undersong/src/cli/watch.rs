//! `undersong watch`: what is in a film.

use serde::Serialize;
use studio::{Found, Showing, Stage};

use super::arguments::Watch;
use super::film::Input;
use super::onlooker::Terminal;
use super::{Done, output};
use crate::views::watch::{DetailView, InputView, WatchView};

#[derive(Serialize)]
struct Answer {
    input: InputView,
    #[serde(flatten)]
    watch: WatchView,
    #[serde(flatten)]
    detail: DetailView,
    warnings: Vec<String>,
}

/// Watches a film.
pub(crate) fn run(wanted: &Watch) -> Done {
    output::promises(wanted.sheet.as_deref(), &["png"])?;
    for picture in [&wanted.poster, &wanted.strip] {
        output::promises(picture.as_deref(), &["jpg", "jpeg", "png"])?;
    }
    output::promises(wanted.peaks.as_deref(), &["json"])?;
    let input = Input::open(&wanted.input)?;
    let terminal = Terminal::new(wanted.json, &[Stage::Probe, Stage::Watch]);
    let showing = Showing {
        sheet: wanted.sheet.clone(),
        poster: wanted.poster.clone(),
        strip: wanted.strip.clone(),
        peaks: wanted.peaks.clone(),
    };
    let Found { probe, profile, warnings } = studio::watch(&input.path, &showing, &terminal)?;
    drop(terminal);
    if wanted.json {
        let detail = DetailView::new(&profile);
        let (input, watch) = (InputView::new(&probe), WatchView::new(&profile));
        output::document(&Answer { input, watch, detail, warnings })?;
    } else {
        let picture = &probe.picture;
        let head = format!(
            "{}x{} {} at {:.2} frames a second\n",
            picture.width,
            picture.height,
            picture.codec,
            picture.frames_per_second()
        );
        let notes: String = warnings.iter().map(|warning| format!("Note: {warning}\n")).collect();
        output::text(&format!("{head}{profile}{notes}"))?;
    }
    Ok(())
}
