"""Balance and width of every genre: a minute in three seeds each, by the judge's own figures, as a document.

balance.py UNDERSONG JUDGE PLACE [GENRE ...]
"""
import concurrent.futures
import json
import os
import subprocess
import sys

program, judge, place, *only = sys.argv[1:]
sys.path.insert(0, judge)
from audio_metrics import load_audio, spectrum, stereo  # noqa: E402

SEEDS = (1, 2, 3)
# Bands of released game music; nearer to the curve than 3 dB is as good.
BANDS = {
    "octave bands, mean deviation, dB": (0, 5),
    "left and right, correlation": (0.4, 0.9),
    "side to mid, dB": (-14, -4),
}


def measure(cue):
    genre, seed = cue
    path = f"{place}/{genre}.{seed}.wav"
    asked = [program, "compose", "--length", "60", "--genre", genre, "--seed", str(seed), "-o", path]
    subprocess.run(asked, check=True, stdin=subprocess.DEVNULL, capture_output=True)
    sound, rate = load_audio(path)
    os.unlink(path)
    place_of = stereo(sound)
    found = (spectrum(sound.mean(1), rate)["spectral_balance_mad_db"], place_of["lr_correlation"], place_of["side_to_mid_db"])
    print(genre, seed, *found, file=sys.stderr)
    return cue, found


def inside(value, band):
    return band[0] <= value <= band[1]


def cell(value, band):
    return f"{value}" if inside(value, band) else f"**{value}**"


listed = json.loads(subprocess.run([program, "genres", "--json"], check=True, capture_output=True).stdout)
genres = only or [genre["id"] for genre in listed["genres"]]
with concurrent.futures.ThreadPoolExecutor(2) as pool:
    found = dict(pool.map(measure, [(genre, seed) for genre in genres for seed in SEEDS]))
bands = list(BANDS.values())
print("| what | band | cues inside |\n|---|---|---|")
for row, (name, band) in enumerate(BANDS.items()):
    good = sum(inside(values[row], band) for values in found.values())
    print(f"| {name} | {band[0]} to {band[1]} | {good} of {len(found)} ({100 * good / len(found):.0f} %) |")
whole = sum(all(inside(value, band) for value, band in zip(values, bands)) for values in found.values())
print(f"| all three | | {whole} of {len(found)} ({100 * whole / len(found):.0f} %) |")
near = sum(values[0] < 3 for values in found.values())
print(f"\nOf the {len(found)} cues {near} lie nearer to the curve than 3 dB, where released music begins.")
print("\n| genre | deviation, dB | correlation | side to mid, dB |\n|---|---|---|---|")
for genre in genres:
    columns = [", ".join(cell(found[genre, seed][row], bands[row]) for seed in SEEDS) for row in range(3)]
    print(f"| {genre} | {' | '.join(columns)} |")
