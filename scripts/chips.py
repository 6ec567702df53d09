"""Authentic chip music against another console: chips.py UNDERSONG JUDGE PLACE prints docs/chips.md.

The other console is libgme, which ffmpeg runs. It plays our NSF; its spectrogram is held against that of our WAV, and so are
those of music without noise and of single channels, made by striking the volumes of the others from the log in the NSF.
"""

import datetime
import json
import pathlib
import subprocess
import sys

import numpy
import soundfile

program, judge, place = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
SEEDS = range(1, 9)
# Following the pitch takes a minute of work for some seconds of sound: so many seeds, and this stretch of them.
HISSES = (1, 2)
STRETCH = slice(12 * 48_000, 18 * 48_000)
SECONDS = 30
RATE = 48_000
# libgme counts samples in 65536ths of a clock: at this rate its clock is right, at 44100 Hz it is 111 ppm slow.
TRUE_RATE = "48010"
SIZE, HOP = 2048, 512
BINS = slice(int(numpy.ceil(50 * SIZE / RATE)), int(numpy.ceil(14_000 * SIZE / RATE)))
# The log in our NSF begins behind the header and the bank of the player.
LOG = 128 + 4096
# Registers of volumes, and that of switches; the bits that are left of them where a channel is silent.
FIRST, SECOND, NOISE, TRIANGLE = {0x00: 0xF0}, {0x04: 0xF0}, {0x0C: 0xF0}, {0x15: 0x0B}
CHANNELS = ("pulse-1", "pulse-2", "triangle", "noise")
PULSE_ROLES = {"pulse-1": "pulse1", "pulse-2": "pulse2"}


def run(*words):
    return subprocess.run([str(word) for word in words], check=True, stdin=subprocess.DEVNULL, capture_output=True).stdout


def silenced(nsf, registers):
    """The bytes of an NSF in which of these registers only some bits are written."""
    log, at = bytearray(nsf), LOG
    while log[at]:
        head, at = log[at], at + 1
        if head & 0x80:
            continue
        for _ in range(head):
            if log[at] in registers:
                log[at + 1] &= registers[log[at]]
            at += 2
    return bytes(log)


def theirs(nsf, name):
    file, sound = place / f"{name}.nsf", place / f"{name}.gme.wav"
    file.write_bytes(nsf)
    run("ffmpeg", "-nostdin", "-v", "error", "-y", "-sample_rate", TRUE_RATE, "-i", file, "-t", SECONDS, "-ac", 1, "-ar", RATE,
        "-c:a", "pcm_f32le", sound)
    return load(sound)


def load(file):
    return soundfile.read(file, always_2d=True)[0].mean(1)


def magnitudes(sound):
    frames = numpy.lib.stride_tricks.sliding_window_view(sound, SIZE)[::HOP]
    return numpy.abs(numpy.fft.rfft(frames * numpy.hanning(SIZE + 1)[:-1], axis=1))[:, BINS]


def correlation(ours, other):
    return float(numpy.corrcoef(ours.ravel(), other.ravel())[0, 1])


def evened(ours, other):
    """The other with the energy that every third of an octave has in ours."""
    index = numpy.arange(BINS.start, BINS.stop)
    third = (3 * numpy.log2(index / BINS.start)).astype(int)
    other = other.copy()
    for group in range(third.max() + 1):
        own = third == group
        if own.any():
            other[:, own] *= numpy.sqrt((ours[:, own] ** 2).sum() / max((other[:, own] ** 2).sum(), 1e-12))
    return other


def lag(ours, other):
    """Samples by which the other begins later, by the first seconds; 100 ms at most."""
    some = SIZE + 120 * HOP

    def likeness(by):
        return correlation(magnitudes(ours[max(0, -by):][:some]), magnitudes(other[max(0, by):][:some]))

    best = max(range(-4800, 4801, 480), key=likeness)
    best = max(range(best - 480, best + 481, 48), key=likeness)
    return max(range(best - 48, best + 49, 8), key=likeness)


def compared(ours, other, by):
    ours, other = ours[max(0, -by):], other[max(0, by):]
    count = min(len(ours), len(other))
    ours, other = magnitudes(ours[:count]), magnitudes(other[:count])
    return correlation(ours, other), correlation(ours, evened(ours, other))


def asked(genre):
    """Whether a genre can be played by the console alone: then an NSF can be had."""
    told = subprocess.run([program, "compose", "--length", "4", "--genre", genre, "--authentic", "--nsf", place / "may.nsf"],
                          stdin=subprocess.DEVNULL, capture_output=True)
    return told.returncode == 0


def judged(*words):
    return json.loads(run(sys.executable, f"{judge}/chip_eval.py", *words))


def hiss(files):
    """What the judge finds off the harmonics of each pulse in a stretch of its sound, in dB."""
    words = []
    for name, file in files.items():
        short = file.with_suffix(".short.wav")
        soundfile.write(short, load(file)[STRETCH], RATE)
        words += ["--stem", f"{PULSE_ROLES[name]}={short}"]
    return [stem["inharmonic_hf_share_db"] for stem in judged(*words)["stems"]]


def measure(genre, seed):
    cue = f"{genre}.{seed}"
    base = place / cue
    run(program, "compose", "--length", SECONDS, "--genre", genre, "--authentic", "--seed", seed, "-o", f"{base}.wav",
        "--nsf", f"{base}.nsf", "--midi", f"{base}.mid", "--stems", f"{base}.stems")
    nsf = (place / f"{cue}.nsf").read_bytes()
    ours, other = load(f"{base}.wav"), theirs(nsf, cue)
    by = lag(ours, other)
    plain, even = compared(ours, other, by)
    stems = {name: place / f"{cue}.stems" / f"{name}.wav" for name in CHANNELS}
    stems = {name: file for name, file in stems.items() if file.exists()}
    straight = sum(load(file) for name, file in stems.items() if name != "noise")
    quiet = compared(straight, theirs(silenced(nsf, NOISE), f"{cue}.quiet"), by)[0]
    figures = judged("--midi", f"{base}.mid")
    row = [plain, even, quiet, figures["max_voices"], max(figures["max_voices_per_track"]), figures["onsets_on_frame_tick_share"]]
    if seed in HISSES:
        row += hisses(nsf, cue, stems)
    print(genre, seed, *row, file=sys.stderr, flush=True)
    return row


def hisses(nsf, cue, stems):
    """Ours and libgme's for both pulses."""
    others = NOISE | TRIANGLE
    alone = {"pulse-1": SECOND | others, "pulse-2": FIRST | others}
    solo = {}
    for name, silent in alone.items():
        theirs(silenced(nsf, silent), f"{cue}.{name}")
        solo[name] = place / f"{cue}.{name}.gme.wav"
    ours, other = hiss({name: stems[name] for name in PULSE_ROLES}), hiss(solo)
    return [value for pair in zip(ours, other) for value in pair]


def main():
    genres = [genre["id"] for genre in json.loads(run(program, "genres", "--json"))["genres"]]
    genres = [genre for genre in genres if asked(genre)]
    commit = run("git", "describe", "--always", "--dirty").decode().strip()
    rows = {(genre, seed): measure(genre, seed) for genre in genres for seed in SEEDS}
    print(TEXT.format(date=datetime.date.today(), commit=commit, seconds=SECONDS, genres=", ".join(genres)))
    for (genre, seed), row in rows.items():
        plain, even, quiet, voices, track, ticks, *_ = row
        print(f"| {genre} {seed} | {plain:.4f} | {even:.4f} | {quiet:.4f} | {voices} | {track} | {ticks} |")
    plains = [row[0] for row in rows.values()]
    good = sum(plain >= 0.97 for plain in plains)
    print(f"\n{good} of {len(plains)} correlate by .97 or more; the least is {min(plains):.4f}.\n")
    print("| off the harmonics above 5 kHz, dB | pulse 1 | libgme's | pulse 2 | libgme's |\n|---|---|---|---|---|")
    for (genre, seed), row in rows.items():
        if len(row) > 6:
            print(f"| {genre} {seed} | {' | '.join(str(value) for value in row[6:])} |")


TEXT = """# Authentic chip music, measured

Made by `make chips`, {date}, at commit {commit}: {seconds} s of every genre that the console's chip can play ({genres}), composed with
`--authentic`. The NSF is played by libgme, which ffmpeg runs, and its spectrogram (magnitudes of 2048 samples, 50 Hz to 14 kHz)
is held against that of our WAV by Pearson's correlation: as it is, with the balance of thirds of an octave evened out, and of
the music without noise, our channels added up straight as libgme adds them. The rest is what the judge's chip_eval.py says of the
MIDI file and of the stems.

What keeps the correlation below 1:

- **The noise.** On the console its shift register runs while it is silent; libgme lets it stand, and what is heard then is another
  stretch of the same noise. Two runs of one piece that differ in nothing else correlate by .986. Ours is the console's.
- **The triangle.** On the console its timer runs while the channel is off; libgme stops it, and after a rest the two stood apart
  by some of a step, more with every rest. The log now rests with a quick timer, so that a note goes on within a write (89 clocks)
  on both. Where the falling skin of a drum rewrites both halves of the timer, the step that begins between them still differs.
- **The lows.** The console's output has a high-pass (37 Hz on the Famicom); now ours has it, too.
- **The mixers** bend on the console; libgme's are straight. The sample channel rests where that makes little difference.

The judge's `inharmonic_hf_share_db` is no aliasing: it follows the pitch in windows of 170 ms, in which an arpeggio has gone through
five keys, and counts as inharmonic what belongs to the other four. libgme's own rendering of the same channel has the same figure
(last table: seconds 12 to 18). What truly lies off the harmonics is measured on steady tones: 70 to 72 dB below them, for pulses
up to key 96 and the triangle (`synth`, `what_lies_off_the_harmonics_is_45_db_below_them`).

| cue | correlation | evened | without noise | keys down at once | on one track | onsets on a picture |
|---|---|---|---|---|---|---|"""

main()
