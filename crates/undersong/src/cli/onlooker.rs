//! Shows how far a job is: a bar with stage and remaining time on a terminal, JSON lines where a program reads along.

use std::io::IsTerminal;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;
use studio::{Onlooker, Stage};

use super::{output, stopping};

/// JSON lines come no more often than this.
const PAUSE: Duration = Duration::from_millis(100);
const TICKS: u64 = 1000;

/// The person or program at the terminal.
pub(crate) struct Terminal {
    show: Show,
    /// The stages of the job, in their order.
    stages: &'static [Stage],
    state: Mutex<State>,
}

enum Show {
    Bar(ProgressBar),
    Lines,
    Nothing,
}

struct State {
    began: Instant,
    told: Option<Instant>,
    stage: Option<Stage>,
    overall: f64,
}

#[derive(Serialize)]
struct Line {
    stage: &'static str,
    progress: f64,
    eta_s: Option<f64>,
}

impl Terminal {
    /// Somebody who watches a job of these stages that begins now.
    pub(crate) fn new(json: bool, stages: &'static [Stage]) -> Terminal {
        let show = match (std::io::stderr().is_terminal(), json) {
            (true, _) => Show::Bar(bar()),
            (false, true) => Show::Lines,
            (false, false) => Show::Nothing,
        };
        let state = State { began: Instant::now(), told: None, stage: None, overall: 0.0 };
        Terminal { show, stages, state: Mutex::new(state) }
    }

    /// How much of the whole job is done.
    fn overall(&self, stage: Stage, done: f64) -> f64 {
        let share = |stage: &Stage| stage.share();
        let whole: f64 = self.stages.iter().map(share).sum();
        let before: f64 = self.stages.iter().filter(|other| **other < stage).map(share).sum();
        (before + stage.share() * done) / whole.max(f64::EPSILON)
    }
}

fn bar() -> ProgressBar {
    let bar = ProgressBar::new(TICKS);
    let plain = "{msg:8} [{bar:32}] {percent:>3}%  {prefix}";
    if let Ok(style) = ProgressStyle::with_template(plain) {
        bar.set_style(style.progress_chars("=> "));
    }
    bar
}

impl Onlooker for Terminal {
    fn progress(&self, stage: Stage, done: f64) {
        let Ok(mut state) = self.state.lock() else { return };
        state.overall = state.overall.max(self.overall(stage, done)).min(1.0);
        let passed = state.began.elapsed().as_secs_f64();
        // An estimate from a twentieth of the work is a guess.
        let left = (state.overall > 0.05).then(|| passed / state.overall * (1.0 - state.overall));
        match &self.show {
            Show::Bar(bar) => {
                bar.set_message(stage.name());
                bar.set_prefix(left.map_or_else(String::new, |left| format!("about {left:.0} s left")));
                bar.set_position((state.overall * TICKS as f64) as u64);
            }
            Show::Lines => {
                let due = state.told.is_none_or(|told| told.elapsed() >= PAUSE) || state.stage != Some(stage);
                if due {
                    state.told = Some(Instant::now());
                    let line = Line { stage: stage.name(), progress: state.overall, eta_s: left };
                    output::complain(&serde_json::to_string(&line).unwrap_or_default());
                }
            }
            Show::Nothing => {}
        }
        state.stage = Some(stage);
    }

    fn cancelled(&self) -> bool {
        stopping::asked()
    }

    fn notice(&self, text: &str) {
        output::complain(&format!("undersong: {text}"));
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        if let Show::Bar(bar) = &self.show {
            bar.finish_and_clear();
        }
    }
}
