//! How far "not" and "without" reach.

use crate::term::{PictureWord, Question, Term};
use crate::token::{Meaning, Token};

/// Tokens between a denial and what it denies, at most.
const REACH: usize = 6;

/// What a denial can be about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Target {
    Style,
    Player,
    Pace,
    Level,
    Ducking,
    Fade,
    Hit,
    Change,
    Outside,
    Picture,
    Export,
}

fn target(token: &Token) -> Option<Target> {
    let Meaning::Term(term) = token.meaning else { return None };
    match term {
        Term::Mood(_) | Term::Genre(_) | Term::Occasion(_) | Term::Reference(_) => Some(Target::Style),
        Term::Role(_) | Term::Instrument(_) => Some(Target::Player),
        Term::Fast | Term::Slow | Term::Faster | Term::Slower => Some(Target::Pace),
        Term::Loud | Term::TooLoud | Term::TooQuiet | Term::Louder | Term::Quieter | Term::Mute => {
            Some(Target::Level)
        }
        Term::Duck => Some(Target::Ducking),
        Term::FadeIn | Term::FadeOut | Term::Fade => Some(Target::Fade),
        Term::Hit | Term::Climax => Some(Target::Hit),
        Term::Remove | Term::Again | Term::Similar | Term::Loop | Term::Breathing | Term::Authentic => {
            Some(Target::Change)
        }
        Term::Outside(_) => Some(Target::Outside),
        Term::Question(Question::Export) => Some(Target::Export),
        Term::Picture(word) if !word.is_weak() && !matches!(word, PictureWord::Clip(_)) => {
            Some(Target::Picture)
        }
        Term::Picture(PictureWord::Snip | PictureWord::ToBlack | PictureWord::FromBlack) => {
            Some(Target::Picture)
        }
        _ => None,
    }
}

/// Marks every token that is denied.
pub(crate) fn mark(tokens: &mut [Token]) {
    for at in 0..tokens.len() {
        if drops_player(tokens, at) {
            tokens[at].meaning = Meaning::Term(Term::Remove);
        }
        if tokens[at].meaning != Meaning::Term(Term::Remove) {
            continue;
        }
        match keeps(tokens, at) {
            Some(denial) => (tokens[at].denied, tokens[denial].meaning) = (true, Meaning::Word),
            None => mark_removed(tokens, at),
        }
    }
    for at in 0..tokens.len() {
        if !matches!(tokens[at].meaning, Meaning::Term(Term::Not | Term::Without)) {
            continue;
        }
        match first_target(tokens, at).filter(|first| !adds_music(&tokens[at + 1..*first])) {
            Some(first) => mark_list(tokens, first),
            None => mark_music(tokens, at),
        }
    }
}

/// "Don't remove the drums", `别把鼓去掉`: where the word stands that denies the removing of a player.
fn keeps(tokens: &[Token], verb: usize) -> Option<usize> {
    let player = |token: &Token| target(token) == Some(Target::Player);
    let passed = |token: &Token| {
        let make = matches!(token.meaning, Meaning::Term(Term::Make | Term::And) | Meaning::Word);
        make || player(token)
    };
    let denial = verb - tokens[..verb].iter().rev().take_while(|token| passed(token)).count();
    let denial = denial.checked_sub(1).filter(|at| tokens[*at].meaning == Meaning::Term(Term::Not))?;
    // `鼓不要，去掉`: what stands before the denial is denied by itself, unless the verb follows at once.
    let between = tokens[denial + 1..verb].iter().any(player);
    let behind = tokens[verb + 1..].iter().take(2).any(player);
    let before = denial + 1 == verb && denial > 0 && player(&tokens[denial - 1]);
    (between || behind || before).then_some(denial)
}

/// "Drop the drums", where no moment is told in which they would come.
fn drops_player(tokens: &[Token], at: usize) -> bool {
    let player = tokens.get(at + 1).is_some_and(|token| target(token) == Some(Target::Player));
    let timed = tokens.iter().skip(at + 2).take(2).any(|token| matches!(token.meaning, Meaning::Amount(_)));
    tokens[at].meaning == Meaning::Term(Term::Climax) && player && !timed
}

/// The first thing after a denial that it can be about, in the same clause.
fn first_target(tokens: &[Token], denial: usize) -> Option<usize> {
    for (at, token) in tokens.iter().enumerate().skip(denial + 1).take(REACH) {
        match token.meaning {
            Meaning::Comma | Meaning::Stop | Meaning::Term(Term::But) => return None,
            _ if target(token).is_some() => return Some(at),
            _ => {}
        }
    }
    None
}

/// "Don't add music with drums": what is denied is the adding, whatever is said of the music behind it.
fn adds_music(between: &[Token]) -> bool {
    let add = between.iter().position(|token| token.meaning == Meaning::Term(Term::Add));
    add.is_some_and(|add| between[add..].iter().any(is_music))
}

/// Music, or whatever music there may be.
fn is_music(token: &Token) -> bool {
    matches!(token.meaning, Meaning::Term(Term::Music | Term::Anything))
}

/// "No drums or bass": what is joined to the first thing and of its kind is denied with it.
fn mark_list(tokens: &mut [Token], first: usize) {
    let kind = target(&tokens[first]);
    let mut at = first;
    tokens[at].denied = true;
    loop {
        let joined = matches!(tokens.get(at + 1).map(|t| t.meaning), Some(Meaning::Term(Term::And)));
        let next = if joined { at + 2 } else { at + 1 };
        // Two players side by side are a list in Chinese and in spoken English; two moods may be a contrast.
        let fits = tokens.get(next).is_some_and(|token| target(token) == kind);
        if !fits || (!joined && kind != Some(Target::Player)) {
            return;
        }
        at = next;
        tokens[at].denied = true;
    }
}

/// "No music", where nothing else of the music is denied.
fn mark_music(tokens: &mut [Token], denial: usize) {
    for token in tokens.iter_mut().skip(denial + 1).take(REACH) {
        match token.meaning {
            _ if is_music(token) => {
                token.denied = true;
                return;
            }
            Meaning::Term(Term::Add) => token.denied = true,
            Meaning::Term(Term::Want | Term::Make | Term::More | Term::With | Term::Film | Term::Also)
            | Meaning::Word
            | Meaning::Quoted(_) => {}
            _ => return,
        }
    }
}

/// "Remove the drums", `把淡出去掉`: what is taken away, if it is not the music itself.
fn mark_removed(tokens: &mut [Token], verb: usize) {
    let detail = |token: &Token| {
        matches!(target(token), Some(Target::Player | Target::Ducking | Target::Fade | Target::Hit))
            || token.meaning == Meaning::Term(Term::Loop)
    };
    let other = [Term::Lock, Term::AsIs, Term::Not, Term::But, Term::Then];
    let ends = |token: &&Token| match token.meaning {
        Meaning::Comma | Meaning::Stop => false,
        Meaning::Term(term) => !other.contains(&term),
        _ => true,
    };
    let music = |token: &Token| token.meaning == Meaning::Term(Term::Music);
    let behind = tokens[verb + 1..].iter().take_while(ends).position(|t| detail(t) || music(t));
    let before = tokens[..verb].iter().rev().take_while(ends).position(|t| detail(t) || music(t));
    let object = behind.map(|step| verb + 1 + step).or(before.map(|step| verb - 1 - step));
    let object = object.or_else(|| complained_of(tokens, verb));
    if let Some(mut object) = object.filter(|at| detail(&tokens[*at])) {
        // `把萨克斯和小号都拿掉`: the list begins before the one that stands next to the verb.
        let kind = target(&tokens[object]);
        while object >= 2
            && object < verb
            && tokens[object - 1].meaning == Meaning::Term(Term::And)
            && target(&tokens[object - 2]) == kind
        {
            object -= 2;
        }
        let title = |token: &Token| matches!(token.meaning, Meaning::Term(Term::Title | Term::NthTitle(_)));
        let joint = |token: &Token| token.meaning == Meaning::Term(Term::And);
        if object > verb && title(&tokens[verb + 1]) {
            // "Remove the title and the drums", but "remove the title and fade out the music".
            if target(&tokens[object]) != Some(Target::Player) || !joint(&tokens[object - 1]) {
                return;
            }
            tokens[verb + 1].denied = true;
        }
        tokens[verb].meaning = Meaning::Word;
        for token in tokens[object.min(verb)..verb].iter_mut().filter(|token| is_complaint(token)) {
            token.meaning = Meaning::Word;
        }
        mark_list(tokens, object);
        // `去掉鼓和标题`: the title goes with the players.
        let last = (object..tokens.len()).take_while(|at| tokens[*at].denied || joint(&tokens[*at])).last();
        if let Some(next) = last.and_then(|last| tokens.get_mut(last + 1)).filter(|next| title(next)) {
            next.denied = true;
        }
    }
}

/// "The drums are too loud, remove them": the player spoken of in the clause before a verb that stands alone.
fn complained_of(tokens: &[Token], verb: usize) -> Option<usize> {
    let breaks = |token: &Token| matches!(token.meaning, Meaning::Comma | Meaning::Stop);
    let word = |token: &&Token| matches!(token.meaning, Meaning::Word | Meaning::Term(Term::Make));
    let comma = verb - tokens[..verb].iter().rev().take_while(word).count();
    let behind = tokens[verb + 1..].iter().find(|token| token.meaning != Meaning::Word);
    let closes = behind.is_none_or(|token| {
        breaks(token) || matches!(token.meaning, Meaning::Term(Term::And | Term::Then | Term::But))
    });
    let comma = comma.checked_sub(1).filter(|at| closes && breaks(&tokens[*at]))?;
    let clause = tokens[..comma].iter().rev().take_while(|token| !breaks(token)).count();
    let clause = &tokens[comma - clause..comma];
    let player = clause.iter().position(|token| target(token) == Some(Target::Player))?;
    clause.iter().any(is_complaint).then_some(comma - clause.len() + player)
}

/// Words of what is wrong with something.
fn is_complaint(token: &Token) -> bool {
    let Meaning::Term(term) = token.meaning else { return false };
    matches!(term, Term::TooLoud | Term::TooQuiet | Term::Too | Term::Bad | Term::Louder | Term::Quieter)
        || matches!(term, Term::Loud | Term::Bit | Term::Much)
}
