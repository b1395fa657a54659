--[[
  Takes every place for one hold, or none. Safe to run twice: a replay of the same hold id answers with the same hold
  and extends nothing. Places of a hold that ran out are taken over here, without waiting for the sweep.

  KEYS[1..9]  the shard
  KEYS[10]    passes of the line before this sale; left out when it has none, as the next
  KEYS[11]    the room of that line
  ARGV[1]     hold id
  ARGV[2]     account id
  ARGV[3]     time to live, ms
  ARGV[4]     tickets one fan may have, held and bought together
  ARGV[5]     extensions it starts with
  ARGV[6]     places asked for
  ARGV[7]     quote hash
  ARGV[8]     seat numbers, ascending, unique: "12,13"
  ARGV[9]     areas, ascending, unique: "0:4,2:1"
  ARGV[10]    rest of the record, opaque
  ARGV[11]    holds that a fan may make within HOLD_CYCLES_WINDOW_MS and not pay for
  ARGV[12]    how long a fan may have places within HOLD_TIME_WINDOW_MS and not buy, ms; '' when that is not counted
  returns     {"acquired", ends at ms, until when it may stay unpaid ms or ''} | {"replayed", ends at ms, record, id of
              the hold that it went into, if it did} | {"taken", seat numbers, area numbers}
              | {"limit", max, held, bought} | {"no_pass"} | {"line_lost"} | {"cycles", max, one more in ms}
              | {"time", max ms, again in ms} | {"ended"} | {"epoch_missing"}
]]
--- @include changes
local id, account, places = ARGV[1], ARGV[2], tonumber(ARGV[6])
-- Bounds the work of one call; the sweep takes the rest within a second.
local EXPIRED_PER_ROUND, ROUNDS = 50, 4
local NEARBY = 256

if shardIsLost() then
  return { 'epoch_missing' }
end
local now = nowMs()
local seatNos = seatList(ARGV[8])

local function hasPass()
  if not KEYS[10] then
    return true
  end
  local till = redis.call('ZSCORE', KEYS[10], account)
  return till ~= false and tonumber(till) > now
end

local function overCycles()
  return cyclesOf(readFan(account), now) >= tonumber(ARGV[11])
end

-- How long this hold may last: its time to live, or what its fan has left, less the time that paying takes.
local timeMax = tonumber(ARGV[12])
local function timeLeft()
  if not timeMax then
    return math.huge
  end
  return timeMax - timeHeld(readFan(account), now)
end
local function overTime()
  return timeLeft() < HOLD_TTL_MS_MIN + PAYING_TIME_MIN_MS
end

local function overLimit()
  local fan = readFan(account)
  return fan.held + fan.bought + places > tonumber(ARGV[4])
end

-- The bytes of all seats at once when they are near each other, as those of most fans are.
local nearby, firstSeat = nil, seatNos[1]
if #seatNos > 0 and seatNos[#seatNos] - firstSeat <= NEARBY then
  nearby = redis.call('GETRANGE', SEATS, firstSeat, seatNos[#seatNos])
end
local function looksFree(seatNo)
  return nearby ~= nil and string.byte(nearby, seatNo - firstSeat + 1) == FREE
end

local function hasRoom(areaNo, quantity)
  local area = readArea(areaNo)
  return area ~= nil and area.held + area.claimed + area.sold + quantity <= area.capacity
end

local function nothingInTheWay()
  if not hasPass() or overCycles() or overTime() or overLimit() then
    return false
  end
  for _, seatNo in ipairs(seatNos) do
    if not looksFree(seatNo) then
      return false
    end
  end
  for areaNo, quantity in string.gmatch(ARGV[9], '(%d+):(%d+)') do
    if not hasRoom(areaNo, tonumber(quantity)) then
      return false
    end
  end
  return true
end

-- nil when this hold was made before: the one write that finds out comes first, and then nothing is taken.
local function take()
  local left = timeLeft()
  local payBy = timeMax and integer(now + left) or ''
  -- As writeHold() would, field by field.
  local record = 'a|' .. account .. '|' .. places .. '|' .. ARGV[5] .. '|' .. payBy .. '||' .. ARGV[7]
  record = record .. '|' .. ARGV[8] .. '|' .. ARGV[9] .. '|' .. ARGV[10]
  if redis.call('HSETNX', HOLDS, id, record) == 0 then
    return nil
  end
  if #seatNos > 0 then
    local owners = {}
    for i, seatNo in ipairs(seatNos) do
      owners[2 * i - 1], owners[2 * i] = seatNo, id
    end
    setSeats(seatNos, HELD)
    redis.call('HSET', SEATHOLD, unpack(owners))
  end
  for areaNo, quantity in string.gmatch(ARGV[9], '(%d+):(%d+)') do
    moveArea(areaNo, tonumber(quantity), nil, 'held')
  end
  local ends = now + math.min(tonumber(ARGV[3]), left - PAYING_TIME_MIN_MS)
  redis.call('ZADD', EXPIRY, integer(ends), id)
  changeFan(account, { held = places, add = id, madeAt = now, countedFrom = timeMax and now })
  publishChanges()
  return { 'acquired', ends, payBy }
end

-- The usual case leaves here, before the functions for all others are even made.
local taken = nothingInTheWay() and take()
if taken then
  return taken
end
--- @include end-hold

local hold = readHold(id)
if hold then
  local into = hold.account == account and joinedInto(hold)
  local joined = into and readHold(into)
  if joined and (joined.state == 'c' or (joined.state == 'a' and stillRuns(into, now))) then
    return { 'replayed', endOf(into) or tonumber(joined.till), joined.packed, into }
  end
  if hold.state == 'e' or hold.account ~= account then
    return { 'ended' }
  end
  if endIfExpired(id, hold, now) then
    publishChanges()
    return { 'ended' }
  end
  return { 'replayed', hold.ends or tonumber(hold.till), hold.packed }
end

if not hasPass() then
  -- Passes are lost with their room, and come back with it: nobody must hear meanwhile that their time is over.
  return { redis.call('EXISTS', KEYS[11]) == 1 and 'no_pass' or 'line_lost' }
end
if overCycles() then
  return { 'cycles', tonumber(ARGV[11]), readFan(account).since + HOLD_CYCLES_WINDOW_MS - now }
end

if overLimit() or overTime() then
  for held in string.gmatch(readFan(account).ids, '[^,]+') do
    local hold = readHold(held)
    if hold then
      endIfExpired(held, hold, now)
    end
  end
  local fan = readFan(account)
  if overTime() then
    local missing = HOLD_TTL_MS_MIN + PAYING_TIME_MIN_MS - timeLeft()
    publishChanges()
    return { 'time', timeMax, timeUntilFree(fan, missing, now) }
  end
  if overLimit() then
    publishChanges()
    return { 'limit', tonumber(ARGV[4]), fan.held, fan.bought }
  end
end

local function isTaken(seatNo)
  local state = string.byte(redis.call('GETRANGE', SEATS, seatNo, seatNo))
  if state == FREE then
    return false
  end
  if state ~= HELD then
    return true
  end
  local holder = redis.call('HGET', SEATHOLD, seatNo)
  if holder and stillRuns(holder, now) then
    return true
  end
  local hold = holder and readHold(holder)
  return not (hold and endIfExpired(holder, hold, now))
end

local function isFull(areaNo, quantity)
  for _ = 1, ROUNDS do
    if hasRoom(areaNo, quantity) then
      return false
    end
    if endExpired(now, EXPIRED_PER_ROUND) == 0 then
      return true
    end
  end
  return not hasRoom(areaNo, quantity)
end

local takenSeats, full = {}, {}
for _, seatNo in ipairs(seatNos) do
  if not looksFree(seatNo) and isTaken(seatNo) then
    takenSeats[#takenSeats + 1] = seatNo
  end
end
for areaNo, quantity in string.gmatch(ARGV[9], '(%d+):(%d+)') do
  if isFull(areaNo, tonumber(quantity)) then
    full[#full + 1] = areaNo
  end
end
if #takenSeats > 0 or #full > 0 then
  publishChanges()
  return { 'taken', table.concat(takenSeats, ','), table.concat(full, ',') }
end
return take()
