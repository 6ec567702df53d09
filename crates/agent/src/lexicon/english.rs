//! English words and phrases by their sense; those of genres, moods and likenesses stand elsewhere.

pub(super) mod picture;

use score::Role;
use timeline::Target;

use crate::term::{Outside, Question, Term};

/// Phrases separated by `|`, lower case, with their sense.
pub(super) const WORDS: &[(&str, Term)] = &[
    // What it is about.
    (
        "music|the music by|music volume by|bgm|soundtrack|sound track|background music|song|songs|track|tune|backing track|background track|beats|underscore|theme|instrumental|score|musik|muisc|msuic|musci|melodies",
        Term::Music,
    ),
    (
        "existing music|original music|old music|current music|music in the video|music in the film|music in my video|music of the video|music already in|music that is already|existing song|original song|existing soundtrack|original soundtrack|existing background music|original background music",
        Term::OldMusic,
    ),
    ("video|videos|film|films|movie|clip|clips|footage|recording|vid|vids|picture|content", Term::Film),
    (
        "speech|talking|talks|talk|speaks|speaking|speak|dialogue|dialog|voice|voices|narration|narrator|speaker|conversation|words",
        Term::Speech,
    ),
    (
        "it all|whole|entire|entirely|throughout|whole video|all the way|full length|start to finish|beginning to end|start to end",
        Term::Whole,
    ),
    // What is to be done.
    (
        "add|adding|insert|include|compose|generate|create|write|lay|overlay|throw in|drop in|score my|score the|score this|put some|put music|put in",
        Term::Add,
    ),
    (
        "i want|i need|i'd like|i would like|we need|we want|want|need|use|using|try|play|plays|playing|go with|give me|give it|give|put|apply|get",
        Term::Want,
    ),
    ("make|set|turn|adjust|shift|move|have|let", Term::Make),
    (
        "remove|delete|take out|take off|take away|get rid of|strip|erase|lose|clear|drop the music|cut the music|kill the music|scrap|ditch",
        Term::Remove,
    ),
    (
        "more like this|more like this one|something similar|similar one|a similar one|one like this|another like this|another one like this|in the same style|same style|similar to this|similar",
        Term::Similar,
    ),
    (
        "another one|another song|another track|another tune|another version|another|something else|something different|different one|a different|different|different music|replace|replace it|new one|try again|again|redo it|regenerate|alternative|not this one|another option|change the music|change the song|change the track|change music|change song|swap|swap it|one more time|reroll|next one",
        Term::Again,
    ),
    ("also|as well|on top|in addition|additionally|layer|besides|too please", Term::Also),
    (
        "matches the mood|match the mood|matching the mood|matches my video|matches the video|match the video|matching|matches|match|fits the mood|fits|fit|fitting|suits|suit|suitable|suitable for|appropriate|that goes with|goes with",
        Term::Fit,
    ),
    (
        "surprise me|whatever fits|anything|you choose|you decide|up to you|something nice|something good|any music|do your thing|do your magic",
        Term::Anything,
    ),
    // Level.
    ("volume|level|loudness|music volume|music level", Term::Volume),
    (
        "louder|🔊|turn it up|turn up|turn the music up|turn up the music|raise|increase|boost|higher volume|more volume|volume up|crank|crank up|bring up|not loud enough|up a bit|stronger music|pump up",
        Term::Louder,
    ),
    (
        "quieter|🔉|down by|softer|turn it down|turn down|turn the music down|turn down the music|lower|reduce|decrease|lower volume|less volume|volume down|bring down|tone down|down a bit|less loud|reduce volume|dial down|dial it back|more subtle|fainter",
        Term::Quieter,
    ),
    ("loud|prominent|upfront|in your face", Term::Loud),
    (
        "subtle|subtly|quietly|softly|faint|barely audible|unobtrusive|low volume|in the background|low in the mix|low level|low-key",
        Term::Soft,
    ),
    ("too loud|overpowering|overwhelming|too strong|drowns|drowning", Term::TooLoud),
    (
        "too quiet|too soft|too low|can't hear the music|cannot hear the music|hard to hear the music|barely hear the music|can barely hear the music|inaudible",
        Term::TooQuiet,
    ),
    ("mute the music|🔇|mute music|silence the music|mute", Term::Mute),
    ("twice|twice as|double|doubled", Term::Twice),
    ("a bit|bit|a little|little|slightly|a touch|a tad|a notch|somewhat|a hair", Term::Bit),
    ("much|a lot|way|far|significantly|considerably|very|really|super|lots", Term::Much),
    ("more|stronger|deeper|harder", Term::More),
    ("less|not so|not as|not that", Term::Less),
    ("too|overly|so", Term::Too),
    ("by", Term::By),
    // Pace.
    (
        "faster|speed up|speed it up|speed the music up|speed up the music|speed the song up|speed the tempo up|quicker|pick up the pace|up the tempo|faster tempo|higher tempo|increase the tempo|raise the tempo",
        Term::Faster,
    ),
    (
        "slower|slow down|slow it down|slow the music down|slow down the music|slow the song down|slow the tempo down|slower tempo|lower tempo|lower the tempo|reduce the tempo|decrease the tempo",
        Term::Slower,
    ),
    ("fast|quick|rapid|fast-paced|fast paced|uptempo|up-tempo|up tempo", Term::Fast),
    ("slow|slow-paced|slow paced|downtempo|down-tempo|low tempo", Term::Slow),
    ("tempo|bpm|pace|speed|beats per minute", Term::Pace),
    // Players.
    (
        "drum|drums|percussion|kick|snare|hi-hat|hi-hats|hats|drum kit|drumbeat|beat|drumming",
        Term::Role(Role::Drums),
    ),
    ("bass|bassline|bass line|sub bass", Term::Role(Role::Bass)),
    ("melody|lead|lead melody|main melody|top line", Term::Role(Role::Melody)),
    ("counter melody|countermelody|counter-melody|counterpoint|second voice", Term::Role(Role::Counter)),
    ("chords|chord|harmony", Term::Role(Role::Chords)),
    ("arpeggio|arpeggios|arp|arps", Term::Role(Role::Arpeggio)),
    ("pad|pads", Term::Role(Role::Pad)),
    ("riser|risers|impacts|whooshes|whoosh|music effects", Term::Role(Role::Effects)),
    (
        "not|don't|do not|dont|never|isn't|shouldn't|doesn't|nothing|avoid|stop|aren't|instead of|rather than|didn't|wasn't|hate|dislike|no more|except|apart from",
        Term::Not,
    ),
    ("no|without|minus|w/o|free of|none of|skip the|leave out", Term::Without),
    ("only|just|nothing but", Term::Only),
    ("solo|just a|just an|just one|just some|just the", Term::Solo),
    ("with|bring back|bring the", Term::With),
    // Places.
    (
        "from|starting at|starting from|starts at|start at|beginning at|begin at|starting|start the music at|start from|come in at|comes in at|coming in at|enter at|kick in at|kicks in at|onwards from",
        Term::From,
    ),
    ("between", Term::Between),
    ("to|through|till the", Term::To),
    (
        "until|till|til|up to|ending at|ends at|end at|stops at|stop at|stopping at|no later than|end the music at|stop the music at",
        Term::Until,
    ),
    ("at|on|@", Term::At),
    ("in|into|inside|within", Term::Inside),
    ("after|onwards|onward|on from", Term::After),
    ("before", Term::Before),
    ("first|opening", Term::First),
    ("last|final|closing", Term::Last),
    ("half", Term::Half),
    ("first half|1st half|front half", Term::FirstHalf),
    ("second half|latter half|last half|2nd half|back half|other half", Term::SecondHalf),
    ("third", Term::Third),
    ("minute", Term::Minute),
    ("start|beginning|very start|the top", Term::Start),
    ("end|ending|very end|end of the video|end of the film", Term::End),
    ("middle|halfway|half way|midway|midpoint|half-way", Term::Middle),
    ("for|lasting|over|across|of length|long", Term::For),
    // Fades, ducking, hits.
    ("fade in|fade-in|fades in|fading in|fadein|ease in", Term::FadeIn),
    (
        "fade out|fade-out|fades out|fading out|fadeout|fade it out|fade the music out|fade away|ease out|taper off",
        Term::FadeOut,
    ),
    (
        "fade|fades|fade in and out|fade in and fade out|fade in/out|fades in and out|fade-in and fade-out|fade in & out|fade-in/out|fading",
        Term::Fade,
    ),
    (
        "duck|ducks|ducking|ducked|side-chain|sidechain|auto-duck|autoduck|give way|gives way|make way|get out of the way|make room|under the speech|under the voice|under speech|under the talking|under dialogue|under the dialogue|beneath the voice|behind the voice|under the narration",
        Term::Duck,
    ),
    (
        "can't hear the voice|can't hear the speech|can't hear the speaker|can't hear what|can't hear him|can't hear her|can't hear them|can't understand|cannot hear the voice|cannot hear the speech|hard to hear the voice|hard to understand|drowns out the voice|drowning out the voice|drowns the voice|voice is hard to hear|hear the voice|hear the speaker|covers the voice|clearer speech|clearer voice",
        Term::Drowned,
    ),
    (
        "accessible|accessibility|hard of hearing|hearing impaired|hearing loss|wcag|easy to hear the speech",
        Term::Accessible,
    ),
    (
        "ducking off|switch off ducking|switch ducking off|turn off ducking|turn off the ducking|turn the ducking off|disable ducking|disable the ducking|without ducking|not react to speech|not react to the speech|not react to the voice|not react when|ignore the speech|ignore the voice|same level when|same volume when|same loudness when|don't lower it when|don't lower the music when",
        Term::NoDuck,
    ),
    ("gentle ducking|light ducking|gently|lightly", Term::Gentle),
    ("strong|strongly|heavily|hard|deep|deeply|heavy", Term::Strong),
    (
        "hit|hits|accent|accents|land|lands|landing|impact|hit point|sync point|punch|stinger|bang|boom",
        Term::Hit,
    ),
    (
        "drop|drops|beat drop|climax|peak|explode|explodes|explosion|kick in|kicks in|big moment|build up to|builds up to|building up to|build to|builds to",
        Term::Climax,
    ),
    (
        "leave room|leave gaps|leave some gaps|let it breathe|let the film breathe|with pauses|not all the time|doesn't have to play all the time|only when it matters|sparingly|with silences|with silence",
        Term::Breathing,
    ),
    (
        "authentic|authentically|real nes|true nes|hardware accurate|hardware-accurate|like the real console|real hardware|original hardware",
        Term::Authentic,
    ),
    ("loop|loops|looping|loopable|seamless|seamlessly|seamless loop", Term::Loop),
    // Platforms.
    ("youtube|you tube|yt", Term::Target(Target::Youtube)),
    ("tiktok|tik tok|douyin", Term::Target(Target::Tiktok)),
    ("reels|instagram|instagram reels|insta|ig|facebook", Term::Target(Target::Reels)),
    ("shorts|youtube shorts|yt shorts|youtube short|yt short", Term::Target(Target::Shorts)),
    ("twitch", Term::Target(Target::Twitch)),
    ("bilibili", Term::Target(Target::Bilibili)),
    ("podcast|podcasts", Term::Target(Target::Podcast)),
    ("spotify", Term::Target(Target::Spotify)),
    ("apple|apple music|apple podcasts|itunes", Term::Target(Target::Apple)),
    (
        "broadcast|tv|television|ebu|r128|ebu r128|european broadcast|broadcast eu",
        Term::Target(Target::BroadcastEu),
    ),
    ("atsc|a/85|us broadcast|american tv|broadcast us|us tv", Term::Target(Target::BroadcastUs)),
    (
        "keep the loudness|keep loudness|same loudness|original loudness|loudness as it was",
        Term::Target(Target::Keep),
    ),
    ("and|plus|&|or|nor", Term::And),
    ("then|and then|followed by|switch to|switches to|switching to|then switch to|switch", Term::Then),
    ("but|however|though|instead", Term::But),
    ("both|all of them|all|every one|all tracks|both tracks|everything", Term::All),
    ("number one", Term::Nth(1)),
    ("number two", Term::Nth(2)),
    ("number three", Term::Nth(3)),
    ("last one|last track|last song|latest one|newest one", Term::Nth(0)),
    // What cannot be done yet.
    (
        "picture of|photo of|image of|picture in picture|watermark|logo|credits roll|sticker|stickers|emoji sticker",
        Term::Outside(Outside::Marks),
    ),
    (
        "caption|captions|subtitle|subtitles|transcribe|transcript|closed captions",
        Term::Outside(Outside::Captions),
    ),
    (
        "boring parts|boring bits|boring part|bad parts|best parts|good parts|rearrange|reorder|remove the silence|remove silences|remove the silences|jump cut|jump cuts",
        Term::Outside(Outside::Trim),
    ),
    ("upscale|rotate|mirror|flip", Term::Outside(Outside::Aspect)),
    (
        "hyperlapse|speed ramp|reverse the video|reverse the clip|reverse the film|play it backwards|backwards|in reverse",
        Term::Outside(Outside::Speed),
    ),
    (
        "sky|skies|faces|blur the faces|blur faces|blur his face|blur her face|blur my face|the colors|the colours|saturation|contrast|transition|transitions|filter|filters|color grade|colour grade|color grading|colour grading|brighten|black and white|blur|stabilize|stabilise|zoom|green screen|sepia|look better|sharpen|animation effects|visual effects",
        Term::Outside(Outside::Picture),
    ),
    (
        "background noise|noise|wind noise|remove the voice|remove speech|denoise",
        Term::Outside(Outside::OwnSound),
    ),
    (
        "voiceover|voice over|voice-over|text to speech|tts|ai voice|dub|dubbing",
        Term::Outside(Outside::VoiceOver),
    ),
    ("vocals|vocal|lyrics|singing|singer|sing|rapping", Term::Outside(Outside::Singing)),
    ("sound effects|sound effect|sfx|foley|laugh track|applause", Term::Outside(Outside::SoundEffects)),
    (
        "my own song|my own music|my song|my mp3|this mp3|my track|my audio file|uploaded song|uploaded track|uploaded music|this song file",
        Term::Outside(Outside::Recording),
    ),
    (
        "taylor swift|hans zimmer|beatles|drake|adele|ed sheeran|coldplay|billie eilish|bohemian rhapsody|john williams|star wars|song by|music by|a song called|despacito",
        Term::Outside(Outside::KnownSong),
    ),
    ("undo|redo|go back|revert|undo that|previous version|roll back", Term::Outside(Outside::Undo)),
    // Questions.
    (
        "what are my options|what are the options|what options are there|what options do i have|which options are there|what are my choices|what can you do|help|what do you do|how does this work|how do i|capabilities|what are you|commands|which genres|what genres|what styles|which styles|list genres|what can i ask",
        Term::Question(Question::Abilities),
    ),
    (
        "what's in the project|what is in the project|summarize|summarise|summary|on the timeline|on my timeline|what have i got|what do i have|what do we have|what we have so far|state of the project|what is the state|what's the state|current settings|what are the settings|overview|describe the project|describe the timeline|where are we|how many pieces|how many songs|how many tracks|what is playing|what's playing|what music is|which music|status|show tracks|show me the tracks|what did you|what have you|what's on|current state|show the timeline",
        Term::Question(Question::State),
    ),
    (
        "export|save it as|save as|save the film as|save it to|save the film|download|render|render the film|render the video|make the film|send me the video|render it|send it|save the video",
        Term::Question(Question::Export),
    ),
    (
        "hello|hi|hey|thanks|thank you|good morning|hi there|great|awesome|perfect|love it|i love it|nice one|cool thanks|cool, thanks",
        Term::Question(Question::Greeting),
    ),
    // Words that would be misread.
    (
        "i love|i'd love|would love|love to|drop down|drag and drop|drop box|on the beat|to the beat|on beat|in sync|music video|music-backed|title track|lead to|leads to|leading|no problem|no worries|not sure|just kidding|first of all|at all|at least|at the same time|no longer|of course|set up|for me|for my|for the|for this|for a|for an|for our|please|moving on|moving images|cool down|without manual|manual audio editing|automatically|fast as possible|quick edit|quickly|as soon as possible|look like|feel like|to match|in mp4|into a|1080p mp4|in the end|at last|in time|over time|only if|want to|need to|like to|how to|going to|have to|i'd like to|i want to|i need to|i would like to|so that|so it|so that it|so the|just add|just put|just like|just make|just a bit|just a little|just a touch|just a tad|don't do anything, just|don't do anything just|dont do anything, just|dont do anything just|don't add anything, just|don't add anything just|dont add anything, just|dont add anything just|don't change anything, just|don't change anything just|dont change anything, just|dont change anything just|do nothing but|in between|high quality|for content creators|content creators|creators|i love music|sound good|sounds good|make sure|used to|up to you to|with the|with a|with some|with my",
        Term::Nothing,
    ),
];
