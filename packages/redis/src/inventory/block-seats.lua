--[[
  Free <-> blocked. Safe to run twice. A hold that ran out does not stand in the way.

  KEYS[1..9]  the shard
  ARGV[1]     1 to block, 0 to open
  ARGV[2..n]  seat numbers
  returns     false when the epoch is missing, else the seat numbers somebody has
]]
--- @include end-hold
if shardIsLost() then
  return false
end
local now, refused, changed = nowMs(), {}, {}
local target = ARGV[1] == '1' and BLOCKED or FREE
for i = 2, #ARGV do
  local seatNo = tonumber(ARGV[i])
  local state = string.byte(redis.call('GETRANGE', SEATS, seatNo, seatNo))
  if state == HELD then
    local holder = redis.call('HGET', SEATHOLD, seatNo)
    local hold = holder and readHold(holder)
    if hold and endIfExpired(holder, hold, now) then
      state = FREE
    end
  end
  if state ~= FREE and state ~= BLOCKED then
    refused[#refused + 1] = seatNo
  elseif state ~= target then
    changed[#changed + 1] = seatNo
  end
end
setSeats(changed, target)
publishChanges()
return refused
