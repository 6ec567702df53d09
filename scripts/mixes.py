"""Measures mixes: mixes.py UNDERSONG MEDIA JUDGE PLACE prints docs/mixing.md.

Speech under music by the judge's mix_eval.py on a NASA film, JFK over a made film, and made dialogues in two languages; loudness
and true peak of every preset on every film, by ffmpeg's own meter on the decoded result.
"""

import datetime
import json
import os
import pathlib
import re
import subprocess
import sys
import wave

import numpy

RATE = 48_000
GENRES = ("corporate", "cinematic", "lofi", "rock")
SAYINGS = {
    "english": ("en-gb", [
        ("Welcome to the harbour. Every morning the boats come in before the sun is up.", 0.6),
        ("How long have you worked here?", 0.4),
        ("Thirty years, and my father before me.", 2.5),
        ("People think the sea is quiet at night, but it never is.", 0.8),
        ("You hear the ropes, the wind, and the engines far away.", 4.0),
        ("What would you tell somebody who wants to start today?", 0.5),
        ("Get up early, and be kind to the old boats.", 1.0),
    ]),
    "chinese": ("cmn", [
        ("欢迎来到我们的小镇,今天我们去看看老街。", 0.6),
        ("你在这里住了多久?", 0.4),
        ("我在这里住了三十年。", 2.5),
        ("春天的时候,河边会开满花。", 0.8),
        ("晚上大家坐在桥上聊天。", 4.0),
        ("你最喜欢什么季节?", 0.5),
        ("我最喜欢秋天,因为不冷也不热。", 1.0),
    ]),
}
# Where somebody talks, by ear and waveform, in seconds from the first picture.
NASA = [[0.72, 4.8], [5.18, 8.12], [8.58, 12.02]]
JFK = [[5.32, 7.14], [8.28, 9.36], [10.4, 12.62], [13.17, 15.4]]
# Target in LUFS and the highest true peak in dBTP; keep aims at the film's own loudness.
PRESETS = {"youtube": -14, "tiktok": -14, "podcast": -16, "spotify": -14, "apple": -16, "broadcast-eu": -23, "broadcast-us": -24}
PEAK = -1.0


def run(*command):
    return subprocess.run([str(word) for word in command], capture_output=True, text=True, check=True, stdin=subprocess.DEVNULL)


def decode(film, out, start=0.0):
    run("ffmpeg", "-v", "error", "-y", "-i", film, "-map", "0:a:0", "-af", f"atrim=start={start},asetpts=PTS-STARTPTS", "-ar", RATE, out)
    return out


def samples(path):
    run("ffmpeg", "-v", "error", "-y", "-i", path, "-ac", 1, "-ar", RATE, "-c:a", "pcm_s16le", f"{path}.16.wav")
    with wave.open(f"{path}.16.wav") as file:
        return numpy.frombuffer(file.readframes(file.getnframes()), "<i2") / 32768


def write_film(name, sound, place):
    with wave.open(str(place / f"{name}.wav"), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
        file.writeframes((numpy.clip(sound, -1, 1) * 32767).astype("<i2").tobytes())
    film = place / f"{name}.mp4"
    pattern = f"testsrc2=s=640x360:r=25:d={len(sound) / RATE}"
    run("ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", pattern, "-i", place / f"{name}.wav", "-c:v", "libx264", "-preset",
        "veryfast", "-c:a", "aac", "-b:a", "192k", "-shortest", film)
    return film


def dialogue(name, place):
    """A made film in which two people talk with pauses, and where they talk."""
    voice, lines = SAYINGS[name]
    parts, speech, at = [numpy.zeros(3 * RATE)], [], 3.0
    for index, (text, pause) in enumerate(lines):
        line = place / f"{name}.{index}.wav"
        run("espeak-ng", "-v", voice, "-s", 150, "-w", line, text)
        said = 0.5 * samples(line)
        loud = numpy.flatnonzero(abs(said) > 0.01)
        said = said[max(0, loud[0] - 480):loud[-1] + 2400]
        speech.append([at, at + len(said) / RATE])
        parts += [said, numpy.zeros(int(pause * RATE))]
        at += len(said) / RATE + pause
    sound = numpy.concatenate([*parts, numpy.zeros(4 * RATE)])
    return write_film(name, sound + numpy.random.default_rng(1).normal(0, 1e-4, len(sound)), place), speech


def first_picture(film):
    said = run("ffprobe", "-v", "error", "-select_streams", "v:0", "-show_entries", "stream=start_time", "-of", "csv=p=0", film).stdout
    return float(said.split()[0].strip(","))


def talking_films(media, place):
    """Name, film and speech of each film in which somebody talks."""
    yield "NASA", media / "nasa_speech_single.mkv", NASA
    kennedy = samples(decode(media / "speech_jfk_11s.flac", place / "jfk11.wav"))
    sound = numpy.concatenate([numpy.zeros(5 * RATE), kennedy, numpy.zeros(8 * RATE)])
    yield "JFK", write_film("jfk", sound, place), JFK
    for name in SAYINGS:
        yield (name, *dialogue(name, place))


def add(undersong, film, genre, preset, out):
    run(undersong, "add", film, genre, "--seed", 1, "--preset", preset, "-o", out, "--json")
    return out


def speech_rows(undersong, media, judge, place):
    for name, film, speech in talking_films(media, place):
        spoken = place / f"{name}.json"
        spoken.write_text(json.dumps(speech))
        original = decode(film, place / f"{name}.original.wav", first_picture(film))
        for genre in GENRES:
            mixed = decode(add(undersong, film, genre, "keep", place / "mixed.mp4"), place / "mixed.wav")
            yield name, genre, json.loads(run(sys.executable, judge / "mix_eval.py", original, mixed, "--speech", spoken).stdout)


def meter(film):
    """Integrated loudness in LUFS and true peak in dBTP of the decoded sound, by ffmpeg."""
    said = run("ffmpeg", "-hide_banner", "-i", film, "-map", "0:a:0", "-af", "ebur128=peak=true:framelog=verbose", "-f", "null", "-").stderr
    loudness = re.findall(r"I:\s+(-?[\d.]+) LUFS", said)[-1]
    return float(loudness), float(re.findall(r"Peak:\s+(-?[\d.]+|-inf) dBFS", said)[-1])


def preset_rows(undersong, media, place):
    films = sorted(path for path in media.iterdir() if path.suffix in (".mp4", ".mov", ".mkv", ".webm", ".avi"))
    for film in films:
        measured = {preset: meter(add(undersong, film, "cinematic", preset, place / "preset.mp4")) for preset in PRESETS}
        yield film.name, measured


def speech_table(rows):
    print("| speech | genre | speech over music, LU: mean | tenth percentile | STOI | largest step, dB in 50 ms | own sound, dB | delay, ms |")
    print("|---|---|---|---|---|---|---|---|")
    for name, genre, said in rows:
        keys = ("speech_to_music_lu_mean", "speech_to_music_lu_p10", "stoi", "pumping_db_per_50ms_p99", "original_gain_db", "original_delay_ms")
        print(f"| {name} | {genre} | {' | '.join(str(said.get(key)) for key in keys)} |", flush=True)


def preset_table(rows):
    print(f"| film | {' | '.join(f'{preset} ({target})' for preset, target in PRESETS.items())} |")
    print(f"|---|{'---|' * len(PRESETS)}")
    off = total = 0
    for film, measured in rows:
        cells = []
        for preset, (loudness, peak) in measured.items():
            bad = abs(loudness - PRESETS[preset]) > 0.3 or peak > PEAK
            off, total = off + bad, total + 1
            cells.append(f"{'**' if bad else ''}{loudness:.1f}, {peak:.1f}{'**' if bad else ''}")
        print(f"| {film} | {' | '.join(cells)} |", flush=True)
    print(f"\n{total - off} of {total} lie within 0.3 LU of their target and at {PEAK} dBTP or below; others are bold.")


def main():
    undersong, media, judge, place = sys.argv[1], *map(pathlib.Path, sys.argv[2:5])
    commit = run("git", "describe", "--always", "--dirty").stdout.strip()
    print("# Mixes, measured\n")
    print(f"Made by `make mixes`, {datetime.date.today()}, at commit {commit}.\n")
    print("## Speech\n")
    print("How far speech stands over the music laid under it, with `--preset keep`, measured by a program written apart from undersong.")
    print("Asked are a mean of 12 to 16 LU, a tenth percentile of 10, a STOI of .95, steps of 2.5 dB at most, and the film's own sound")
    print("within 0.1 dB and without delay.\n")
    speech_table(speech_rows(undersong, media, judge, place))
    print("\n## Loudness\n")
    print("Integrated loudness in LUFS and true peak in dBTP of the decoded AAC, by ffmpeg's meter, for cinematic music; targets in brackets.\n")
    preset_table(preset_rows(undersong, media, place))


if __name__ == "__main__":
    os.environ["UNDERSONG_CACHE"] = "none"
    main()
