--[[
  Active holds, the one that ends first in front.

  KEYS[1..9]  the shard
  ARGV[1]     at most so many
  returns     flat {id, ends at ms, record}
]]
--- @include read-holds
return readLiveHolds(
  redis.call('ZRANGEBYSCORE', EXPIRY, '(' .. integer(nowMs()), '+inf', 'LIMIT', 0, ARGV[1])
)
