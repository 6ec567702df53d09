"""A server of ours for measuring: started in a folder of its own, asked over loopback, its memory read from /proc."""

import http.client
import json
import os
import pathlib
import re
import signal
import subprocess
import tempfile
import threading
import time

APP = "nemo_agent"


class Server:
    """A server that ends with its block."""

    def __init__(self, program, settings="", environment=None):
        self.place = tempfile.TemporaryDirectory(prefix="undersong-measure-", dir=os.environ.get("PLACE"))
        folder = pathlib.Path(self.place.name)
        (folder / "settings.toml").write_text(settings)
        (folder / "tmp").mkdir()
        self.log = open(folder / "log", "wb")
        words = [program, "serve", "--listen", "127.0.0.1:0", "--config", folder / "settings.toml", "--data", folder / "kept"]
        own = {"TMPDIR": str(folder / "tmp"), "UNDERSONG_CACHE": str(folder / "memory")} | (environment or {})
        began = time.perf_counter()
        self.child = subprocess.Popen(words, env=os.environ | own, stdout=subprocess.PIPE, stderr=self.log)
        line = self.child.stdout.readline().decode()
        self.started = time.perf_counter() - began
        if not line.startswith("Listening on http://"):
            raise SystemExit(f"the server did not start: {(folder / 'log').read_text()}")
        self.host, port = line.split("//")[1].strip().rsplit(":", 1)
        self.port = int(port)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.child.send_signal(signal.SIGKILL)
        self.child.wait()
        self.log.close()
        self.place.cleanup()

    def memory(self, what="VmRSS"):
        """Megabytes (10^6) of the server itself: now (VmRSS), or the most until now (VmHWM)."""
        told = pathlib.Path(f"/proc/{self.child.pid}/status").read_text()
        return int(re.search(rf"{what}:\s+(\d+) kB", told)[1]) * 1024 / 1e6

    def seconds_of_cpu(self):
        """User and system time of the server itself until now."""
        fields = pathlib.Path(f"/proc/{self.child.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def client(self, name):
        return Client(self, name)


class Client:
    """Somebody with a token and a session."""

    def __init__(self, server, name):
        self.server, self.token = server, None
        self.token = self.ask("POST", "/api/auth/anonymous-token", headers={"X-Client-Id": name})["token"]
        self.session = self.ask("POST", f"/api/tasks/me/with-session/{APP}", {"task_name": name})["session_id"]

    def headers(self):
        own = {"X-Skill-Source": "measure", "X-Skill-Version": "1", "X-Skill-Platform": "terminal"}
        return own | ({"Authorization": f"Bearer {self.token}"} if self.token else {})

    def answer(self, method, path, body=None, headers=None):
        """The connection's answer, not read yet."""
        connection = http.client.HTTPConnection(self.server.host, self.server.port, timeout=600)
        body = json.dumps(body) if isinstance(body, (dict, list)) else body
        connection.request(method, path, body, self.headers() | (headers or {}))
        told = connection.getresponse()
        if told.status != 200:
            raise SystemExit(f"{method} {path}: {told.status} {told.read().decode()}")
        return told

    def ask(self, method, path, body=None, headers=None):
        return json.loads(self.answer(method, path, body, headers).read())

    def upload(self, film):
        head = f'--cut\r\nContent-Disposition: form-data; name="files"; filename="{film.name}"\r\n\r\n'.encode()
        body = head + film.read_bytes() + b"\r\n--cut--\r\n"
        kind = {"Content-Type": "multipart/form-data; boundary=cut"}
        return self.ask("POST", f"/api/upload-video/{APP}/me/{self.session}", body, kind)["files"][0]

    def message(self, words):
        return {"session_id": self.session, "new_message": {"role": "user", "parts": [{"text": words}]}}

    def say(self, words):
        """The events of a run, each with the time at which it came."""
        told = []
        for line in self.answer("POST", "/run_sse", self.message(words)):
            if line.startswith(b"data: "):
                told.append((time.perf_counter(), json.loads(line[6:])))
        return told

    def export(self, name, output=None):
        wish = {"id": name, "sessionId": self.session, "output": output or {"format": "mp4", "quality": "high"}}
        return self.ask("POST", "/api/render/proxy/lambda", wish)

    def exported(self, name):
        return self.ask("GET", f"/api/render/proxy/lambda/{name}")


class Watch(threading.Thread):
    """Looks at the server's memory all the time; the most of it afterwards."""

    def __init__(self, server):
        super().__init__(daemon=True)
        self.server, self.most, self.over = server, 0.0, threading.Event()

    def run(self):
        while not self.over.wait(0.05):
            self.most = max(self.most, self.server.memory())

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        self.join()


def machine():
    model = re.search(r"model name\s*: (.*)", pathlib.Path("/proc/cpuinfo").read_text())
    ffmpeg = subprocess.run(["ffmpeg", "-version"], capture_output=True, check=True).stdout.split()[2].decode()
    load = os.getloadavg()[0]
    name = model[1] if model else "an unnamed processor"
    # Where others use the cores, a run before all of them shows what idle cores would; it is told.
    first = os.sched_getscheduler(0) in (os.SCHED_RR, os.SCHED_FIFO)
    beside = f"load average at the beginning {load:.1f}" + (", all of this before everybody else (real-time priority)" if first else "")
    return f"{name}, {os.cpu_count()} cores, ffmpeg {ffmpeg}, {time.strftime('%Y-%m-%d')}; {beside}"
