//! The name somebody gives the film: "export it as final.mp4".

/// The endings of films that are written.
const ENDINGS: [&str; 2] = [".mp4", ".m4v"];

/// The last name of a film in a request, without the folders before it.
pub(crate) fn film_name(request: &str) -> Option<String> {
    let lower = request.to_ascii_lowercase();
    let (at, ending) = ENDINGS.iter().filter_map(|ending| Some((lower.rfind(ending)?, ending))).max()?;
    let of_name = |c: char| c.is_alphanumeric() && c.is_ascii() || "_-. ".contains(c);
    let stem = &request[..at];
    let start = stem
        .rfind(|c: char| !of_name(c))
        .map_or(0, |place| place + stem[place..].chars().next().map_or(1, char::len_utf8));
    let stem = stem[start..].rsplit(char::is_whitespace).next().filter(|stem| !stem.is_empty())?;
    Some(format!("{stem}{}", &request[at..at + ending.len()]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_and_folders_are_not() {
        for (request, name) in [
            ("export it as final.mp4 in 4k", Some("final.mp4")),
            ("导出到final-2.MP4", Some("final-2.MP4")),
            ("save it to ../../etc/my.film.mp4", Some("my.film.mp4")),
            ("export", None),
            ("export as .mp4", None),
        ] {
            assert_eq!(film_name(request).as_deref(), name, "{request}");
        }
    }
}
