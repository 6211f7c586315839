/**
 * How a publisher's lines lie in Redis: a hash, small enough for Redis to keep it packed (512 fields, values of 64 bytes).
 * Field `n`: how many stories were counted. Each other field: 8 bytes that name a line; its value: the day it was first seen
 * (2 bytes), then the latest stories with it, 11 bytes each: article (3), longest paragraph (3), day (2), number of the story (3).
 * Days count from 1970; numbers have their highest byte first.
 */
export const layout = {
  lineBytes: 8,
  sinceBytes: 2,
  sightingBytes: 11,
  maxSightings: 5,
  maxLines: 500,
  /** What is left when there would be more: so that it is done once for many stories. */
  linesAfterTrim: 400,
  /** A line is forgotten as late as one that was seen so many stories later, for each story that it stands in. */
  storiesPerSighting: 50,
  maxStories: 2 ** 24 - 1,
} as const;

const { lineBytes, sinceBytes, sightingBytes, maxSightings, maxLines, linesAfterTrim } = layout;

const COMMON = `
local key = KEYS[1]
local function isHash()
  return redis.call('TYPE', key).ok == 'hash'
end
local function isLine(field, value)
  local rest = #value - ${sinceBytes}
  return #field == ${lineBytes} and rest > 0 and rest % ${sightingBytes} == 0 and rest / ${sightingBytes} <= ${maxSightings}
end
local function number(text, from, size)
  local value = 0
  for at = from, from + size - 1 do value = value * 256 + string.byte(text, at) end
  return value
end`;

/**
 * Gives the number of stories, then each line that stands in as many as ARGV[1], followed by its value. What lies there and
 * is not ours is passed over.
 */
export const READ = `${COMMON}
if not isHash() then return {} end
local all, found = redis.call('HGETALL', key), {redis.call('HGET', key, 'n') or ''}
for at = 1, #all, 2 do
  local value = all[at + 1]
  if isLine(all[at], value) and (#value - ${sinceBytes}) / ${sightingBytes} >= tonumber(ARGV[1]) then
    found[#found + 1] = all[at]
    found[#found + 1] = value
  end
end
return found`;

/**
 * Remembers one story. ARGV: article, its long paragraphs with the longest first, its length, the length of each line (2 bytes each),
 * today, the oldest day that counts, milliseconds to keep the key, as many stories as make a line known, then the lines. A story
 * that a line has already is not counted again: the same article, one whose longest paragraph this one has, or one with which it
 * shares more than half of its text. What is not ours is deleted. Gives 1 where a line came to stand in enough stories, or in
 * more of them.
 */
export const LEARN = `${COMMON}
local article, paragraph, has = ARGV[1], string.sub(ARGV[2], 1, 3), {}
for at = 1, #ARGV[2], 3 do has[string.sub(ARGV[2], at, at + 2)] = true end
local length, today, oldest, known = tonumber(ARGV[3]), tonumber(ARGV[5]), tonumber(ARGV[6]), tonumber(ARGV[8])
local function bytes(value, size)
  local text = ''
  for _ = 1, size do
    text = string.char(value % 256) .. text
    value = math.floor(value / 256)
  end
  return text
end

local fieldCount, stories = 0, nil
if isHash() then
  fieldCount = redis.call('HLEN', key)
  stories = tonumber(redis.call('HGET', key, 'n') or '')
end
if not stories or stories % 1 ~= 0 or stories < 0 or stories >= ${layout.maxStories} or fieldCount > ${maxLines + 1} then
  redis.call('DEL', key)
  fieldCount, stories = 0, 0
end

local lines, added, shared = {}, 0, {}
for at, value in ipairs(redis.call('HMGET', key, unpack(ARGV, 9))) do
  local line = {name = ARGV[at + 8], since = today, sightings = {}}
  if not value then added = added + 1 end
  if value and isLine(line.name, value) then
    for from = ${sinceBytes + 1}, #value, ${sightingBytes} do
      local sighting = string.sub(value, from, from + ${sightingBytes - 1})
      if number(sighting, 7, 2) >= oldest then
        local other = string.sub(sighting, 1, 3)
        line.sightings[#line.sightings + 1] = sighting
        shared[other] = (shared[other] or 0) + number(ARGV[4], 2 * at - 1, 2)
      end
    end
    if #line.sightings > 0 then line.since = number(value, 1, ${sinceBytes}) end
  end
  lines[at] = line
end

local story
for _, line in ipairs(lines) do
  local sightings = {}
  for _, sighting in ipairs(line.sightings) do
    local other = string.sub(sighting, 1, 3)
    if other ~= article and not has[string.sub(sighting, 4, 6)] and shared[other] * 2 <= length then
      sightings[#sightings + 1] = sighting
    elseif not line.seen then
      line.seen = true
      story = story or number(sighting, 9, 3)
      if other == article then sighting = article .. paragraph .. string.sub(sighting, 7) end
      sightings[#sightings + 1] = sighting
    end
  end
  line.sightings = sightings
end
if not story then
  stories = stories + 1
  story = stories
end

if fieldCount + added > ${maxLines + 1} then
  local all, ranks = redis.call('HGETALL', key), {}
  for at = 1, #all, 2 do
    local field, value = all[at], all[at + 1]
    local rank = -1
    if isLine(field, value) then
      rank = number(value, #value - 2, 3) + ${layout.storiesPerSighting} * (#value - ${sinceBytes}) / ${sightingBytes}
    end
    if field ~= 'n' then ranks[#ranks + 1] = {field = field, rank = rank} end
  end
  table.sort(ranks, function(one, other) return one.rank < other.rank end)
  for at = 1, #ranks - (${linesAfterTrim} - added) do redis.call('HDEL', key, ranks[at].field) end
end

local grew, fields = 0, {'n', stories}
for _, line in ipairs(lines) do
  if not line.seen then
    line.sightings[#line.sightings + 1] = article .. paragraph .. bytes(today, 2) .. bytes(story, 3)
    if #line.sightings > ${maxSightings} then
      table.remove(line.sightings, 1)
    elseif #line.sightings >= known then
      grew = 1
    end
  end
  fields[#fields + 1] = line.name
  fields[#fields + 1] = bytes(line.since, ${sinceBytes}) .. table.concat(line.sightings)
end
redis.call('HSET', key, unpack(fields))
redis.call('PEXPIRE', key, ARGV[7])
return grew`;
