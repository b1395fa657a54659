--[[
  Several active holds of one fan become one, which ends when the first of them would have. Safe to run twice: holds that
  went into this one already are passed over. Places change their hold and nothing else, so no map sees anything.

  KEYS[1..9]  the shard
  ARGV[1]     id of the hold that the others go into
  ARGV[2]     account id
  ARGV[3]     places of all
  ARGV[4]     quote hash of all
  ARGV[5]     seat numbers of all, as the record keeps them
  ARGV[6]     areas of all, as the record keeps them
  ARGV[7]     rest of the record of all, opaque
  ARGV[8..n]  id and quote hash of every hold, the first one as well, as they were read
  returns     {"joined", ends at ms, record} | {"changed"} | {"epoch_missing"}
]]
--- @include own-hold
if shardIsLost() then
  return { 'epoch_missing' }
end
local into, account, now = ARGV[1], ARGV[2], nowMs()
local kept = liveHoldOf(into, account, now)
if not kept or kept.state ~= 'a' then
  return { 'changed' }
end

local function wentInto(id)
  local hold = readHold(id)
  return hold ~= nil and hold.state == 'e' and hold.account == account and hold.order == JOINED_INTO .. into
end

local others = {}
for i = 8, #ARGV, 2 do
  local id, quote = ARGV[i], ARGV[i + 1]
  if not wentInto(id) then
    local hold = liveHoldOf(id, account, now)
    local isDone = id == into and kept.quote == ARGV[4]
    -- Another price or other places than those that were put together: they are read again.
    if not hold or hold.state ~= 'a' or (hold.quote ~= quote and not isDone) then
      return { 'changed' }
    end
    if id ~= into then
      others[#others + 1] = id
    end
  end
end
if #others == 0 then
  return kept.quote == ARGV[4] and { 'joined', endOf(into), kept.packed } or { 'changed' }
end

local ends = endOf(into)
for _, id in ipairs(others) do
  local hold = readHold(id)
  for _, seatNo in ipairs(seatList(hold.seats)) do
    redis.call('HSET', SEATHOLD, seatNo, into)
  end
  ends = math.min(ends, endOf(id))
  kept.till = integer(math.min(tonumber(kept.till), tonumber(hold.till)))
  kept.extensions = math.max(kept.extensions, hold.extensions)
  changeFan(account, { remove = id })
  redis.call('ZREM', EXPIRY, id)
  redis.call('HSET', HOLDS, id, 'e|' .. account .. '||||' .. JOINED_INTO .. into .. '||||')
  redis.call('ZADD', ENDED, integer(now + HOLD_TOMBSTONE_MS), id)
end
kept.places, kept.quote, kept.seats, kept.areas, kept.rest = tonumber(ARGV[3]), ARGV[4], ARGV[5], ARGV[6], ARGV[7]
writeHold(into, kept)
redis.call('ZADD', EXPIRY, integer(ends), into)
publishChanges()
return { 'joined', ends, kept.packed }
