--[[
  Hold -> claim and order -> stream, in one step: from here on Postgres decides how the places end. Safe to run twice
  with the same order, also after the order was settled.

  KEYS[1..9]  the shard
  KEYS[10]    stream of orders
  ARGV[1]     hold id
  ARGV[2]     account id
  ARGV[3]     quote hash the fan agreed to
  ARGV[4]     order id
  ARGV[5]     order, JSON
  ARGV[6]     most orders that may wait
  returns     {"queued", orders waiting} | {"replayed", orders waiting} | {"not_found"} | {"price_changed", quote hash}
              | {"busy", orders waiting} | {"claimed_elsewhere"} | {"epoch_missing"}
]]
--- @include own-hold
local ORDERS = KEYS[10]
local id, account, order = ARGV[1], ARGV[2], ARGV[4]
if shardIsLost() then
  return { 'epoch_missing' }
end

local known = readHold(id)
if known and known.account == account and known.order == order then
  return { 'replayed', redis.call('XLEN', ORDERS) }
end
local hold = liveHoldOf(id, account, nowMs())
if not hold then
  return { 'not_found' }
end
if hold.state == 'c' then
  return { 'claimed_elsewhere' }
end
if hold.quote ~= ARGV[3] then
  return { 'price_changed', hold.quote }
end
local waiting = redis.call('XLEN', ORDERS)
if waiting >= tonumber(ARGV[6]) then
  return { 'busy', waiting }
end

setSeats(seatList(hold.seats), CLAIMED)
for areaNo, quantity in string.gmatch(hold.areas, '(%d+):(%d+)') do
  moveArea(areaNo, tonumber(quantity), 'held', 'claimed')
end
hold.state = 'c'
hold.till = integer(hold.ends)
hold.order = order
writeHold(id, hold)
redis.call('ZREM', EXPIRY, id)
-- The limit goes on counting them, now among what the fan bought; settling gives them back or keeps them.
changeFan(account, { held = -hold.places, bought = hold.places })
redis.call('XADD', ORDERS, '*', 'hold', id, 'order', order, 'draft', ARGV[5])
publishChanges()
return { 'queued', waiting + 1 }
