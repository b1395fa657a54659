--[[
  The whole stock at one moment, with the last delta that is already in it.

  KEYS[1..9]  the shard
  ARGV        none
  returns     {} when the epoch is missing, else {epoch, id of the last delta, seats, areaNo, area, areaNo, area, ...}
]]
--- @include shard
local epoch = redis.call('GET', EPOCH)
if not epoch then
  return {}
end
local last = redis.call('XREVRANGE', DELTAS, '+', '-', 'COUNT', 1)
local reply = { epoch, last[1] and last[1][1] or '0-0', redis.call('GET', SEATS) or '' }
for _, value in ipairs(redis.call('HGETALL', AREAS)) do
  reply[#reply + 1] = value
end
return reply
