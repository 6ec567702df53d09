"""Damaged films against undersong: writes docs/malformed.md.

malformed.py UNDERSONG MEDIA PLACE REPORT [COUNT]

Every odd film of the test media as it is, then COUNT (500) files that zzuf damages, each from the first seconds of
a film. A run is good if it ends within ten seconds with a right file, as ffmpeg sees it, or with one sentence and its
code, and if nothing is left of it: no file, no process.
"""

import collections
import concurrent.futures
import ctypes
import datetime
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import time

PATIENCE = 10.0
SECONDS = "1.5"  # of larger films
SMALL = 150_000  # bytes; smaller films are damaged whole
SENTENCE = re.compile(r"undersong: [^\n]*[.?] \[(\d+)\]$")
FILM_CODES = ("4001", "4003", "4004", "4007")  # what may be said of a film; the others blame us
# How a file is damaged: what it is called, the share of bits turned over, which bytes, and the share that is kept.
DAMAGES = (
    ("few bits", 0.00002, "all", 1.0),
    ("some bits", 0.0002, "all", 1.0),
    ("many bits", 0.002, "all", 1.0),
    ("noise", 0.05, "all", 1.0),
    ("head", 0.004, "head", 1.0),
    ("end", 0.002, "end", 1.0),
    ("end, few bits", 0.0003, "end", 1.0),
    ("cut short", 0.0001, "all", 0.6),
)
PR_SET_CHILD_SUBREAPER = 36


def cut(film, place):
    """The first seconds of a film, without encoding; of what ffmpeg cannot cut, the first bytes."""
    target = place / film.name
    if film.stat().st_size > SMALL:
        words = ["ffmpeg", "-nostdin", "-v", "error", "-y", "-i", film, "-t", SECONDS, "-map", "0:v?", "-map", "0:a?", "-c", "copy", target]
        done = subprocess.run(words, capture_output=True, check=False).returncode == 0
        if done and target.stat().st_size:
            return target
    target.write_bytes(film.read_bytes()[:SMALL])
    return target


def damaged(source, number, kind, place):
    """The source after damage of a kind, with the number as seed, and what to call it."""
    name, ratio, where, kept = DAMAGES[kind % len(DAMAGES)]
    whole = source.read_bytes()
    whole = whole[: int(len(whole) * kept)]
    region = {"all": (0, len(whole)), "head": (0, 2048), "end": (max(0, len(whole) - 8192), len(whole))}[where]
    words = ["zzuf", "-q", "-s", str(number), "-r", str(ratio), "-b", f"{region[0]}-{region[1]}"]
    fuzzed = subprocess.run(words, input=whole, capture_output=True, check=True).stdout
    path = place / f"{number:03}-{source.name}"
    path.write_bytes(fuzzed)
    return path, f"{source.name}, {name}, seed {number}"


def watch_over():
    """Makes this process the parent of every process that outlives its own."""
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def outlived():
    """Whether a child's child lives on a moment after its end; those that die with it are only reaped."""
    for _ in range(20):
        try:
            while os.waitpid(-1, os.WNOHANG) != (0, 0):
                pass
        except ChildProcessError:
            return False
        time.sleep(0.05)
    return True


def ends(result):
    """When the last packet of each kind of stream ends, in seconds. Containers tell a sum, which leaves gaps out."""
    words = ["ffprobe", "-v", "error", "-show_entries", "packet=codec_type,pts_time,duration_time", "-of", "json", result]
    told = subprocess.run(words, capture_output=True, text=True, check=False).stdout
    found = {}
    for one in json.loads(told or "{}").get("packets", []):
        end = float(one["pts_time"]) + float(one.get("duration_time", 0))
        found[one["codec_type"]] = max(end, found.get(one["codec_type"], 0.0))
    return found


def wrong_result(result):
    """What is wrong with a result, or None."""
    if not result.is_file():
        return "no result"
    found = ends(result)
    if set(found) != {"video", "audio"}:
        return f"streams {sorted(found)}"
    # Frames at the end that cannot be decoded, a tenth of the film at most, are held by players instead.
    if not -0.1 < found["audio"] - found["video"] < 0.1 + found["audio"] / 10:
        return f"picture {found['video']} s, sound {found['audio']} s"
    words = ["ffmpeg", "-nostdin", "-v", "error", "-xerror", "-i", result, "-map", "0:a", "-f", "null", "-"]
    if subprocess.run(words, capture_output=True, check=False).returncode:
        return "its sound cannot be decoded"
    return None


def wrong_refusal(status, said):
    """What is wrong with a refusal, or None."""
    lines = [line for line in said.splitlines() if not line.startswith('{"stage"')]
    if status not in (1, 3):
        return f"ended with {status}"
    if len(lines) != 1 or not SENTENCE.match(lines[0]):
        return f"not one sentence: {lines[-3:]}"
    if SENTENCE.match(lines[0]).group(1) not in FILM_CODES:
        return f"told as our failure: {lines[0]}"
    return None


def judge(job):
    """Runs undersong on one file and tells how it went."""
    undersong, path, title, place, patience = job
    room = place / f"room-{path.name}"
    (room / "tmp").mkdir(parents=True)
    (room / "out").mkdir()
    result = room / "out" / "scored.mp4"
    environment = {**os.environ, "TMPDIR": str(room / "tmp"), "UNDERSONG_CACHE": "none"}
    words = [undersong, "add", path, "add lo-fi music", "-o", result, "--seed", "1"]
    began = time.monotonic()
    child = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment)
    late = False
    try:
        said = child.communicate(timeout=patience)[1]
    except subprocess.TimeoutExpired:
        late = True
        child.kill()
        said = child.communicate()[1]
    seconds = time.monotonic() - began
    said = said.decode("utf-8", "replace")
    code, wrong = "scored", None
    if late:
        code, wrong = "late", f"not done within {patience} s"
    elif "panicked" in said:
        code, wrong = "panic", said[-300:]
    elif child.returncode == 0:
        wrong = wrong_result(result)
    else:
        wrong = wrong_refusal(child.returncode, said)
        found = SENTENCE.search(said.strip().splitlines()[-1] if said.strip() else "")
        code = found.group(1) if found else "no code"
    left = sorted(one.name for one in room.rglob("*") if one.is_file() and (one != result or code != "scored"))
    left += [f"{one.name}/" for one in (room / "tmp").iterdir()]
    if outlived():
        wrong = "a process outlives it"
    elif not wrong and left:
        wrong = f"left behind: {left[:3]}"
    shutil.rmtree(room)
    sentence = said.strip().splitlines()[-1] if code.isdigit() else ""
    return {"title": title, "code": code, "seconds": seconds, "wrong": wrong, "sentence": sentence}


def share(sorted_values, part):
    return sorted_values[min(len(sorted_values) - 1, int(len(sorted_values) * part))]


def section(title, runs):
    times = sorted(one["seconds"] for one in runs)
    counts = collections.Counter(one["code"] for one in runs)
    sample = {one["code"]: one["sentence"] for one in reversed(runs)}
    lines = [f"## {title}", "", "| end | files | for example |", "|---|---|---|"]
    for code, count in counts.most_common():
        lines.append(f"| {code} | {count} | {sample[code].removeprefix('undersong: ').replace('|', '/')} |")
    slowest = max(runs, key=lambda one: one["seconds"])
    lines += ["", f"{len(runs)} files; half end within {share(times, 0.5):.2f} s, 99 of 100 within {share(times, 0.99):.2f} s; "
              f"the slowest, {slowest['title']}, after {slowest['seconds']:.2f} s."]
    wrong = [one for one in runs if one["wrong"]]
    lines += ["", f"**Failures: {len(wrong)}**", ""] + [f"- {one['title']}: {one['code']}, {one['wrong']}" for one in wrong]
    return lines + ([""] if wrong else []), wrong


def main():
    undersong, media, place, report = (pathlib.Path(word).resolve() for word in sys.argv[1:5])
    count = int(sys.argv[5]) if len(sys.argv) > 5 else 500
    shutil.rmtree(place, ignore_errors=True)
    (place / "cut").mkdir(parents=True)
    odd = sorted(one for one in (media / "odd").iterdir() if one.is_file())
    films = [one for one in sorted(media.iterdir()) if one.suffix in (".mp4", ".mov", ".mkv", ".webm", ".avi", ".flac")]
    sources = [cut(one, place / "cut") for one in odd + films]
    # Whole films of 25 s in a slow build may take longer than a damaged one of two.
    jobs = [(undersong, one, one.name, place, 6 * PATIENCE) for one in odd]
    with concurrent.futures.ProcessPoolExecutor(max(1, os.cpu_count() or 1), initializer=watch_over) as pool:
        whole = list(pool.map(judge, jobs))
        jobs = []
        for number in range(count):
            path, title = damaged(sources[number % len(sources)], number, number // len(sources) + number, place)
            jobs.append((undersong, path, title, place, PATIENCE))
        broken = list(pool.map(judge, jobs))
    # What was late may have stood behind others: it is tried again with the machine to itself.
    again = [number for number, one in enumerate(broken) if one["code"] == "late"]
    with concurrent.futures.ProcessPoolExecutor(1, initializer=watch_over) as pool:
        for number, one in zip(again, pool.map(judge, [jobs[number] for number in again])):
            broken[number] = one
    zzuf = subprocess.run(["zzuf", "--version"], capture_output=True, text=True, check=False).stdout.split("\n")[0]
    lines = ["# Damaged films", "",
             f"Made by `make malformed` on {datetime.date.today()} with {zzuf}. Failures are shown. A run is good if it ends with a right",
             "file, as ffmpeg sees it, or with one sentence and its code that says what is wrong with the film, and leaves no file and no process behind; a damaged file has ten",
             f"seconds for that, and is tried again by itself where it needs more beside another ({len(again)} were).", ""]
    wrong = []
    for title, runs in (("The odd films as they are", whole), (f"Damaged by zzuf: {count} files from the first seconds of {len(sources)} films", broken)):
        told, bad = section(title, runs)
        lines += told + ([""] if told[-1] else [])
        wrong += bad
    (place / "runs.json").write_text(json.dumps(whole + broken, indent=1))
    report.write_text("\n".join(lines).rstrip() + "\n")
    for one in wrong:
        print(f"{one['title']}: {one['code']}, {one['wrong']}", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
