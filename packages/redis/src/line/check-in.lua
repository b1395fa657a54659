--[[
  A sign of life of a fan who was called. Safe to run twice: the second only says the same a moment later. A handful of
  commands, the dearest of them O(log of those at the front).

  KEYS[1..7]  the room of a line
  ARGV[1]     account id
  ARGV[2]     number
  ARGV[3]     how long it counts, ms
  returns     {"present"} | {"inside"} | {"not_called", called to} | {"lapsed"} | {"over"} | {"room_lost"}
]]
--- @include line-room
local account, number, now = ARGV[1], tonumber(ARGV[2]), nowMs()
local room = redis.call('HMGET', ROOM, 'room', 'calledTo', 'graceMs')
local calledTo, graceMs = tonumber(room[2]), tonumber(room[3])
if not room[1] then
  return { 'room_lost' }
end
if isInside(account, now) then
  return { 'inside' }
end
if redis.call('GETBIT', USED, number) == 1 then
  -- The next wave puts the pass right that ran out before Postgres heard of it.
  local wave = redis.call('ZSCORE', PASSES, account) and redis.call('HGET', ROOM, 'wave') or ''
  return { string.find(wave, account .. ':' .. number .. ':', 1, true) and 'inside' or 'over' }
end
if number > calledTo then
  return { 'not_called', calledTo }
end

-- Nobody is called before the first wave, so this number was passed, and only that wave brings the grace time.
if not graceMs then
  return { 'room_lost' }
end

local function lapsed()
  local before = redis.call('ZREVRANGEBYSCORE', SERVED, integer(now - graceMs), '-inf', 'LIMIT', 0, 1)
  return before[1] ~= nil and number <= tonumber(before[1])
end

local packed = packAccount(account)
local standing = redis.call('ZSCORE', FRONT, packed)
-- Who joined again at the end may still stand there with the number from before.
if standing and tonumber(standing) ~= number then
  takeOffFront(packed)
  standing = false
end
local since = nil
if standing then
  local _, from = presence(redis.call('HGET', SEEN, number), now)
  since = from
end
-- Who stands there without a break came in time, however long the room is full.
if not since then
  if lapsed() then
    takeOffFront(packed)
    return { 'lapsed' }
  end
  since = now
end
if not standing then
  redis.call('ZADD', FRONT, number, packed)
end
redis.call('HSET', SEEN, number, struct.pack('>I6I6', now + tonumber(ARGV[3]), since))
return { 'present' }
