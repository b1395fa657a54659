--[[
  Puts what is asked of an order that stands in Postgres into the stream of its event, behind the orders that wait there.

  KEYS[1]  stream of orders
  ARGV[1]  what is asked, JSON
  ARGV[2]  most entries that may wait
  returns  entries waiting; -1: it is full
]]
local waiting = redis.call('XLEN', KEYS[1])
if waiting >= tonumber(ARGV[2]) then
  return -1
end
redis.call('XADD', KEYS[1], '*', 'ask', ARGV[1])
return waiting + 1
