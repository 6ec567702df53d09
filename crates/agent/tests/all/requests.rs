//! The tables of requests: each line is a request and the state it must lead to.

use super::stage::{adding, after, empty, reading, scored, state, three, titled, two};

/// Reads a table: `- request => kind: state` on the bare film, `+` where lo-fi plays under all of it,
/// `*` on the bare film by somebody who came for music, `=` where three films play one after another over lo-fi, `2` where
/// lo-fi plays under the first half of the film and epic music under the second, `t` over lo-fi with a title "Hello" from
/// 2 to 6 s, `T` with another one, "Bye", in the last 4 s.
#[track_caller]
fn check(table: &str) {
    let signs = ['-', '+', '*', '=', '2', 't', 'T'];
    let mut wrong = Vec::new();
    for line in table.lines().filter(|line| line.starts_with(signs) && line[1..].starts_with(' ')) {
        let (request, expected) = line[1..].split_once("=>").unwrap_or((&line[1..], ""));
        let timeline = match line.as_bytes()[0] {
            b'+' => scored(),
            b'=' => three(),
            b'2' => two(),
            b't' => titled(&["Hello"]),
            b'T' => titled(&["Hello", "Bye"]),
            _ => empty(),
        };
        let read = if line.starts_with('*') { adding } else { reading };
        let reading = read(request.trim(), &timeline);
        assert!(!reading.reply.trim().is_empty(), "{request}: no reply");
        let found = format!("{}: {}", reading.kind.name(), state(&after(&timeline, &reading)));
        if found != expected.trim() {
            wrong.push(format!("{}{}=> {found}\n      {}", &line[..1], request, reading.reply));
        }
    }
    assert!(wrong.is_empty(), "{} requests are read otherwise:\n{}\n", wrong.len(), wrong.join("\n"));
}

#[test]
fn english_requests_lead_where_they_should() {
    check(include_str!("../english.txt"));
}

#[test]
fn chinese_requests_lead_where_they_should() {
    check(include_str!("../chinese.txt"));
}

#[test]
fn chinese_as_it_is_spoken_leads_where_it_should() {
    check(include_str!("../chinese_spoken.txt"));
}

#[test]
fn requests_about_the_picture_lead_where_they_should() {
    check(include_str!("../picture.txt"));
}

#[test]
fn requests_about_the_music_lead_where_they_should() {
    check(include_str!("../music.txt"));
}

#[test]
fn requests_about_titles_lead_where_they_should() {
    check(include_str!("../titles.txt"));
}
