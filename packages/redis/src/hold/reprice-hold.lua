--[[
  Same places, other ticket types: replaces items, quote and total of an active hold, which keeps its price version and
  its sale window. Safe to run twice.

  KEYS[1..9]  the shard
  ARGV[1]     hold id
  ARGV[2]     account id
  ARGV[3]     quote hash
  ARGV[4]     seat numbers of the new items, as the record keeps them
  ARGV[5]     areas of the new items, as the record keeps them
  ARGV[6]     total, minor units
  ARGV[7]     items, JSON
  returns     {"repriced", ends at ms, record} | {"other_places"} | {"not_found"} | {"epoch_missing"}
]]
--- @include own-hold
if shardIsLost() then
  return { 'epoch_missing' }
end
local hold = liveHoldOf(ARGV[1], ARGV[2], nowMs())
if not hold or hold.state ~= 'a' then
  return { 'not_found' }
end
if hold.seats ~= ARGV[4] or hold.areas ~= ARGV[5] then
  return { 'other_places' }
end
hold.quote = ARGV[3]
hold.rest = string.match(hold.rest, '^[^|]+') .. '|' .. ARGV[6] .. '|' .. ARGV[7]
writeHold(ARGV[1], hold)
return { 'repriced', hold.ends, hold.packed }
