//! What the room promises, heard from outside.

#[path = "all/chip.rs"]
mod chip;
#[path = "all/console.rs"]
mod console;
#[path = "all/font.rs"]
mod font;
#[path = "all/performance.rs"]
mod performance;
#[path = "all/stand.rs"]
mod stand;
#[path = "all/voices.rs"]
mod voices;
