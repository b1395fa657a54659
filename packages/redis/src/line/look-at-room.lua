--[[
  How the room stands; changes nothing, and costs the same for any line.

  KEYS[1..7]  the room of a line
  ARGV        none
  returns     {} when the room is lost, else {room, served to, called to, valid passes, fans at the front}; those at the
              front are as the last wave left them, so who went away since is still among them
]]
--- @include line-room
local room = redis.call('HMGET', ROOM, 'room', 'servedTo', 'calledTo')
if not room[1] then
  return {}
end
return roomState({ room = room[1], servedTo = tonumber(room[2]), calledTo = tonumber(room[3]) }, nowMs())
