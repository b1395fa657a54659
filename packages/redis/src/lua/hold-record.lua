--[[
  A hold is one string in HOLDS, fields parted by "|":
    state       a active, c claimed, e ended (a tombstone, which keeps only account and order)
    account
    places      tickets in it, seats and standing places
    extensions  how many are left
    until       claimed holds: when they would have ended, ms. Active ones end by their score in EXPIRY, and have here
                until when their fan may have them unpaid, '' when that is not counted
    order       claimed and ended holds: the order they went into; of one that was joined to another, JOINED_INTO and that one
    quote       hash of the price the fan agreed to
    seats       "12,13"
    areas       "0:4,2:1"  area:quantity
    rest        opaque here: price version with the sale window, total and items, see src/hold/hold-record.ts
]]
local holds = {}
local JOINED_INTO = 'into:'

local function unpackHold(packed)
  local state, account, places, extensions, till, order, quote, seats, areas, rest = string.match(
    packed,
    '^(%a)|([^|]*)|(%d*)|(%d*)|(%d*)|([^|]*)|([^|]*)|([^|]*)|([^|]*)|(.*)$'
  )
  return {
    packed = packed,
    state = state,
    account = account,
    places = tonumber(places),
    extensions = tonumber(extensions),
    till = till,
    order = order,
    quote = quote,
    seats = seats,
    areas = areas,
    rest = rest,
  }
end

-- The hold that this one was joined to; nil when it was not.
local function joinedInto(hold)
  return string.match(hold.order, '^' .. JOINED_INTO .. '(.+)$')
end

-- Every hold is read once: what a script changes of it stands in the table that all of the script have.
local function readHold(id)
  if holds[id] == nil then
    local packed = redis.call('HGET', HOLDS, id)
    holds[id] = packed and unpackHold(packed) or false
  end
  return holds[id] or nil
end

-- For scripts that are about to ask for many.
local function readHolds(ids)
  for i, packed in ipairs(redis.call('HMGET', HOLDS, unpack(ids))) do
    holds[ids[i]] = packed and unpackHold(packed) or false
  end
end

local function writeHold(id, hold)
  hold.packed = table.concat({
    hold.state,
    hold.account,
    hold.places,
    hold.extensions,
    hold.till,
    hold.order,
    hold.quote,
    hold.seats,
    hold.areas,
    hold.rest,
  }, '|')
  redis.call('HSET', HOLDS, id, hold.packed)
end

local function hasSeat(hold, seatNo)
  return string.find(',' .. hold.seats .. ',', ',' .. seatNo .. ',', 1, true) ~= nil
end

-- When an active hold ends, ms; nil for claimed and ended ones, which have no clock.
local function endOf(id)
  local score = redis.call('ZSCORE', EXPIRY, id)
  return score and tonumber(score) or nil
end
