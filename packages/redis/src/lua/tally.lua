--- @include clock
--- @constants
--[[
  A tally is what is counted of one account, session, card, address or device: a table by name, packed into one string that
  ends with the last of its windows. An entry is {count, end of its window in ms}; a window begins with what is counted first.
    in "calls"  a limit; the limit and "+", its second purse; "guarded", calls that are scored;
                "crowd", {accounts, end, names of those accounts or false}, see src/admission/count-call.lua
    in "facts"  "hold", "purchase", "decline", "asked", all in one window;
                a fact and what it was about, "hold ID": the same again counts for nothing
]]
local function readTally(packed, now)
  local tally = packed and cmsgpack.unpack(packed) or {}
  for name, entry in pairs(tally) do
    if entry[2] <= now then
      tally[name] = nil
    end
  end
  return tally
end

local function writeTally(key, tally, now)
  local ends = now
  for _, entry in pairs(tally) do
    ends = math.max(ends, entry[2])
  end
  if ends > now then
    redis.call('SET', key, cmsgpack.pack(tally), 'PX', ends - now)
  else
    redis.call('DEL', key)
  end
end

local function countOf(tally, name)
  return tally[name] and tally[name][1] or 0
end

local FACTS = { 'hold', 'purchase', 'decline', 'asked' }

local function addFact(facts, fact, by, now)
  local ends = now + FACTS_WINDOW_MS
  for _, name in ipairs(FACTS) do
    ends = facts[name] and facts[name][2] or ends
  end
  facts[fact] = { math.max(0, countOf(facts, fact) + by), ends }
end
