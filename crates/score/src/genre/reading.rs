//! Reads a genre file and checks what its types cannot.

mod checks;

use super::{Genre, GenreError};

/// Reads a genre.
///
/// # Errors
/// The file, what is wrong with it, and in which line where it does not even parse.
pub(super) fn read(id: &str, text: &str) -> Result<Genre, GenreError> {
    let file = format!("{id}.toml");
    let mut genre: Genre = match toml::from_str(text) {
        Ok(genre) => genre,
        Err(fault) => {
            let line =
                fault.span().map(|span| text.bytes().take(span.start).filter(|b| *b == b'\n').count() + 1);
            // Some messages go on in a second line.
            let fault = fault.message().lines().collect::<Vec<_>>().join("; ");
            return Err(GenreError { file, line, fault });
        }
    };
    genre.id = id.to_owned();
    checks::check(&genre).map_err(|Wrong { at, fault }| GenreError {
        file,
        line: line_of(text, &at),
        fault,
    })?;
    Ok(genre)
}

/// What is wrong, and the text in the file that it is about; empty where it is about the whole.
struct Wrong {
    at: String,
    fault: String,
}

/// The first line that holds a text, blanks aside.
fn line_of(text: &str, wanted: &str) -> Option<usize> {
    let dense = |line: &str| line.split_whitespace().collect::<String>();
    let wanted = dense(wanted);
    let code = |line: &str| dense(line.split('#').next().unwrap_or_default());
    (!wanted.is_empty()).then(|| text.lines().position(|line| code(line).contains(&wanted)))?.map(|at| at + 1)
}
