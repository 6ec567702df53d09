//! Runs every example of README.md as a reader would, on a little film.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::{env, fs};

/// The blocks of a Markdown page that are marked like this.
fn blocks<'p>(page: &'p str, mark: &str) -> Vec<&'p str> {
    let begin = format!("```{mark}\n");
    page.split(begin.as_str()).skip(1).filter_map(|rest| Some(rest.split_once("\n```")?.0)).collect()
}

/// Flags that a file follows which is written.
const WRITING: [&str; 7] = ["-o", "--wav", "--midi", "--nsf", "--poster", "--strip", "--peaks"];

/// The files a command says it writes.
fn written(command: &str) -> Vec<&str> {
    let words: Vec<&str> = command.split_whitespace().collect();
    let flags = words.windows(2).filter(|pair| WRITING.contains(&pair[0]));
    flags.map(|pair| pair[1]).collect()
}

/// A film of two shots with sound, six seconds long; `false` where ffmpeg is not installed.
pub(super) fn film(path: &Path) -> bool {
    let sources = ["testsrc2=s=320x180:r=25:d=3", "mandelbrot=s=320x180:r=25", "sine=f=220:d=6"];
    let inputs = sources.iter().flat_map(|source| ["-f", "lavfi", "-i", source]);
    let made = Command::new("ffmpeg")
        .args(["-nostdin", "-v", "error", "-y"])
        .args(inputs)
        .args(["-filter_complex", "[1:v]trim=duration=3,setsar=1[b];[0:v]setsar=1[a];[a][b]concat=n=2[v]"])
        .args(["-map", "[v]", "-map", "2:a", "-t", "6"])
        .args(["-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac"])
        .arg(path)
        .status();
    let made = made.is_ok_and(|status| status.success());
    assert!(made || env::var_os("CI").is_none(), "ffmpeg is needed to test the README");
    made
}

/// A photo taken upright; `false` where it cannot be made.
fn photo(path: &Path) -> bool {
    let made = Command::new("ffmpeg")
        .args([
            "-nostdin",
            "-v",
            "error",
            "-y",
            "-f",
            "lavfi",
            "-i",
            "testsrc2=s=300x400:d=1",
            "-frames:v",
            "1",
        ])
        .arg(path)
        .status();
    made.is_ok_and(|status| status.success())
}

/// A folder with what the pages speak of: a film, another, a photo; `None` where ffmpeg is not installed.
fn place(name: &str) -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    if !film(&folder.join("film.mp4")) {
        println!("skipped: ffmpeg is not installed");
        return None;
    }
    fs::copy(folder.join("film.mp4"), folder.join("other.mp4")).unwrap();
    assert!(photo(&folder.join("beach.jpg")), "ffmpeg makes photos, too");
    Some(folder)
}

/// A shell in that folder that knows the program.
fn shell(folder: &Path) -> Command {
    let program = Path::new(env!("CARGO_BIN_EXE_undersong")).parent().unwrap();
    let path = format!("{}:{}", program.display(), env::var("PATH").unwrap_or_default());
    let mut shell = Command::new("sh");
    shell.current_dir(folder).env("PATH", &path).env("XDG_CONFIG_HOME", folder.join("config"));
    shell.env_remove("NEMO_TOKEN").env_remove("NEMO_API_URL").arg("-ec");
    shell
}

/// What a command prints, which must go well.
fn told(shell: &mut Command, command: &str) -> String {
    let told = shell.arg(command).output().unwrap();
    assert!(told.status.success(), "{command}\n{}", String::from_utf8_lossy(&told.stderr));
    assert!(!told.stdout.is_empty(), "{command} says nothing");
    String::from_utf8(told.stdout).unwrap()
}

const PAGE: &str = include_str!("../../../../README.md");

#[test]
fn every_example_works() {
    let Some(folder) = place("readme") else { return };
    let examples = blocks(PAGE, "sh example");
    assert!(examples.len() >= 4, "README shows every door");
    for command in examples {
        told(&mut shell(&folder), command);
        for file in written(command).into_iter().map(|name| folder.join(name)) {
            assert!(file.metadata().is_ok_and(|m| m.len() > 0), "{command}: no {file:?}");
        }
    }
}

#[test]
fn the_first_example_prints_what_stands_below_it() {
    let Some(folder) = place("result") else { return };
    let (example, result) = (blocks(PAGE, "sh example")[0], blocks(PAGE, "text result")[0]);
    let printed = told(&mut shell(&folder), example);
    assert_eq!(printed.trim_end().replace(&folder.display().to_string(), "/films"), result);
}

/// A server that the first line of an example starts, on another address than it says; it ends with the test.
struct Served(Child);

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn every_example_about_a_server_works() {
    const HERE: &str = "127.0.0.1:8787";
    let examples = blocks(PAGE, "sh server");
    assert!(examples.len() >= 2, "README shows the server, and who talks to it");
    for (at, example) in examples.into_iter().enumerate() {
        let Some(folder) = place(&format!("server-{at}")) else { return };
        let (start, asked) = example.split_once('\n').unwrap();
        assert!(start.starts_with("undersong serve ") && start.contains(HERE), "{start}");
        let start = format!("exec {}", start.replace(HERE, "127.0.0.1:0"));
        let mut serve = shell(&folder);
        let log = fs::File::create(folder.join("log")).unwrap();
        let mut server = Served(serve.arg(start).stdout(Stdio::piped()).stderr(log).spawn().unwrap());
        let mut line = String::new();
        BufReader::new(server.0.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let base = line.trim().strip_prefix("Listening on ").unwrap().to_owned();
        let address = base.strip_prefix("http://").unwrap();
        for command in asked.lines() {
            told(shell(&folder).env("NEMO_API_URL", &base), &command.replace(HERE, address));
        }
    }
}

#[test]
fn every_command_for_assistants_works() {
    let Some(folder) = place("llms") else { return };
    let page = include_str!("../../../../llms.txt");
    let lines = page.lines().filter_map(|line| line.strip_prefix("- `undersong "));
    let commands: Vec<&str> = lines.flat_map(|line| line.split('`').step_by(2).take(1)).collect();
    assert!(commands.len() >= 4, "{commands:?}");
    for command in commands.into_iter().filter(|command| !command.starts_with("chat")) {
        told(&mut shell(&folder), &format!("undersong {command}"));
    }
}

#[test]
fn examples_are_found() {
    let page = "```sh\nnot this\n```\n```sh example\nundersong add a.mp4 \"x\" -o b.mp4\n```\n";
    assert_eq!(blocks(page, "sh example"), ["undersong add a.mp4 \"x\" -o b.mp4"]);
    assert_eq!(written(blocks(page, "sh example")[0]), ["b.mp4"]);
}
