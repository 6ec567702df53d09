//! A sheet is drawn of every film there is, however short, long or empty.

use footage::{Gallery, Probe, Profile, Still, Watcher, draw_sheet};
use sound::Time;

use crate::film::open;

#[test]
fn a_sheet_shows_the_shots_of_a_film() {
    let Some(film) = open("bikes_street_cuts_640x272_noaudio.mp4") else { return };
    let (mut watcher, mut gallery) = (Watcher::new(&film.probe, &film.packets), Gallery::default());
    while let Some(look) = watcher.next_look() {
        for still in film.stills_of(&look) {
            gallery.show(&still);
            watcher.see(still);
        }
    }
    let profile = watcher.finish();
    let sheet = draw_sheet("street", &film.probe, &profile, &gallery);
    assert_eq!(sheet.width, 1600);
    assert_eq!(sheet.rgb.len(), (3 * sheet.width * sheet.height) as usize);
    // Six shots of a real street have thousands of colours, lines and letters a dozen.
    let mut colours: Vec<&[u8]> = sheet.rgb.chunks_exact(3).collect();
    colours.sort_unstable();
    colours.dedup();
    assert!(colours.len() > 2000, "{}", colours.len());
}

#[test]
fn sheets_of_odd_films_hold_together() {
    let Some(film) = open("bikes_street_cuts_640x272_noaudio.mp4") else { return };
    let odd = [(0, 0, 0.0), (1, 4000, 0.04), (4000, 1, 7200.0), (1080, 1920, 1.0)];
    for (width, height, seconds) in odd {
        let mut probe: Probe = film.probe.clone();
        (probe.picture.width, probe.picture.height) = (width, height);
        probe.length = Time::from_seconds(seconds);
        let mut gallery = Gallery::default();
        gallery.show(&Still { at: Time::ZERO, rgb: vec![200; Still::BYTES] });
        gallery.show(&Still { at: Time::ZERO, rgb: vec![200; 7] });
        for gallery in [gallery, Gallery::default()] {
            let profile: Profile = Watcher::new(&probe, &[]).finish();
            let sheet = draw_sheet("a film \u{1f3ac} 影片", &probe, &profile, &gallery);
            assert!(sheet.width == 1600 && (400..4000).contains(&sheet.height), "{}", sheet.height);
            assert_eq!(sheet.rgb.len(), (3 * sheet.width * sheet.height) as usize);
        }
    }
}
