--[[
  One hold, if it is alive.

  KEYS[1..9]  the shard
  ARGV[1]     hold id
  returns     {} or {id, ends at ms, record}
]]
--- @include read-holds
return readLiveHolds({ ARGV[1] })
