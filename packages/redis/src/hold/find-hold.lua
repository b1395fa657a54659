--[[
  One hold, if it is alive; of one that was joined to another, that one.

  KEYS[1..9]  the shard
  ARGV[1]     hold id
  returns     {} or {id, ends at ms, record}
]]
--- @include read-holds
local hold = readHold(ARGV[1])
return readLiveHolds({ hold and joinedInto(hold) or ARGV[1] })
