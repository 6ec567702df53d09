//! Scenes whose mood any viewer would agree on, made of the test films by grading and by changing their speed.

use std::path::Path;
use std::process::Command;

use crate::film::{Film, open};

const CARS: &str = "carpark_12.5fps_silent_track.mp4";
const CITY: &str = "phone_city_60fps_mono_dims240.mp4";
const FOREST: &str = "animation_bbb_720p24_vp8.webm";
const COAST: &str = "gopro_karma_drone_480p.mp4";
const STREET: &str = "bikes_street_cuts_640x272_noaudio.mp4";
const WALK: &str = "gopro_max_walk_480p.mp4";
const GAME: &str = "gameplay_myrkur_480x320_60fps.mp4";

/// Quadrants of the circumplex.
const HAPPY: (f64, f64) = (1.0, 1.0);
const TENSE: (f64, f64) = (-1.0, 1.0);
const SAD: (f64, f64) = (-1.0, -1.0);
const CALM: (f64, f64) = (1.0, -1.0);

/// What a scene is, how ffmpeg makes it, where it must come out, and a word that must be among the reasons.
type Scene = (&'static str, &'static str, &'static str, (f64, f64), &'static str);

const SCENES: [Scene; 12] = [
    (
        "a car park at dusk, slowed",
        CARS,
        "trim=0:10,setpts=1.5*(PTS-STARTPTS),fps=25,eq=brightness=-0.25:saturation=0.3",
        SAD,
        "dark",
    ),
    (
        "a grey city by night, slowed",
        CITY,
        "trim=0:6,setpts=2.5*(PTS-STARTPTS),fps=25,hue=s=0.1,eq=brightness=-0.3",
        SAD,
        "dark",
    ),
    (
        "a dark forest, slowed",
        FOREST,
        "trim=24:30,setpts=2*(PTS-STARTPTS),fps=25,eq=brightness=-0.3:saturation=0.25",
        SAD,
        "slow",
    ),
    (
        "a pink sky, slowed",
        FOREST,
        "trim=3:11,setpts=1.5*(PTS-STARTPTS),fps=25,eq=brightness=0.1:saturation=1.3",
        CALM,
        "bright",
    ),
    (
        "a bird on a branch in warm light, slowed",
        FOREST,
        "trim=16:22,setpts=1.5*(PTS-STARTPTS),fps=25,colorbalance=rm=.15:bm=-.1,eq=saturation=1.4",
        CALM,
        "slow",
    ),
    (
        "a sunny coast from the air, slowed",
        COAST,
        "trim=0:6,setpts=2*(PTS-STARTPTS),fps=25,eq=brightness=0.12:saturation=1.5",
        CALM,
        "slow",
    ),
    (
        "a colourful street, fast",
        STREET,
        "setpts=0.6*PTS,fps=25,eq=brightness=0.15:saturation=4,colorbalance=rm=.1:bm=-.1",
        HAPPY,
        "fast",
    ),
    (
        "a meadow cut every half second",
        FOREST,
        "select='between(mod(t,2),0,0.6)*gt(t,4)',setpts=N/24/TB,fps=25,eq=brightness=0.1:saturation=1.5,crop=iw*0.7:ih*0.7:(iw*0.3)*abs(sin(t*4)):(ih*0.3)*abs(cos(t*5))",
        HAPPY,
        "bright",
    ),
    (
        "a run through a sunny park",
        WALK,
        "setpts=0.4*PTS,fps=25,eq=brightness=0.1:saturation=2",
        HAPPY,
        "fast",
    ),
    (
        "a street at night, fast",
        STREET,
        "setpts=0.5*PTS,fps=25,eq=brightness=-0.25:saturation=0.2",
        TENSE,
        "busy",
    ),
    (
        "a run through the dark",
        WALK,
        "setpts=0.4*PTS,fps=25,eq=brightness=-0.35:saturation=0.3",
        TENSE,
        "dark",
    ),
    ("a fight in a dungeon, fast", GAME, "setpts=0.25*PTS,fps=25", TENSE, "fast"),
];

/// Scenes that are nearer than 0.05 to an axis; all others keep that distance.
const BESIDE_AN_AXIS: [&str; 1] = ["a run through the dark"];

/// Makes a scene of a film.
fn make(from: &str, filter: &str, to: &Path) {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/media").join(from);
    let made = Command::new("ffmpeg")
        .args(["-nostdin", "-v", "error", "-i"])
        .arg(source)
        .args(["-an", "-vf", &format!("scale=320:-2,{filter}")])
        .args(["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"])
        .arg(to)
        .status();
    assert!(made.is_ok_and(|status| status.success()), "{from} {filter}");
}

#[test]
fn scenes_come_out_in_the_quadrant_any_viewer_would_name() {
    if open(STREET).is_none() {
        return;
    }
    let place = tempfile::tempdir().unwrap();
    let mut table =
        String::from("| scene | said | valence | arousal | sure | because |\n|---|---|---|---|---|---|\n");
    let mut wrong = Vec::new();
    for (index, (scene, from, filter, (right, up), reason)) in SCENES.into_iter().enumerate() {
        let path = place.path().join(format!("{index}.mp4"));
        make(from, filter, &path);
        let profile = Film::at(&path).watch();
        let feeling = &profile.feeling;
        let (word, why) = (feeling.word(), feeling.reasons.join(", "));
        table += &format!(
            "| {scene} | {word} | {:+.2} | {:+.2} | {:.2} | {why} |\n",
            feeling.valence, feeling.arousal, feeling.confidence
        );
        let margin = if BESIDE_AN_AXIS.contains(&scene) { 0.0 } else { 0.05 };
        let there = feeling.valence * right > margin && feeling.arousal * up > margin;
        // A picture alone never makes anybody quite sure, and a mood without a reason is a guess.
        if !there
            || !feeling.reasons.iter().any(|told| told == reason)
            || !(0.25..=0.6).contains(&feeling.confidence)
        {
            wrong.push(scene);
        }
    }
    println!("\nBEGIN mood\n{table}\n{} of {} are right.\nEND", SCENES.len() - wrong.len(), SCENES.len());
    assert!(wrong.is_empty(), "{wrong:?}\n{table}");
}

#[test]
fn the_camera_moves_in_a_pan_and_things_move_in_a_car_park() {
    let Some(cars) = open(CARS) else { return };
    drop(cars);
    let place = tempfile::tempdir().unwrap();
    let motion = |name: &str, from: &str, filter: &str| {
        let path = place.path().join(name);
        make(from, filter, &path);
        let profile = Film::at(&path).watch();
        let mean = |values: &[f32]| values.iter().sum::<f32>() / values.len().max(1) as f32;
        (mean(&profile.camera.values), mean(&profile.action.values))
    };
    // A window that slides over one frame of a meadow for two seconds.
    let pan =
        motion("pan.mp4", FOREST, "select=eq(n\\,340),loop=50:1,setpts=N/25/TB,crop=160:90:2*n:40,fps=25");
    let cars = motion("cars.mp4", CARS, "trim=0:8,scale=160:-2");
    assert!(pan.0 > 0.5 && pan.0 > 3.0 * pan.1, "{pan:?}");
    // Grey ground has nothing that stands still: a car is taken for the camera now and then.
    assert!(cars.0 < 0.25 && cars.1 > cars.0, "{cars:?}");
}
