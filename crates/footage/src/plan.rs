//! What decoding costs, and so what the watcher may ask to see.

use sound::{Span, TICKS_PER_SECOND, Time};

use crate::{Look, Packet, Probe};

/// Processor seconds to decode and scale a pixel of H.264, and a byte of it, measured with ffmpeg 5.1.
const PER_PIXEL: f64 = 0.7e-9;
/// The same for pictures too large for the processor's cache, and how many pixels these have.
const PER_PIXEL_OF_LARGE: f64 = 1.2e-9;
const LARGE: f64 = 1.0e6;
const PER_BYTE: f64 = 0.09e-6;
/// Processor seconds to start a decoder.
const START: f64 = 0.06;
/// Processor seconds the decoding may cost: at least so much, and so much a second of film.
const LEAST_BUDGET: f64 = 0.6;
const BUDGET: f64 = 0.005;
/// The same for those who ask to see more. A short film may be looked at longer than it lasts in proportion, for
/// nobody waits long for it: so much for the shortest, and that much less for each second. That two minutes may cost
/// less than one is the price of both promises: films of half a minute seen whole at 1080p, films of two minutes
/// watched thirty times as fast as they play.
const PATIENCE_FOR_SHORT: f64 = 4.8;
const LESS_A_SECOND: f64 = 0.022;
const PATIENCE: f64 = 0.014;

/// A film's packets in the order they are shown, and what is left to spend on decoding them.
pub(crate) struct Plan {
    packets: Vec<Packet>,
    pixels: f64,
    /// Processor seconds for the pixels of a frame.
    per_frame: f64,
    /// Newer codecs take longer for the same picture.
    dearness: f64,
    frame: Time,
    budget: f64,
    patient: bool,
}

/// A stretch worth seeing, and how much it is worth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Wish {
    pub(crate) span: Span,
    pub(crate) worth: f64,
}

impl Plan {
    pub(crate) fn new(probe: &Probe, packets: &[Packet], patient: bool) -> Plan {
        let mut packets = packets.to_vec();
        packets.sort_by_key(|packet| packet.at);
        let picture = &probe.picture;
        let dearness = match picture.codec.as_str() {
            "hevc" | "vp9" | "av1" | "vvc" => 2.0,
            _ => 1.0,
        };
        let pixels = f64::from(picture.width) * f64::from(picture.height);
        let seconds = probe.length.seconds();
        let budget = if patient {
            (seconds * PATIENCE).max(PATIENCE_FOR_SHORT - seconds * LESS_A_SECOND)
        } else {
            (seconds * BUDGET).max(LEAST_BUDGET)
        };
        Plan {
            packets,
            pixels,
            per_frame: pixels * if pixels > LARGE { PER_PIXEL_OF_LARGE } else { PER_PIXEL },
            dearness,
            frame: picture.frame_length(),
            budget,
            patient,
        }
    }

    /// Whether there is time for what shows no cut, such as the way out of the black.
    pub(crate) fn is_patient(&self) -> bool {
        self.patient
    }

    /// All packets in the order they are shown.
    pub(crate) fn packets(&self) -> &[Packet] {
        &self.packets
    }

    /// Pixels in a frame.
    pub(crate) fn pixels(&self) -> f64 {
        self.pixels
    }

    /// Length of a frame.
    pub(crate) fn frame(&self) -> Time {
        self.frame
    }

    /// The first look: the whole film where that is cheap, else its keyframes.
    pub(crate) fn first_look(&mut self, length: Time) -> Look {
        let whole = if self.packets.is_empty() {
            let frames = length.ticks() as f64 / self.frame.ticks().max(1) as f64;
            START + frames * self.per_frame * self.dearness
        } else {
            START + self.cost(&self.packets)
        };
        if whole <= self.budget {
            return Look::Whole;
        }
        let keyframes: Vec<Packet> = self.packets.iter().filter(|p| p.keyframe).copied().collect();
        self.budget -= START + self.cost(&keyframes);
        Look::Keyframes
    }

    /// The wishes that can be paid for, best value first; the spans come sorted and apart.
    pub(crate) fn afford(&mut self, wishes: &[Wish]) -> Vec<Span> {
        let mut priced: Vec<(f64, Wish)> = wishes.iter().map(|wish| (self.price(wish.span), *wish)).collect();
        priced.sort_by(|a, b| (b.1.worth / b.0).total_cmp(&(a.1.worth / a.0)));
        let mut spans = Vec::new();
        for (price, wish) in priced {
            if price <= self.budget {
                self.budget -= price;
                spans.push(wish.span);
            }
        }
        join(spans, Time::from_ticks(TICKS_PER_SECOND / 4))
    }

    /// Decoding starts at the keyframe before the span.
    fn price(&self, span: Span) -> f64 {
        let start = self.packets.partition_point(|packet| packet.at <= span.start);
        let keyframe = self.packets[..start].iter().rposition(|packet| packet.keyframe).unwrap_or(0);
        let end = self.packets.partition_point(|packet| packet.at < span.end).max(keyframe);
        START + self.cost(&self.packets[keyframe..end])
    }

    fn cost(&self, packets: &[Packet]) -> f64 {
        let bytes: f64 = packets.iter().map(|packet| f64::from(packet.size)).sum();
        (packets.len() as f64 * self.per_frame + bytes * PER_BYTE) * self.dearness
    }
}

/// Sorts spans and joins those less than `gap` apart.
pub(crate) fn join(mut spans: Vec<Span>, gap: Time) -> Vec<Span> {
    spans.sort_by_key(|span| span.start);
    let mut joined: Vec<Span> = Vec::new();
    for span in spans {
        match joined.last_mut() {
            Some(last) if span.start - last.end < gap => last.end = last.end.max(span.end),
            _ => joined.push(span),
        }
    }
    joined
}
