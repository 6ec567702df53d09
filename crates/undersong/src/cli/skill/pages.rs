//! The skills that come with the program, as they stand in `skills/`.

/// A skill: its name, which is that of its folder, and its pages by their paths in it.
pub(super) struct Skill {
    pub(super) name: &'static str,
    pub(super) pages: &'static [(&'static str, &'static str)],
}

macro_rules! skill {
    ($name:literal: $($page:literal),+) => {
        Skill {
            name: $name,
            pages: &[$(($page, include_str!(concat!("../../../../../skills/", $name, "/", $page)))),+],
        }
    };
}

pub(super) const SKILLS: [Skill; 2] = [
    skill!("ai-add-music-to": "SKILL.md", "references/requests.md", "references/server.md"),
    skill!("video-game-music": "SKILL.md", "references/games.md", "references/server.md"),
];
