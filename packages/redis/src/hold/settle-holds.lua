--[[
  Ends claims as Postgres decided. Safe to run twice: an ended or unknown hold is passed over, and so is an active one,
  which Postgres cannot have decided about.

  KEYS[1..9]  the shard
  ARGV[1]     "sold" or "free": what the places become
  ARGV[2..n]  hold ids
  returns     how many claims were ended; -1 when the epoch is missing
]]
--- @include end-hold
if shardIsLost() then
  return -1
end
local now, settled, accounts = nowMs(), 0, {}
if ARGV[2] then
  local ids = { unpack(ARGV, 2) }
  readHolds(ids)
  for _, id in ipairs(ids) do
    local hold = readHold(id)
    if hold and hold.account ~= '' then
      accounts[#accounts + 1] = hold.account
    end
  end
end
if #accounts > 0 then
  readFans(accounts)
end
for i = 2, #ARGV do
  local hold = readHold(ARGV[i])
  if hold and hold.state == 'c' then
    endHold(ARGV[i], hold, ARGV[1], now)
    settled = settled + 1
  end
end
publishChanges()
return settled
