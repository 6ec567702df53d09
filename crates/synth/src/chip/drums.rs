//! Drums on a channel of their own: the noise, and a triangle that helps it.

use super::channel::Driver;
use super::edges::Edges;
use super::mixer;
use super::noise::Register;
use super::strokes::Strokes;
use super::triangle::{Triangle, triangle_timer};
use crate::schedule::Stroke;

/// The noise channel and the triangle that helps it.
pub(super) struct Drums {
    strokes: Strokes,
    register: Register,
    triangle: Triangle,
}

impl Drums {
    pub(super) fn new() -> Drums {
        Drums { strokes: Strokes::default(), register: Register::new(), triangle: Triangle::new() }
    }
}

impl Driver for Drums {
    fn on(&mut self, note: Stroke) {
        self.strokes.on(note);
    }

    fn off(&mut self, note: Stroke) {
        self.strokes.off(note);
    }

    fn step(&mut self, expression: f32) {
        let beaten = self.strokes.step(expression);
        self.register.volume = beaten.volume;
        self.register.period = beaten.period;
        self.register.short = beaten.short;
        self.triangle.on = beaten.fall.is_some();
        if let Some(hz) = beaten.fall {
            self.triangle.timer = triangle_timer(hz);
        }
    }

    fn run(&mut self, from: u64, to: u64, edges: &mut Edges) {
        let (register, triangle) = (&mut self.register, &mut self.triangle);
        let levels = [triangle.level(), register.level()];
        mixer::together(
            from,
            levels,
            |change: &mut dyn FnMut(u64, u8)| triangle.run_with(from, to, change),
            |change: &mut dyn FnMut(u64, u8)| register.run_with(from, to, change),
            |clock, [triangle, noise]| edges.set(clock, mixer::triangle_and_noise(triangle, noise)),
        );
    }
}
