//! The line-up that is wished, as far as a genre has the chairs for it.

use score::{Brief, Genre, Mood, Role};

use super::Ground;
use crate::ensemble::{ENSEMBLES, Ensemble};
use crate::remark::{Player, Remark};
use crate::wishes::Players;

/// How much farther a genre may lie from the mood and still be taken because two of its chairs can be filled.
const ONE_CHAIR: f64 = 0.3;
/// The same where nobody else is to play: one player alone is thin.
const ALONE: f64 = 1.0;

/// Sets who plays; what the genre has no chair for is told.
pub(super) fn set(brief: &mut Brief, wished: &Players, ground: Ground<'_>, remarks: &mut Vec<Remark>) {
    if wished.is_open() {
        return;
    }
    let positive = !(wished.with.is_empty()
        && wished.only.is_empty()
        && wished.with_instruments.is_empty()
        && wished.only_instruments.is_empty());
    if positive && brief.genre.is_none() {
        brief.genre = suitable(brief, wished, ground).map(|genre| genre.id.clone());
    }
    let genre = brief.genre.as_deref().and_then(|id| ground.library.find(id));
    leave_out(brief, wished, remarks);
    if let Some(genre) = genre.filter(|_| positive) {
        let mut seats = Seats { brief, genre, ground, remarks };
        seats.roles(wished);
        seats.instruments(wished);
        seats.alone(wished);
        brief.with.sort_unstable();
        brief.with.dedup();
    }
}

/// Those who must not play, and those who may again.
fn leave_out(brief: &mut Brief, wished: &Players, remarks: &mut Vec<Remark>) {
    brief.without.extend(&wished.without);
    brief.without.retain(|role| !wished.with.contains(role) && !wished.only.contains(role));
    brief.without.sort_unstable();
    brief.without.dedup();
    for ensemble in wished.without_instruments.iter().map(|which| &ENSEMBLES[*which]) {
        if ensemble.players.is_empty() {
            remarks.push(Remark::NeverPlays(ensemble.name));
        }
        brief.without_instruments.extend(ensemble.family());
    }
    let gone = brief.without_instruments.clone();
    let drums = brief.without.contains(&Role::Drums);
    brief.with.retain(|one| !(gone.contains(one) || drums && one.is_drums()));
    brief.only_instruments.retain(|one| !gone.contains(one));
    brief.without_instruments.sort_unstable();
    brief.without_instruments.dedup();
}

/// A brief being seated in a genre.
struct Seats<'a, 'b> {
    brief: &'b mut Brief,
    genre: &'a Genre,
    ground: Ground<'a>,
    remarks: &'b mut Vec<Remark>,
}

impl Seats<'_, '_> {
    fn has(&self, role: Role) -> bool {
        self.genre.layers.iter().any(|layer| layer.role == role)
    }

    /// Notes that nobody plays it here, and which genre has it.
    fn missing(&mut self, player: Player, chairs: impl Fn(&Genre) -> usize) {
        let other = self.ground.library.genres().iter().max_by_key(|genre| chairs(genre));
        let other = other.filter(|genre| chairs(genre) > 0).map(|genre| genre.id.clone());
        self.remarks.push(Remark::NoPlayer { player, genre: self.genre.id.clone(), other });
    }

    fn roles(&mut self, wished: &Players) {
        for role in wished.with.iter().chain(&wished.only).copied() {
            if !self.has(role) {
                let chairs = |genre: &Genre| genre.layers.iter().filter(|layer| layer.role == role).count();
                self.missing(Player::Role(role), chairs);
                continue;
            }
            if !self.brief.only.is_empty() && !self.brief.only.contains(&role) {
                self.brief.only.push(role);
            }
            // Quiet sections have no drums of their own; naming the kit seats it all the same.
            if role == Role::Drums && wished.with.contains(&role) {
                let kits = self.genre.layers.iter().filter(|layer| layer.role == role);
                self.brief.with.extend(kits.flat_map(|layer| layer.instruments.iter().copied()));
            }
        }
    }

    fn instruments(&mut self, wished: &Players) {
        for which in wished.with_instruments.iter().chain(&wished.only_instruments) {
            let ensemble = &ENSEMBLES[*which];
            if self.family(ensemble).is_empty() {
                self.missing(Player::Instrument(ensemble.name), |genre| ensemble.chairs(genre));
                continue;
            }
            let meant = if ensemble.chairs(self.genre) > 0 { ensemble.players } else { ensemble.kin };
            let free = |one: &&score::Instrument| !self.brief.with.contains(one);
            let more: Vec<_> = meant.iter().filter(free).copied().collect();
            self.brief.with.extend(more);
            self.brief.without_instruments.retain(|one| !meant.contains(one));
        }
    }

    /// Those who play alone; a list of which nobody is there changes nothing.
    fn alone(&mut self, wished: &Players) {
        let roles: Vec<Role> = wished.only.iter().copied().filter(|role| self.has(*role)).collect();
        let there = wished.only_instruments.iter().map(|which| &ENSEMBLES[*which]);
        let there: Vec<&Ensemble> = there.filter(|one| !self.family(one).is_empty()).collect();
        if there.is_empty() && !roles.is_empty() {
            (self.brief.only, self.brief.only_instruments) = (roles, Vec::new());
        } else if !there.is_empty() {
            // Chairs and instruments in one list are all said by instruments.
            let chairs = self.genre.layers.iter().filter(|layer| roles.contains(&layer.role));
            let chairs = chairs.flat_map(|layer| layer.instruments.iter().copied());
            let mut alone: Vec<_> = there.iter().flat_map(|one| one.family()).chain(chairs).collect();
            alone.sort_unstable();
            alone.dedup();
            self.brief.without.clear();
            (self.brief.only, self.brief.only_instruments) = (Vec::new(), alone);
        }
    }

    /// The members of an ensemble or of its kin that have a chair here.
    fn family(&self, ensemble: &Ensemble) -> Vec<score::Instrument> {
        let seated = |one: &score::Instrument| self.genre.layers.iter().any(|l| l.instruments.contains(one));
        ensemble.family().into_iter().filter(seated).collect()
    }
}

/// The genre nearest to the mood among those that have most of what is wished.
fn suitable<'a>(brief: &Brief, wished: &Players, ground: Ground<'a>) -> Option<&'a Genre> {
    let feeling = brief.mood.unwrap_or(Mood::from(&ground.profile.feeling));
    let missing = |genre: &Genre| {
        let roles = wished.with.iter().chain(&wished.only);
        let roles = roles.filter(|role| genre.layers.iter().all(|layer| layer.role != **role)).count();
        let instruments = wished.with_instruments.iter().chain(&wished.only_instruments);
        let (mut far, alone) = (roles as f64 * 4.0, !wished.only_instruments.is_empty());
        for ensemble in instruments.map(|which| &ENSEMBLES[*which]) {
            far += match ensemble.chairs(genre) {
                0 => 4.0,
                1 if alone => ALONE,
                1 => ONE_CHAIR,
                _ => 0.0,
            };
        }
        far
    };
    let far = |genre: &Genre| genre.distance(feeling) + missing(genre);
    let open = ground.library.genres().iter().filter(|genre| !genre.asked_only);
    open.min_by(|a, b| far(a).total_cmp(&far(b)))
}
