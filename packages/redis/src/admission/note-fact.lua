--[[
  Counts what came of a call of an account. Safe to run twice when it says what the fact is about. That the bank was asked counts
  no more once that try is declined, or its order paid.

  KEYS[1]  facts of the account, a tally
  ARGV[1]  hold, purchase, decline or asked
  ARGV[2]  what it is about: a hold, an order that was bought, or "order try" of a decline or an asked bank; '' when it
           counts each time
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

-- What is told again later still counts for nothing.
local function answered(name)
  if countOf(facts, name) > 0 then
    facts[name][1] = 0
    asked = asked - 1
  end
end

if fact == 'decline' then
  answered('asked ' .. about)
elseif fact == 'purchase' and about ~= '' then
  local tries = 'asked ' .. about
  for name in pairs(facts) do
    if string.sub(name, 1, #tries) == tries then
      answered(name)
    end
  end
end
if asked < 0 then
  addFact(facts, 'asked', asked, now)
end
writeTally(KEYS[1], facts, now)
return { fact == 'decline' and 1 or 0, asked }
