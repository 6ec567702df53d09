//! Conforming: what a timeline says becomes a film, to the frame and to the sample.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use ffmpeg::{Bench, Delivery, Film, Material, RenderPlan, Tools};
use footage::{Focus, Look};
use sound::{Silent, Span, Time};
use timeline::{Canvas, Edit, Fades, Fit, Ratio, Source, Timeline};

use crate::rendering::own_sound;
use crate::{films, slate};

fn seconds(seconds: f64) -> Time {
    Time::from_seconds(seconds)
}

/// Sources by number, and the timeline that shows the first of them.
pub(crate) struct Table<'a> {
    tools: &'a Tools,
    place: &'a Path,
    material: BTreeMap<u32, Material>,
    timeline: Timeline,
    pub(crate) delivery: Delivery,
}

impl<'a> Table<'a> {
    pub(crate) fn with(tools: &'a Tools, place: &'a Path, films: &[&Path]) -> Table<'a> {
        let mut timeline = None;
        let mut material = BTreeMap::new();
        for (number, path) in (1..).zip(films) {
            let opened = tools.open_material(path, &Silent).unwrap();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let source = match &opened {
                Material::Film(film) => Source::film(name, film.probe().length),
                Material::Photo(_) => Source::photo(name),
            };
            material.insert(number, opened);
            timeline = Some(match timeline {
                None => Timeline::new(source),
                Some(timeline) => {
                    Timeline::apply(&timeline, &Edit::AddClip { source, span: None, at: None }).unwrap()
                }
            });
        }
        Table { tools, place, material, timeline: timeline.unwrap(), delivery: Delivery::default() }
    }

    pub(crate) fn film(&self, edits: &[Edit]) -> Film {
        self.conformed(edits, true)
    }

    fn conformed(&self, edits: &[Edit], with_sound: bool) -> Film {
        let timeline =
            edits.iter().fold(self.timeline.clone(), |timeline, edit| timeline.apply(edit).unwrap());
        let bench = Bench {
            timeline: &timeline,
            material: &self.material,
            focus: &BTreeMap::<u32, Focus>::new(),
            delivery: self.delivery,
            with_sound,
        };
        let film = self.tools.conform(&bench, self.place, &Silent).unwrap();
        let off = film.probe().length.distance(timeline.length());
        assert!(
            off <= film.probe().picture.frame_length(),
            "{} instead of {}",
            film.probe().length,
            timeline.length()
        );
        assert!(!film.probe().picture.variable_rate);
        film
    }
}

fn near(found: &[Time], wanted: &[f64], tolerance: f64, what: &str) {
    assert_eq!(found.len(), wanted.len(), "{what}: {found:?} for {wanted:?}");
    for (found, wanted) in found.iter().zip(wanted) {
        assert!((found.seconds() - wanted).abs() <= tolerance, "{what}: {found} for {wanted}");
    }
}

#[test]
fn flashes_and_clicks_stay_together_through_every_edit() {
    let Some(tools) = films::tools() else { return };
    let place = tempfile::tempdir().unwrap();
    let h264 = "-c:v libx264 -preset ultrafast -bf 2 -g 40 -c:a aac";
    let uneven =
        format!("{h264} -vf select='not(between(mod(n\\,15)\\,3\\,9))' -fps_mode vfr -output_ts_offset 7.7");
    let even = slate::make(place.path(), "even.mp4", ["", ""], h264);
    let cut = |start, end| Edit::CutOut { span: Span::seconds(start, end) };
    // The clapper claps at each second from 1 to 4 of 4.5.
    let edits: [(&str, Vec<Edit>, &[f64]); 6] = [
        ("trimmed", vec![Edit::TrimClip { clip: 1, span: Span::seconds(0.7, 4.3) }], &[0.3, 1.3, 2.3, 3.3]),
        ("cut out", vec![cut(1.5, 2.5)], &[1.0, 2.0, 3.0]),
        ("twice as fast", vec![Edit::Speed { clip: None, percent: 200 }], &[0.5, 1.0, 1.5, 2.0]),
        ("slower", vec![Edit::Speed { clip: None, percent: 40 }], &[2.5, 5.0, 7.5, 10.0]),
        (
            "split and turned",
            vec![Edit::SplitClip { at: seconds(2.5) }, Edit::MoveClip { clip: 2, to: 0 }],
            &[0.5, 1.5, 3.0, 4.0],
        ),
        (
            "faded",
            vec![Edit::SplitClip { at: seconds(2.5) }, Edit::Crossfade { clip: 2, length: seconds(0.3) }],
            &[1.0, 2.0, 2.7, 3.7],
        ),
    ];
    for (what, edits, wanted) in &edits {
        let film = Table::with(&tools, place.path(), &[&even]).film(edits);
        near(&slate::flashes(&tools, &film), wanted, 1.0 / 30.0 + 0.001, what);
        near(&slate::clicks(&tools, &film), wanted, 0.01, what);
    }
    let uneven = slate::make(place.path(), "uneven.mkv", ["", ""], &uneven);
    let joined = Table::with(&tools, place.path(), &[&even, &uneven]).film(&[]);
    let wanted = [1.0, 2.0, 3.0, 4.0, 5.5, 6.5, 7.5, 8.5];
    near(&slate::flashes(&tools, &joined), &wanted, 0.035, "joined");
    near(&slate::clicks(&tools, &joined), &wanted, 0.01, "joined");
}

/// A picture of stripes: red, green, blue from left to right, so that one sees what was cut off.
fn stripes(place: &Path, name: &str, size: (u32, u32), rest: &str) -> std::path::PathBuf {
    let path = place.join(name);
    let (width, height) = size;
    let source = format!(
        "color=red:s={width}x{height}:r=25:d=2,drawbox=x={}:w={}:color=green:t=fill,drawbox=x={}:w={}:color=blue:t=fill",
        width / 3,
        width / 3,
        2 * width / 3,
        width - 2 * width / 3
    );
    let status = Command::new("ffmpeg")
        .args(["-v", "error", "-y", "-f", "lavfi", "-i", &source])
        .args(rest.split_whitespace())
        .arg(&path)
        .status();
    assert!(status.unwrap().success());
    path
}

/// The mean colour of columns and rows given in shares of the picture, at the film's middle.
fn colour(tools: &Tools, film: &Film, x: f64, y: f64) -> [u8; 3] {
    let mut found = [0; 3];
    let middle = film.probe().length.seconds() / 2.0;
    tools
        .stills(film, &Look::Whole, &Silent, &mut |still| {
            if still.at.seconds() <= middle {
                let place = ((y * 36.0) as usize * 64 + (x * 64.0) as usize) * 3;
                found.copy_from_slice(&still.rgb[place..place + 3]);
            }
        })
        .unwrap();
    found
}

fn is(colour: [u8; 3], wanted: &str) -> bool {
    let [red, green, blue] = colour.map(i32::from);
    match wanted {
        "red" => red > 150 && green < 90 && blue < 90,
        "green" => green > 80 && red < 60 && blue < 60,
        "blue" => blue > 150 && red < 90 && green < 90,
        _ => red.max(green).max(blue) < 30,
    }
}

#[test]
fn pictures_fill_canvases_of_other_shapes() {
    let Some(tools) = films::tools() else { return };
    let place = tempfile::tempdir().unwrap();
    let film = stripes(place.path(), "stripes.mp4", (320, 180), "-c:v libx264 -preset ultrafast");
    let table = Table::with(&tools, place.path(), &[&film]);
    let shaped = |ratio, fit| {
        let canvas = Canvas { ratio, fit, ..Canvas::default() };
        let film = table.film(&[Edit::Reshape { canvas }]);
        let picture = &film.probe().picture;
        ((picture.width, picture.height), film.clone())
    };
    let (size, tall) = shaped(Ratio::Tall, Fit::Crop);
    assert_eq!(size, (180, 320));
    assert!([0.1, 0.5, 0.9].iter().all(|x| is(colour(&tools, &tall, *x, 0.5), "green")));
    let (size, padded) = shaped(Ratio::Square, Fit::Pad);
    assert_eq!(size, (180, 180));
    assert!(is(colour(&tools, &padded, 0.1, 0.5), "red") && is(colour(&tools, &padded, 0.5, 0.05), "black"));
    let (size, blurred) = shaped(Ratio::Portrait, Fit::Blur);
    assert_eq!(size, (180, 226));
    assert!(
        is(colour(&tools, &blurred, 0.9, 0.5), "blue") && !is(colour(&tools, &blurred, 0.5, 0.05), "black")
    );
}

#[test]
fn sound_that_is_not_wanted_is_left_out() {
    let Some(tools) = films::tools() else { return };
    let place = tempfile::tempdir().unwrap();
    let film = slate::make(place.path(), "film.mp4", ["", ""], "-c:v libx264 -preset ultrafast -c:a aac");
    let table = Table::with(&tools, place.path(), &[&film]);
    let canvas = Canvas { ratio: Ratio::Square, ..Canvas::default() };
    for with_sound in [true, false] {
        let film = table.conformed(&[Edit::Reshape { canvas }], with_sound);
        assert_eq!(film.probe().sound.is_some(), with_sound);
    }
}

#[test]
fn photos_of_any_kind_become_a_film() {
    let Some(tools) = films::tools() else { return };
    let place = tempfile::tempdir().unwrap();
    let photos = [
        stripes(place.path(), "a.jpg", (640, 360), "-frames:v 1"),
        stripes(place.path(), "b.png", (301, 203), "-frames:v 1"),
        stripes(place.path(), "c.webp", (400, 800), "-frames:v 1"),
        stripes(place.path(), "d.gif", (160, 90), "-t 1"),
    ];
    let paths: Vec<&Path> = photos.iter().map(|path| path.as_path()).collect();
    let table = Table::with(&tools, place.path(), &paths);
    let fades = Fades { fade_in: seconds(0.5), fade_out: seconds(0.5) };
    let film = table.film(&[Edit::Crossfade { clip: 2, length: seconds(1.0) }, Edit::FadePicture { fades }]);
    assert_eq!((film.probe().picture.width, film.probe().picture.height), (640, 360));
    assert_eq!(film.probe().sound, None);
    let mut ends = Vec::new();
    tools.stills(&film, &Look::Whole, &Silent, &mut |still| ends.push(still.rgb[1000])).unwrap();
    // Three photos of 4 s, a GIF of 1 s and a second that two of them share, at the GIF's 25 frames a second.
    assert_eq!(ends.len(), 300);
    assert!(ends[0] < 20 && ends[ends.len() - 1] < 40, "it comes out of black and goes into it");
}

/// A tag of a file, as ffprobe tells it; nothing where it has none.
fn tag(path: &Path, name: &str) -> String {
    let output = Command::new("ffprobe")
        .args(["-v", "error", "-of", "csv=p=0", "-show_entries", &format!("format_tags={name}")])
        .arg(path)
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

#[test]
fn a_film_of_another_shape_keeps_its_tags() {
    let Some(tools) = films::tools() else { return };
    let place = tempfile::tempdir().unwrap();
    let tags = "-metadata title=Harbour -metadata date=2024";
    let [tagged, other] =
        [("tagged.mp4", tags), ("other.mkv", "-metadata title=Elsewhere")].map(|(name, tags)| {
            slate::make(
                place.path(),
                name,
                ["", ""],
                &format!("-c:v libx264 -preset ultrafast -c:a aac {tags}"),
            )
        });
    let square = Edit::Reshape { canvas: Canvas { ratio: Ratio::Square, ..Canvas::default() } };
    let films: [(&[&Path], [&str; 2]); 2] =
        [(&[&tagged], ["Harbour", "2024"]), (&[&tagged, &other], ["", ""])];
    for (sources, wanted) in films {
        let film = Table::with(&tools, place.path(), sources).film(std::slice::from_ref(&square));
        let sound = own_sound(&tools, &film, place.path());
        let plan = RenderPlan::new(&film, &[], Delivery::default());
        let picture = tools.finish_picture(&film, plan, place.path(), &Silent).unwrap();
        let out = place.path().join("out.mp4");
        let draft = tools.render(&film, &picture, &sound, &out, &Silent, &mut |_| {}).unwrap();
        draft.verify(&film, &picture, &sound).unwrap();
        let out = draft.publish().unwrap();
        assert_eq!(["title", "date"].map(|name| tag(&out, name)), wanted);
    }
}
