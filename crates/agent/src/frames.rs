//! Times told in frames, "from frame 100", "00:00:05:12", `第50帧`: told as seconds, so that they go wherever a time goes.

use sound::Time;

use crate::number::Amount;
use crate::remark::Problem;
use crate::token::{Meaning, Token};

/// Tells the frames of a request as seconds; `frame` is the length of one, zero where it is not known.
///
/// # Errors
/// [`Problem::NoFrames`] where frames are told and nobody knows how long they are.
pub(crate) fn resolve(tokens: Vec<Token>, text: &str, frame: Time) -> Result<Vec<Token>, Problem> {
    let seconds = |whole: f64, frames: f64| match frame > Time::ZERO || frames == 0.0 {
        true => Ok(Meaning::Amount(Amount::Seconds(whole + frames * frame.seconds()))),
        false => Err(Problem::NoFrames),
    };
    let mut told: Vec<Token> = Vec::with_capacity(tokens.len());
    for token in tokens {
        let said = |token: &Token| text.get(token.at.0..token.at.1);
        let led = told.last().is_some_and(|word| matches!(said(word), Some("frame" | "frames")));
        let meaning = match token.meaning {
            Meaning::Amount(Amount::Timecode(whole, frames)) => seconds(whole, frames)?,
            Meaning::Amount(Amount::Number(number)) if led => {
                told.pop();
                seconds(0.0, number)?
            }
            other => other,
        };
        told.push(Token { meaning, ..token });
    }
    Ok(told)
}
