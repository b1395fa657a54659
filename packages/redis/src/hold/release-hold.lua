--[[
  Gives the places of an active hold back. Safe to run twice: the second time finds none.

  KEYS[1..9]  the shard
  ARGV[1]     hold id
  ARGV[2]     account id, or '' when an operator releases it
  returns     {"released", places} | {"not_found"} | {"claimed"} | {"epoch_missing"}
]]
--- @include own-hold
if shardIsLost() then
  return { 'epoch_missing' }
end
local now = nowMs()
local hold = liveHoldOf(ARGV[1], ARGV[2], now)
if not hold then
  return { 'not_found' }
end
if hold.state == 'c' then
  return { 'claimed' }
end
endHold(ARGV[1], hold, 'free', now)
publishChanges()
return { 'released', hold.places }
