//! Whatever is shown and played, a profile is sane.

use footage::{Look, Packet, Picture, Probe, Profile, Still, Watcher};
use proptest::prelude::*;
use sound::{Frame, Time};

/// What is shown of a made-up film.
#[derive(Clone, Debug)]
struct Made {
    /// Frames a second, as a fraction.
    rate: (u32, u32),
    length: Time,
    size: (u32, u32),
    packets: Vec<Packet>,
    /// One still per packet, all of this grey level.
    greys: Vec<u8>,
    sound: Vec<Frame>,
}

fn probe(made: &Made) -> Probe {
    Probe {
        container: "mp4".to_owned(),
        length: made.length,
        picture: Picture {
            stream: 0,
            codec: "h264".to_owned(),
            width: made.size.0,
            height: made.size.1,
            frame_rate: made.rate,
            pixel_format: "yuv420p".to_owned(),
            variable_rate: false,
            interlaced: false,
        },
        sound: None,
    }
}

/// A picture that is not flat: a slope around the grey level.
fn still(at: Time, grey: u8) -> Still {
    let rgb = (0..Still::BYTES).map(|i| grey.wrapping_add((i % 192 / 8) as u8)).collect();
    Still { at, rgb }
}

fn watch(made: &Made) -> Profile {
    let mut watcher = Watcher::new(&probe(made), &made.packets);
    watcher.hear(&made.sound);
    let mut looks = 0;
    while let Some(look) = watcher.next_look() {
        looks += 1;
        assert!(looks < 10, "it never has enough");
        if let Look::Within(spans) = &look {
            assert!(spans.windows(2).all(|pair| pair[0].end <= pair[1].start), "{spans:?}");
        }
        let mut frames: Vec<(&Packet, &u8)> = made.packets.iter().zip(&made.greys).collect();
        frames.sort_by_key(|(packet, _)| packet.at);
        for (packet, grey) in frames {
            let wanted = match &look {
                Look::Whole => true,
                Look::Keyframes | Look::References => packet.keyframe,
                Look::Within(spans) => spans.iter().any(|span| span.contains(packet.at)),
            };
            if wanted {
                watcher.see(still(packet.at, *grey));
            }
        }
    }
    watcher.finish()
}

/// Whether a profile keeps its promises and can be told.
pub(crate) fn check(profile: &Profile) {
    assert!(profile.is_sound(), "{profile:?}");
    assert!(!profile.to_string().contains("NaN"));
}

fn any_film() -> impl Strategy<Value = Made> {
    let rate = prop_oneof![Just((1, 1)), Just((30_000, 1001)), Just((240, 1)), Just((0, 1))];
    let size = prop_oneof![Just((64, 36)), Just((1920, 1080)), Just((0, 0)), Just((7680, 4320))];
    let packet = (-20_000i64..40_000, 0u32..200_000, any::<bool>(), any::<u8>());
    let sample = prop_oneof![4 => -1.0f32..1.0, 1 => Just(f32::NAN), 1 => Just(f32::INFINITY)];
    (
        rate,
        size,
        -1000i64..40_000,
        prop::collection::vec(packet, 0..80),
        prop::collection::vec(sample, 0..300),
    )
        .prop_map(|(rate, size, length, packets, samples)| Made {
            rate,
            size,
            length: Time::from_ratio(length, 1000),
            greys: packets.iter().map(|packet| packet.3).collect(),
            packets: packets
                .iter()
                .map(|(at, size, keyframe, _)| Packet {
                    at: Time::from_ratio(*at, 1000),
                    size: *size,
                    keyframe: *keyframe,
                    between: size % 3 == 0,
                })
                .collect(),
            sound: samples.iter().flat_map(|sample| [[*sample, -0.5 * sample]; 100]).collect(),
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn every_film_gives_a_sane_profile(made in any_film()) {
        check(&watch(&made));
    }
}

/// A film of frames at an even rate, all of one grey.
fn even(frames: i64, rate: u32, grey: u8) -> Made {
    Made {
        rate: (rate, 1),
        length: Time::from_ratio(frames, i64::from(rate)),
        size: (320, 180),
        packets: (0..frames)
            .map(|i| Packet {
                at: Time::from_ratio(i, i64::from(rate)),
                size: 500,
                keyframe: i % 30 == 0,
                between: false,
            })
            .collect(),
        greys: vec![grey; frames as usize],
        sound: Vec::new(),
    }
}

#[test]
fn films_at_the_extremes_are_sane() {
    for made in [even(1, 25, 90), even(6, 30, 90), even(12, 1, 200), even(900, 30, 0)] {
        let profile = watch(&made);
        check(&profile);
        assert!(profile.cuts.is_empty() && profile.speech.is_empty() && !profile.has_music);
    }
}

#[test]
fn an_hour_is_watched_by_its_keyframes_and_has_few_sections() {
    let mut made = even(3600, 1, 120);
    made.size = (1920, 1080);
    made.packets.iter_mut().for_each(|packet| packet.size = 300_000);
    let profile = watch(&made);
    check(&profile);
    assert_eq!(profile.sections.len(), 1);
}

#[test]
fn a_cut_is_found_on_its_frame_and_a_flash_is_none() {
    let mut made = even(150, 30, 60);
    made.greys[70..].fill(170);
    made.greys[30..32].fill(250);
    let profile = watch(&made);
    let cuts: Vec<Time> = profile.cuts.iter().map(|cut| cut.at).collect();
    assert_eq!(cuts, [Time::from_ratio(70, 30)], "{profile}");
}

#[test]
fn a_profile_that_somebody_changed_is_not_sound() {
    let mut made = even(150, 30, 60);
    made.greys[70..].fill(170);
    let good = watch(&made);
    check(&good);
    let changes: [fn(&mut Profile); 8] = [
        |profile| profile.length = profile.length * 2,
        |profile| profile.cuts[0].at = profile.length * 3,
        |profile| profile.cuts.push(profile.cuts[0]),
        |profile| profile.sections[0].span.start = Time::from_ratio(1, 2),
        |profile| profile.sections.clear(),
        |profile| profile.motion.values[3] = f32::NAN,
        |profile| profile.energy.values.truncate(9),
        |profile| profile.feeling.arousal = 7.0,
    ];
    for (index, change) in changes.into_iter().enumerate() {
        let mut changed = good.clone();
        change(&mut changed);
        assert!(!changed.is_sound(), "change {index}");
    }
}
