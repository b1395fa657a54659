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

local function readFan(account)
  local fan = fans[account]
  if not fan then
    local packed = redis.call('HGET', FANS, account)
    local held, bought, ids = string.match(packed or '0|0|', '^(%d+)|(%d+)|(.*)$')
    fan = { held = tonumber(held), bought = tonumber(bought), ids = ids }
    fans[account] = fan
  end
  return fan
end

-- A rebuilt claim may not know whose it is (''); there is no fan to count then.
local function changeFan(account, change)
  if account == '' then
    return
  end
  local fan = readFan(account)
  fan.held = math.max(0, fan.held + (change.held or 0))
  fan.bought = math.max(0, fan.bought + (change.bought or 0))
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
    if fan.held == 0 and fan.bought == 0 and fan.ids == '' then
      redis.call('HDEL', FANS, account)
    else
      redis.call('HSET', FANS, account, fan.held .. '|' .. fan.bought .. '|' .. fan.ids)
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
