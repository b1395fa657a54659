--[[
  Moves an entry nobody can read out of the writer's way, keeping it for a person to look at. Safe to run twice.

  KEYS[1]  stream of orders
  KEYS[2]  list of unreadable orders
  ARGV[1]  consumer group
  ARGV[2]  entry id
  ARGV[3]  entry and what is wrong with it, JSON
  returns  how many unreadable orders there are
]]
redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])
if redis.call('XDEL', KEYS[1], ARGV[2]) == 1 then
  redis.call('RPUSH', KEYS[2], ARGV[3])
end
return redis.call('LLEN', KEYS[2])
