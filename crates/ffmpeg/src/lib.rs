//! The only room that starts processes: opens videos, writes videos.
