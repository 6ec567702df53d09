//! Titles by words: what is drawn, what stays, and what the reply says of it.

use super::facts::packets;
use super::program::{Room, film};

#[test]
fn a_title_changes_only_what_it_touches() {
    let Some(film) = film("gopro_karma_drone_480p.mp4") else { return };
    let room = Room::new();
    let request = "calm music at 20% and a title \"Quiet {\\b1}Coast\" at the bottom from 2 to 4 seconds";
    let told =
        room.run(["add", film.to_str().unwrap(), request, "-o", "out.mp4", "--seed", "1", "--json"]).answer();
    let reply = told["reply"].as_str().unwrap();
    assert!(
        reply.contains("The title \"Quiet {\\b1}Coast\" stands at the bottom from 0:02 to 0:04."),
        "{reply}"
    );
    assert!(
        told["timeline"].as_str().unwrap().ends_with("3. Title: \"Quiet {\\b1}Coast\" (2-4s)"),
        "{told:#}"
    );
    assert_eq!(told["render"]["picture"], "partly");
    let (was, is) = (packets(&film), packets(&room.file("out.mp4")));
    assert_eq!(was.len(), is.len());
    let same = was.iter().zip(&is).filter(|(was, is)| was == is).count();
    assert_eq!(same as u64, told["render"]["packets_copied"].as_u64().unwrap());
    assert!(same > was.len() / 2, "{same} of {}", was.len());
    assert!(room.leftovers().is_empty());
}

#[test]
fn who_wants_a_title_gets_no_music() {
    let Some(film) = film("odd/sar_2by3.mp4") else { return };
    let room = Room::new();
    let told =
        room.run(["add", film.to_str().unwrap(), "加标题「老街」", "-o", "out.mp4", "--json"]).answer();
    let length = told["input"]["duration_s"].as_f64().unwrap().min(3.0);
    let reply = told["reply"].as_str().unwrap();
    assert!(
        reply.starts_with("标题“老街”显示在画面中间，0:00 到 0:0") && reply.matches('。').count() == 1,
        "{length} {reply}"
    );
    assert!(told["watch"].is_null() && told["mix"].is_null(), "{told:#}");
    // Said outright, it costs no more: nothing is watched for it either.
    let outright = "put the title \"Old Street\" in the middle, no music";
    let told = room.run(["add", film.to_str().unwrap(), outright, "-o", "outright.mp4", "--json"]).answer();
    let reply = told["reply"].as_str().unwrap();
    assert!(reply.ends_with("Nothing was added, as you wished; everything stays as it is."), "{reply}");
    assert!(told["watch"].is_null() && told["mix"].is_null(), "{told:#}");
    let refused = room.run(["add", film.to_str().unwrap(), "add a title", "--json"]);
    assert!(String::from_utf8_lossy(&refused.out).contains("What should the title say?"), "{}", refused.err);
}
