//! Runs jobs: opens what is needed, keeps what was made, and says what went wrong.

mod advice;
mod composition;
mod fault;
mod folder;
mod genres;
mod memory;
mod opening;
mod performance;
mod places;
mod project;
mod publish;
mod scoring;
mod side_by_side;
mod soundfont;
mod spool;
mod stage;
mod warning;
mod wav;

pub use advice::ReadBy;
pub use composition::{Composed, Composition, compose};
pub use fault::Fault;
pub use folder::private;
pub use genres::library;
pub use opening::{Opened, open};
pub use performance::Sounds;
pub use project::{Project, read_document, read_project};
pub use publish::Results;
pub use scoring::{
    Choice, Finished, Found, Licence, Piece, Scored, Scoring, Showing, Turned, add, begin, export, glance,
    turn, watch,
};
pub use stage::{Onlooker, Stage, Stopwatch, Unattended};
