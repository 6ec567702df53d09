"""What the server holds: open streams, state reads beside renders, large uploads. Writes docs/load.md.

load.py UNDERSONG FILM LONG_FILM REPORT

FILM is short, and goes into many sessions; LONG_FILM is rendered while others read. Needs wrk. Everything runs on loopback, and every
part for a bounded time.
"""

import concurrent.futures
import os
import pathlib
import selectors
import socket
import subprocess
import sys
import tempfile
import threading
import time

import served

STREAMS, RUNS, HOLD = 1000, 250, 25.0
READERS, CONNECTIONS, SECONDS = 64, 16, 20
UPLOADS, MEGABYTES = 32, 500
OPEN = "[limit]\nrequests_per_minute = 100000000\n[export]\nat_once = 2\n"


def black_hole():
    """The address of a language model that never answers, so that runs go on until nobody measures any more."""
    door = socket.create_server(("127.0.0.1", 0), backlog=64)
    kept = []

    def take():
        while True:
            kept.append(door.accept()[0])

    threading.Thread(target=take, daemon=True).start()
    return f"http://127.0.0.1:{door.getsockname()[1]}/v1"


def stream(client, number):
    """An open stream of a client's run: the first begins it, the others go on with it."""
    after = "" if number == 0 else "Last-Event-ID: 0\r\n"
    body = b'{"session_id":"%s","new_message":{"parts":[{"text":"add music"}]}}' % client.session.encode()
    # By HTTP/1.0 a stream that ends ends its connection, too.
    head = f"POST /run_sse HTTP/1.0\r\nHost: a\r\nAuthorization: Bearer {client.token}\r\n{after}Content-Length: {len(body)}\r\n\r\n"
    connection = socket.create_connection((client.server.host, client.server.port))
    connection.sendall(head.encode() + body)
    return connection


def heartbeats(connections, seconds):
    """How many signs of life came on each connection in this time; streams that ended are an error."""
    beats = dict.fromkeys(connections, 0)
    chosen, end = selectors.DefaultSelector(), time.monotonic() + seconds
    for connection in connections:
        connection.setblocking(False)
        chosen.register(connection, selectors.EVENT_READ)
    while (left := end - time.monotonic()) > 0:
        for key, _ in chosen.select(left):
            told = key.fileobj.recv(65536)
            assert told and not (told.startswith(b"HTTP") and b" 200 " not in told[:20]), told
            beats[key.fileobj] += told.count(b": heartbeat")
    return list(beats.values())


def open_streams(program, film):
    model = {"UNDERSONG_LLM_MODEL": "openai::slow", "UNDERSONG_LLM_URL": black_hole(), "UNDERSONG_LLM_KEY": "none"}
    model |= {"UNDERSONG_LLM_WHEN": "always", "UNDERSONG_LLM_SECONDS": "600"}
    with served.Server(program, OPEN, model) as server:
        start = server.memory()
        clients = [server.client(f"stream-{number}") for number in range(RUNS)]
        for client in clients:
            client.upload(film)
        time.sleep(5)
        rest = server.memory()
        connections = []
        for number in range(STREAMS // RUNS):
            opened = [stream(client, number) for client in clients]
            for connection in opened:
                # Nobody can follow a run that has not begun.
                connection.recv(1, socket.MSG_PEEK)
            connections += opened
        time.sleep(2)
        before = server.seconds_of_cpu()
        with served.Watch(server) as watch:
            beats = heartbeats(connections, HOLD)
        cpu = (server.seconds_of_cpu() - before) / HOLD
        assert len(connections) == STREAMS and min(beats) > 0, "not every stream is alive"
        return start, rest, watch.most, min(beats), cpu


def state_reads(program, film, long_film):
    with served.Server(program, OPEN) as server:
        clients = [server.client(f"reader-{number}") for number in range(READERS)]
        for client in clients:
            client.upload(film)
            client.say("add calm piano music and the title 'Urban Dreams'")
        makers = [server.client(f"maker-{number}") for number in range(2)]
        for maker in makers:
            maker.upload(long_film)
        time.sleep(2)
        with tempfile.NamedTemporaryFile("w") as listed:
            listed.writelines(f"{client.session} {client.token}\n" for client in clients)
            listed.flush()
            idle = wrk(server, listed.name, SECONDS // 2)
            for maker in makers:
                maker.export("render_1", {"resolution": "720p"})
            while any(maker.exported("render_1")["status"] == "pending" for maker in makers):
                time.sleep(0.1)
            time.sleep(3)
            busy = wrk(server, listed.name, SECONDS)
        states = [maker.exported("render_1")["status"] for maker in makers]
        size = len(clients[0].answer("GET", f"/api/state/{served.APP}/me/{clients[0].session}/latest").read())
        assert states == ["processing"] * 2, f"the renders ended too early: {states}"
        return idle, busy, size


def wrk(server, sessions, seconds):
    words = ["wrk", "-t2", f"-c{CONNECTIONS}", f"-d{seconds}s", "-s", pathlib.Path(__file__).with_name("load.lua")]
    words.append(f"http://{server.host}:{server.port}")
    told = subprocess.run(words, capture_output=True, text=True, check=True, env=os.environ | {"SESSIONS": sessions}).stdout
    line = next(line for line in told.splitlines() if line.startswith("TOLD "))
    requests, duration, half, p99, most, wrong = (float(word) for word in line.split()[1:])
    assert wrong == 0, told
    return requests / duration * 1e6, half, p99, most


def recording(path):
    """A WAV file of silence, exactly as large as the largest that is taken."""
    size = MEGABYTES * 1_000_000
    head = b"RIFF" + (size - 8).to_bytes(4, "little") + b"WAVEfmt " + (16).to_bytes(4, "little")
    head += b"\1\0\2\0" + (48000).to_bytes(4, "little") + (192000).to_bytes(4, "little") + b"\4\0\x10\0data" + (size - 44).to_bytes(4, "little")
    path.write_bytes(head)
    os.truncate(path, size)


def send(client, path):
    """Uploads a file without reading it; what the server said of it."""
    head = b'--cut\r\nContent-Disposition: form-data; name="files"; filename="long.wav"\r\n\r\n'
    tail, size = b"\r\n--cut--\r\n", path.stat().st_size
    ask = f"POST /api/upload-video/{served.APP}/me/{client.session} HTTP/1.0\r\nHost: a\r\nAuthorization: Bearer {client.token}\r\n"
    ask += f"Content-Type: multipart/form-data; boundary=cut\r\nContent-Length: {len(head) + size + len(tail)}\r\n\r\n"
    with socket.create_connection((client.server.host, client.server.port)) as connection, open(path, "rb") as film:
        connection.sendall(ask.encode() + head)
        connection.sendfile(film)
        connection.sendall(tail)
        told = b"".join(iter(lambda: connection.recv(65536), b""))
    assert b" 200 " in told[:20], told
    return told


def uploads(program):
    with served.Server(program, OPEN) as server, tempfile.TemporaryDirectory(dir=os.environ.get("PLACE")) as place:
        film = pathlib.Path(place) / "long.wav"
        recording(film)
        clients = [server.client(f"upload-{number}") for number in range(UPLOADS)]
        rest, began = server.memory(), time.monotonic()
        with concurrent.futures.ThreadPoolExecutor(UPLOADS) as threads, served.Watch(server) as watch:
            list(threads.map(lambda client: send(client, film), clients))
        return rest, watch.most, server.memory("VmHWM"), time.monotonic() - began


def main(program, film, long_film, report):
    film, long_film, machine = pathlib.Path(film), pathlib.Path(long_film), served.machine()
    start, rest, most, beats, cpu = open_streams(program, film)
    print(f"streams: {start:.0f} {rest:.0f} {most:.0f} MB, {beats} beats, {cpu:.2f} cores", flush=True)
    idle, busy, size = state_reads(program, film, long_film)
    print(f"reads: {idle} {busy}", flush=True)
    before, during, peak, seconds = uploads(program)
    lines = [
        "# What the server holds",
        "",
        f"Made by `make load` in one run. {machine}. Who asks, wrk and ffmpeg have the same cores as the server. Memory is the server's own,",
        "resident, in MB of 10^6 bytes.",
        "",
        "| what | promised | measured |",
        "|---|---|---|",
        f"| {STREAMS:,} open streams of {RUNS} runs for {HOLD:.0f} s, above rest | under 60 MB | {most - rest:.0f} MB ({rest:.0f} to {most:.0f}; {start:.0f} at the start) |",
        f"| what they cost | | {cpu:.2f} cores; at least {beats} signs of life on each |",
        f"| state reads, nothing else going on | | {idle[0]:,.0f}/s; half in {idle[1]:.1f} ms, 99 of 100 in {idle[2]:.1f} ms |",
        f"| state reads while two films are rendered | 2,000/s, 99 of 100 in 50 ms | {busy[0]:,.0f}/s; half in {busy[1]:.1f} ms, 99 of 100 in {busy[2]:.1f} ms, the slowest {busy[3]:.0f} ms |",
        f"| {UPLOADS} uploads of {MEGABYTES} MB at once | under 256 MB | {peak:.0f} MB at most, {before:.0f} before; {UPLOADS * MEGABYTES / seconds:,.0f} MB/s |",
        "",
        f"State reads: {CONNECTIONS} connections for {SECONDS} s over {READERS} sessions of as many accounts, each with a film, music and a title; an answer has {size:,} bytes.",
        f"Streams: {RUNS} runs that wait for a language model which never answers, each followed by {STREAMS // RUNS} streams.",
        "Uploads: WAV files, each in a session of its own, hashed, flushed, opened and kept before they are answered.",
        "",
    ]
    pathlib.Path(report).write_text("\n".join(lines))
    print("\n".join(lines))


if __name__ == "__main__":
    main(*sys.argv[1:])
