"""Joins films from the test media at known places, and writes where their shots change.

join.py RECIPES MEDIA OUT [NAME...]: makes OUT/NAME.mp4 for each film of the recipes (see crates/footage/labels/joined.txt)
and OUT/joined.labels, one line for each change: film, kind, middle, first and last moment in seconds.
"""

import pathlib
import subprocess
import sys


def films(text):
    """The recipes: name, size, rate and steps of each film."""
    found = []
    for line in text.splitlines():
        words = line.split("#")[0].split()
        if words[:1] == ["film"]:
            found.append({"name": words[1], "size": words[2], "rate": int(words[3]), "steps": []})
        elif words:
            found[-1]["steps"].append(words)
    return found


class Joint:
    """A filter graph that grows shot by shot; counts frames as it does."""

    def __init__(self, film, media):
        self.film, self.media = film, media
        self.inputs, self.graph, self.labels = [], [], []
        self.rate = film["rate"]
        self.length = 0
        self.shots = 0
        self.pending = None
        self.last = None

    def steps(self):
        steps = self.film["steps"]
        for index, words in enumerate(steps):
            following = steps[index + 1] if index + 1 < len(steps) else [""]
            if words[0] in ("cut", "dissolve", "fade"):
                self.pending = [words[0], *map(int, words[1:])]
                if index + 1 == len(steps):
                    self.end()
            elif words[0] != "flash":
                self.shot(words, int(following[1]) if following[0] == "flash" else None)

    def shot(self, words, flash):
        file, start, frames = words[0], words[1], int(words[2])
        width, height = self.film["size"].split("x")
        number = self.shots
        self.shots += 1
        self.inputs += ["-ss", start, "-i", str(self.media / file)]
        chain = [
            f"fps={self.rate}",
            f"scale={width}:{height}:force_original_aspect_ratio=increase:out_range=tv:out_color_matrix=bt709",
            f"crop={width}:{height},setsar=1,format=yuv420p",
            f"tpad=stop=-1:stop_mode=clone,trim=end_frame={frames},setpts=N/({self.rate}*TB)",
        ]
        if flash is not None:
            chain.append(f"drawbox=c=white:t=fill:enable='between(n,{flash},{flash + 1})'")
        kind, *sizes = self.pending or ["start"]
        if kind == "fade" and sizes[2]:
            chain.append(f"fade=in:start_frame=0:nb_frames={sizes[2]}")
        self.graph.append(f"[{number}:v:0]{','.join(chain)},settb=1/{self.rate}[s{number}]")
        self.join(f"[s{number}]", frames, kind, sizes)
        self.pending = None

    def join(self, shot, frames, kind, sizes):
        if kind == "start":
            self.last, self.length = shot, frames
        elif kind == "fade" and self.last is None:
            self.label("fade", sizes[1], sizes[1] + sizes[2])
            self.concat([*self.black(sizes[1]), shot], sizes[1] + frames)
        elif kind == "cut":
            self.label("hard", self.length, self.length)
            self.concat([self.last, shot], frames)
        elif kind == "dissolve":
            begin = self.length - sizes[0]
            self.label("dissolve", begin, self.length)
            times = f"duration={sizes[0] / self.rate}:offset={begin / self.rate}"
            self.name(f"{self.last}{shot}xfade=transition=fade:{times}", frames - sizes[0])
        else:
            self.fade_out(sizes, [shot], frames)

    def fade_out(self, sizes, shots, frames):
        out, black, come = sizes
        begin, dark = self.length - out, self.length + black
        if come and black < self.rate / 2:
            self.label("fade", begin, dark + come, (self.length + dark) / 2)
        else:
            self.label("fade", begin, self.length)
            if come:
                self.label("fade", dark, dark + come)
        self.name(f"{self.last}fade=out:start_frame={begin}:nb_frames={out}", 0)
        self.concat([self.last, *self.black(black), *shots], black + frames)

    def black(self, frames):
        if not frames:
            return []
        name = f"[b{len(self.graph)}]"
        source = f"color=black:size={self.film['size']}:rate={self.rate},format=yuv420p,setsar=1"
        self.graph.append(f"{source},trim=end_frame={frames},settb=1/{self.rate}{name}")
        return [name]

    def end(self):
        self.fade_out(self.pending[1:], [], 0)

    def concat(self, parts, frames):
        again = f"settb=1/{self.rate},setpts=N"
        self.name(f"{''.join(parts)}concat=n={len(parts)},{again}" if len(parts) > 1 else f"{parts[0]}{again}", frames)

    def name(self, filters, frames):
        self.last = f"[j{len(self.graph)}]"
        self.graph.append(f"{filters}{self.last}")
        self.length += frames

    def label(self, kind, first, last, middle=None):
        middle = (first + last) / 2 if middle is None else middle
        moments = " ".join(f"{frame / self.rate:.4f}" for frame in (middle, first, last))
        self.labels.append(f"{self.film['name']} {kind} {moments}")

    def make(self, out):
        """Makes the film; fails where it has not as many frames as the labels suppose."""
        ffmpeg = ["ffmpeg", "-nostdin", "-v", "error", "-y", *self.inputs, "-filter_complex", ";".join(self.graph)]
        encoder = ["-c:v", "libx264", "-preset", "veryfast", "-crf", "21", "-an", "-fps_mode", "passthrough"]
        subprocess.run([*ffmpeg, "-map", self.last, *encoder, str(out)], check=True)
        count = ["ffprobe", "-v", "error", "-count_packets", "-show_entries", "stream=nb_read_packets", "-of", "csv=p=0"]
        frames = int(subprocess.run([*count, str(out)], check=True, capture_output=True, text=True).stdout)
        if frames != self.length:
            sys.exit(f"{out.name} has {frames} frames instead of {self.length}")


def main():
    recipes, media, out = map(pathlib.Path, sys.argv[1:4])
    out.mkdir(parents=True, exist_ok=True)
    labels = []
    for film in films(recipes.read_text()):
        if sys.argv[4:] and film["name"] not in sys.argv[4:]:
            continue
        joint = Joint(film, media)
        joint.steps()
        labels += joint.labels
        path = out / f"{film['name']}.mp4"
        if not path.exists():
            joint.make(path.with_suffix(".part.mp4"))
            path.with_suffix(".part.mp4").rename(path)
    (out / "joined.labels").write_text("\n".join(labels) + "\n")


main()
