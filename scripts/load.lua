-- State reads for wrk: every request is of another of the sessions that the file SESSIONS lists, with the token of its account.
local asked = {}

function init()
  for line in io.lines(os.getenv("SESSIONS")) do
    local session, token = line:match("(%S+) (%S+)")
    local headers = { Authorization = "Bearer " .. token }
    table.insert(asked, wrk.format("GET", "/api/state/nemo_agent/me/" .. session .. "/latest", headers))
  end
end

local turn = 0
function request()
  turn = turn % #asked + 1
  return asked[turn]
end

function done(summary, latency)
  local wrong = summary.errors
  print(string.format("TOLD %d %d %.3f %.3f %.3f %d", summary.requests, summary.duration, latency:percentile(50) / 1000,
    latency:percentile(99) / 1000, latency.max / 1000, wrong.connect + wrong.read + wrong.write + wrong.status + wrong.timeout))
end
