"""The official client of the Model Context Protocol against our tools.

judge.py stdio VERSION PROGRAM FOLDER FILM     a film in a folder, over standard input and output
judge.py http VERSION BASE TOKEN ADDRESS       a film by its address, over HTTP
judge.py doubt                                 the judge itself: tools that are wrong must not pass

VERSION is `legacy` (a handshake first) or `2026-07-28` (every request for itself). Ends with an error at the first tool, schema or
answer that is not as it should be; prints what was made.
"""

import asyncio
import contextlib
import json
import pathlib
import re
import sys

import httpx2
from jsonschema import Draft202012Validator
from mcp.client.client import Client
from mcp.client.stdio import StdioServerParameters
from mcp.client.streamable_http import streamable_http_client

HINTS = ("read_only_hint", "destructive_hint", "idempotent_hint", "open_world_hint")


def sound(tools):
    """The tools by their names, if there is nothing to say against them."""
    assert 10 <= len(tools) <= 15, len(tools)
    for tool in tools:
        assert re.fullmatch("[a-z]+_[a-z]+", tool.name), tool.name
        assert tool.title and tool.description and len(tool.description) > 40, tool.name
        assert tool.annotations and all(getattr(tool.annotations, hint) is not None for hint in HINTS), tool.name
        for schema in (tool.input_schema, tool.output_schema):
            Draft202012Validator.check_schema(schema)
            assert schema["type"] == "object", tool.name
        assert tool.input_schema["additionalProperties"] is False, tool.name
    return {tool.name: tool for tool in tools}


class Assistant:
    """Somebody who uses the tools, and looks at every answer."""

    def __init__(self, client, tools):
        self.client, self.tools = client, tools

    async def call(self, name, **asked):
        Draft202012Validator(self.tools[name].input_schema).validate(asked)
        told = await self.client.call_tool(name, asked)
        assert not told.is_error, (name, told.content[0].text)
        Draft202012Validator(self.tools[name].output_schema).validate(told.structured_content)
        assert json.loads(told.content[0].text) == told.structured_content, name
        links = [part for part in told.content if part.type == "resource_link"]
        return told.structured_content, links

    async def refused(self, name, **asked):
        told = await self.client.call_tool(name, asked)
        assert told.is_error and re.search(r"\[\d{3,4}\]", told.content[0].text), (name, told)
        return told.content[0].text

    async def ended(self, name, **asked):
        """Work to its end, with its links."""
        work, links = await self.call(name, **asked)
        job = work["job"]
        for _ in range(20):
            if work["status"] != "working":
                assert work["status"] == "done" and work["progress"] == 100, work
                return work["result"], links
            work, links = await self.call("job_status", job=job, wait_s=10)
        raise AssertionError(work)


async def converse(client, opened, bytes_of):
    """Everything that an assistant does with a film; how many bytes the film had that it made."""
    tools = sound((await client.list_tools()).tools)
    assistant = Assistant(client, tools)
    call, ended, refused = assistant.call, assistant.ended, assistant.refused
    await refused("open_film", files=["/etc/passwd"])
    await refused("describe_film", film="film_99")
    await refused("job_status", job="nothing")
    genres, _ = await call("list_genres", about="lo-fi")
    assert genres["genres"][0]["id"] == "lofi", genres
    work, _ = await call("open_film", **opened)
    while work["status"] == "working":
        work, _ = await call("job_status", job=work["job"], wait_s=10)
    film = work["film"]
    assert work["result"]["opened"]["duration_s"] > 1, work
    described = (await ended("describe_film", film=film))[0]["described"]
    assert described["watched"]["cuts_s"] is not None and described["width"] > 0, described
    begun, _ = await call("add_music", film=film, request="add calm lo-fi music")
    assert begun["status"] == "working", "long work answers at once"
    scored, links = await ended("job_status", job=begun["job"], wait_s=1)
    made = scored["output"]
    assert [link.uri for link in links] == [made["uri"]] and links[0].mime_type == "video/mp4", links
    film_bytes = await bytes_of(made["uri"])
    assert len(film_bytes) == made["bytes"] and film_bytes[4:8] == b"ftyp", made
    assert abs(made["duration_s"] - described["duration_s"]) < 0.1 and scored["reply"], scored
    edited, _ = await ended("edit_film", film=film, request="a bit quieter")
    assert edited["kind"] == "edited" and "35%" in edited["reply"], edited
    undone, _ = await ended("undo_edit", film=film)
    assert "a bit quieter" in undone["reply"], undone
    laid, _ = await ended("list_alternatives", film=film, count=2)
    assert len(laid["alternatives"]) == 2, laid
    heard, links = await ended("preview_music", film=film, piece=laid["alternatives"][1]["piece"])
    assert (await bytes_of(links[0].uri))[:4] == b"RIFF" and heard["output"]["mime_type"] == "audio/wav", heard
    taken, _ = await ended("edit_film", film=film, request="take the second one")
    assert taken["kind"] == "edited", taken
    timeline, _ = await call("show_timeline", film=film)
    music = timeline["state"]["music"]
    assert len(music) == 1 and timeline["pieces"] and timeline["steps"] > 0, timeline
    exported, _ = await ended("export_film", film=film, quality="draft", loudness="podcast")
    assert abs(exported["output"]["loudness_lufs"] + 16) < 1, exported
    licence, _ = await call("show_licence", film=film)
    assert licence["music"] and licence["sounds"] and "lo-fi" in licence["request"], licence
    work, _ = await call("export_film", film=film, loudness="tiktok")
    work, _ = await call("cancel_job", job=work["job"])
    assert work["status"] in ("cancelled", "done"), work
    return len(film_bytes)


async def read(uri):
    return pathlib.Path(httpx2.URL(uri).path).read_bytes()


async def stdio(version, program, folder, film):
    parameters = StdioServerParameters(command=program, args=["mcp", "--folder", folder])
    async with Client(parameters, mode=version) as client:
        return await converse(client, {"files": [film]}, read)


async def http(version, base, token, address):
    attribution = {"X-Skill-Source": "test", "X-Skill-Version": "1.0", "X-Skill-Platform": "terminal"}
    async with contextlib.AsyncExitStack() as stack:
        headers = {"Authorization": f"Bearer {token}", **attribution}
        ours = await stack.enter_async_context(httpx2.AsyncClient(headers=headers, timeout=60))
        bare = await stack.enter_async_context(httpx2.AsyncClient(timeout=60))

        async def fetch(uri):
            told = await bare.get(uri)
            return told.raise_for_status().content

        transport = streamable_http_client(f"{base}/mcp", http_client=ours)
        client = await stack.enter_async_context(Client(transport, mode=version))
        return await converse(client, {"files": [address]}, fetch)


async def doubt():
    class Wrong:
        name, title, description = "open_film", "Open", "A description that is long enough to say something."
        annotations, input_schema, output_schema = None, {"type": "array"}, {"type": "nothing"}

    try:
        sound([Wrong] * 12)
    except Exception:
        return 0
    raise SystemExit("a wrong tool passed")


if __name__ == "__main__":
    task, *rest = sys.argv[1:]
    print(asyncio.run({"stdio": stdio, "http": http, "doubt": doubt}[task](*rest)))
