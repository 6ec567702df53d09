//! The room: a feedback delay network of eight lines, two of them for every direction of a box.

mod ring;

use score::Room;
use sound::Frame;

use crate::envelope::fall;
use crate::filter::OnePole;
use crate::wave::{RATE, sine};
use ring::{Diffuser, Ring, Run};

const LINES: usize = 8;
// Samples at 48 kHz in a room of size 1; mutually prime, so that echoes do not fall together.
const LENGTHS: [usize; LINES] = [1423, 1657, 1867, 2053, 2243, 2459, 2663, 2801];
const DIFFUSERS: [usize; 4] = [229, 173, 613, 463];
/// Frames worked on at once: so few that no line hears within them what was written to it within them.
const BLOCK: usize = 32;
// The deepest swing of a line's length in samples, against ringing.
const SWING: f32 = 6.0;

struct Character {
    size: f32,
    seconds: f32,
    pre_delay: f32,
    /// Corner of the damping inside the loop in Hz.
    damping: f32,
    /// What is kept out below, in Hz.
    thin: f32,
    level: f32,
}

fn character(room: Room) -> Option<Character> {
    match room {
        Room::None => None,
        Room::Short => Some(Character {
            size: 0.45,
            seconds: 0.55,
            pre_delay: 0.004,
            damping: 6500.0,
            thin: 180.0,
            level: 0.9,
        }),
        Room::Plate => Some(Character {
            size: 0.75,
            seconds: 1.5,
            pre_delay: 0.012,
            damping: 7500.0,
            thin: 220.0,
            level: 0.75,
        }),
        Room::Hall => Some(Character {
            size: 1.35,
            seconds: 2.5,
            pre_delay: 0.024,
            damping: 4800.0,
            thin: 160.0,
            level: 0.75,
        }),
    }
}

/// What each line gives or gets, frame by frame.
type Lanes = [[f32; LINES]; BLOCK];

struct Line {
    ring: Ring,
    delay: f32,
    phase: f32,
    swing: f32,
}

impl Line {
    /// Puts what comes out for the next `count` frames into a lane.
    fn read(&self, lane: usize, count: usize, back: &mut Lanes) {
        let behind = self.delay + self.swing;
        let whole = behind as usize;
        let share = behind - whole as f32;
        let mut heard = [0.0; BLOCK + 1];
        self.ring.read(whole + 1, &mut heard[..=count]);
        for (frame, pair) in back[..count].iter_mut().zip(heard.windows(2)) {
            frame[lane] = pair[1] + (pair[0] - pair[1]) * share;
        }
    }

    /// Takes the next `count` frames from a lane.
    fn write(&mut self, lane: usize, count: usize, fed: &Lanes) {
        let run: Run = std::array::from_fn(|frame| fed[frame][lane]);
        self.ring.write(&run[..count]);
    }

    /// Moves its length, once a block.
    fn swing(&mut self, pace: f32) {
        self.phase += pace * BLOCK as f32 / RATE;
        self.phase -= self.phase.floor();
        self.swing = SWING * (0.5 + 0.5 * sine(self.phase));
    }
}

/// The room's sound.
pub(crate) struct Reverb {
    pre: [Ring; 2],
    thin: [OnePole; 2],
    diffusers: [[Diffuser; 2]; 2],
    lines: Vec<Line>,
    /// How much of a sample the damping of every line lets through at once, and where each stands.
    damping: f32,
    damped: [f32; LINES],
    gains: [f32; LINES],
    level: f32,
    /// Frames of the block that were worked on.
    age: usize,
}

impl Reverb {
    /// A room; none where there is to be none.
    pub(crate) fn new(room: Room) -> Option<Reverb> {
        let character = character(room)?;
        let delays = LENGTHS.map(|length| length as f32 * character.size);
        let line = |(i, delay): (usize, f32)| Line {
            ring: Ring::new((delay + SWING) as usize + 4),
            delay,
            phase: i as f32 / LINES as f32,
            swing: 0.0,
        };
        let diffuser = |i: usize| Diffuser::new(DIFFUSERS[i]);
        Some(Reverb {
            pre: [0, 1].map(|_| Ring::new((character.pre_delay * RATE) as usize)),
            thin: [OnePole::new(character.thin); 2],
            diffusers: [[diffuser(0), diffuser(2)], [diffuser(1), diffuser(3)]],
            lines: delays.into_iter().enumerate().map(line).collect(),
            damping: OnePole::new(character.damping).share(),
            damped: [0.0; LINES],
            gains: delays.map(|delay| fall(character.seconds).powf(delay)),
            level: character.level,
            age: 0,
        })
    }

    /// Replaces frames that are sent by what comes back.
    pub(crate) fn work(&mut self, mut frames: &mut [Frame]) {
        while !frames.is_empty() {
            if self.age == 0 {
                let lines = self.lines.iter_mut().enumerate();
                lines.for_each(|(i, line)| line.swing(0.31 + 0.07 * i as f32));
            }
            let (now, later) = frames.split_at_mut(frames.len().min(BLOCK - self.age));
            self.block(now);
            self.age = (self.age + now.len()) % BLOCK;
            frames = later;
        }
    }

    fn block(&mut self, frames: &mut [Frame]) {
        let (mut back, mut fed) = ([[0.0; LINES]; BLOCK], [[0.0; LINES]; BLOCK]);
        for (i, line) in self.lines.iter().enumerate() {
            line.read(i, frames.len(), &mut back);
        }
        let input = [0, 1].map(|side| self.enter(side, frames));
        for (at, (frame, (back, fed))) in frames.iter_mut().zip(back.iter().zip(&mut fed)).enumerate() {
            let mut heard = [0.0; LINES];
            for i in 0..LINES {
                self.damped[i] += self.damping * (back[i] - self.damped[i]);
                heard[i] = self.damped[i] * self.gains[i];
            }
            // Householder's matrix: every line hears all others, and no energy is lost
            let shared = heard.iter().sum::<f32>() * (2.0 / LINES as f32);
            *fed = std::array::from_fn(|i| input[i % 2][at] * 0.5 + heard[i] - shared);
            let side = |from: usize| {
                let signs = [1.0, -1.0, 1.0, -1.0];
                (0..4).map(|i| heard[from + 2 * i] * signs[i]).sum::<f32>() * self.level
            };
            *frame = [side(0), side(1)];
        }
        for (i, line) in self.lines.iter_mut().enumerate() {
            line.write(i, frames.len(), &fed);
        }
    }

    /// What enters the lines of one side of what is sent: late, without its lows, and spread.
    fn enter(&mut self, side: usize, sent: &[Frame]) -> Run {
        let mut run: Run = [0.0; BLOCK];
        let now = &mut run[..sent.len()];
        let mut fresh: Run = [0.0; BLOCK];
        fresh.iter_mut().zip(sent).for_each(|(fresh, frame)| *fresh = frame[side]);
        let pre = &mut self.pre[side];
        pre.oldest(now);
        pre.write(&fresh[..sent.len()]);
        now.iter_mut().for_each(|x| *x = self.thin[side].high(*x));
        self.diffusers[side].iter_mut().for_each(|diffuser| diffuser.work(now));
        run
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meter;

    const ROOMS: [(Room, f32); 3] = [(Room::Short, 0.55), (Room::Plate, 1.5), (Room::Hall, 2.5)];

    /// What comes back of an impulse in the middle, for twice the time of the room.
    fn tail((room, seconds): (Room, f32)) -> Vec<Frame> {
        let mut reverb = Reverb::new(room).unwrap();
        let mut tail = vec![[0.0; 2]; (seconds * 2.0 * RATE) as usize];
        tail[0] = [1.0; 2];
        // pieces that fall across the blocks inside
        tail.chunks_mut(1000).for_each(|piece| reverb.work(piece));
        tail
    }

    #[test]
    fn rooms_die_away_in_their_time_the_hall_last() {
        let times = ROOMS.map(|room| meter::decay(&meter::side(&tail(room), 0)));
        for ((room, wanted), found) in ROOMS.into_iter().zip(times) {
            assert!((0.75..1.1).contains(&(found / wanted)), "{room:?}: {found:.2}, not {wanted} s");
        }
        assert!(2.0 * times[0] < times[1] && 1.4 * times[1] < times[2], "{times:?}");
    }

    #[test]
    fn echoes_lie_so_close_that_the_tail_is_noise() {
        for room in ROOMS {
            let left = meter::side(&tail(room), 0);
            let from = ((0.1 + 0.08 * room.1) * RATE) as usize;
            let span = &left[from..from + 2400];
            let spread = meter::rms(span);
            // of noise a third lies outside its own spread, of single echoes hardly anything (Abel and Huang 2006)
            let outside = span.iter().filter(|x| x.abs() > spread).count() as f32 / 2400.0;
            assert!((0.25..0.4).contains(&outside), "{:?}: {outside}", room.0);
        }
    }

    #[test]
    fn sides_differ_and_mono_keeps_the_room() {
        for room in ROOMS {
            let tail = tail(room);
            let alike = meter::correlation(&tail);
            assert!(alike.abs() < 0.3, "{:?}: {alike}", room.0);
            let folded: Vec<f32> = tail.iter().map(|[l, r]| 0.5 * (l + r)).collect();
            let lost = meter::db(meter::rms(&folded) / meter::rms(&meter::side(&tail, 0)));
            assert!((-4.5..-1.5).contains(&lost), "{:?}: {lost} dB", room.0);
        }
    }

    #[test]
    fn no_room_is_none() {
        assert!(Reverb::new(Room::None).is_none());
    }
}
