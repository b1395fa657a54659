--[[
  Extends a pass that is valid, and never shortens it. Safe to run twice. O(log of the passes).

  KEYS[1..7]  the room of a line
  ARGV[1]     account id
  ARGV[2]     time to live from now, ms
  ARGV[3]     no extension goes past this, ms
  returns     until when it is valid, ms; 0 when it is over; -1 when the room is lost
]]
--- @include line-room
local account, now = ARGV[1], nowMs()
if roomIsLost() then
  return -1
end
if not isInside(account, now) then
  return 0
end
local till = tonumber(redis.call('ZSCORE', PASSES, account))
local longer = math.min(now + tonumber(ARGV[2]), tonumber(ARGV[3]))
if longer > till then
  till = longer
  redis.call('ZADD', PASSES, integer(till), account)
end
return till
