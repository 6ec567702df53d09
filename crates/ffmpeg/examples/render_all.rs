//! Renders every film of a folder with its own sound and prints what was measured: `render_all FOLDER [OUTPUT]`.
#![allow(clippy::print_stdout)]

use std::path::{Path, PathBuf};
use std::time::Instant;

use ffmpeg::{Checked, Delivery, MediaError, RenderPlan, Tools};
use sound::{Frame, SAMPLE_RATE, Silent};

fn main() -> Result<(), MediaError> {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let (Some(folder), output) = (arguments.next(), arguments.next()) else {
        println!("usage: render_all FOLDER [OUTPUT]");
        return Ok(());
    };
    let output = output.unwrap_or_else(std::env::temp_dir);
    let tools = Tools::find()?;
    let mut films: Vec<PathBuf> =
        std::fs::read_dir(&folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    films.sort();
    for film in films.iter().filter(|path| path.is_file()) {
        let started = Instant::now();
        let name = film.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let target = output.join(format!("{name}.mp4"));
        match render(&tools, film, &target) {
            Ok((plan, checked)) => {
                println!("{name}: {} because {}; {checked:?}", plan.mode.name(), plan.why);
            }
            Err(error) => println!("{name}: {} {error}", error.code()),
        }
        println!("    {:.2} s", started.elapsed().as_secs_f64());
    }
    Ok(())
}

fn render(tools: &Tools, path: &Path, target: &Path) -> Result<(RenderPlan, Checked), MediaError> {
    let film = tools.open(path, &Silent)?;
    let mut frames: Vec<Frame> = Vec::new();
    tools.film_sound(&film, &Silent, &mut |block| frames.extend(block))?;
    let total = film.probe().length.samples(SAMPLE_RATE).max(1) as usize;
    frames.resize(total, [0.0; 2]);
    let job = tempfile::tempdir().map_err(|source| MediaError::Io {
        done: "made",
        path: "a job folder".into(),
        source,
    })?;
    let mut at = 0;
    let sound = tools.encode_sound(total as u64, job.path(), &Silent, &mut |buffer| {
        buffer.copy_from_slice(&frames[at..at + buffer.len()]);
        at += buffer.len();
        Ok(())
    })?;
    let mut plan = RenderPlan::new(&film, &[], Delivery::default());
    loop {
        let picture = tools.finish_picture(&film, plan.clone(), job.path(), &Silent)?;
        let draft = tools.render(&film, &picture, &sound, target, &Silent, &mut |_| {})?;
        match draft.verify(&film, &picture, &sound) {
            Ok(checked) => {
                draft.publish()?;
                return Ok((plan, checked));
            }
            Err(error) => match plan.fall_back(&film, &error.to_string()) {
                Some(other) => plan = other,
                None => return Err(error),
            },
        }
    }
}
