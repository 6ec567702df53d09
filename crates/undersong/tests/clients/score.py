"""Scores a film with the generated Python client, and writes what came back.

score.py BASE FILM OUT
"""

import pathlib
import sys
import time

from undersong_client import AuthenticatedClient, Client
from undersong_client.api.accounts import make_token, read_credits
from undersong_client.api.exports import download_export, export, read_export_short
from undersong_client.api.sessions import make_session, read_state, say_and_wait, upload
from undersong_client.models import ExportWish, Saying, SessionWish, Text, UploadFilesBody, Words
from undersong_client.types import File

ATTRIBUTION = {"X-Skill-Source": "test", "X-Skill-Version": "1", "X-Skill-Platform": "unknown"}
base, film, out = sys.argv[1:]

made = make_token.sync(client=Client(base_url=base), x_client_id="generated-python")
client = AuthenticatedClient(base_url=base, token=made.token, headers=ATTRIBUTION, timeout=60)
session = make_session.sync("me", "nemo_agent", client=client, body=SessionWish(language="en")).session_id

with open(film, "rb") as opened:
    form = UploadFilesBody(files=[File(opened, "film.mp4")])
    sent = upload.sync("nemo_agent", "me", session, client=client, body=form)
assert sent.files[0].file_type == "video" and sent.session_state_applied, sent

words = Words(parts=[Text("add calm piano music at 20%")])
events = say_and_wait.sync(client=client, body=Saying(session_id=session, new_message=words))
assert events[-1].turn_complete and "20%" in events[-1].content.parts[0].text, events[-1]

state = read_state.sync("nemo_agent", "me", session, client=client).data.state
assert [track.tt for track in state.draft.t] == [0, 1], state.draft
assert read_credits.sync(client=client).available < made.credits_

wanted = export.sync(client=client, body=ExportWish(session_id=session, id="render_python"))
while wanted.status not in ("completed", "failed"):
    time.sleep(0.1)
    wanted = read_export_short.sync(wanted.id, client=client)
assert wanted.status == "completed", wanted.error
# The type of a file is that of its name, which the document can only call video/*.
pathlib.Path(out).write_bytes(download_export.sync_detailed(wanted.id, client=client).content)

refused = read_state.sync("nemo_agent", "me", "1234567890123456789", client=client)
assert refused.code == 1002 and refused.hint, refused
