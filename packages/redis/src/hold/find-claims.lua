--[[
  Holds in checkout, a part of all holds at a time; changes nothing. A hold may be named twice, none is left out that was
  there from the first part to the last.

  KEYS[1..9]  the shard
  ARGV[1]     "0", then the cursor of the answer before
  ARGV[2]     how many holds to look at, about
  returns     {next cursor, "0" after the last part; hold id...}
]]
--- @include shard
if shardIsLost() then
  return { '0' }
end
local part = redis.call('HSCAN', HOLDS, ARGV[1], 'COUNT', ARGV[2])
local answer = { part[1] }
for i = 1, #part[2], 2 do
  if string.sub(part[2][i + 1], 1, 2) == 'c|' then
    answer[#answer + 1] = part[2][i]
  end
end
return answer
