--[[
  Puts a staged shard in the place of the live one, and sets the epoch last. Of two rebuilders one wins: the other finds
  an epoch it did not expect. Holds of the old shard are gone, except claims whose order still waits in the stream:
  Postgres does not know them yet and will settle them.

  KEYS[1..9]    the live shard
  KEYS[10]      stream of orders
  KEYS[11..14]  staged seats, seathold, holds, fans
  KEYS[15]      staged areas
  ARGV[1]       the epoch that must stand now; '' for none
  ARGV[2]       the new epoch
  returns       1 when the shard was replaced, 0 when somebody else was first
]]
--- @include end-hold
local ORDERS = KEYS[10]
local staged = { seats = KEYS[11], seathold = KEYS[12], holds = KEYS[13], fans = KEYS[14], areas = KEYS[15] }
if (redis.call('GET', EPOCH) or '') ~= ARGV[1] then
  redis.call('DEL', unpack(KEYS, 11, 15))
  return 0
end

local waiting = {}
for _, entry in ipairs(redis.call('XRANGE', ORDERS, '-', '+')) do
  local fields = entry[2]
  local id = fields[1] == 'hold' and fields[2]
  local hold = id and readHold(id)
  if hold and hold.state == 'c' and redis.call('HEXISTS', staged.holds, id) == 0 then
    waiting[#waiting + 1] = { id = id, hold = hold }
  end
end

for name, live in pairs({ seats = SEATS, seathold = SEATHOLD, holds = HOLDS, fans = FANS, areas = AREAS }) do
  redis.call('DEL', live)
  if redis.call('EXISTS', staged[name]) == 1 then
    redis.call('RENAME', staged[name], live)
    redis.call('PERSIST', live)
  end
end
redis.call('DEL', EXPIRY, ENDED)

for _, claim in ipairs(waiting) do
  local hold = claim.hold
  for _, seatNo in ipairs(seatList(hold.seats)) do
    if redis.call('GETRANGE', SEATS, seatNo, seatNo) == string.char(FREE) then
      setSeats({ seatNo }, CLAIMED)
      redis.call('HSET', SEATHOLD, seatNo, claim.id)
    end
  end
  for areaNo, quantity in string.gmatch(hold.areas, '(%d+):(%d+)') do
    moveArea(areaNo, tonumber(quantity), nil, 'claimed')
  end
  writeHold(claim.id, hold)
  changeFan(hold.account, { bought = hold.places, add = claim.id })
end
publishChanges()

-- Whoever follows must take a new snapshot; the entry also keeps the stream from being empty.
redis.call('XADD', DELTAS, 'MAXLEN', '~', DELTAS_MAX, '*', 'epoch', ARGV[2])
redis.call('PERSIST', DELTAS)
redis.call('SET', EPOCH, ARGV[2])
return 1
