--[[
  The live holds of one fan, oldest first; costs as much as the fan has.

  KEYS[1..9]  the shard
  ARGV[1]     account id
  returns     flat {id, ends at ms, record}
]]
--- @include read-holds
local ids = {}
local fan = redis.call('HGET', FANS, ARGV[1])
if fan then
  for id in string.gmatch(string.match(fan, '^%d+|%d+|([^|]*)'), '[^,]+') do
    ids[#ids + 1] = id
  end
end
return readLiveHolds(ids)
