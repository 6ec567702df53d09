//! The only room that starts processes: opens videos, writes videos.

mod child;
mod encode_sound;
mod error;
mod film;
mod limits;
mod media_box;
mod movie;
mod open;
mod packet_file;
mod picture;
mod plan;
mod recording;
mod render;
mod sample_table;
mod sniff;
mod splice;
mod titles;
mod tools;
mod turn;
mod verify;
mod watch;

pub use encode_sound::EncodedSound;
pub use error::{MediaError, SUPPORTED};
pub use film::Film;
pub use limits::Limits;
pub use media_box::Attempt;
pub use picture::FinishedPicture;
pub use plan::{PictureMode, RenderPlan};
pub use render::Draft;
pub use sniff::Kind;
pub use tools::Tools;
pub use verify::Checked;
pub use watch::Seen;
