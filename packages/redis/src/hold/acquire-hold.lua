--[[
  Takes every place for one hold, or none. Safe to run twice: a replay of the same hold id answers with the same hold
  and extends nothing. Places of a hold that ran out are taken over here, without waiting for the sweep.

  KEYS[1..9]  the shard
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
  returns     {"acquired", ends at ms} | {"replayed", ends at ms, record} | {"taken", seat numbers, area numbers}
              | {"limit", max, held, bought} | {"ended"} | {"epoch_missing"}
]]
--- @include end-hold
local id, account, places = ARGV[1], ARGV[2], tonumber(ARGV[6])
local FREE_BYTE, HELD_BYTE = string.char(FREE), string.char(HELD)
-- Bounds the work of one call; the sweep takes the rest within a second.
local EXPIRED_PER_ROUND, ROUNDS = 50, 4
local NEARBY = 256

if shardIsLost() then
  return { 'epoch_missing' }
end
local now = nowMs()

local known = readHold(id)
if known then
  if known.state == 'e' or known.account ~= account then
    return { 'ended' }
  end
  if endIfExpired(id, known, now) then
    publishChanges()
    return { 'ended' }
  end
  return { 'replayed', endOf(id) or tonumber(known.till), known.packed }
end

local function overLimit()
  local fan = readFan(account)
  return fan.held + fan.bought + places > tonumber(ARGV[4])
end
if overLimit() then
  for held in string.gmatch(readFan(account).ids, '[^,]+') do
    local hold = readHold(held)
    if hold then
      endIfExpired(held, hold, now)
    end
  end
  if overLimit() then
    local fan = readFan(account)
    publishChanges()
    return { 'limit', tonumber(ARGV[4]), fan.held, fan.bought }
  end
end

local seatNos = seatList(ARGV[8])

-- The bytes of all seats at once when they are near each other; nil where they are not.
local function readNearbySeats()
  local first, last = seatNos[1], seatNos[#seatNos]
  if not first or last - first > NEARBY then
    return nil
  end
  return redis.call('GETRANGE', SEATS, first, last)
end

local function isTaken(seatNo)
  local byte = redis.call('GETRANGE', SEATS, seatNo, seatNo)
  if byte == FREE_BYTE then
    return false
  end
  if byte ~= HELD_BYTE then
    return true
  end
  local holder = redis.call('HGET', SEATHOLD, seatNo)
  local hold = holder and readHold(holder)
  return not (hold and endIfExpired(holder, hold, now))
end

local function isFull(areaNo, quantity)
  local area = readArea(areaNo)
  for _ = 1, ROUNDS do
    if not area then
      return true
    end
    if area.held + area.claimed + area.sold + quantity <= area.capacity then
      return false
    end
    if endExpired(now, EXPIRED_PER_ROUND) == 0 then
      return true
    end
  end
  return area.held + area.claimed + area.sold + quantity > area.capacity
end

local taken, full = {}, {}
local nearby = readNearbySeats()
for _, seatNo in ipairs(seatNos) do
  local looksFree = nearby and string.byte(nearby, seatNo - seatNos[1] + 1) == FREE
  if not looksFree and isTaken(seatNo) then
    taken[#taken + 1] = seatNo
  end
end
for areaNo, quantity in string.gmatch(ARGV[9], '(%d+):(%d+)') do
  if isFull(areaNo, tonumber(quantity)) then
    full[#full + 1] = areaNo
  end
end
if #taken > 0 or #full > 0 then
  publishChanges()
  return { 'taken', table.concat(taken, ','), table.concat(full, ',') }
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
writeHold(id, {
  state = 'a',
  account = account,
  places = places,
  extensions = ARGV[5],
  till = '',
  order = '',
  quote = ARGV[7],
  seats = ARGV[8],
  areas = ARGV[9],
  rest = ARGV[10],
})
local ends = now + tonumber(ARGV[3])
redis.call('ZADD', EXPIRY, integer(ends), id)
changeFan(account, { held = places, add = id })
publishChanges()
return { 'acquired', ends }
