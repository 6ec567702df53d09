"""The Agent Development Kit's own models and client against a server of ours.

judge.py converse BASE TOKEN FILM...   makes a session, uploads, talks, cuts streams and resumes them; prints the session's id
judge.py look BASE TOKEN SESSION       reads a session, and its stream from the start
judge.py alone BASE                    the Kit's client as it is, without a token, from a new session to none
judge.py doubt                         the judge itself: events that are wrong must not pass

Ends with an error at the first event, session or part that the Kit would not have written. The Kit's 2.x ignores keys that it does
not know; here they are forbidden, and what it writes of an event must hold every key that came.
"""

import asyncio
import json
import pathlib
import sys

import httpx
from google.adk.cli.adk_web_server import RunAgentRequest
from google.adk.cli.conformance.adk_web_server_client import AdkWebServerClient
from google.adk.events.event import Event
from google.adk.sessions.session import Session
from google.genai import types
from pydantic import ConfigDict

APP = "nemo_agent"
TURNS = (
    "how long is the video?",
    "add background music that matches the mood of my video",
    "make the music a bit quieter",
    "add the title 'Urban Dreams'",
    "把音乐换成忧伤的钢琴",
    "undo",
    "make it purple and fly to the moon",
    "export it",
)


class StrictEvent(Event):
    """An event with nothing beside what the Kit knows."""

    model_config = ConfigDict(extra="forbid")


def lost(sent, kept, where=""):
    """The places of what was sent and is not kept."""
    if isinstance(sent, dict) and isinstance(kept, dict):
        return [place for key, value in sent.items() for place in (lost(value, kept[key], f"{where}.{key}") if key in kept else [f"{where}.{key}"])]
    if isinstance(sent, list) and isinstance(kept, list) and len(sent) == len(kept):
        return [place for n, pair in enumerate(zip(sent, kept)) for place in lost(*pair, f"{where}[{n}]")]
    return [] if sent == kept else [f"{where}: {sent!r} became {kept!r}"]


def judged(sent):
    """An event, if the Kit knows all of it."""
    event = StrictEvent.model_validate(sent)
    kept = event.model_dump(mode="json", by_alias=True, exclude_none=True)
    assert not lost(sent, kept), (lost(sent, kept), sent)
    assert None not in sent.values(), f"absent where there is nothing: {sent}"
    assert event.id and event.invocation_id and event.timestamp > 1e9, sent
    assert event.author in (APP, "user"), sent
    return event


def whole(events):
    """That these are one run from its first event to its last word."""
    assert events and len({event.invocation_id for event in events}) == 1
    assert len({event.id for event in events}) == len(events)
    calls = [call.id for event in events for call in event.get_function_calls()]
    answers = [answer.id for event in events for answer in event.get_function_responses()]
    assert calls == answers and len(set(calls)) == len(calls) and None not in calls, (calls, answers)
    for event in events:
        assert event.content.role == ("user" if event.get_function_responses() or event.author == "user" else "model")
    assert [event.turn_complete for event in events[:-1]] == [None] * (len(events) - 1)
    last = events[-1]
    assert last.turn_complete and not last.partial and last.is_final_response() and text(last).strip(), last
    partial = "".join(text(event) for event in events if event.partial)
    assert partial in ("", text(last)), (partial, text(last))


def text(event):
    return "".join(part.text or "" for part in event.content.parts)


def runs(events):
    """Events of a session by their runs, in order."""
    by_run = {}
    for event in events:
        by_run.setdefault(event.invocation_id, []).append(event)
    return list(by_run.values())


def blocks(stream):
    """The events of a stream with their numbers."""
    told = []
    for block in stream.split("\n\n"):
        if block.startswith("data: "):
            told.append([json.loads(block[6:]), None])
        elif block.startswith("id: "):
            told[-1][1] = int(block[4:])
        else:
            assert block in ("", ": heartbeat"), block
    return told


class Talk:
    """One session, and the two ways to its server."""

    def __init__(self, base, token):
        headers = {"Authorization": f"Bearer {token}", "X-Skill-Source": "adk", "X-Skill-Version": "1", "X-Skill-Platform": "terminal"}
        self.http = httpx.AsyncClient(base_url=base, headers=headers, timeout=120)
        self.kit = AdkWebServerClient(base)
        # Its only seam: the Kit's client has no way to name a token.
        self.kit._client = self.http

    async def make(self, films):
        made = await self.kit.create_session(app_name=APP, user_id="me")
        self.session = made.id
        for film in films:
            files = {"files": (film.name, film.read_bytes())}
            (await self.http.post(f"/api/upload-video/{APP}/me/{self.session}", files=files)).raise_for_status()

    def body(self, words):
        message = types.Content(role="user", parts=[types.Part(text=words)])
        return RunAgentRequest(app_name=APP, user_id="me", session_id=self.session, new_message=message)

    async def by_kit(self, words):
        """A turn by the Kit's own client, which parses as it goes."""
        events = [event async for event in self.kit.run_agent(self.body(words))]
        whole(events)
        return events

    async def at_once(self, words):
        """A turn by /run."""
        told = await self.http.post("/run", json=self.body(words).model_dump(by_alias=True, exclude_none=True))
        told.raise_for_status()
        events = [judged(event) for event in told.json()]
        whole(events)
        return events

    async def cut(self, words):
        """A turn whose stream is cut after its first event, and goes on by Last-Event-ID until its end."""
        body = self.body(words).model_dump(by_alias=True, exclude_none=True)
        said, told = 0, []
        while not (told and told[-1].turn_complete):
            headers = {"Last-Event-ID": str(said)} if said else {}
            async with self.http.stream("POST", "/run_sse", json=body, headers=headers) as stream:
                assert stream.status_code == 200, await stream.aread()
                heard = ""
                async for piece in stream.aiter_text():
                    heard += piece
                    if "\n\nid: " in heard and heard.endswith("\n\n"):
                        break
            first = [pair for pair in blocks(heard) if pair[1]][:1]
            told.extend(judged(event) for event, _ in first)
            said = first[0][1] if first else said
        whole(told)
        return told

    async def look(self):
        """The session as it is kept, and its stream from the start: the same events, but for what the user said."""
        raw = (await self.http.get(f"/apps/{APP}/users/me/sessions/{self.session}")).json()
        session = Session.model_validate(raw)
        assert session.id == self.session and session.app_name == APP and session.last_update_time > 1e9
        kept = [judged(event) for event in raw["events"]]
        for run in runs(kept):
            assert run[0].author == "user" and text(run[0]).strip(), run[0]
            whole(run[1:])
        headers = {"Last-Event-ID": "0"}
        stream = await self.http.post("/run_sse", json={"session_id": self.session}, headers=headers)
        told = [judged(event) for event, _ in blocks(stream.text)]
        assert told == [event for event in kept if event.author == APP], "the stream and the session differ"
        parsed = await self.kit.get_session(app_name=APP, user_id="me", session_id=self.session)
        assert [event.id for event in parsed.events] == [event.id for event in kept]
        return kept


async def exported(talk):
    """Waits for the export that was asked for by a sentence; the Kit finds it among the artifacts."""
    root = f"/apps/{APP}/users/me/sessions/{talk.session}/artifacts"
    for _ in range(600):
        names = (await talk.http.get(root)).json()
        if names:
            part = types.Part.model_validate((await talk.http.get(f"{root}/{names[0]}")).json())
            assert part.file_data.mime_type == "video/mp4" and part.file_data.file_uri.startswith("http"), part
            return
        await asyncio.sleep(0.1)
    raise AssertionError("no export among the artifacts")


async def converse(base, token, *films):
    talk = Talk(base, token)
    assert (await talk.http.get("/list-apps")).json() == [APP]
    assert (await talk.kit.get_version_data())["version"]
    await talk.make([])
    nothing = await talk.by_kit("add music")
    await talk.make([pathlib.Path(film) for film in films])
    told = [nothing]
    for number, words in enumerate(TURNS):
        way = (talk.by_kit, talk.at_once, talk.cut)[number % 3]
        told.append(await way(words))
    calls = {call.name for run in told for event in run for call in event.get_function_calls()}
    assert {"watch_film", "compose_music", "set_level", "add_title", "export_film"} <= calls, calls
    assert len(runs(await talk.look())) == len(TURNS)
    await exported(talk)
    renamed = await talk.kit.update_session(app_name=APP, user_id="me", session_id=talk.session, state_delta={"task_name": "dreams"})
    assert renamed.id == talk.session
    other = await talk.kit.create_session(app_name=APP, user_id="me", state={"mood": "calm"})
    await talk.kit.delete_session(app_name=APP, user_id="me", session_id=other.id)
    gone = await talk.http.get(f"/apps/{APP}/users/me/sessions/{other.id}")
    assert gone.status_code == 404 and gone.json()["detail"], gone.text
    print(talk.session)


async def look(base, token, session):
    talk = Talk(base, token)
    talk.session = session
    kept = await talk.look()
    failed = [event.error_code for event in kept if event.error_code]
    assert all(event.error_message for event in kept if event.error_code)
    print(json.dumps({"runs": len(runs(kept)), "failed": failed}))


async def alone(base):
    async with AdkWebServerClient(base, timeout=120) as kit:
        made = await kit.create_session(app_name=APP, user_id="user")
        names = {"app_name": APP, "user_id": "user", "session_id": made.id}
        message = types.Content(role="user", parts=[types.Part(text="hello")])
        request = RunAgentRequest(**names, new_message=message, streaming=True)
        whole([event async for event in kit.run_agent(request)])
        found = await kit.get_session(**names)
        assert len(found.events) == 2, found.events
        await kit.delete_session(**names)
        try:
            await kit.get_session(**names)
        except httpx.HTTPStatusError as fault:
            assert fault.response.status_code == 404
        else:
            raise AssertionError("a deleted session was found")


async def doubt():
    def event(**more):
        content = {"role": "model", "parts": [{"text": "Done."}]}
        return {"id": "1", "invocationId": "e-1", "author": APP, "timestamp": 2e9, "content": content, "actions": {"stateDelta": {}}, "turnComplete": True} | more

    whole([judged(event())])
    call, answer = ({kind: {"id": "c", "name": "n"}} for kind in ("functionCall", "functionResponse"))
    called = event(id="2", content={"role": "model", "parts": [call]}, turnComplete=None)
    del called["turnComplete"]
    answered = called | {"id": "3", "content": {"role": "user", "parts": [answer]}}
    whole([judged(one) for one in (called, answered, event())])
    wrong = (
        [event(colour="red")],
        [event(message="hi", content=None)],
        [event(actions={"stateDelta": {}, "colour": 1})],
        [event(nodeInfo={"path": "a", "colour": 1})],
        [event(content={"role": "model", "parts": [{"text": "Done.", "colour": 1}]})],
        [event(errorCode=404)],
        [event(partial=None)],
        [event(turnComplete=False)],
        [event(content={"role": "model", "parts": [{"text": " "}]})],
        [called, event()],
        [event(), event(id="2")],
        [called | {"id": "1"}, answered, event()],
        [called, answered],
    )
    for events in wrong:
        try:
            whole([judged(one) for one in events])
        except (AssertionError, ValueError):
            continue
        raise AssertionError(f"the judge let pass: {events}")


if __name__ == "__main__":
    task, *words = sys.argv[1:]
    asyncio.run({"converse": converse, "look": look, "alone": alone, "doubt": doubt}[task](*words))
