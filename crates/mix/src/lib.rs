//! Lays the music under the film's own sound.
