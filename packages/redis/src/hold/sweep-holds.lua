--[[
  Ends holds that ran out, so that everyone's map shows it, and forgets old tombstones, and with the last of a fan who
  bought nothing the fan: a tombstone outlives the windows in which its hold counted.

  KEYS[1..9]  the shard
  ARGV[1]     at most so many of each
  returns     how many holds were ended; -1 when the epoch is missing
]]
--- @include end-hold
if shardIsLost() then
  return -1
end
local now = nowMs()
local swept = endExpired(now, tonumber(ARGV[1]))
local forgotten = redis.call('ZRANGEBYSCORE', ENDED, '-inf', integer(now), 'LIMIT', 0, ARGV[1])
for _, id in ipairs(forgotten) do
  local hold = readHold(id)
  local fan = hold and hold.account ~= '' and readFan(hold.account)
  if fan and (fan.cycles > 0 or fan.spans ~= '') then
    changeFan(hold.account, { forgetBefore = now })
  end
  redis.call('HDEL', HOLDS, id)
  redis.call('ZREM', ENDED, id)
end
publishChanges()
return swept
