--[[
  Takes one call out of a tally of calls again, because it was refused elsewhere. Takes another out when run again.

  KEYS[1]  calls, a tally
  ARGV[1]  what it was counted as
  returns  nothing
]]
--- @include tally
local now = nowMs()
local calls = readTally(redis.call('GET', KEYS[1]), now)
if countOf(calls, ARGV[1]) > 0 then
  calls[ARGV[1]][1] = calls[ARGV[1]][1] - 1
  writeTally(KEYS[1], calls, now)
end
