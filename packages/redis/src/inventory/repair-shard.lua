--[[
  Makes single places agree with Postgres after drift. Safe to run twice. A sold seat becomes sold whatever it was: an
  active hold on it ends as a whole, a claim only loses this seat. Any other seat is its living hold's, and what Postgres
  says where it has none; one that changed since it was looked at is left alone. Of a standing area, what is held and in
  checkout is counted anew from the living holds, and what is sold is set unless somebody sold meanwhile.

  KEYS[1..9]  the shard
  ARGV[1]     seats that are sold: "12,13"
  ARGV[2]     other seats: "14:1:0:hold,15::4:"  seat:state that was seen, if any:state where no living hold has it:a hold
              that lists it, if any
  ARGV[3]     areas: "0:118:120"  area:sold that was seen:sold
  ARGV[4]     claims of Postgres that the shard may have lost: "hold:0:4"  hold:area:places
  ARGV[5]     what fans bought or have in checkout: "account:2,account:1"
  returns     how many seats and areas were changed; -1 when the epoch is missing
]]
--- @include end-hold
if shardIsLost() then
  return -1
end
local now, changed = nowMs(), 0
local STATE_OF = { a = HELD, c = CLAIMED }

local function stateOf(seatNo)
  return string.byte(redis.call('GETRANGE', SEATS, seatNo, seatNo))
end

-- The hold, when it is alive and has this seat.
local function livingHold(id, seatNo)
  local hold = id and id ~= '' and readHold(id)
  if hold and STATE_OF[hold.state] and not endIfExpired(id, hold, now) and hasSeat(hold, seatNo) then
    return hold
  end
  return nil
end

for _, seatNo in ipairs(seatList(ARGV[1])) do
  if stateOf(seatNo) ~= SOLD then
    local holder = redis.call('HGET', SEATHOLD, seatNo)
    local hold = holder and readHold(holder)
    if hold and hold.state == 'a' then
      endHold(holder, hold, 'free', now)
    end
    redis.call('HDEL', SEATHOLD, seatNo)
    setSeats({ seatNo }, SOLD)
    changed = changed + 1
  end
end

for seat, seen, target, lister in string.gmatch(ARGV[2], '(%d+):(%d*):(%d+):([^,]*)') do
  local seatNo = tonumber(seat)
  local before = stateOf(seatNo)
  if before == tonumber(seen) then
    local holder = redis.call('HGET', SEATHOLD, seatNo)
    local hold = livingHold(holder, seatNo)
    if not hold then
      hold = livingHold(lister, seatNo)
      if hold then
        redis.call('HSET', SEATHOLD, seatNo, lister)
      elseif holder then
        redis.call('HDEL', SEATHOLD, seatNo)
      end
    end
    local right = hold and STATE_OF[hold.state] or tonumber(target)
    if stateOf(seatNo) ~= right then
      setSeats({ seatNo }, right)
    end
    if before ~= right then
      changed = changed + 1
    end
  end
end

-- All holds are read at once, so that none is counted twice; only where an area is wrong.
local function countPromises()
  local counts, known = {}, {}
  local function add(field, packed)
    for areaNo, quantity in string.gmatch(packed, '(%d+):(%d+)') do
      counts[areaNo] = counts[areaNo] or { held = 0, claimed = 0 }
      counts[areaNo][field] = counts[areaNo][field] + tonumber(quantity)
    end
  end
  local all = redis.call('HGETALL', HOLDS)
  for i = 1, #all, 2 do
    local state = string.sub(all[i + 1], 1, 1)
    if state == 'c' then
      known[all[i]] = true
      add('claimed', unpackHold(all[i + 1]).areas)
    elseif state == 'a' and endOf(all[i]) then
      add('held', unpackHold(all[i + 1]).areas)
    end
  end
  for id, place in string.gmatch(ARGV[4], '([^,:]+):(%d+:%d+)') do
    if not known[id] then
      add('claimed', place)
    end
  end
  return counts
end

local counts = ARGV[3] ~= '' and countPromises()
for areaNo, seen, sold in string.gmatch(ARGV[3], '(%d+):(%d+):(%d+)') do
  local area, right = readArea(areaNo), counts[areaNo] or { held = 0, claimed = 0 }
  if area then
    right.sold = area.sold == tonumber(seen) and tonumber(sold) or area.sold
    local differs = false
    for _, field in ipairs({ 'held', 'claimed', 'sold' }) do
      if area[field] ~= right[field] then
        moveArea(areaNo, right[field] - area[field], nil, field)
        differs = true
      end
    end
    changed = changed + (differs and 1 or 0)
  end
end

for account, count in string.gmatch(ARGV[5], '([^,:]+):(%d+)') do
  local difference = tonumber(count) - readFan(account).bought
  if difference ~= 0 then
    changeFan(account, { bought = difference })
  end
end

publishChanges()
return changed
