//! How a picture is turned and mirrored before it is shown.

/// A display matrix, reduced to the filters that do what it says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Turn {
    /// Filters for an upright picture, in order.
    pub(crate) filters: [Option<&'static str>; 2],
    /// Whether width and height change places.
    pub(crate) sideways: bool,
}

impl Turn {
    /// Reads `rotation` (degrees, as ffprobe gives it) and the matrix's nine numbers, row by row.
    ///
    /// The same choices as ffmpeg's own automatic rotation, so that stills look as players show the film; only
    /// angles that are no multiple of 90 degrees are rounded.
    pub(crate) fn from_matrix(rotation: f64, matrix: &[i64; 9]) -> Turn {
        let quarter = (-rotation / 90.0).round().rem_euclid(4.0) as u8;
        let (filters, sideways) = match quarter {
            1 => {
                ([Some(if matrix[3] > 0 { "transpose=cclock_flip" } else { "transpose=clock" }), None], true)
            }
            2 => ([(matrix[0] < 0).then_some("hflip"), (matrix[4] < 0).then_some("vflip")], false),
            3 => {
                ([Some(if matrix[3] < 0 { "transpose=clock_flip" } else { "transpose=cclock" }), None], true)
            }
            _ => ([None, (matrix[4] < 0).then_some("vflip")], false),
        };
        Turn { filters, sideways }
    }

    /// Reads the orientation that a camera notes in a photo (EXIF 2.3, 4.6.4 A): 1 is upright.
    pub(crate) fn from_exif(orientation: u32) -> Turn {
        let (filters, sideways) = match orientation {
            2 => ([Some("hflip"), None], false),
            3 => ([Some("hflip"), Some("vflip")], false),
            4 => ([Some("vflip"), None], false),
            5 => ([Some("transpose=cclock_flip"), None], true),
            6 => ([Some("transpose=clock"), None], true),
            7 => ([Some("transpose=clock_flip"), None], true),
            8 => ([Some("transpose=cclock"), None], true),
            _ => ([None, None], false),
        };
        Turn { filters, sideways }
    }

    /// Reads ffprobe's print of a display matrix, whose lines are `\n00000000: a b u`.
    pub(crate) fn parse(print: &str, rotation: &str) -> Turn {
        let mut matrix = [0i64; 9];
        let numbers = print
            .split("\\n")
            .filter_map(|line| line.split_once(':'))
            .flat_map(|(_, row)| row.split_whitespace())
            .filter_map(|number| number.parse().ok());
        for (place, number) in matrix.iter_mut().zip(numbers) {
            *place = number;
        }
        Turn::from_matrix(rotation.parse().unwrap_or(0.0), &matrix)
    }

    /// The filters of an upright picture.
    pub(crate) fn filters(&self) -> impl Iterator<Item = &'static str> {
        self.filters.iter().copied().flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phone_held_upright_is_turned_clockwise() {
        let print = "\\n00000000:            0       65536           0\\n00000001:       -65536           0           0\\n00000002:     70778880           0  1073741824\\n";
        let turn = Turn::parse(print, "-90");
        assert_eq!(turn.filters().collect::<Vec<_>>(), ["transpose=clock"]);
        assert!(turn.sideways);
        assert!(!Turn::parse("", "180").sideways);
        assert_eq!(Turn::from_matrix(0.0, &[65536, 0, 0, 0, 65536, 0, 0, 0, 1 << 30]), Turn::default());
    }
}
