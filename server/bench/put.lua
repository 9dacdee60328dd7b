-- One thread and connection per account: an account may have one write in flight.
local count = 0

function setup(thread)
  local number = 0
  for line in io.lines(os.getenv("TOKENS")) do
    if number == count then thread:set("token", line) end
    number = number + 1
  end
  thread:set("number", count)
  count = count + 1
end

local id, sent = nil, 0

function request()
  local headers = { ["Authorization"] = "Bearer " .. token, ["Content-Type"] = "application/json" }
  if id == nil then
    local body = '{"name":"bench ' .. number .. " " .. tostring(os.time()) .. '","vocabulary":["a phrase","another one"]}'
    return wrk.format("POST", "/v1/manage/tracker", headers, body)
  end
  sent = sent + 1
  local body = '{"vocabulary":["phrase ' .. sent .. '","another one","and a third phrase"]}'
  return wrk.format("PUT", "/v1/manage/tracker/" .. id .. "?vocabularyUpdate=REPLACE", headers, body)
end

function response(status, headers, body)
  if id == nil and status == 200 then id = string.match(body, '"id":"(%d+)"') end
end
