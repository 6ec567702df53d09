//! `undersong watch`: what is in a film.

use serde::Serialize;
use studio::Stage;

use super::arguments::Watch;
use super::film::Input;
use super::onlooker::Terminal;
use super::watch_view::{CurvesView, InputView, WatchView};
use super::{Done, output};

#[derive(Serialize)]
struct Answer {
    input: InputView,
    #[serde(flatten)]
    watch: WatchView,
    #[serde(flatten)]
    curves: CurvesView,
}

/// Watches a film.
pub(crate) fn run(wanted: &Watch) -> Done {
    let input = Input::open(&wanted.input)?;
    let (probe, profile) =
        studio::watch(&input.path, &Terminal::new(wanted.json, &[Stage::Probe, Stage::Watch]))?;
    if wanted.json {
        let curves = CurvesView::new(&profile);
        output::document(&Answer { input: InputView::new(&probe), watch: WatchView::new(&profile), curves })?;
    } else {
        let picture = &probe.picture;
        let head = format!(
            "{}x{} {} at {:.2} frames a second\n",
            picture.width,
            picture.height,
            picture.codec,
            picture.frames_per_second()
        );
        output::text(&format!("{head}{profile}"))?;
    }
    Ok(())
}
