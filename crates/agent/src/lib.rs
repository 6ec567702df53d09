//! Reads a plain-language request and answers with edits.

mod advice;
mod alike;
mod breaths;
mod clip_name;
mod condition;
mod correction;
mod denial;
mod edits;
mod ensemble;
mod file_name;
mod frames;
mod key;
mod landmark;
mod language;
mod lexicon;
mod naming;
mod normal;
mod number;
mod phrase;
mod pieces;
mod planned;
mod reading;
mod reference;
mod remainder;
mod remark;
mod reply;
mod term;
mod token;
mod trade;
mod turn;
mod wishes;

pub use advice::MOST_EDITS;
pub use language::Language;
pub use reading::{Kind, Reader, Reading};
pub use reply::{Scored, ScoredBed, choices, made, music_name, no_film, reply_for};
pub use turn::Turn;
