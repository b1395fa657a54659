--[[
  What living holds have, a part of all holds at a time; changes nothing. A hold may be named twice, none is left out that
  was there from the first part to the last. An active one without its time in EXPIRY is not alive: nobody would ever end it.
  A seat that two list is the one's that SEATHOLD names.

  KEYS[1..9]  the shard
  ARGV[1]     "0", then the cursor of the answer before
  ARGV[2]     how many holds to look at, about
  returns     {next cursor, "0" after the last part; hold id, state, seat numbers, areas, ...}
]]
--- @include changes
--- @include hold-record
if shardIsLost() then
  return { '0' }
end
local part = redis.call('HSCAN', HOLDS, ARGV[1], 'COUNT', ARGV[2])
local answer = { part[1] }

local function ownSeats(id, hold)
  local seatNos, own = seatList(hold.seats), {}
  if #seatNos > 0 then
    for i, owner in ipairs(redis.call('HMGET', SEATHOLD, unpack(seatNos))) do
      local other = owner and owner ~= id and readHold(owner)
      if not (other and other.state ~= 'e' and hasSeat(other, seatNos[i])) then
        own[#own + 1] = seatNos[i]
      end
    end
  end
  return table.concat(own, ',')
end

for i = 1, #part[2], 2 do
  local id, state = part[2][i], string.sub(part[2][i + 1], 1, 1)
  if state == 'c' or (state == 'a' and endOf(id)) then
    local hold = unpackHold(part[2][i + 1])
    for _, value in ipairs({ id, hold.state, ownSeats(id, hold), hold.areas }) do
      answer[#answer + 1] = value
    end
  end
end
return answer
