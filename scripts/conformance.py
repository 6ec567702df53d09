"""The served API against its own document.

conformance.py UNDERSONG SCHEMATHESIS PLACE SECONDS [SEED]

Starts the server in a folder of its own, makes an account with a film and an export, and has schemathesis send whatever the
document allows and forbids for SECONDS, with what the account has among it. Ends with another code than 0 if anything is
answered as the document does not say. PLACE/log is the server's.
"""

import base64
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import urllib.request

# Left out: bodies are read leniently, as clients of the wire need it; what has another type than described may be taken.
LEFT_OUT = "negative_data_rejection"
# What may be well written and is refused all the same, beside the usual: 401, 403, 404, 409, 429.
REFUSED = {
    "register": ["400"],  # an address that somebody has
    "upload": ["400", "413", "415", "422", "502"],  # what is no film, addresses that give none, forms whose fields have no proper names
    "sendRegisterPage": ["400", "401"],  # what is no address, no password, no proof
    "beginUpload": ["400", "413"],  # metadata that is not in base64, larger than may be
    "goOnUploading": ["400", "415", "422"],  # more than was told, what is no film
    "export": ["400", "402"],  # a session without a film, a draft of things that are not there; no word where it comes from
    "makeWebhook": ["422"],  # addresses that are none
    "readFile": ["416"],  # parts beyond the end
    "downloadExport": ["416"],
    "downloadExportLong": ["416"],
}
# How bodies are written that are nothing but bytes.
HOOKS = pathlib.Path(__file__).resolve().parent / "conformance_hooks.py"
ATTRIBUTION = {f"X-Skill-{what}": "conformance" for what in ("Source", "Version", "Platform")}
USUAL = ["2xx", "3xx", "401", "403", "404", "409", "429"]
# A film nobody wants, to be made at once.
FILM = ["-f", "lavfi", "-i", "testsrc2=s=128x72:r=10:d=1", "-pix_fmt", "yuv420p", "-c:v", "libx264", "-preset", "ultrafast"]


def metadata(session):
    """What is told of an upload beside its length."""
    coded = [base64.b64encode(word.encode()).decode() for word in ("film.mp4", session)]
    return f"filename {coded[0]},session_id {coded[1]}"


class Client:
    """Somebody who asks the server."""

    def __init__(self, base):
        self.base, self.token = base, None

    def ask(self, path, body=None, kind="application/json", headers=None):
        headers = {"Content-Type": kind, **ATTRIBUTION, **(headers or {})}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        raw = body if isinstance(body, bytes) else None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.base + path, data=raw, headers=headers)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)

    def upload(self, session):
        """Begins an upload of nine bytes; gives its number."""
        headers = {"Authorization": f"Bearer {self.token}", "Upload-Length": "9", "Upload-Metadata": metadata(session)}
        request = urllib.request.Request(self.base + "/files", data=b"", headers=headers)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.headers["Location"].rsplit("/", 1)[1]

    def session(self):
        return self.ask("/api/tasks/me/with-session/nemo_agent", {})["session_id"]


def furnished(base, place):
    """A client with one of everything, and what it has by the name of its place in requests."""
    client = Client(base)
    made = client.ask("/api/auth/anonymous-token", b"", headers={"X-Client-Id": "conformance"})
    client.token = made["token"]
    session = client.session()
    film = place / "film.mp4"
    subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-y", *FILM, film], check=True)
    edge = "edge-of-a-part"
    part = f'--{edge}\r\nContent-Disposition: form-data; name="files"; filename="film.mp4"\r\n\r\n'.encode()
    form = part + film.read_bytes() + f"\r\n--{edge}--\r\n".encode()
    client.ask(f"/api/upload-video/nemo_agent/me/{session}", form, f"multipart/form-data; boundary={edge}")
    export = client.ask("/api/render/proxy/lambda", {"id": "render_1", "sessionId": session})
    while export["status"] not in ("completed", "failed"):
        export = client.ask("/api/render/proxy/lambda/render_1")
    assert export["status"] == "completed", export
    address, query = export["outputUrl"].split("?")
    link = dict(pair.split("=") for pair in query.split("&"))
    # An address where nobody listens: what schemathesis makes up must not be asked by our server.
    hook = client.ask("/api/webhooks", {"url": "http://127.0.0.1:9/"})["data"]["id"]
    claim = client.ask("/api/auth/claim-token", {"session_id": session})["data"]["claim_token"]
    return client, {
        "path.app": ["nemo_agent"],
        "path.user": ["me", made["user_id"]],
        "path.session": [session],
        "path.render": ["render_1"],
        "path.artifact": ["render_1"],
        "path.webhook": [hook],
        "path.item": [address.rsplit("/", 1)[1]],
        "path.upload": [client.upload(session) for _ in range(3)],
        "header.Upload-Metadata": [metadata(session)],
        "query.ct": [claim],
        **{f"query.{name}": [value] for name, value in link.items()},
        "body.session_id": [session],
        "body.sessionId": [session],
        "body.user_id": ["me", made["user_id"]],
    }


def settings(client, things):
    """What schemathesis is told: who asks, what there is, and what may be refused."""
    # What is deleted must not be what the others need.
    hooks = [client.ask("/api/webhooks", {"url": "http://127.0.0.1:9/"})["data"]["id"] for _ in range(5)]
    spare = {
        "deleteSession": ("path.session", [client.session() for _ in range(200)]),
        "removeWebhook": ("path.webhook", hooks),
        "leaveUpload": ("path.upload", [client.upload(session) for session in [client.session()] for _ in range(50)]),
    }
    lines = ["[auth.openapi.bearer]", f"bearer = {json.dumps(client.token)}"]
    for name, values in [*things.items(), *spare.values()]:
        name = name if values is things.get(name) else f"spare.{name}"
        lines += [f'[dictionaries."{name}"]', f"values = {json.dumps(values)}"]
    # Most of the time: else nothing that is not there would be asked for.
    lines += ["[parameters]", *(f'"{name}" = {{ dictionary = "{name}", probability = 0.8 }}' for name in things)]
    for operation, (name, _) in spare.items():
        lines += ["[[operations]]", f'include-operation-id = "{operation}"', "[operations.parameters]"]
        lines += [f'"{name}" = {{ dictionary = "spare.{name}", probability = 0.8 }}']
    for operation, statuses in REFUSED.items():
        lines += ["[[operations]]", f'include-operation-id = "{operation}"', "[operations.checks.positive_data_acceptance]"]
        lines += [f"expected-statuses = {json.dumps(USUAL + statuses)}"]
    return "\n".join(lines) + "\n"


def main():
    program, schemathesis, place, seconds, *seed = sys.argv[1:]
    schemathesis, place = pathlib.Path(schemathesis).resolve(), pathlib.Path(place).resolve()
    with tempfile.TemporaryDirectory() as folder, open(place / "log", "w", encoding="utf-8") as log:
        folder = pathlib.Path(folder)
        (folder / "settings.toml").write_text('[upload]\nprivate_hosts = ["127.0.0.1"]\n[limit]\nrequests_per_minute = 1000000\n')
        words = [program, "serve", "--listen", "127.0.0.1:0", "--data", folder / "kept", "--config", folder / "settings.toml"]
        server = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=log, text=True)
        try:
            base = server.stdout.readline().strip().removeprefix("Listening on ")
            client, things = furnished(base, folder)
            config = place / "schemathesis.toml"
            config.write_text(settings(client, things), encoding="utf-8")
            run = ["run", f"{base}/openapi.json", "--max-time", seconds, "--checks", "all", "--exclude-checks", LEFT_OUT, "--continue-on-failure"]
            # It would end the token that all the others need; the two-user test tries it.
            run += ["--exclude-operation-id", "signOut"]
            run += [word for number in seed for word in ("--seed", number)]
            done = subprocess.run([sys.executable, schemathesis, "--config-file", config, *run], cwd=place, check=False, env=os.environ | {"SCHEMATHESIS_HOOKS": str(HOOKS)})
            sys.exit(done.returncode)
        finally:
            server.kill()
            server.wait()


if __name__ == "__main__":
    main()
