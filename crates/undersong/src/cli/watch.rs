//! `undersong watch`: what is in a film.

use serde::Serialize;
use studio::Stage;

use super::arguments::Watch;
use super::film::Input;
use super::onlooker::Terminal;
use super::watch_view::{DetailView, InputView, WatchView};
use super::{Done, output};

#[derive(Serialize)]
struct Answer {
    input: InputView,
    #[serde(flatten)]
    watch: WatchView,
    #[serde(flatten)]
    detail: DetailView,
}

/// Watches a film.
pub(crate) fn run(wanted: &Watch) -> Done {
    let input = Input::open(&wanted.input)?;
    let terminal = Terminal::new(wanted.json, &[Stage::Probe, Stage::Watch]);
    let (probe, profile) = match &wanted.sheet {
        Some(sheet) => studio::watch_and_draw(&input.path, sheet, &terminal)?,
        None => studio::watch(&input.path, &terminal)?,
    };
    drop(terminal);
    if wanted.json {
        let detail = DetailView::new(&profile);
        output::document(&Answer { input: InputView::new(&probe), watch: WatchView::new(&profile), detail })?;
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
