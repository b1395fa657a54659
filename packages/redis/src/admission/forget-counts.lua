--[[
  Takes counts out of a tally, whatever they have come to. Safe to run twice.

  KEYS[1]     a tally
  ARGV[1..n]  their names
  returns     nothing
]]
--- @include tally
local now = nowMs()
local tally = readTally(redis.call('GET', KEYS[1]), now)
for _, name in ipairs(ARGV) do
  tally[name] = nil
end
writeTally(KEYS[1], tally, now)
