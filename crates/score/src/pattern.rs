//! Rhythm written as text: `x--.x-x.` is readable, countable and easy to change.

use std::fmt;

use serde::Deserialize;

/// One event of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Step {
    /// The step it begins on, from the start of the pattern.
    pub at: usize,
    /// How many steps it lasts, at least one.
    pub length: usize,
    /// What is played, as the part that reads the pattern understands it.
    pub symbol: char,
}

/// A rhythm: a sign a step, `.` rests, `-` holds the sign before it, anything else begins an event; blanks and bars
/// are for the eye.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Pattern {
    /// Its length in steps, at least one.
    pub steps: usize,
    /// Its events in time order.
    pub events: Vec<Step>,
}

impl TryFrom<String> for Pattern {
    type Error = String;

    fn try_from(text: String) -> Result<Pattern, String> {
        let mut events: Vec<Step> = Vec::new();
        let mut steps = 0;
        let mut holding = false;
        for symbol in text.chars().filter(|c| !c.is_whitespace() && *c != '|') {
            match symbol {
                '.' => holding = false,
                '-' => match events.last_mut() {
                    Some(last) if holding => last.length += 1,
                    _ => return Err(format!("`{text}` holds a note with `-` before one began")),
                },
                _ => {
                    events.push(Step { at: steps, length: 1, symbol });
                    holding = true;
                }
            }
            steps += 1;
        }
        if steps == 0 {
            Err("a pattern needs at least one step".to_owned())
        } else {
            Ok(Pattern { steps, events })
        }
    }
}

impl fmt::Display for Pattern {
    /// As it is written in genre files.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut at = 0;
        for event in &self.events {
            f.write_str(&".".repeat(event.at - at))?;
            write!(f, "{}{}", event.symbol, "-".repeat(event.length - 1))?;
            at = event.at + event.length;
        }
        f.write_str(&".".repeat(self.steps - at))
    }
}

impl Pattern {
    /// The first sign that is not one of `allowed`.
    pub fn stranger(&self, allowed: &str) -> Option<char> {
        self.events.iter().map(|event| event.symbol).find(|symbol| !allowed.contains(*symbol))
    }

    /// How many bars it fills at `steps_per_bar`, if they come out even.
    pub fn bars(&self, steps_per_bar: usize) -> Option<usize> {
        self.steps.is_multiple_of(steps_per_bar).then_some(self.steps / steps_per_bar)
    }

    /// The events of one bar, counted from that bar's first step; bars beyond the end begin again.
    pub fn bar(&self, bar: usize, steps_per_bar: usize) -> impl Iterator<Item = Step> + '_ {
        let bars = (self.steps / steps_per_bar).max(1);
        let first = (bar % bars) * steps_per_bar;
        self.events
            .iter()
            .filter(move |event| (first..first + steps_per_bar).contains(&event.at))
            .map(move |event| Step { at: event.at - first, ..*event })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_become_text_again() {
        for text in ["x--.x-x.", "....", "R-8-..5-", ".x"] {
            assert_eq!(Pattern::try_from(text.to_owned()).unwrap().to_string(), text);
        }
    }

    #[test]
    fn text_becomes_events() {
        let pattern = Pattern::try_from("R--. 5-.a | x...".to_owned()).unwrap();
        assert_eq!(pattern.steps, 12);
        assert_eq!(pattern.events[1], Step { at: 4, length: 2, symbol: '5' });
        assert_eq!(pattern.bar(2, 4).next(), Some(Step { at: 0, length: 1, symbol: 'x' }));
        assert!(Pattern::try_from("-x..".to_owned()).is_err());
        assert!(Pattern::try_from(" ".to_owned()).is_err());
    }
}
