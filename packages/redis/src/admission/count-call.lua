--[[
  Counts one call under one key of its caller (an account, a session, a card, an address or a device) and tells what is known
  there. Of a call that is over the limit nothing is counted, so it is no sign either. Counts again when run again.

  KEYS[1]  calls, a tally
  KEYS[2]  facts, a tally; left out when the call is not scored, as the next
  KEYS[3]  estimate of a crowd of accounts; left out for an account, of which guarded calls are counted instead
  ARGV[1]  limit; '' when none counts under this key
  ARGV[2]  calls in its window
  ARGV[3]  window, ms
  ARGV[4]  calls of its second purse, which is touched when the first is empty; '' for none
  ARGV[5]  window of that purse, ms
  ARGV[6]  the account that stands in the crowd; '' when the crowd is not asked for
  returns  {ms to wait} when over; {0} when not scored; else {0, guarded calls, crowd} and, where facts are known, holds,
           purchases, declines, asked
]]
--- @include tally
local now = nowMs()
local known = KEYS[2] and redis.call('MGET', KEYS[1], KEYS[2]) or { redis.call('GET', KEYS[1]) }
local calls = readTally(known[1], now)

local function count(name, windowMs)
  local entry = calls[name] or { 0, now + windowMs }
  entry[1] = entry[1] + 1
  calls[name] = entry
  return entry[1]
end

-- 0: there was room.
local function take(purse, points, windowMs)
  if countOf(calls, purse) >= tonumber(points) then
    return calls[purse][2] - now
  end
  count(purse, tonumber(windowMs))
  return 0
end

--[[
  Different accounts in the running hour. A household's are listed by the ends of their ids; a crowd goes into a HyperLogLog,
  which stays small and is off by a percent.
]]
local function crowdWith(account)
  local name = string.sub(account, -12)
  local crowd = calls.crowd or { 0, now + FACTS_WINDOW_MS, '' }
  calls.crowd = crowd
  local names = { name }
  if crowd[3] then
    if string.find(crowd[3], name, 1, true) then
      return crowd[1]
    end
    crowd[1], crowd[3] = crowd[1] + 1, crowd[3] .. ',' .. name
    if crowd[1] <= CROWD_LISTED_MAX then
      return crowd[1]
    end
    for listed in string.gmatch(crowd[3], '[^,]+') do
      names[#names + 1] = listed
    end
    crowd[3] = false
  end
  if redis.call('PFADD', KEYS[3], unpack(names)) == 1 then
    redis.call('PEXPIREAT', KEYS[3], integer(crowd[2]))
    crowd[1] = redis.call('PFCOUNT', KEYS[3])
  end
  return crowd[1]
end

local wait = ARGV[1] == '' and 0 or take(ARGV[1], ARGV[2], ARGV[3])
if wait > 0 and ARGV[4] ~= '' then
  wait = math.min(wait, take(ARGV[1] .. '+', ARGV[4], ARGV[5]))
end
if wait > 0 then
  return { wait }
end
local guarded, crowd = 0, 0
if KEYS[3] then
  crowd = ARGV[6] == '' and 0 or crowdWith(ARGV[6])
elseif KEYS[2] then
  guarded = count('guarded', GUARDED_WINDOW_MS)
end
writeTally(KEYS[1], calls, now)
if not KEYS[2] then
  return { 0 }
end
local reply = { 0, guarded, crowd }
if not known[2] then
  return reply
end
local facts = readTally(known[2], now)
for i, fact in ipairs(FACTS) do
  reply[3 + i] = countOf(facts, fact)
end
return reply
