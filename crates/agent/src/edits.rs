//! From wishes to edits: the state that is wished is drafted first, the edits are the way there.

mod alike;
mod brief;
mod carve;
mod choice;
mod difference;
mod level;
mod lineup;
mod locks;
mod own_sound;
mod picture;
mod place;
mod retakes;
mod rides;
mod settings;
mod titles;
mod trade;
mod way;

use footage::Profile;
use score::Library;
use sound::Span;
use timeline::{Bed, Edit, Target, Timeline};

use crate::language::Language;
use crate::remark::{FilmSound, Problem, Remark, Unclear};
use crate::term::{Asked, Outside, Question};
use crate::wishes::{Which, Wishes};
pub(crate) use alike::alike;
use choice::{chosen, open};
pub(crate) use trade::traded;
use way::Way;

/// What an edit depends on beside the wishes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ground<'a> {
    pub(crate) timeline: &'a Timeline,
    pub(crate) profile: &'a Profile,
    pub(crate) library: &'a Library,
    pub(crate) seed: u64,
    pub(crate) language: Language,
    /// Whether music is wished for even where the words do not say so.
    pub(crate) adding: bool,
}

/// Edits, the state they lead to, and what is to be said besides.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub(crate) edits: Vec<Edit>,
    pub(crate) after: Timeline,
    pub(crate) remarks: Vec<Remark>,
}

impl Plan {
    /// The same with what is wished after it.
    pub(crate) fn then(mut self, wishes: &Wishes, ground: Ground<'_>) -> Result<Plan, Problem> {
        let next = plan(wishes, Ground { timeline: &self.after, ..ground })?;
        self.edits.extend(next.edits);
        self.remarks.extend(next.remarks);
        Ok(Plan { after: next.after, ..self })
    }
}

/// The state that is wished, while it is being drafted.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    /// The beds that are there already, changed or not; what is missing goes.
    kept: Vec<Bed>,
    /// New beds; their numbers mean nothing yet.
    fresh: Vec<Bed>,
    target: timeline::Target,
    remarks: Vec<Remark>,
}

/// Plans what a request wishes; nothing is changed where anything in it is impossible.
pub(crate) fn plan(wishes: &Wishes, ground: Ground<'_>) -> Result<Plan, Problem> {
    let mut remarks: Vec<Remark> = wishes.outside.iter().map(|thing| Remark::NotYet(*thing)).collect();
    let mut way = Way::from(ground.timeline);
    picture::go(&mut way, wishes, &mut remarks)?;
    let cut = way.state.clone();
    let ground = Ground { timeline: &cut, ..ground };
    locks::open(&mut way, wishes, ground)?;
    let unlocked = way.state.clone();
    let ground = Ground { timeline: &unlocked, ..ground };
    let draft = drafted(wishes, ground, remarks)?;
    difference::go(&mut way, &draft)?;
    let mut remarks = draft.remarks;
    retakes::go(&mut way, wishes, ground, &mut remarks)?;
    rides::go(&mut way, wishes, ground, &mut remarks)?;
    titles::go(&mut way, wishes, ground, &mut remarks)?;
    locks::close(&mut way, wishes, ground, &mut remarks)?;
    let Way { state: after, edits } = way;
    if edits.iter().any(|edit| matches!(edit, Edit::AddBed { .. } | Edit::Rescore { .. })) {
        own_sound::note(wishes, ground, &mut remarks);
    }
    let tall = matches!(wishes.target, Some(Target::Tiktok | Target::Reels | Target::Shorts));
    let size = after.picture_size();
    if tall && edits.iter().any(|edit| matches!(edit, Edit::Aim { .. })) && size.width > size.height {
        remarks.extend(wishes.target.map(Remark::LyingPicture));
    }
    Ok(Plan { edits, after, remarks })
}

/// The music that is wished.
fn drafted(wishes: &Wishes, ground: Ground<'_>, remarks: Vec<Remark>) -> Result<Draft, Problem> {
    let timeline = ground.timeline;
    if let Some((first, second)) = wishes.two_pieces {
        let id = |place: usize| ground.library.genres().get(place).map(|genre| genre.id.clone());
        return Err(Problem::TwoPieces(id(first).unwrap_or_default(), id(second).unwrap_or_default()));
    }
    let target = wishes.target.unwrap_or(timeline.target);
    let mut draft = Draft { kept: timeline.beds.clone(), fresh: Vec::new(), target, remarks };
    if wishes.other_key && wishes.key.is_none() && wishes.mode.is_none() {
        draft.remarks.push(Remark::Unclear(Unclear::Key));
    }
    if wishes.unsung && !wishes.asks_for_music() {
        draft.remarks.push(Remark::NeverPlays(("singer", "人声演唱")));
    }
    if wishes.asked.contains(&Asked::OwnMusic) {
        draft.remarks.push(Remark::FilmSound(FilmSound::Heard(ground.profile.has_music)));
    }
    let span = wishes.place.map(|place| place::resolve(place, timeline.length())).transpose()?;
    let asks = matches!(wishes.question, Some(Question::Abilities | Question::State | Question::Of(_)))
        && !wishes.verbs.add
        && !wishes.verbs.again
        && !wishes.lays_music();
    if !asks && wishes.question != Some(Question::Whether) {
        music(wishes, ground, span, &mut draft)?;
    }
    Ok(draft)
}

/// Drafts the music that is wished in `span`, or wherever it plays.
fn music(wishes: &Wishes, ground: Ground<'_>, span: Option<Span>, draft: &mut Draft) -> Result<(), Problem> {
    let verbs = wishes.verbs;
    let removes = verbs.remove || verbs.music_denied;
    if (removes || verbs.add_denied) && !wishes.asks_for_music() {
        let nothing_there = draft.kept.is_empty() && !verbs.remove;
        if nothing_there || verbs.add_denied && span.is_none() && !verbs.remove {
            draft.remarks.push(Remark::NothingAdded);
            return Ok(());
        }
        return remove(wishes, ground, span, draft);
    }
    if wishes.old_music && own_sound::is_to_go(wishes, ground) && !(wishes.describes_music() || verbs.add) {
        draft.remarks.push(Remark::FilmSound(FilmSound::MusicStays));
        return Ok(());
    }
    // "Lo-fi, but no music in the first 10 seconds": the music plays in the rest.
    let span = match span {
        Some(silent) if verbs.music_denied => Some(place::rest(silent, ground.timeline.whole())?),
        other => other,
    };
    if draft.kept.is_empty() {
        return first(wishes, ground, span, draft);
    }
    let wanted = is_wanted(wishes, draft);
    let span = match span {
        None if wishes.rest && wanted => Some(place::left(&draft.kept, ground.timeline.length())?),
        span => span,
    };
    if wanted && verbs.also {
        let bed = settings::fresh(wishes, ground, span, draft)?;
        draft.fresh.push(bed);
        return Ok(());
    }
    match span.filter(|_| wanted && wishes.which.is_none()) {
        Some(span) => overlay(wishes, ground, span, draft),
        None => change(wishes, ground, span, wanted, draft),
    }
}

/// Music for a film that has none yet, where it is asked for or implied.
fn first(wishes: &Wishes, ground: Ground<'_>, span: Option<Span>, draft: &mut Draft) -> Result<(), Problem> {
    let enough = is_wanted(wishes, draft)
        || wishes.shapes_music()
        || wishes.place.is_some()
        || wishes.verbs.music && !wishes.outside.contains(&Outside::OwnSound)
        || ground.adding && implied(wishes);
    if enough {
        if wishes.is_unread() {
            draft.remarks.push(Remark::Unread);
        }
        let bed = settings::fresh(wishes, ground, span, draft)?;
        draft.fresh.push(bed);
    } else if wishes.lays_music() {
        draft.remarks.push(Remark::NoMusicYet);
    }
    Ok(())
}

/// Whether other music is asked for than there is.
fn is_wanted(wishes: &Wishes, draft: &Draft) -> bool {
    // "Add a song by somebody" is no wish for other music.
    let another = [Outside::KnownSong, Outside::SoundEffects, Outside::VoiceOver, Outside::Recording];
    let only_another = !draft.kept.is_empty()
        && wishes.outside.iter().any(|thing| another.contains(thing))
        && !wishes.describes_music();
    wishes.asks_for_music() && !only_outside(wishes) && !only_another
}

/// Whether somebody who came for music says nothing against it: what is said of music shapes the music to come, and
/// only what lies outside music altogether is no wish for it.
fn implied(wishes: &Wishes) -> bool {
    let of_music =
        [Outside::Singing, Outside::ManyPieces, Outside::PlayerLevel, Outside::Loudness, Outside::Arc];
    if !wishes.picture.is_empty() {
        return wishes.lays_music();
    }
    let far = wishes.outside.iter().any(|thing| !of_music.contains(thing)) || !wishes.titles.is_empty();
    !far || wishes.lays_music() || wishes.target.is_some()
}

/// Whether the sentence is about something else, and music is only touched in passing.
fn only_outside(wishes: &Wishes) -> bool {
    let verbs = wishes.verbs;
    let spoken = verbs.music || verbs.again || wishes.style.genre.is_some() || wishes.style.fit;
    let tolerant = [Outside::Singing, Outside::ManyPieces, Outside::PlayerLevel, Outside::KnownSong];
    let far = wishes.outside.iter().any(|thing| !tolerant.contains(thing));
    // "Make my wedding video vertical" tells of a wedding, and asks for no music.
    let told = wishes.style.occasion.is_some() || wishes.style.reference.is_some();
    (far || told && !wishes.picture.is_empty()) && !spoken
}

fn remove(wishes: &Wishes, ground: Ground<'_>, span: Option<Span>, draft: &mut Draft) -> Result<(), Problem> {
    if draft.kept.is_empty() {
        let stays = own_sound::is_to_go(wishes, ground);
        draft.remarks.push(if stays { Remark::FilmSound(FilmSound::MusicStays) } else { Remark::NoMusicYet });
        return Ok(());
    }
    let of_music = wishes.names_music || wishes.verbs.music_denied;
    let nth = matches!(wishes.which, Some(Which::Nth(_)));
    if let (Some(span), false) = (span, of_music || nth || ground.adding) {
        return Err(Problem::FilmOrMusic(span));
    }
    let chosen = chosen(wishes.which, ground.timeline)?;
    match span {
        Some(span) => carve::carve(draft, &chosen, span),
        None => draft.kept.retain(|bed| !chosen.contains(&bed.id)),
    }
    Ok(())
}

/// New music in a place of its own: what plays there already makes room.
fn overlay(wishes: &Wishes, ground: Ground<'_>, span: Span, draft: &mut Draft) -> Result<(), Problem> {
    let inside = |bed: &&Bed| bed.span.overlap(span).length() == bed.span.length();
    let Some(mut bed) = draft.kept.iter().find(inside).cloned() else {
        let all: Vec<u32> = draft.kept.iter().map(|bed| bed.id).collect();
        carve::carve(draft, &all, span);
        let bed = settings::fresh(wishes, ground, Some(span), draft)?;
        draft.fresh.push(bed);
        return Ok(());
    };
    settings::place(&mut bed, span, draft);
    settings::rescore(&mut bed, wishes, ground, draft);
    settings::settle(&mut bed, wishes, ground, draft)?;
    let others: Vec<u32> = draft.kept.iter().map(|b| b.id).filter(|id| *id != bed.id).collect();
    carve::carve(draft, &others, span);
    let id = bed.id;
    draft.kept.iter_mut().filter(|b| b.id == id).for_each(|b| *b = bed.clone());
    Ok(())
}

/// Changes of beds that stay.
fn change(
    wishes: &Wishes,
    ground: Ground<'_>,
    span: Option<Span>,
    wanted: bool,
    draft: &mut Draft,
) -> Result<(), Problem> {
    let chosen = locks::spared(chosen(wishes.which, ground.timeline)?, ground.timeline, &mut draft.remarks);
    // Other music, or another place, for several pieces at once would lose work.
    if (wanted || span.is_some() || wishes.shift.is_some())
        && chosen.len() > 1
        && wishes.which != Some(Which::All)
    {
        return Err(Problem::WhichPiece);
    }
    let open = open(&chosen, wishes, draft, ground.timeline)?;
    let mut beds = draft.kept.clone();
    for bed in beds.iter_mut().filter(|bed| open.contains(&bed.id)) {
        if let Some(span) = span {
            settings::place(bed, span, draft);
        }
        if let Some(shift) = wishes.shift {
            settings::shift(bed, shift, ground.timeline.length(), draft)?;
        }
        if wanted {
            settings::rescore(bed, wishes, ground, draft);
        } else if wishes.shapes_music() {
            settings::reshape(bed, wishes, ground, draft);
        }
        settings::settle(bed, wishes, ground, draft)?;
    }
    draft.kept = beds;
    Ok(())
}
