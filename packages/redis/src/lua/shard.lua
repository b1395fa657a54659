--- @include clock
-- The order is that of shardKeys() in src/shard.ts.
local EPOCH, SEATS, SEATHOLD, HOLDS, EXPIRY, ENDED, FANS, AREAS, DELTAS = unpack(KEYS)
--- @constants

local function shardIsLost()
  return redis.call('EXISTS', EPOCH) == 0
end
