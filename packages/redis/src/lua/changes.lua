--- @include shard
--[[
  Everything a script changes passes through here, so that one call adds exactly one entry to DELTAS:
    s  "12:1,13:0"            seat:state
    a  "0:500:4:0:120"        area:capacity:held:claimed:sold, new totals
]]
local seatState, seatOrder = {}, {}
local areas, areaOrder = {}, {}
local fans, fanOrder = {}, {}

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
    since   when the first of them was made, ms; the last two are left out when there are none
]]
local function readFan(account)
  local fan = fans[account]
  if not fan then
    local packed = redis.call('HGET', FANS, account)
    if packed then
      local held, bought, ids, cycles, since = string.match(packed, '^(%d+)|(%d+)|([^|]*)|?(%d*)|?(%d*)$')
      fan = {
        held = tonumber(held),
        bought = tonumber(bought),
        ids = ids,
        cycles = tonumber(cycles) or 0,
        since = tonumber(since) or 0,
      }
    else
      fan = { held = 0, bought = 0, ids = '', cycles = 0, since = 0 }
    end
    fans[account] = fan
  end
  return fan
end

-- How many holds this fan made and did not pay for in the window that now lies in.
local function cyclesOf(fan, now)
  return now < fan.since + HOLD_CYCLES_WINDOW_MS and fan.cycles or 0
end

-- A rebuilt claim may not know whose it is (''); there is no fan to count then. `madeAt` counts one more cycle,
-- `forgetCycles` forgets them all.
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
  elseif change.forgetCycles then
    fan.cycles = 0
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
  end
  if not fan.changed then
    fan.changed = true
    fanOrder[#fanOrder + 1] = account
  end
end

-- Must be the last thing a script does before it returns, on every path that may have changed something.
local function publishChanges()
  for _, account in ipairs(fanOrder) do
    local fan = fans[account]
    local packed = fan.held .. '|' .. fan.bought .. '|' .. fan.ids
    if fan.cycles > 0 then
      packed = packed .. '|' .. fan.cycles .. '|' .. integer(fan.since)
    end
    if packed == '0|0|' then
      redis.call('HDEL', FANS, account)
    else
      redis.call('HSET', FANS, account, packed)
    end
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
