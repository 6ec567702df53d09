//! Which of several films a line is for.

use super::Conversation;

impl Conversation<'_> {
    /// Which films a line is for, and what it says of them; `None` where it names one that is not here.
    pub(super) fn addressed<'l>(&self, line: &'l str) -> (Option<Vec<usize>>, &'l str) {
        let here = (Some(vec![self.at]), line.trim());
        if self.projects.len() < 2 {
            return here;
        }
        let Some((name, words)) = line.split_once([':', '：']) else { return here };
        // That is a time.
        if words.starts_with(|c: char| c.is_ascii_digit()) {
            return here;
        }
        let (name, words) = (name.trim(), words.trim());
        if matches!(name.to_lowercase().as_str(), "all" | "全部" | "所有") {
            return (Some((0..self.projects.len()).collect()), words);
        }
        if let Ok(number) = name.parse::<usize>() {
            let known = (1..=self.projects.len()).contains(&number);
            return (known.then(|| vec![number - 1]), words);
        }
        match self.projects.iter().position(|project| project.talk.name == name) {
            Some(at) => (Some(vec![at]), words),
            None => here,
        }
    }
}
