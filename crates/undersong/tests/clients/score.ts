// Scores a film with openapi-fetch and the generated types, and writes what came back.
// node score.js BASE FILM OUT

import { readFile, writeFile } from "node:fs/promises";
import createClient from "openapi-fetch";
import type { components, paths } from "./api.js";

const [base, film, out] = process.argv.slice(2) as [string, string, string];
const attribution = { "X-Skill-Source": "test", "X-Skill-Version": "1", "X-Skill-Platform": "unknown" };

function right(holds: unknown, what: unknown): asserts holds {
  if (!holds) throw new Error(JSON.stringify(what));
}

const door = createClient<paths>({ baseUrl: base });
const made = await door.POST("/api/auth/anonymous-token", { params: { header: { "X-Client-Id": "generated-typescript" } } });
right(made.data, made.error);
const api = createClient<paths>({ baseUrl: base, headers: { ...attribution, Authorization: `Bearer ${made.data.data.token}` } });

const opened = await api.POST("/api/tasks/{user}/with-session/{app}", {
  params: { path: { user: "me", app: "nemo_agent" } },
  body: { task_name: "project", language: "en" },
});
right(opened.data, opened.error);
const session = opened.data.session_id;
const place = { app: "nemo_agent", user: "me", session };

const bytes = new Blob([await readFile(film)]);
const sent = await api.POST("/api/upload-video/{app}/{user}/{session}", {
  params: { path: place },
  body: { files: [] },
  bodySerializer: () => {
    const form = new FormData();
    form.append("files", bytes, "film.mp4");
    return form;
  },
});
right(sent.data?.files[0]?.file_type === "video", sent.error);

const told = await api.POST("/run", { body: { session_id: session, new_message: { parts: [{ text: "加一段平静的钢琴曲，音量20%" }] } } });
right(told.data, told.error);
const last: components["schemas"]["Event"] | undefined = told.data.at(-1);
right(last?.turnComplete && last.content.parts[0]?.text?.includes("20%"), last);

const state = await api.GET("/api/state/{app}/{user}/{session}/latest", { params: { path: place } });
right(state.data?.data.state.draft.t.map((track) => track.tt).join() === "0,1", state.data);

const asked = await api.POST("/api/render/proxy/lambda", { body: { id: "render_typescript", sessionId: session } });
right(asked.data, asked.error);
let film_made: components["schemas"]["Export"] = asked.data;
while (film_made.status !== "completed") {
  right(film_made.status !== "failed", film_made.error);
  await new Promise((done) => setTimeout(done, 100));
  const look = await api.GET("/api/render/proxy/{render}", { params: { path: { render: film_made.id } } });
  right(look.data, look.error);
  film_made = look.data;
}
right(film_made.output, film_made);
const answer = await fetch(film_made.output.url);
await writeFile(out, Buffer.from(await answer.arrayBuffer()));

const refused = await api.GET("/api/state/{app}/{user}/{session}/latest", {
  params: { path: { ...place, session: "1234567890123456789" } },
});
right(refused.error?.code === 1002 && refused.error.hint, refused);
