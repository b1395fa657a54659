--- @include clock
--[[
  The order is that of lineKeys() in src/line/line-keys.ts.
    ROOM    hash: room, fence, servedTo, calledTo, graceMs, seq, settleUntil, second and admitted (the inflow of that
            second of the store's clock), wave (the one that Postgres has not acknowledged), endsGone (how many ends
            were taken off the front of ENDS since the room was set up)
    PASSES  zset account -> valid until, ms
    FRONT   zset account -> number, of fans near the front; accounts as 16 bytes
    SEEN    hash number -> until when its fan counts as present and since when, two times of 6 bytes
    SERVED  zset pointer -> when it became the highest number let in; as far back as the grace time looks
    ENDS    list of "account|reason|at", oldest first
    USED    bitmap: the numbers that were let in
  Who waits farther back is in none of them. A fan at the front takes less than 200 bytes, for as long as they stand there.
]]
local ROOM, PASSES, FRONT, SEEN, SERVED, ENDS, USED = unpack(KEYS)

local function roomIsLost()
  return redis.call('EXISTS', ROOM) == 0
end

local function packAccount(id)
  local hex = string.gsub(id, '-', '')
  return (string.gsub(hex, '%x%x', function(byte)
    return string.char(tonumber(byte, 16))
  end))
end

local HEX = string.rep('%02x', 4) .. string.rep('-' .. string.rep('%02x', 2), 4) .. string.rep('%02x', 4)
local function unpackAccount(packed)
  return string.format(HEX, string.byte(packed, 1, 16))
end

-- Until when and since when the fan with this number is present; nil when nobody is.
local function presence(packed, now)
  if packed then
    local till, since = struct.unpack('>I6I6', packed)
    if till > now then
      return till, since
    end
  end
  return nil
end

local function isInside(account, now)
  local till = redis.call('ZSCORE', PASSES, account)
  return till ~= false and tonumber(till) > now
end

local function activePasses(now)
  return redis.call('ZCOUNT', PASSES, '(' .. integer(now), '+inf')
end

-- account is packed.
local function takeOffFront(account)
  local number = redis.call('ZSCORE', FRONT, account)
  if number then
    redis.call('ZREM', FRONT, account)
    redis.call('HDEL', SEEN, number)
  end
end

local function noteEnd(account, reason, at)
  redis.call('RPUSH', ENDS, account .. '|' .. reason .. '|' .. integer(at))
end

-- As roomState in src/line/line-scripts.ts reads it.
local function roomState(room, now)
  return { room.room, room.servedTo, room.calledTo, activePasses(now), redis.call('ZCARD', FRONT) }
end
