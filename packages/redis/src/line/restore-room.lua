--[[
  Sets a room up from facts, in the place of whatever stands there, unless a controller with a higher fence was here.
  Safe to run twice: a room of the same name stays as it is, with all who have checked in since. O(passes + pointers + numbers).

  KEYS[1..7]  the room of a line
  ARGV[1]     fence
  ARGV[2]     name of the room
  ARGV[3]     the highest number let in
  ARGV[4]     the last wave that Postgres has
  ARGV[5]     nobody is let in for this long, ms
  ARGV[6]     pointers, oldest first: "at:served to,at:served to"
  ARGV[7]     passes: "account:until,account:until"
  ARGV[8]     numbers that were let in: "12,13"
  returns     "restored" | "fenced"
]]
--- @include line-room
-- Lua passes some thousands of values to one command at most.
local VALUES_PER_COMMAND = 2000

local function addAll(key, list, pattern, scoreIsSecond)
  local values = {}
  local function flush()
    if #values > 0 then
      redis.call('ZADD', key, 'NX', unpack(values))
      values = {}
    end
  end
  for one, other in string.gmatch(list, pattern) do
    values[#values + 1] = scoreIsSecond and other or one
    values[#values + 1] = scoreIsSecond and one or other
    if #values >= VALUES_PER_COMMAND then
      flush()
    end
  end
  flush()
end

local known = redis.call('HMGET', ROOM, 'fence', 'room')
if known[1] and tonumber(known[1]) > tonumber(ARGV[1]) then
  return 'fenced'
end
if known[2] == ARGV[2] then
  redis.call('HSET', ROOM, 'fence', ARGV[1])
  return 'restored'
end
redis.call('DEL', ROOM, PASSES, FRONT, SEEN, SERVED, ENDS, USED)
addAll(SERVED, ARGV[6], '(%d+):(%d+)')
addAll(PASSES, ARGV[7], '([^,:]+):(%d+)', true)
for number in string.gmatch(ARGV[8], '%d+') do
  redis.call('SETBIT', USED, number, 1)
end
redis.call(
  'HSET', ROOM,
  'room', ARGV[2],
  'fence', ARGV[1],
  'servedTo', ARGV[3],
  'calledTo', ARGV[3],
  'seq', ARGV[4],
  'settleUntil', integer(nowMs() + tonumber(ARGV[5])),
  'second', 0,
  'admitted', 0,
  'endsGone', 0
)
return 'restored'
