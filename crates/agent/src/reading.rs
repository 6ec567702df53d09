//! A reading: what a request comes to, with the reply that goes with it.

use footage::Profile;
use score::Library;
use timeline::{Edit, Timeline};

use crate::clip_name::numbered;
use crate::condition::{self, Weighed};
use crate::edits::{Ground, Plan};
use crate::file_name::film_name;
use crate::language::Language;
use crate::lexicon::Lexicon;
use crate::naming;
use crate::normal::{Normal, normal};
use crate::remark::{Problem, Remark, Unclear};
use crate::reply::{self, Need, Voice};
use crate::term::Question;
use crate::wishes::{Locks, Wishes};

/// What kind of answer a reading is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The timeline is to change.
    Edited,
    /// Nothing is to change; the reply says what was asked, or that it is so already.
    Answered,
    /// Nothing is to change before a question is answered.
    Asks,
    /// Nothing is to change, because it cannot be done.
    Refused,
    /// Nothing is to change: the film is to be made as it stands.
    Exported,
}

impl Kind {
    /// Its name in reports: `edited`, `answered`, `asks`, `refused`, `exported`.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Edited => "edited",
            Kind::Answered => "answered",
            Kind::Asks => "asks",
            Kind::Refused => "refused",
            Kind::Exported => "exported",
        }
    }
}

/// What a request comes to.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// What kind of answer it is.
    pub kind: Kind,
    /// Edits in the order in which they apply to the timeline that was read with; each of them applies.
    pub edits: Vec<Edit>,
    /// What to say: never empty, and every figure in it is read from the timeline after the edits.
    pub reply: String,
    /// Sentences of the reply that tell of more than the change: what was not done, what to know.
    pub notes: Vec<String>,
    /// The language of the request, in which the reply stands.
    pub language: Language,
    /// Whether the film is to be made after the change.
    pub wants_film: bool,
    /// What the film is to be called, where that was said: a name without folders.
    pub film_name: Option<String>,
    /// Whether the state came out of the history: then the reply tells all of it already.
    pub through_history: bool,
    /// The names of the versions that were made to be chosen from, the first of which holds now.
    pub options: Vec<String>,
    /// Whether something that was said was not understood, is asked about, cannot be done or was left out: who knows
    /// more words may read it better.
    pub unsure: bool,
    /// Whether its notes would be the same whatever is to be seen and heard in the film.
    pub holds_for_any_film: bool,
    /// Notes that name what was asked for and cannot be had.
    pub(crate) out_of_scope: Vec<String>,
    /// What was asked, where the next answer may be nothing but what is missing.
    pub(crate) unclear: Option<Unclear>,
}

impl Reading {
    /// An answer that changes nothing by itself.
    pub(crate) fn answered(reply: String, language: Language) -> Reading {
        Reading {
            kind: Kind::Answered,
            edits: Vec::new(),
            reply,
            notes: Vec::new(),
            language,
            wants_film: false,
            film_name: None,
            through_history: true,
            options: Vec::new(),
            unsure: false,
            holds_for_any_film: true,
            unclear: None,
            out_of_scope: Vec::new(),
        }
    }
}

/// Reads requests with the words of a library; made once, it reads any number of them.
pub struct Reader<'a> {
    pub(crate) library: &'a Library,
    pub(crate) lexicon: Lexicon,
}

impl<'a> Reader<'a> {
    /// A reader who knows the genres of a library.
    pub fn new(library: &'a Library) -> Reader<'a> {
        Reader { library, lexicon: Lexicon::new(library) }
    }

    /// Reads a request about a film.
    ///
    /// The same arguments give the same reading; `seed` is what chance in new music is drawn from. Any text is
    /// read: what is not understood changes nothing, and the reply says so.
    pub fn read(&self, request: &str, timeline: &Timeline, profile: &Profile, seed: u64) -> Reading {
        self.understood(request, self.ground(request, timeline, profile, seed))
    }

    /// Reads a request of somebody who came to have music added: that wish is implied.
    ///
    /// As [`Reader::read`], but while no music is laid, words that only say how it is to be ("quieter", "for TikTok"),
    /// or no words at all, ask for music that fits the film. A clear "no music" and requests for other things still add
    /// nothing.
    pub fn read_adding(&self, request: &str, timeline: &Timeline, profile: &Profile, seed: u64) -> Reading {
        self.understood(request, Ground { adding: true, ..self.ground(request, timeline, profile, seed) })
    }

    fn ground<'g>(
        &'g self,
        request: &str,
        timeline: &'g Timeline,
        profile: &'g Profile,
        seed: u64,
    ) -> Ground<'g> {
        let (library, language) = (self.library, Language::of(request));
        Ground { timeline, profile, library, seed, language, adding: false }
    }

    fn understood(&self, request: &str, ground: Ground<'_>) -> Reading {
        let Ground { timeline, library, language, .. } = ground;
        let spelled = naming::quoted(&numbered(request, timeline), &self.lexicon);
        let Normal { mut text, quoted } = normal(&spelled);
        let voice = Voice { language, library, done: true };
        match condition::weighed(&text, timeline, &self.lexicon) {
            Some(Weighed::NotMet) => return plain(Kind::Answered, voice.not_so(timeline), language),
            Some(Weighed::Unclear) => return plain(Kind::Asks, voice.unclear_condition(), language),
            Some(Weighed::Met(wish)) => text = wish,
            None => {}
        }
        match self.planned(&text, &quoted, ground) {
            Ok((wishes, plan)) => carried_out(request, &wishes, plan, timeline, voice),
            Err(problem) => {
                let (kind, reply) = (kind_of(&problem), voice.problem(&problem, timeline));
                Reading { kind, through_history: false, ..Reading::answered(reply, language) }
            }
        }
    }
}

/// What a plan comes to.
fn carried_out(request: &str, wishes: &Wishes, plan: Plan, timeline: &Timeline, voice: Voice<'_>) -> Reading {
    let Plan { edits, after, remarks } = plan;
    let (kind, told) = answer(wishes, &edits, &remarks, timeline, voice, || {
        let told = reply::told(timeline, &after, voice);
        voice.join(&told.iter().map(|(_, sentence)| sentence.as_str()).collect::<Vec<_>>())
    });
    let unread =
        remarks.iter().any(Remark::leaves_out) || wishes.is_vague() || told == voice.not_understood();
    let first_music = timeline.beds.is_empty() && !after.beds.is_empty();
    let notes: Vec<String> = remarks.iter().map(|remark| voice.remark(remark)).collect();
    let noted = notes.iter().map(|note| (Need::Note, note.clone()));
    let hint = if first_music { voice.hint() } else { String::new() };
    let sentences = [(Need::Change, told)].into_iter().chain(noted).chain([(Need::Hint, hint)]).collect();
    let wants_film = wishes.question == Some(Question::Export) && !matches!(kind, Kind::Asks | Kind::Refused);
    Reading {
        kind,
        edits,
        reply: voice.join(&reply::shortened(sentences)),
        notes,
        language: voice.language,
        film_name: film_name(request).filter(|_| wants_film),
        wants_film,
        through_history: false,
        options: Vec::new(),
        unsure: unread && !request.trim().is_empty(),
        holds_for_any_film: remarks.iter().all(Remark::holds_for_any_film),
        unclear: remarks.iter().find_map(Remark::unclear).filter(|_| kind == Kind::Asks).cloned(),
        out_of_scope: beyond(&remarks, voice),
    }
}

/// What is named as out of scope.
fn beyond(remarks: &[Remark], voice: Voice<'_>) -> Vec<String> {
    let cannot = remarks.iter().filter(|remark| matches!(remark, Remark::NotYet(_)));
    cannot.map(|remark| voice.remark(remark)).collect()
}

/// A reading that changes nothing.
fn plain(kind: Kind, reply: String, language: Language) -> Reading {
    let unsure = kind == Kind::Asks;
    Reading { kind, unsure, through_history: false, ..Reading::answered(reply, language) }
}

fn kind_of(problem: &Problem) -> Kind {
    match problem {
        Problem::Level(_) | Problem::Tempo(_) | Problem::Negative | Problem::Picture(_) => Kind::Refused,
        _ => Kind::Asks,
    }
}

/// The kind of an answer, and its first sentences.
fn answer(
    wishes: &Wishes,
    edits: &[Edit],
    remarks: &[Remark],
    timeline: &Timeline,
    voice: Voice<'_>,
    told: impl FnOnce() -> String,
) -> (Kind, String) {
    if !edits.is_empty() {
        return (Kind::Edited, told());
    }
    match wishes.question {
        Some(Question::State | Question::Of(_) | Question::Whether) if !wishes.asked.is_empty() => {
            return (Kind::Answered, voice.asked(&wishes.asked, timeline));
        }
        Some(Question::State | Question::Whether) => return (Kind::Answered, voice.state(timeline)),
        Some(Question::Abilities) => return (Kind::Answered, voice.abilities()),
        Some(Question::Export) if remarks.is_empty() => return (Kind::Exported, voice.export(timeline)),
        _ => {}
    }
    if remarks.iter().any(|remark| remark.unclear().is_some()) {
        return (Kind::Asks, String::new());
    }
    if remarks.iter().any(|remark| matches!(remark, Remark::NotYet(_) | Remark::OnlyWhole(_))) {
        return (Kind::Refused, String::new());
    }
    if !remarks.is_empty() {
        return (Kind::Answered, String::new());
    }
    if wishes.question == Some(Question::Greeting) {
        return (Kind::Answered, voice.greeting());
    }
    let understood = wishes.lays_music()
        || wishes.shapes_music()
        || wishes.target.is_some()
        || wishes.verbs.keep
        || wishes.locks != Locks::default()
        || wishes.asks_for_music();
    let nothing_to_say = timeline.beds.is_empty() && wishes.target.is_none();
    if understood && !nothing_to_say || !wishes.picture.is_empty() {
        return (Kind::Answered, voice.unchanged(timeline, wishes.duck.is_some()));
    }
    (Kind::Answered, voice.not_understood())
}
