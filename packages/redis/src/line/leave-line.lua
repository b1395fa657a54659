--[[
  Gives a valid pass back, or takes a waiting fan off the front. Safe to run twice: the second time finds nobody. One that
  ran out is left for the next wave, which ends it as expired. O(log of the passes).

  KEYS[1..7]  the room of a line
  ARGV[1]     account id
  ARGV[2]     why the pass ends
  returns     1 when a valid pass ended, else 0
]]
--- @include line-room
local account, now = ARGV[1], nowMs()
if roomIsLost() then
  return 0
end
takeOffFront(packAccount(account))
if not isInside(account, now) then
  return 0
end
redis.call('ZREM', PASSES, account)
noteEnd(account, ARGV[2], now)
return 1
