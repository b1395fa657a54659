--[[
  Lets an active hold end one time to live from now, as long as it has extensions left. Safe to run twice: an extension
  that would win less than a tenth of the time to live is answered and not spent, so a retry costs nothing.

  KEYS[1..9]  the shard
  ARGV[1]     hold id
  ARGV[2]     account id
  ARGV[3]     time to live, ms
  returns     {"extended", ends at ms, record} | {"not_found"} | {"no_extension_left"} | {"epoch_missing"}
]]
--- @include own-hold
if shardIsLost() then
  return { 'epoch_missing' }
end
local now, ttl = nowMs(), tonumber(ARGV[3])
local hold = liveHoldOf(ARGV[1], ARGV[2], now)
if not hold or hold.state ~= 'a' then
  return { 'not_found' }
end
local ends = hold.ends
-- Time for paying is left over of what the fan has in all.
local till = math.min(now + ttl, hold.till ~= '' and tonumber(hold.till) - PAYING_TIME_MIN_MS or math.huge)
if now + ttl - ends < ttl / 10 then
  return { 'extended', ends, hold.packed }
end
if hold.extensions == 0 or till - ends < ttl / 10 then
  return { 'no_extension_left' }
end
hold.extensions = hold.extensions - 1
writeHold(ARGV[1], hold)
redis.call('ZADD', EXPIRY, integer(till), ARGV[1])
return { 'extended', till, hold.packed }
