"""From a film on the client's disk to the scored film on it, over loopback: writes docs/serving-speed.md.

roundtrip.py UNDERSONG FILM REPORT [RUNS]

Every run has a server and a memory of its own, so nothing is remembered from the run before.
"""

import pathlib
import statistics
import sys
import time

import served

SENTENCE = "add background music that matches the mood of my video"
POLL = 0.02
STAGES = ("token and session", "upload", "turn, to its first event", "turn, to its last word", "export", "download")


def run(program, film):
    """Seconds of every stage of one run, the start of the server, and the bytes that came back."""
    with served.Server(program) as server:
        marks = [time.perf_counter()]
        mark = lambda: marks.append(time.perf_counter())
        client = server.client("roundtrip")
        mark()
        client.upload(film)
        mark()
        events = client.say(SENTENCE)
        assert events[-1][1].get("turnComplete") and "errorCode" not in events[-1][1], events[-1]
        marks.append(events[0][0])
        mark()
        client.export("render_1")
        while (told := client.exported("render_1"))["status"] not in ("completed", "failed"):
            time.sleep(POLL)
        assert told["status"] == "completed", told
        mark()
        scored = client.answer("GET", "/api/render/proxy/render_1/download").read()
        mark()
        assert len(scored) == told["output"]["size"], told
        return [b - a for a, b in zip(marks, marks[1:])], server.started, len(scored)


def main(program, film, report, runs="5"):
    film, machine = pathlib.Path(film), served.machine()
    told = [run(program, film) for _ in range(int(runs))]
    stages = [statistics.median(stage) for stage in zip(*(stages for stages, _, _ in told))]
    whole = [sum(stages) for stages, _, _ in told]
    lines = [
        "# How fast the server is",
        "",
        f"Made by `make roundtrip`: {film.name} ({film.stat().st_size / 1e6:.1f} MB) goes up over loopback, \"{SENTENCE}\" is said, the film is exported and comes",
        f"back ({told[-1][2] / 1e6:.1f} MB). Medians of {runs} runs, each with a server and a memory of its own. {machine}.",
        "",
        "| stage | seconds |",
        "|---|---|",
        *(f"| {name} | {seconds:.3f} |" for name, seconds in zip(STAGES, stages)),
        f"| **the whole, from the first request to the last byte** | **{statistics.median(whole):.2f}** ({min(whole):.2f} to {max(whole):.2f}) |",
        "",
        f"A server listens {statistics.median(started for _, started, _ in told) * 1000:.0f} ms after it was started.",
        "",
    ]
    pathlib.Path(report).write_text("\n".join(lines))
    print("\n".join(lines))


if __name__ == "__main__":
    main(*sys.argv[1:])
