//! The light and the colours of a stretch of film.

use serde::{Deserialize, Serialize};

/// How a stretch of film is lit and coloured, on average.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Colours {
    /// 0 (black) to 1 (white).
    pub brightness: f64,
    /// 0 (flat) to 1 (half black, half white).
    pub contrast: f64,
    /// 0 (grey) to 1; 0.3 is a colourful picture.
    pub saturation: f64,
    /// -1 (blue) to 1 (red).
    pub warmth: f64,
    /// Up to five colours as red, green and blue, those that cover most first; empty where nothing was seen.
    pub palette: Vec<[u8; 3]>,
}

impl Colours {
    /// The palette as `#rrggbb`.
    pub fn hex(&self) -> Vec<String> {
        self.palette.iter().map(|[r, g, b]| format!("#{r:02x}{g:02x}{b:02x}")).collect()
    }
}
