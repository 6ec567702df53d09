//! How much care an encoded picture gets.

/// How much care an encoded picture gets; what is copied is not touched by it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Quality {
    /// For keeping: slower, and hardly to be told from the source.
    High,
    /// For showing.
    #[default]
    Medium,
    /// For a first look: as fast as it gets.
    Draft,
}

impl Quality {
    /// Every quality, the best first.
    pub const ALL: [Quality; 3] = [Quality::High, Quality::Medium, Quality::Draft];

    /// Its name in documents and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Quality::High => "high",
            Quality::Medium => "medium",
            Quality::Draft => "draft",
        }
    }

    /// What x264 is told.
    pub(crate) fn encoder(self) -> [&'static str; 4] {
        let (preset, factor) = match self {
            Quality::High => ("fast", "17"),
            Quality::Medium => ("veryfast", "20"),
            Quality::Draft => ("ultrafast", "28"),
        };
        ["-preset", preset, "-crf", factor]
    }
}
