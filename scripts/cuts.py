"""Measures the watching of films beside PySceneDetect: cuts.py UNDERSONG MEDIA JOINED REELS prints docs/watching.md."""

import datetime
import json
import os
import pathlib
import subprocess
import sys
import threading
import time

FILMS = (".mp4", ".mov", ".mkv", ".webm", ".avi")
KINDS = ("hard", "slow")
SCENEDETECT = """
import sys, json
from scenedetect import detect, AdaptiveDetector
scenes = detect(sys.argv[1], AdaptiveDetector())
def seconds(moment):
    return moment.seconds if hasattr(moment, "seconds") else moment.get_seconds()
print(json.dumps([seconds(scene[0]) for scene in scenes[1:]]))
"""


def read_labels(path):
    labels = {}
    for line in path.read_text().splitlines():
        words = line.split("#")[0].split()
        if len(words) == 5:
            labels.setdefault(words[0], []).append((words[1], *map(float, words[2:])))
    return labels


def frame_length(film):
    command = ["ffprobe", "-v", "error", "-select_streams", "v:0", "-show_entries", "stream=avg_frame_rate"]
    rate = subprocess.run([*command, "-of", "csv=p=0", film], capture_output=True, text=True, check=True).stdout.split()[0]
    over, under = rate.strip(",").split("/")
    return int(under) / int(over)


def start(film):
    """The first picture's time stamp, from which labels count and PySceneDetect may not."""
    command = ["ffprobe", "-v", "error", "-select_streams", "v:0", "-show_entries", "packet=pts_time", "-of", "csv=p=0"]
    lines = subprocess.run([*command, film], capture_output=True, text=True, check=True).stdout.split()
    return min(float(line.split(",")[0]) for line in lines if line[0].isdigit())


class Score:
    """Changes known, found, and found where there is none, by kind."""

    def __init__(self):
        self.known, self.found, self.wrong = ({kind: 0 for kind in KINDS} for _ in range(3))

    def add(self, other):
        for mine, theirs in zip((self.known, self.found, self.wrong), (other.known, other.found, other.wrong)):
            for kind in KINDS:
                mine[kind] += theirs[kind]

    def recall(self, kind):
        return self.found[kind] / self.known[kind] if self.known[kind] else None

    def precision(self, kind):
        told = self.found[kind] + self.wrong[kind]
        return self.found[kind] / told if told else None

    def text(self, kind):
        if not self.known[kind] and not self.wrong[kind]:
            return "-"
        wrong = f", {self.wrong[kind]} wrong" if self.wrong[kind] else ""
        return f"{self.found[kind]} of {self.known[kind]}{wrong}"


def judge(known, told, frame):
    """Hard cuts count within a frame, slow changes within 0.25 s of their middle; a change told as the other kind is wrong."""
    score = Score()
    for kind in KINDS:
        left = [at for what, at in told if what == kind]
        for what, middle, _, _ in known:
            if (what == "hard") != (kind == "hard"):
                continue
            score.known[kind] += 1
            near = 1.2 * frame if kind == "hard" else 0.25
            hits = [at for at in left if abs(at - middle) <= near]
            if hits:
                left.remove(min(hits, key=lambda at: abs(at - middle)))
                score.found[kind] += 1
        score.wrong[kind] += len(left)
    return score


def judge_untold(known, told, frame):
    """For a detector that tells no kinds: whatever lies within a slow change has found it, once, and is never wrong."""
    slow = [label for label in known if label[0] != "hard"]
    inside = lambda at, label: label[2] - 0.25 <= at <= label[3] + 0.25
    hard = [at for at in told if not any(inside(at, label) for label in slow)]
    score = judge(known, [("hard", at) for at in hard], frame)
    score.found["slow"] = sum(any(inside(at, label) for at in told) for label in slow)
    return score


def cost(command):
    """CPU seconds and peak memory in MB of a command and all its children."""
    peak, done = [0], threading.Event()
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)

    def look():
        while not done.wait(0.03):
            peak[0] = max(peak[0], tree_memory(child.pid))

    thread = threading.Thread(target=look)
    thread.start()
    output = child.stdout.read()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    done.set()
    thread.join()
    if child.returncode:
        sys.exit(f"{command} failed")
    return usage.ru_utime + usage.ru_stime, peak[0] / 1e6, output


def tree_memory(top):
    """Resident bytes of a process and its descendants; pages that two share count twice."""
    parents, pages = {}, {}
    for entry in pathlib.Path("/proc").iterdir():
        try:
            fields = (entry / "stat").read_text().rsplit(")", 1)[1].split()
            parents[int(entry.name)], pages[int(entry.name)] = int(fields[1]), int(fields[21])
        except (OSError, ValueError, IndexError):
            continue
    def descends(pid):
        while pid in parents and pid != top:
            pid = parents[pid]
        return pid == top
    return sum(count for pid, count in pages.items() if descends(pid)) * os.sysconf("SC_PAGE_SIZE")


class Measure:
    def __init__(self, undersong, media, joined, reels):
        self.undersong, self.media, self.joined, self.reels = undersong, media, joined, reels
        self.labels = read_labels(pathlib.Path("crates/footage/labels/media.txt"))
        for made in (joined, joined / "unseen"):
            self.labels |= read_labels(made / "joined.labels")

    def known(self, film):
        """What its label says; of another encoding of a joined film, what the recipe says."""
        return self.labels.get(film.name, self.labels.get(film.name.split(".")[0], []))

    def watched(self, film):
        output = subprocess.run([self.undersong, "watch", film, "--json"], capture_output=True, text=True, check=True).stdout
        return [("hard" if cut["kind"] == "hard" else "slow", cut["at_s"]) for cut in json.loads(output)["cuts"]]

    def added(self, film):
        """What music is composed to: `add` watches in a hurry, and its answer tells no kinds."""
        command = [self.undersong, "add", film, "calm piano", "--json", "-o", self.joined / "added.out.mp4"]
        output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        return json.loads(output)["watch"]["cuts_s"]

    def hurried(self, films):
        print("\n## The same films as `add` sees them\n")
        print("`add` may spend a fifth to a third of what `watch` may (0.6 CPU seconds, or 0.005 a second), and none on fades, and tells no kinds: judged as PySceneDetect is.\n")
        print("| film | hard cuts | dissolves and fades |\n|---|---|---|")
        sum_of = Score()
        for film in films:
            print(f"  {film.name}, added to", file=sys.stderr)
            score = judge_untold(self.known(film), self.added(film), frame_length(film))
            sum_of.add(score)
            print(f"| {film.name} | {score.text('hard')} | {score.text('slow')} |")
        print(f"\n**In a hurry** {self.total(sum_of)}.")

    @staticmethod
    def total(score):
        return "; ".join(f"{kind}: recall {show(score.recall(kind))}, precision {show(score.precision(kind))}" for kind in KINDS)

    def detected(self, film):
        # A detector that crashes has not found nothing: what it complains of is shown, and nothing is measured.
        output = subprocess.run([sys.executable, "-c", SCENEDETECT, film], stdout=subprocess.PIPE, text=True, check=True).stdout
        return json.loads(output.strip().splitlines()[-1])

    def row(self, film):
        known = self.known(film)
        frame, first = frame_length(film), start(film)
        ours = judge(known, self.watched(film), frame)
        told = self.detected(film)
        # Its clock begins at the first picture or at the container's zero: whichever serves it better.
        theirs = max((judge_untold(known, [at - shift for at in told], frame) for shift in (0.0, first)),
                     key=lambda score: score.found["hard"] + score.found["slow"])
        print(f"| {film.name} | {ours.text('hard')} | {ours.text('slow')} | {theirs.text('hard')} | {theirs.text('slow')} |")
        return ours, theirs

    def table(self, title, films):
        print(f"\n## {title}\n")
        print("| film | hard cuts | dissolves and fades | PySceneDetect, hard cuts | dissolves and fades |")
        print("|---|---|---|---|---|")
        ours, theirs = Score(), Score()
        for film in films:
            print(f"  {film.name}", file=sys.stderr)
            mine, others = self.row(film)
            ours.add(mine)
            theirs.add(others)
        print(f"\n**undersong** {self.total(ours)}. **PySceneDetect** {self.total(theirs)}.")

    def speed(self):
        print("\n## Cost\n\nCPU seconds of all processes, one run after another; times real time per core; peak memory of all processes.\n")
        print("| film | undersong watch | PySceneDetect, adaptive | ffmpeg, decoding only |\n|---|---|---|---|")
        for seconds in (120, 600):
            film = self.reels / f"reel_{seconds}.mp4"
            commands = (
                [self.undersong, "watch", film, "--json"],
                [sys.executable, "-c", SCENEDETECT, film],
                ["ffmpeg", "-nostdin", "-v", "error", "-i", film, "-map", "0:v:0", "-f", "null", "-"],
            )
            # None of them is to pay for the disk.
            film.read_bytes()
            cells = []
            for command in commands:
                spent, memory, _ = cost([str(part) for part in command])
                cells.append(f"{spent:.2f} s, {seconds / spent:.1f} x, {memory:.0f} MB")
            print(f"| {film.name} | {' | '.join(cells)} |", flush=True)


def show(value):
    return "-" if value is None else f"{value:.3f}"


def machine():
    model = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "unknown")
    version = subprocess.run(["ffmpeg", "-version"], capture_output=True, text=True, check=True).stdout.split()[2]
    detector = subprocess.run([sys.executable, "-c", "import scenedetect; print(scenedetect.__version__)"], capture_output=True, text=True, check=True).stdout
    return f"{model}, {os.cpu_count()} cores, ffmpeg {version}, PySceneDetect {detector.strip()}, {datetime.date.today()}"


def main():
    undersong, media, joined, reels = sys.argv[1], *map(pathlib.Path, sys.argv[2:5])
    measure = Measure(undersong, media, joined, reels)
    print(f"""# What the watching finds, and what it costs

What is promised, a recall and a precision of 0.95 for hard cuts and of 0.8 for dissolves and fades, holds for films that are
seen whole or nearly so: at 480p those of some minutes, at 1080p those of half a minute. Longer films are seen by samples,
and for them the figures of the reel below are what to expect. In any film a dissolve of more than about 2.5 s or into a moving
shot, and a fade of more than 4 s, may be missed.

Made by `make cuts` on {machine()}. Failures are shown. Labels are data in `crates/footage/labels`: of the test media by eye,
of joined films by their recipes. A hard cut counts within one frame, a dissolve or a fade within 0.25 s of its middle and only
if it is told as one. PySceneDetect's adaptive detector, as it comes, tells no kinds: whatever it tells within a slow change
counts as found, and never as wrong; of two clocks it may choose the better. The thresholds of undersong were set on the test media
and the joined films; those joined by chance came after. What costs more than `watch` may spend on looking (0.014 CPU seconds a
second; 4.2 for a film of 25 s) is seen by keyframes and packet sizes, and frame by frame only where these leave doubt: here the
reel, and most films for `add`.""")
    films = sorted(film for film in media.iterdir() if film.suffix in FILMS)
    measure.table("Test media", films)
    made = sorted(film for film in joined.glob("*.mp4") if ".part" not in film.name and ".out" not in film.name)
    plain, unseen = [f for f in made if f.name.count(".") == 1], sorted((joined / "unseen").glob("*.mp4"))
    measure.table("Joined films as x264 makes them, at 480p to 720p", plain)
    measure.table("Films joined by chance, not seen before", unseen)
    measure.table("The same in other groups of pictures", [f for f in made if f.name.count(".") == 2 and "1080p" not in f.name])
    large = [f for f in made if "1080p" in f.name]
    measure.table("The same at 1080p", large)
    measure.table("Two minutes at 1080p, of which a fiftieth is seen", [reels / "reel_120.mp4"])
    measure.hurried(plain + unseen + large + [reels / "reel_120.mp4"])
    measure.speed()


main()
