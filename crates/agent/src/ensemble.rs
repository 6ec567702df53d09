//! Instruments as people name them, and the players that are meant.

use score::{Genre, Instrument};

/// An instrument or a group of them, by the names people use.
#[derive(Debug)]
pub(crate) struct Ensemble {
    /// Words for it, simplified and lower case, separated by `|`.
    pub(crate) words: &'static str,
    /// Its name in English and Chinese.
    pub(crate) name: (&'static str, &'static str),
    /// The players that are meant; none where nobody here can play it.
    pub(crate) players: &'static [Instrument],
    /// Players that sound alike: they go where it must not be heard, and stand in where it alone is wanted.
    pub(crate) kin: &'static [Instrument],
}

impl Ensemble {
    /// The players that are meant and those that sound alike.
    pub(crate) fn family(&self) -> Vec<Instrument> {
        [self.players, self.kin].concat()
    }

    /// How many chairs of a genre it can take.
    pub(crate) fn chairs(&self, genre: &Genre) -> usize {
        let takes = |one: &Instrument| self.players.contains(one);
        genre.layers.iter().filter(|layer| layer.instruments.iter().any(takes)).count()
    }
}

/// What a set of instruments is called: groups that it holds whole, then single ones; places in [`ENSEMBLES`].
pub(crate) fn names(instruments: &[Instrument]) -> (Vec<&'static Ensemble>, Vec<Instrument>) {
    let mut left = instruments.to_vec();
    let mut named = Vec::new();
    for kin in [true, false] {
        for ensemble in ENSEMBLES.iter().filter(|ensemble| !ensemble.players.is_empty()) {
            let members = if kin { ensemble.family() } else { ensemble.players.to_vec() };
            if members.iter().all(|one| left.contains(one)) {
                left.retain(|one| !members.contains(one));
                named.push(ensemble);
            }
        }
    }
    (named, left)
}

macro_rules! ensembles {
    ($($words:literal $english:literal $chinese:literal [$($player:ident)*] $([$($kin:ident)*])?;)*) => {
        /// Every instrument the reader knows by name; groups stand before what they consist of.
        pub(crate) static ENSEMBLES: &[Ensemble] = &[$(Ensemble {
            words: $words,
            name: ($english, $chinese),
            players: &[$(Instrument::$player),*],
            kin: &[$($(Instrument::$kin),*)?],
        },)*];
    };
}

ensembles! {
    "piano|pianos|grand piano|钢琴|钢琴曲" "piano" "钢琴" [Piano] [ElectricPiano FmPiano];
    "electric piano|rhodes|e-piano|电钢琴" "electric piano" "电钢琴" [ElectricPiano FmPiano];
    "strings|和弦乐|跟弦乐|string section|string quartet|string orchestra|弦乐|弦乐队" "strings" "弦乐"
        [Strings SlowStrings TremoloStrings Pizzicato Violin Viola Cello Contrabass];
    "violin|violins|fiddle|小提琴" "violin" "小提琴" [Violin];
    "viola|violas|中提琴" "viola" "中提琴" [Viola];
    "cello|cellos|大提琴" "cello" "大提琴" [Cello];
    "double bass|contrabass|upright bass|低音提琴|倍大提琴" "double bass" "低音提琴" [Contrabass AcousticBass];
    "pizzicato|拨弦" "pizzicato strings" "拨弦" [Pizzicato];
    "guitar|guitars|吉他" "guitar" "吉他"
        [NylonGuitar SteelGuitar JazzGuitar CleanGuitar MutedGuitar OverdrivenGuitar DistortedGuitar];
    "acoustic guitar|acoustic guitars|classical guitar|nylon guitar|原声吉他|木吉他|古典吉他" "acoustic guitar" "木吉他"
        [NylonGuitar SteelGuitar];
    "electric guitar|electric guitars|电吉他" "electric guitar" "电吉他"
        [JazzGuitar CleanGuitar MutedGuitar OverdrivenGuitar DistortedGuitar];
    "distorted guitar|distorted guitars|heavy guitar|heavy guitars|失真吉他" "distorted guitar" "失真吉他"
        [OverdrivenGuitar DistortedGuitar];
    "woodwinds|woodwind|木管" "woodwinds" "木管" [Flute Piccolo Oboe Clarinet Bassoon Recorder];
    "flute|flutes|长笛|笛子" "flute" "长笛" [Flute] [Recorder];
    "oboe|双簧管" "oboe" "双簧管" [Oboe];
    "clarinet|单簧管|黑管" "clarinet" "单簧管" [Clarinet];
    "bassoon|巴松|大管" "bassoon" "大管" [Bassoon];
    "piccolo|短笛" "piccolo" "短笛" [Piccolo];
    "whistle|whistling|口哨" "whistle" "口哨" [Whistle];
    "recorder|竖笛" "recorder" "竖笛" [Recorder];
    "sax|saxophone|萨克斯|萨克斯风" "saxophone" "萨克斯" [Saxophone];
    "brass|brass section|铜管|铜管乐" "brass" "铜管" [Brass Trumpet MutedTrumpet Trombone Horn];
    "trumpet|trumpets|小号" "trumpet" "小号" [Trumpet MutedTrumpet];
    "trombone|trombones|长号" "trombone" "长号" [Trombone];
    "horn|horns|french horn|圆号|法国号" "horn" "圆号" [Horn];
    "harp|竖琴" "harp" "竖琴" [Harp];
    "organ|church organ|风琴|管风琴" "organ" "风琴" [Organ];
    "choir|choirs|合唱|合唱团" "choir" "合唱" [Choir];
    "bells|bell|chimes|铃铛|钟琴" "bells" "钟琴" [Glockenspiel Celesta MusicBox TubularBells];
    "glockenspiel" "glockenspiel" "钟琴" [Glockenspiel];
    "celesta|钢片琴" "celesta" "钢片琴" [Celesta];
    "music box|八音盒" "music box" "八音盒" [MusicBox];
    "vibraphone|vibes|颤音琴" "vibraphone" "颤音琴" [Vibraphone];
    "tubular bells|church bell|church bells|管钟" "tubular bells" "管钟" [TubularBells];
    "marimba|马林巴" "marimba" "马林巴" [Marimba] [Xylophone];
    "xylophone|木琴" "xylophone" "木琴" [Xylophone];
    "harpsichord|羽管键琴|大键琴" "harpsichord" "羽管键琴" [Harpsichord];
    "clavinet|clav" "clavinet" "clavinet" [Clavinet];
    "steel drums|steel drum|steel pan|steelpan|钢鼓" "steel drums" "钢鼓" [SteelDrums];
    "slap bass|slapped bass" "slap bass" "slap bass" [SlapBass];
    "kalimba|thumb piano|卡林巴|拇指琴" "kalimba" "拇指琴" [Kalimba];
    "timpani|定音鼓" "timpani" "定音鼓" [Timpani];
    "synth|synths|synthesizer|synthesizers|synthesiser|合成器" "synthesisers" "合成器"
        [SawLead SquareLead SuperSaw SynthBrass PluckSynth WarmPad GlassPad SubBass SawBass ReeseBass];
    "ukulele|uke|尤克里里" "ukulele" "尤克里里" [Ukulele];
    "harmonica|口琴" "harmonica" "口琴" [Harmonica];
    "banjo|班卓琴" "banjo" "班卓琴" [Banjo];
    "mandolin|曼陀林" "mandolin" "曼陀林" [];
    "accordion|手风琴" "accordion" "手风琴" [Accordion];
    "bagpipes|bagpipe|风笛" "bagpipes" "风笛" [];
    "sitar|西塔琴" "sitar" "西塔琴" [];
    "pipa|琵琶" "pipa" "琵琶" [];
    "suona|唢呐" "suona" "唢呐" [];
    "hulusi|葫芦丝" "hulusi" "葫芦丝" [];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_of_instruments_is_called_as_people_would() {
        for ensemble in ENSEMBLES.iter().filter(|ensemble| !ensemble.players.is_empty()) {
            for members in [ensemble.family(), ensemble.players.to_vec()] {
                let (named, left) = names(&members);
                assert_eq!(named[0].name.0, ensemble.name.0);
                assert!(named.len() == 1 && left.is_empty(), "{}", ensemble.name.0);
            }
        }
    }
}
