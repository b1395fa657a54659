local function nowMs()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end

-- Numbers of 14 digits and more would print as 1.7e+12.
local function integer(number)
  return string.format('%.0f', number)
end
