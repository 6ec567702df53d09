//! Runs jobs: opens what is needed, keeps what was made, and says what went wrong.

mod composition;
mod fault;
mod folder;
mod genres;
mod performance;
mod publish;
mod scoring;
mod soundfont;
mod spool;
mod stage;
mod wav;

pub use composition::{Composed, Composition, compose};
pub use fault::Fault;
pub use genres::library;
pub use performance::Sounds;
pub use publish::{expect_files, write_file};
pub use scoring::{Finished, Licence, Piece, Scored, Scoring, add, watch, watch_and_draw};
pub use stage::{Onlooker, Stage, Stopwatch};
