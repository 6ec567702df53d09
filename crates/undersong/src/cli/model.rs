//! The language model that the environment names, if it names one.

use std::path::Path;
use std::time::Duration;

use llm::{Model, Secret, Settings, When};
use studio::Fault;

use super::ending::Ending;

const MODEL: &str = "UNDERSONG_LLM_MODEL";
const URL: &str = "UNDERSONG_LLM_URL";
const KEY: &str = "UNDERSONG_LLM_KEY";
const KEY_FILE: &str = "UNDERSONG_LLM_KEY_FILE";
const WHEN: &str = "UNDERSONG_LLM_WHEN";
const SECONDS: &str = "UNDERSONG_LLM_SECONDS";
const VISION: &str = "UNDERSONG_LLM_VISION";

/// The longest that anybody may want to wait, in seconds.
const LONGEST: f64 = 600.0;

/// The model that the environment names; nothing is read, loaded or opened where it names none.
pub(crate) fn named() -> Result<Option<Model>, Ending> {
    let found = |name: &str| std::env::var_os(name).map(|value| value.to_string_lossy().into_owned());
    let Some(settings) = settings(&found)? else { return Ok(None) };
    let model = Model::new(settings);
    model.map(Some).map_err(|fault| wrong(MODEL, &format!("cannot be used; please {fault}")))
}

/// The settings that some variables come to.
fn settings(found: &dyn Fn(&str) -> Option<String>) -> Result<Option<Settings>, Ending> {
    let said =
        |name: &str| found(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty());
    let Some(model) = said(MODEL) else { return Ok(None) };
    let key = match (said(KEY), said(KEY_FILE)) {
        (Some(key), _) => Some(Secret::new(&key)),
        (None, Some(file)) => Some(kept(Path::new(&file))?),
        (None, None) => None,
    };
    let when = match said(WHEN).as_deref() {
        None | Some("unsure") => When::Unsure,
        Some("always") => When::Always,
        Some(_) => return Err(wrong(WHEN, "must be unsure or always")),
    };
    let patience = match said(SECONDS).map(|text| text.parse::<f64>()) {
        None => Settings::USUAL_PATIENCE,
        Some(Ok(seconds)) if seconds > 0.0 && seconds <= LONGEST => Duration::from_secs_f64(seconds),
        Some(_) => return Err(wrong(SECONDS, "must be a number of seconds above 0 and up to 600")),
    };
    let vision = match said(VISION).as_deref() {
        None | Some("0") => false,
        Some("1") => true,
        Some(_) => return Err(wrong(VISION, "must be 1 or 0")),
    };
    Ok(Some(Settings { model, address: said(URL), key, when, patience, vision }))
}

/// The key that a file holds.
fn kept(file: &Path) -> Result<Secret, Ending> {
    let unread = |source| Fault::File { done: "read", path: file.to_owned(), source };
    Ok(Secret::new(&std::fs::read_to_string(file).map_err(unread)?))
}

fn wrong(name: &str, why: &str) -> Ending {
    Ending::Usage(format!("{name} {why}."))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(variables: &[(&str, &str)]) -> Result<Option<Settings>, Ending> {
        settings(&|name| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).into()))
    }

    #[test]
    fn without_a_model_nothing_else_counts() {
        assert!(read(&[(WHEN, "sometimes"), (KEY_FILE, "/nowhere")]).unwrap().is_none());
        assert!(read(&[(MODEL, " ")]).unwrap().is_none());
    }

    #[test]
    fn settings_are_as_the_variables_say() {
        let plain = read(&[(MODEL, "ollama::m")]).unwrap().unwrap();
        assert_eq!((plain.when, plain.patience.as_secs(), plain.vision), (When::Unsure, 20, false));
        let told = [
            (MODEL, "m"),
            (URL, "http://h/v1"),
            (WHEN, "always"),
            (SECONDS, "2.5"),
            (VISION, "1"),
            (KEY, "k"),
        ];
        let told = read(&told).unwrap().unwrap();
        assert_eq!((told.when, told.patience.as_millis(), told.vision), (When::Always, 2500, true));
        assert_eq!((told.address.as_deref(), told.key), (Some("http://h/v1"), Some(Secret::new("k"))));
    }

    #[test]
    fn a_bad_value_is_one_sentence() {
        for (name, value) in
            [(WHEN, "often"), (SECONDS, "0"), (SECONDS, "NaN"), (SECONDS, "soon"), (VISION, "yes")]
        {
            let Err(Ending::Usage(told)) = read(&[(MODEL, "m"), (name, value)]) else { panic!("{name}") };
            assert!(told.starts_with(name) && told.ends_with('.'), "{told}");
        }
        assert!(matches!(read(&[(MODEL, "m"), (KEY_FILE, "/nowhere/key")]), Err(Ending::Fault(_))));
    }
}
