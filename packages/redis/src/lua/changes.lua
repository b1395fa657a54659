--- @include shard
--[[
  Everything a script changes passes through here, so that one call adds exactly one entry to DELTAS:
    s  "12:1,13:0"            seat:state
    a  "0:500:4:0:120"        area:capacity:held:claimed:sold, new totals
]]
local seatState, seatOrder = {}, {}
local areas, areaOrder = {}, {}
local fans, fanOrder = {}, {}
-- Holds that this script ended: {id, tombstone, forgetAt}; what is left of them is written once, at the end.
local ended = {}

-- "12,13" as numbers.
local function seatList(packed)
  local seatNos = {}
  for seatNo in string.gmatch(packed, '%d+') do
    seatNos[#seatNos + 1] = tonumber(seatNo)
  end
  return seatNos
end

-- Neighbours are written in one command, and most fans sit together; so seat numbers come ascending where they can.
local function setSeats(seatNos, state)
  local first = 1
  while first <= #seatNos do
    local last = first
    while seatNos[last + 1] == seatNos[last] + 1 do
      last = last + 1
    end
    redis.call('SETRANGE', SEATS, seatNos[first], string.rep(string.char(state), last - first + 1))
    first = last + 1
  end
  for _, seatNo in ipairs(seatNos) do
    if not seatState[seatNo] then
      seatOrder[#seatOrder + 1] = seatNo
    end
    seatState[seatNo] = state
  end
end

-- nil when there is no such area.
local function readArea(areaNo)
  local area = areas[areaNo]
  if not area then
    local packed = redis.call('HGET', AREAS, areaNo)
    if not packed then
      return nil
    end
    local capacity, held, claimed, sold = string.match(packed, '^(%d+)|(%d+)|(%d+)|(%d+)$')
    area = {
      capacity = tonumber(capacity),
      held = tonumber(held),
      claimed = tonumber(claimed),
      sold = tonumber(sold),
    }
    areas[areaNo] = area
  end
  return area
end

-- Moves places between "held", "claimed" and "sold"; nil stands for free.
local function moveArea(areaNo, quantity, from, to)
  local area = readArea(areaNo)
  if not area then
    return
  end
  if from then
    area[from] = math.max(0, area[from] - quantity)
  end
  if to then
    area[to] = area[to] + quantity
  end
  if not area.changed then
    area.changed = true
    areaOrder[#areaOrder + 1] = areaNo
  end
end

--[[
  A fan is one string, fields parted by "|":
    held    places in active holds
    bought  places in claims and sold
    ids     of live holds, parted by ","
    cycles  holds made since then that were not paid for
    since   when the first of them was made, ms
    from    since when the fan has had places without a pause and without buying, ms
    spans   "start-end,..." of earlier such times that may still count, ms; the last four are left out when all are empty
]]
local function unpackFan(packed)
  if not packed then
    return { held = 0, bought = 0, ids = '', cycles = 0, since = 0, from = 0, spans = '' }
  end
  local held, bought, ids, cycles, since, from, spans = string.match(
    packed,
    '^(%d+)|(%d+)|([^|]*)|?(%d*)|?(%d*)|?(%d*)|?([%d,-]*)$'
  )
  return {
    held = tonumber(held),
    bought = tonumber(bought),
    ids = ids,
    cycles = tonumber(cycles) or 0,
    since = tonumber(since) or 0,
    from = tonumber(from) or 0,
    spans = spans,
  }
end

local function readFan(account)
  if not fans[account] then
    fans[account] = unpackFan(redis.call('HGET', FANS, account))
  end
  return fans[account]
end

-- For scripts that are about to ask for many, before they change any.
local function readFans(accounts)
  for i, packed in ipairs(redis.call('HMGET', FANS, unpack(accounts))) do
    fans[accounts[i]] = unpackFan(packed)
  end
end

-- How many holds this fan made and did not pay for in the window that now lies in.
local function cyclesOf(fan, now)
  return now < fan.since + HOLD_CYCLES_WINDOW_MS and fan.cycles or 0
end

-- Earlier times in which a fan had places, of those that end after `since`: the list, and how long they are in all.
local function spansSince(fan, since)
  local kept, total = {}, 0
  for first, last in string.gmatch(fan.spans, '(%d+)-(%d+)') do
    if tonumber(last) > since then
      kept[#kept + 1] = first .. '-' .. last
      total = total + tonumber(last) - math.max(since, tonumber(first))
    end
  end
  return kept, total
end

-- How long this fan had places and did not buy in the window that ends now.
local function timeHeld(fan, now)
  local since = now - HOLD_TIME_WINDOW_MS
  local _, total = spansSince(fan, since)
  return fan.from > 0 and total + now - math.max(since, fan.from) or total
end

-- How long from now until `wanted` more of the window is free, when nothing is held meanwhile.
local function timeUntilFree(fan, wanted, now)
  local since, freed = now - HOLD_TIME_WINDOW_MS, 0
  local spans = fan.from > 0 and fan.spans .. ',' .. integer(fan.from) .. '-' .. integer(now) or fan.spans
  for first, last in string.gmatch(spans, '(%d+)-(%d+)') do
    first, last = math.max(since, tonumber(first)), tonumber(last)
    if last > first then
      if freed + last - first >= wanted then
        return first + wanted - freed - since
      end
      freed = freed + last - first
    end
  end
  return HOLD_TIME_WINDOW_MS
end

-- A rebuilt claim may not know whose it is (''); there is no fan to count then. `madeAt` counts one more cycle,
-- `countedFrom` starts the time of a fan who had nothing, `endedAt` ends it with the last of their places, `forgive` forgets
-- all cycles and times, `forgetBefore` those that count no more at that time.
local function changeFan(account, change)
  if account == '' then
    return
  end
  local fan = readFan(account)
  fan.held = math.max(0, fan.held + (change.held or 0))
  fan.bought = math.max(0, fan.bought + (change.bought or 0))
  if change.madeAt then
    local cycles = cyclesOf(fan, change.madeAt)
    fan.since = cycles == 0 and change.madeAt or fan.since
    fan.cycles = cycles + 1
  elseif change.forgive then
    fan.cycles, fan.spans, fan.from = 0, '', 0
  elseif change.forgetBefore then
    fan.cycles = cyclesOf(fan, change.forgetBefore)
    fan.spans = table.concat(spansSince(fan, change.forgetBefore - HOLD_TIME_WINDOW_MS), ',')
  end
  if change.countedFrom and fan.from == 0 then
    fan.from = change.countedFrom
  end
  if change.add then
    fan.ids = fan.ids == '' and change.add or (fan.ids .. ',' .. change.add)
  end
  if change.remove then
    local kept = {}
    for id in string.gmatch(fan.ids, '[^,]+') do
      if id ~= change.remove then
        kept[#kept + 1] = id
      end
    end
    fan.ids = table.concat(kept, ',')
    if fan.ids == '' and fan.from > 0 and change.endedAt then
      local spans = spansSince(fan, change.endedAt - HOLD_TIME_WINDOW_MS)
      spans[#spans + 1] = integer(fan.from) .. '-' .. integer(math.max(fan.from, change.endedAt))
      fan.spans, fan.from = table.concat(spans, ','), 0
    end
  end
  if not fan.changed then
    fan.changed = true
    fanOrder[#fanOrder + 1] = account
  end
end

-- Must be the last thing a script does before it returns, on every path that may have changed something.
local function publishChanges()
  local written, gone = {}, {}
  for _, account in ipairs(fanOrder) do
    local fan = fans[account]
    local packed = fan.held .. '|' .. fan.bought .. '|' .. fan.ids
    if fan.cycles > 0 or fan.from > 0 or fan.spans ~= '' then
      packed = table.concat({ packed, fan.cycles, integer(fan.since), integer(fan.from), fan.spans }, '|')
    end
    if packed == '0|0|' then
      gone[#gone + 1] = account
    else
      written[#written + 1], written[#written + 2] = account, packed
    end
  end
  if #written > 0 then
    redis.call('HSET', FANS, unpack(written))
  end
  if #gone > 0 then
    redis.call('HDEL', FANS, unpack(gone))
  end
  if #ended > 0 then
    local tombstones, times = {}, {}
    for i, hold in ipairs(ended) do
      tombstones[2 * i - 1], tombstones[2 * i] = hold.id, hold.tombstone
      times[2 * i - 1], times[2 * i] = hold.forgetAt, hold.id
    end
    redis.call('HSET', HOLDS, unpack(tombstones))
    redis.call('ZADD', ENDED, unpack(times))
  end
  if #seatOrder == 0 and #areaOrder == 0 then
    return
  end
  local seatParts, areaParts = {}, {}
  for i, seatNo in ipairs(seatOrder) do
    seatParts[i] = seatNo .. ':' .. seatState[seatNo]
  end
  for i, areaNo in ipairs(areaOrder) do
    local area = areas[areaNo]
    redis.call(
      'HSET',
      AREAS,
      areaNo,
      area.capacity .. '|' .. area.held .. '|' .. area.claimed .. '|' .. area.sold
    )
    areaParts[i] = table.concat({ areaNo, area.capacity, area.held, area.claimed, area.sold }, ':')
  end
  redis.call(
    'XADD', DELTAS, 'MAXLEN', '~', DELTAS_MAX, '*',
    's', table.concat(seatParts, ','),
    'a', table.concat(areaParts, ',')
  )
end
