//! Even frame rates on request: frames where the clock says, and flashes with their clicks.

use std::path::Path;

use ffmpeg::{Delivery, Draft, Film, FrameRate, PictureMode, Quality, RenderPlan, Tools};
use sound::{Silent, Time};
use timeline::Edit;

use crate::conforming::Table;
use crate::rendering::own_sound;
use crate::{films, slate};

/// A clapper of 30 frames a second of which some are dropped; flashes and clicks come at each whole second.
fn uneven(tools: &Tools, place: &Path, name: &str, codecs: &str) -> Film {
    let rest = format!("{codecs} -vf select='not(between(mod(n\\,15)\\,3\\,9))' -fps_mode vfr");
    let film = tools.open(&slate::make(place, name, ["", ""], &rest), &Silent).unwrap();
    assert!(film.probe().picture.variable_rate, "{name}");
    film
}

fn at(rate: FrameRate) -> Delivery {
    Delivery { quality: Quality::Draft, rate: Some(rate) }
}

fn render(tools: &Tools, film: &Film, plan: &RenderPlan, target: &Path) -> Draft {
    let job = tempfile::tempdir().unwrap();
    let sound = own_sound(tools, film, job.path());
    let picture = tools.finish_picture(film, plan.clone(), job.path(), &Silent).unwrap();
    let draft = tools.render(film, &picture, &sound, target, &Silent, &mut |_| {}).unwrap();
    assert_eq!(draft.verify(film, &picture, &sound).unwrap().frames_lost, 0);
    draft
}

/// Even steps from the first frame to the last, and every flash within 10 ms of its click and of its second.
fn holds(tools: &Tools, film: &Film, rate: f64, name: &str) {
    let picture = &film.probe().picture;
    assert!(
        !picture.variable_rate && (picture.frames_per_second() - rate).abs() < 0.01,
        "{name}: {picture:?}"
    );
    for (place, packet) in film.packets().iter().enumerate() {
        let wanted = Time::from_seconds(place as f64 / rate);
        assert!(packet.at.distance(wanted) < Time::from_seconds(0.0005), "{name}: {} {wanted}", packet.at);
    }
    for (index, flash) in slate::in_sync(tools, film, name).iter().enumerate() {
        let wanted = Time::from_seconds(index as f64 + 1.0);
        assert!(flash.distance(wanted) <= Time::from_seconds(0.01), "{name}: {flash}");
    }
}

#[test]
fn uneven_frames_become_even_and_stay_in_sync() {
    let Some(tools) = films::tools() else { return };
    let place = tempfile::tempdir().unwrap();
    let h264 = "-c:v libx264 -preset ultrafast -bf 2 -g 20 -c:a aac";
    let late = format!("{h264} -output_ts_offset 7.7");
    let webm = "-c:v libvpx -deadline realtime -c:a libopus";
    let table = [
        ("uneven.mp4", h264, FrameRate::Exact(30, 1), 30.0),
        ("late.mkv", &late, FrameRate::Exact(50, 1), 50.0),
        ("uneven.webm", webm, FrameRate::Exact(60, 1), 60.0),
    ];
    for (name, codecs, rate, wanted) in table {
        let film = uneven(&tools, place.path(), name, codecs);
        let plan = RenderPlan::new(&film, &[], at(rate));
        assert_eq!(plan.mode, PictureMode::Encode, "{name}: {plan}");
        let draft = render(&tools, &film, &plan, &place.path().join("out.mp4"));
        let made = tools.open(draft.path(), &Silent).unwrap();
        holds(&tools, &made, wanted, name);
        let off = made.probe().length.distance(film.probe().length);
        assert!(off < Time::from_seconds(1.0 / 30.0), "{name}: {off}");
    }
}

#[test]
fn an_even_film_is_copied_unless_another_rate_is_wanted() {
    let Some(tools) = films::tools() else { return };
    let place = tempfile::tempdir().unwrap();
    let codecs = "-c:v libx264 -preset ultrafast -bf 2 -g 20 -c:a aac";
    let even = tools.open(&slate::make(place.path(), "even.mp4", ["", ""], codecs), &Silent).unwrap();
    let uneven = uneven(&tools, place.path(), "uneven.mp4", codecs);
    for (film, rate, mode) in [
        (&even, FrameRate::Constant, PictureMode::Copy),
        (&even, FrameRate::Exact(30, 1), PictureMode::Copy),
        (&even, FrameRate::Exact(25, 1), PictureMode::Encode),
        (&uneven, FrameRate::Constant, PictureMode::Encode),
    ] {
        assert_eq!(RenderPlan::new(film, &[], at(rate)).mode, mode, "{rate:?}");
    }
    let plan = RenderPlan::new(&even, &[], at(FrameRate::Exact(25, 1)));
    assert!(plan.to_string().contains("an even rate"), "{plan}");
    let draft = render(&tools, &even, &plan, &place.path().join("out.mp4"));
    holds(&tools, &tools.open(draft.path(), &Silent).unwrap(), 25.0, "25");
}

#[test]
fn clips_are_cut_at_the_rate_that_is_asked_for() {
    let Some(tools) = films::tools() else { return };
    let place = tempfile::tempdir().unwrap();
    let codecs = "-c:v libx264 -preset ultrafast -bf 2 -g 20 -c:a aac";
    let path = slate::make(place.path(), "even.mp4", ["", ""], codecs);
    let mut table = Table::with(&tools, place.path(), &[&path]);
    table.delivery = at(FrameRate::Exact(60, 1));
    let film =
        table.film(&[Edit::SplitClip { at: Time::from_seconds(2.5) }, Edit::MoveClip { clip: 2, to: 0 }]);
    assert_eq!(film.probe().picture.frame_rate, (60, 1));
    assert_eq!(RenderPlan::new(&film, &[], table.delivery).mode, PictureMode::Copy);
    for (flash, wanted) in slate::in_sync(&tools, &film, "60").iter().zip([0.5, 1.5, 3.0, 4.0]) {
        assert!((flash.seconds() - wanted).abs() <= 0.01, "{flash} {wanted}");
    }
}
