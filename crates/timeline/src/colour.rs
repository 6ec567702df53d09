//! A colour, as documents write it: `#FFCC00`.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A colour in sRGB, as text `#FFCC00`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[allow(missing_docs, reason = "the names speak")]
pub struct Colour {
    pub red: u8,
    pub green: u8,
    pub blue: u8,
}

impl Colour {
    /// White.
    pub const WHITE: Colour = Colour { red: 255, green: 255, blue: 255 };
}

impl Default for Colour {
    fn default() -> Colour {
        Colour::WHITE
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02X}{:02X}{:02X}", self.red, self.green, self.blue)
    }
}

/// What is no colour.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("color: '{0}' is no colour; write it like #FFCC00")]
pub struct NoColour(String);

impl FromStr for Colour {
    type Err = NoColour;

    /// Reads `#RRGGBB`.
    fn from_str(text: &str) -> Result<Colour, NoColour> {
        let wrong = || NoColour(text.to_owned());
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6).ok_or_else(wrong)?;
        if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return Err(wrong());
        }
        let number = u32::from_str_radix(digits, 16).map_err(|_| wrong())?;
        let [_, red, green, blue] = number.to_be_bytes();
        Ok(Colour { red, green, blue })
    }
}

impl TryFrom<String> for Colour {
    type Error = NoColour;

    fn try_from(text: String) -> Result<Colour, NoColour> {
        text.parse()
    }
}

impl From<Colour> for String {
    fn from(colour: Colour) -> String {
        colour.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_written_as_they_are_read() {
        assert_eq!("#ffcc00".parse::<Colour>().map(|colour| colour.to_string()), Ok("#FFCC00".into()));
        for wrong in ["", "#", "ffcc00", "#ffcc0", "#ffcc000", "#+fcc00", "#fédf0", "red"] {
            assert!(wrong.parse::<Colour>().is_err(), "{wrong}");
        }
    }
}
