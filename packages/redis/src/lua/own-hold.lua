--- @include end-hold
--[[
  The hold `id` when it is alive and belongs to `account` ('' for an operator), else nil. One that ran out is ended on
  the spot. A hold of somebody else looks exactly like none.
]]
local function liveHoldOf(id, account, now)
  local hold = readHold(id)
  if not hold or hold.state == 'e' or (account ~= '' and hold.account ~= account) then
    return nil
  end
  if endIfExpired(id, hold, now) then
    publishChanges()
    return nil
  end
  return hold
end
