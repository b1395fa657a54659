--[[
  Takes orders that Postgres has, or that were moved aside, out of the stream. Safe to run twice.

  KEYS[1]     stream of orders
  ARGV[1]     consumer group
  ARGV[2..n]  entry ids
  returns     how many were there
]]
redis.call('XACK', KEYS[1], unpack(ARGV))
return redis.call('XDEL', KEYS[1], unpack(ARGV, 2))
