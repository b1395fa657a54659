--- @include changes
--- @include hold-record
local SEAT_AFTER = { free = FREE, sold = SOLD }

--[[
  Ends an active or claimed hold: its places become free or sold, a tombstone stays so that a replay is answered.
  Only places that still belong to this hold are touched.
]]
local function endHold(id, hold, after, now)
  local seatNos, owned = seatList(hold.seats), {}
  if #seatNos > 0 then
    for i, owner in ipairs(redis.call('HMGET', SEATHOLD, unpack(seatNos))) do
      if owner == id then
        owned[#owned + 1] = seatNos[i]
      end
    end
  end
  if #owned > 0 then
    setSeats(owned, SEAT_AFTER[after])
    redis.call('HDEL', SEATHOLD, unpack(owned))
  end
  local from = hold.state == 'c' and 'claimed' or 'held'
  for areaNo, quantity in string.gmatch(hold.areas, '(%d+):(%d+)') do
    moveArea(areaNo, tonumber(quantity), from, after == 'sold' and 'sold' or nil)
  end
  if after == 'sold' then
    changeFan(hold.account, { forgive = true })
  end
  if hold.state == 'a' then
    -- One that ran out before anybody noticed ended when its time was over.
    local endedAt = math.min(now, endOf(id) or now)
    changeFan(hold.account, { held = -hold.places, remove = id, endedAt = endedAt })
    redis.call('ZREM', EXPIRY, id)
  else
    changeFan(hold.account, { bought = after == 'free' and -hold.places or 0, remove = id, endedAt = now })
  end
  hold.state = 'e'
  ended[#ended + 1] = {
    id = id,
    tombstone = 'e|' .. hold.account .. '||||' .. hold.order .. '||||',
    forgetAt = integer(now + HOLD_TOMBSTONE_MS),
  }
end

local function stillRuns(id, now)
  local ends = endOf(id)
  return ends ~= nil and ends > now, ends
end

-- True when the hold was active and its time had run out; it is ended then. Otherwise its end is known as hold.ends.
local function endIfExpired(id, hold, now)
  if hold.state ~= 'a' then
    return false
  end
  local runs, ends = stillRuns(id, now)
  if runs then
    hold.ends = ends
    return false
  end
  endHold(id, hold, 'free', now)
  return true
end

-- Ends up to `limit` holds that ran out, oldest first; how many.
local function endExpired(now, limit)
  local ids = redis.call('ZRANGEBYSCORE', EXPIRY, '-inf', integer(now), 'LIMIT', 0, limit)
  for _, id in ipairs(ids) do
    local hold = readHold(id)
    if hold and hold.state == 'a' then
      endHold(id, hold, 'free', now)
    else
      redis.call('ZREM', EXPIRY, id)
    end
  end
  return #ids
end
