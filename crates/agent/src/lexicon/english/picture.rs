//! English words about the picture: clips, shape, own sound, fades.

use timeline::{Fit, Ratio};

use crate::term::{PictureWord, Term};

const fn word(word: PictureWord) -> Term {
    Term::Picture(word)
}

/// Phrases separated by `|`, lower case, with their sense.
pub(in super::super) const WORDS: &[(&str, Term)] = &[
    (
        "cut out|cut off|cut away|snip|snip out|snip off|chop|chop off|crop out|trim off|trim away|trim out",
        word(PictureWord::Cut),
    ),
    ("cut|cutting", word(PictureWord::Snip)),
    ("trim|trimming|trim down|cut down", word(PictureWord::Trim)),
    ("shorten|shortened", word(PictureWord::Shorten)),
    ("keep only|keep just|leave only|only keep|just keep", word(PictureWord::Keep)),
    ("part|the part|parts|section|the section|segment|the segment|stretch|the bit", word(PictureWord::Part)),
    ("split|split up|divide", word(PictureWord::Split)),
    ("join|merge|stitch|concatenate|glue", word(PictureWord::Join)),
    ("exchange", word(PictureWord::Swap)),
    (
        "reverse order|reverse the order|in reverse order|reversed order|in the reverse order|reverse the clips|backwards order|last to first",
        word(PictureWord::Reverse),
    ),
    ("middle clip", word(PictureWord::Clip(PictureWord::MIDDLE))),
    ("to the front|to the very front|to front|in front|at the front", word(PictureWord::Front)),
    ("to the back|to the very back|at the back", word(PictureWord::Rear)),
    ("slow motion|slow-motion|slow mo|slow-mo|slowmo", word(PictureWord::SlowMotion)),
    ("fast forward|fast-forward", word(PictureWord::FastForward)),
    ("first clip|1st clip|clip 1|clip one|clip number 1|clip number one|clip #1", word(PictureWord::Clip(1))),
    (
        "second clip|2nd clip|clip 2|clip two|clip number 2|clip number two|clip #2",
        word(PictureWord::Clip(2)),
    ),
    (
        "third clip|3rd clip|clip 3|clip three|clip number 3|clip number three|clip #3",
        word(PictureWord::Clip(3)),
    ),
    (
        "fourth clip|4th clip|clip 4|clip four|clip number 4|clip number four|clip #4",
        word(PictureWord::Clip(4)),
    ),
    (
        "fifth clip|5th clip|clip 5|clip five|clip number 5|clip number five|clip #5",
        word(PictureWord::Clip(5)),
    ),
    ("sixth clip|6th clip|clip 6|clip six|clip number 6|clip #6", word(PictureWord::Clip(6))),
    ("last clip|final clip", word(PictureWord::Clip(0))),
    (
        "crossfade|crossfades|cross-fade|cross-fades|cross fade|cross fades|cross-dissolve|cross dissolve|dissolve",
        word(PictureWord::Crossfade),
    ),
    (
        "original audio|sound of|audio of|original sound|original voice|own sound|own audio|film sound|video sound|video audio|clip sound|audio of the video|sound of the video|audio of the film|sound of the film|film's sound|video's sound|video's audio|film's audio|film's own sound|video's own sound|film's own audio|video's own audio|clip's sound|clip's audio|camera audio|camera sound|the audio|source audio",
        word(PictureWord::OwnSound),
    ),
    (
        "mute the original|remove the audio|remove audio|remove the sound|strip the audio|remove all audio|remove all sound",
        word(PictureWord::Silence),
    ),
    ("unmute|un-mute", word(PictureWord::Unmute)),
    (
        "vertical|vertically|portrait|portrait mode|portrait format|upright",
        word(PictureWord::Shape(Ratio::Tall)),
    ),
    (
        "horizontal|horizontally|landscape format|landscape mode|landscape orientation|to landscape|back to landscape|make it landscape|in landscape|widescreen|wide-screen",
        word(PictureWord::Shape(Ratio::Wide)),
    ),
    ("square", word(PictureWord::Shape(Ratio::Square))),
    (
        "original aspect|original aspect ratio|original shape|original format|original ratio|source aspect|source aspect ratio",
        word(PictureWord::Shape(Ratio::Source)),
    ),
    (
        "crop|crops|cropped|cropping|crop to fill|fill the frame|fill the screen",
        word(PictureWord::Fit(Fit::Crop)),
    ),
    (
        "don't cut anything off|without cutting anything off|show everything|show the whole picture|keep the whole picture|black bars|black borders|letterbox|letterboxed|pillarbox|padding",
        word(PictureWord::Fit(Fit::Pad)),
    ),
    (
        "blurred background|blurry background|blurred sides|blurred bars|blurred borders|blur the background|blur background|background blur",
        word(PictureWord::Fit(Fit::Blur)),
    ),
    ("aspect|aspect ratio|resize|reframe|frame size|resolution|scale it|downscale", word(PictureWord::Frame)),
    ("from black|out of black|up from black", word(PictureWord::FromBlack)),
    ("to black|into black", word(PictureWord::ToBlack)),
    ("black", word(PictureWord::Black)),
];
