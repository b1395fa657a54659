--[[
  Changes the failures counted at an address, as note-fact.lua said.

  KEYS[1]  facts of the address, a tally
  ARGV[1]  declines more
  ARGV[2]  payments more that the bank wants confirmed; negative for one that was answered
  returns  nothing
]]
--- @include tally
local now = nowMs()
local facts = readTally(redis.call('GET', KEYS[1]), now)
addFact(facts, 'decline', tonumber(ARGV[1]), now)
addFact(facts, 'asked', tonumber(ARGV[2]), now)
writeTally(KEYS[1], facts, now)
