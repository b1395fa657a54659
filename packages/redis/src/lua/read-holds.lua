--- @include shard
--- @include hold-record
-- {id, ends at ms, record} of every given hold that is alive, flat; changes nothing.
local function readLiveHolds(ids)
  local now, found = nowMs(), {}
  for _, id in ipairs(ids) do
    local hold = readHold(id)
    if hold and hold.state ~= 'e' then
      local ends = hold.state == 'c' and tonumber(hold.till) or endOf(id)
      if hold.state == 'c' or (ends and ends > now) then
        found[#found + 1] = id
        found[#found + 1] = ends or 0
        found[#found + 1] = hold.packed
      end
    end
  end
  return found
end
