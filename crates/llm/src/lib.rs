//! Asks a language model for edits; optional.
//!
//! The only room that makes outgoing connections. What is sent is the request, a neutral description of the film and
//! its edit, and the shape of an edit; all that comes back is edits, which are checked like anybody's.

mod answer;
mod error;
mod measure;
mod model;
mod question;
mod schema;
mod server;
mod settings;
mod state;
mod wire;

pub use error::ModelError;
pub use model::Model;
pub use question::Question;
pub use schema::tool_schema;
pub use settings::{Secret, Settings, When};
