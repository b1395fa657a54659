--[[
  Ends what is over, then lets in the lowest numbers of those present: as many as the caller wants, the cap and the inflow
  of this second of the store's clock leave. Safe to run twice: the wave stays until Postgres acknowledges it and is
  answered again until then, with nobody let in beside it. An older fence than the last one changes nothing.

  Then more numbers are called, as many as live fans are missing at the front: at full speed up to CALLED_AHEAD times the
  front that is wanted before the highest number let in, slower beyond, so that no number of absent fans blocks the rest.

  O((let in + LOOKED_BEYOND) * log of the front + passes that ended), whatever the length of the line.

  KEYS[1..7]  the room of a line
  ARGV[1]     fence
  ARGV[2]     most passes that may be valid at once
  ARGV[3]     most fans let in within one second
  ARGV[4]     at most so many now
  ARGV[5]     live fans that the front should have
  ARGV[6]     the highest number given
  ARGV[7]     time to live of a pass, ms
  ARGV[8]     grace time of who was away, ms
  ARGV[9]     the wave that Postgres has
  ARGV[10]    name of the room whose ends Postgres has, or ''
  ARGV[11]    how many ends of that room Postgres has, counted from its first
  returns     {"admitted", {room, served to, called to, valid passes, fans at the front}, wave or '', number of the first
              end, {end...}} | {"fenced"} | {"room_lost"}
              wave: "seq|at|cap|inflow|valid passes|account:number:since,..."; end: "account|reason|at"
]]
--- @include line-room
local fence, cap, inflow, size = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local frontTarget, lastNumber = tonumber(ARGV[5]), tonumber(ARGV[6])
local passTtlMs, graceMs, recordedSeq = tonumber(ARGV[7]), tonumber(ARGV[8]), tonumber(ARGV[9])
local PASSES_ENDED_PER_CALL, ENDS_PER_ANSWER = 1000, 1000
-- Another controller takes over sooner; after this long Postgres or Redis was away, and nobody could renew.
local AWAY_MS = 15000
-- Absent fans that one call puts away; present ones are counted once per call as well.
local LOOKED_BEYOND, LOOKED_AT_ONCE = 1000, 250
local CALLED_AHEAD, SLOWER = 4, 4

local names = {
  'room', 'wave', 'fence', 'servedTo', 'calledTo', 'seq', 'settleUntil', 'second', 'admitted', 'endsGone',
}
local room = {}
for i, value in ipairs(redis.call('HMGET', ROOM, unpack(names))) do
  room[names[i]] = i > 2 and tonumber(value) or value
end
if not room.room then
  return { 'room_lost' }
end
if fence < room.fence then
  return { 'fenced' }
end
local now = nowMs()

if ARGV[10] == room.room then
  local known = tonumber(ARGV[11]) - room.endsGone
  if known > 0 then
    redis.call('LTRIM', ENDS, known, -1)
    room.endsGone = room.endsGone + known
  end
end

-- Nobody got a pass of a wave that Postgres does not have: their time begins anew until it is written down.
local pendingSeq = string.match(room.wave or '', '^%d+')
if pendingSeq and tonumber(pendingSeq) <= recordedSeq then
  pendingSeq, room.wave = nil, ''
end
if pendingSeq then
  for account in string.gmatch(room.wave, '([%x%-]+):%d+:%d+') do
    redis.call('ZADD', PASSES, 'XX', integer(now + passTtlMs), account)
  end
end
local lastCallMs = (room.second or 0) * 1000
local wasAway = lastCallMs > 0 and now - lastCallMs > AWAY_MS
while wasAway do
  local ranOut = redis.call(
    'ZRANGEBYSCORE', PASSES, integer(lastCallMs), integer(now), 'LIMIT', 0, PASSES_ENDED_PER_CALL
  )
  for _, account in ipairs(ranOut) do
    redis.call('ZADD', PASSES, integer(now + passTtlMs), account)
  end
  wasAway = #ranOut > 0
end
local over = redis.call(
  'ZRANGEBYSCORE', PASSES, '-inf', integer(now), 'WITHSCORES', 'LIMIT', 0, PASSES_ENDED_PER_CALL
)
for i = 1, #over, 2 do
  redis.call('ZREM', PASSES, over[i])
  noteEnd(over[i], 'expired', tonumber(over[i + 1]))
end

-- The first `wanted` of those present, lowest number first; they and who is absent leave the front.
local function takePresent(wanted)
  local taken, stay, looks = {}, 0, 0
  while looks < 2 * wanted + LOOKED_BEYOND do
    local part = redis.call('ZRANGE', FRONT, stay, stay + LOOKED_AT_ONCE - 1, 'WITHSCORES')
    if #part == 0 then
      break
    end
    local accounts, numbers = {}, {}
    for i = 1, #part, 2 do
      accounts[#accounts + 1], numbers[#numbers + 1] = part[i], part[i + 1]
    end
    local seen = redis.call('HMGET', SEEN, unpack(numbers))
    local goneAccounts, goneNumbers = {}, {}
    for i, packed in ipairs(accounts) do
      local till, since = presence(seen[i], now)
      if till and #taken >= wanted then
        stay = stay + 1
      else
        local account = unpackAccount(packed)
        if till and not isInside(account, now) then
          taken[#taken + 1] = { account = account, number = tonumber(numbers[i]), since = since }
        end
        goneAccounts[#goneAccounts + 1], goneNumbers[#goneNumbers + 1] = packed, numbers[i]
      end
    end
    if #goneAccounts > 0 then
      redis.call('ZREM', FRONT, unpack(goneAccounts))
      redis.call('HDEL', SEEN, unpack(goneNumbers))
    end
    looks = looks + #accounts
  end
  return taken
end

local second = math.floor(now / 1000)
if room.second ~= second then
  room.second, room.admitted = second, 0
end
local active = activePasses(now)
local free = math.max(0, math.min(size, cap - active, inflow - room.admitted))
if pendingSeq or room.settleUntil > now then
  free = 0
end

local taken = takePresent(free)
if #taken > 0 then
  local admissions = {}
  for i, fan in ipairs(taken) do
    redis.call('ZADD', PASSES, integer(now + passTtlMs), fan.account)
    redis.call('SETBIT', USED, fan.number, 1)
    admissions[i] = fan.account .. ':' .. fan.number .. ':' .. integer(fan.since)
  end
  local highest = taken[#taken].number
  if highest > room.servedTo then
    room.servedTo = highest
    redis.call('ZADD', SERVED, integer(now), highest)
  end
  room.seq, room.admitted = room.seq + 1, room.admitted + #taken
  local parts = { room.seq, integer(now), cap, inflow, active + #taken, table.concat(admissions, ',') }
  room.wave = table.concat(parts, '|')
end

local missing = frontTarget - redis.call('ZCARD', FRONT)
if missing > 0 then
  if room.calledTo - room.servedTo + missing > CALLED_AHEAD * frontTarget then
    missing = math.ceil(missing / SLOWER)
  end
  room.calledTo = math.max(room.calledTo, math.min(lastNumber, room.calledTo + missing))
end
room.calledTo = math.max(room.calledTo, room.servedTo)

-- Only the pointer that stands just outside the grace time is needed of all that are older.
local before = redis.call(
  'ZREVRANGEBYSCORE', SERVED, integer(now - graceMs), '-inf', 'WITHSCORES', 'LIMIT', 0, 1
)
if before[2] then
  redis.call('ZREMRANGEBYSCORE', SERVED, '-inf', '(' .. before[2])
end

redis.call(
  'HSET', ROOM,
  'fence', fence,
  'graceMs', graceMs,
  'servedTo', room.servedTo,
  'calledTo', room.calledTo,
  'seq', room.seq,
  'second', second,
  'admitted', room.admitted,
  'wave', room.wave or '',
  'endsGone', room.endsGone
)
return {
  'admitted',
  roomState(room, now),
  room.wave or '',
  room.endsGone,
  redis.call('LRANGE', ENDS, 0, ENDS_PER_ANSWER - 1),
}
