--[[
  Counts what came of a call of an account. Safe to run twice when it says what the fact is about.

  KEYS[1]  facts of the account, a tally
  ARGV[1]  hold, purchase, decline or asked
  ARGV[2]  what it is about: a hold, an order, or "order try" for one try to pay it; '' when it counts each time
  returns  {} when it was known; else how the failures at the account's address change: {declines, asked}
]]
--- @include tally
local now = nowMs()
local facts = readTally(redis.call('GET', KEYS[1]), now)
local fact, about = ARGV[1], ARGV[2]
if about ~= '' then
  local told = fact .. ' ' .. about
  if facts[told] then
    return {}
  end
  facts[told] = { 1, now + FACTS_WINDOW_MS }
end
addFact(facts, fact, 1, now)
local asked = fact == 'asked' and 1 or 0
-- The order is paid or declined: that its bank was asked counts no more.
local order = string.match(about, '^%S*')
if (fact == 'purchase' or fact == 'decline') and facts['asked ' .. order] then
  facts['asked ' .. order] = nil
  addFact(facts, 'asked', -1, now)
  asked = -1
end
writeTally(KEYS[1], facts, now)
return { fact == 'decline' and 1 or 0, asked }
