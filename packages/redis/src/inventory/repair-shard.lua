--[[
  Makes single places agree with Postgres after drift. Safe to run twice. A sold seat becomes sold whatever it was: an
  active hold on it ends as a whole, a claim only loses this seat. A free one becomes free unless a live hold has it.

  KEYS[1..9]  the shard
  ARGV[1]     seats that are sold: "12,13"
  ARGV[2]     seats that nobody bought: "14,15"
  ARGV[3]     areas: "0:4:120" area:claimed:sold
  ARGV[4]     what fans bought or have in checkout: "account:2,account:1"
  returns     how many seats and areas were changed; -1 when the epoch is missing
]]
--- @include end-hold
if shardIsLost() then
  return -1
end
local now, changed = nowMs(), 0

local function stateOf(seatNo)
  return string.byte(redis.call('GETRANGE', SEATS, seatNo, seatNo))
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

for _, seatNo in ipairs(seatList(ARGV[2])) do
  local holder = redis.call('HGET', SEATHOLD, seatNo)
  local hold = holder and readHold(holder)
  local live = hold and hold.state ~= 'e' and not endIfExpired(holder, hold, now)
  if not live and stateOf(seatNo) ~= FREE then
    redis.call('HDEL', SEATHOLD, seatNo)
    setSeats({ seatNo }, FREE)
    changed = changed + 1
  end
end

for areaNo, claimed, sold in string.gmatch(ARGV[3], '(%d+):(%d+):(%d+)') do
  local area = readArea(areaNo)
  claimed, sold = tonumber(claimed), tonumber(sold)
  if area and (area.claimed ~= claimed or area.sold ~= sold) then
    moveArea(areaNo, claimed - area.claimed, nil, 'claimed')
    moveArea(areaNo, sold - area.sold, nil, 'sold')
    changed = changed + 1
  end
end

for account, count in string.gmatch(ARGV[4], '([^,:]+):(%d+)') do
  local difference = tonumber(count) - readFan(account).bought
  if difference ~= 0 then
    changeFan(account, { bought = difference })
  end
end

publishChanges()
return changed
