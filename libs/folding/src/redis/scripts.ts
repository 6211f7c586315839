import { HEADER } from './record-codec.ts';

/** Lua counts from 1. */
const at = (offset: number): number => offset + 1;

const record = `
local function isRecord(value) return type(value) == 'string' and #value > ${HEADER.size} and string.byte(value, 1) == 1 end
local function stateOf(value) return string.byte(value, ${at(HEADER.state)}) end
local function relationOf(value) return string.byte(value, ${at(HEADER.relation)}) end
local function storyOf(value) return string.sub(value, ${at(HEADER.story)}, ${HEADER.relation}) end
local function contentOf(value) return string.sub(value, ${at(HEADER.contentKey)}, ${HEADER.size}) end
local current = redis.pcall('GET', KEYS[1])
if not isRecord(current) then current = nil end`;

/** ARGV: record, lease in milliseconds. Gives the record that is there; writes only where there is none. */
export const CLAIM = `${record}
if current then return current end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return false`;

/**
 * ARGV: record, lease in milliseconds, the article's own id. Gives false where it was written, the id of the one that took the
 * article along, or the record that another decided.
 */
export const DECIDE = `${record}
if current then
  if stateOf(current) > 0 then
    local isSame = storyOf(current) == storyOf(ARGV[1]) and relationOf(current) == relationOf(ARGV[1])
    if contentOf(current) == contentOf(ARGV[1]) and not isSame then return current end
    if stateOf(current) == 2 then
      redis.call('SET', KEYS[1], ARGV[1], 'KEEPTTL')
      return false
    end
  elseif storyOf(current) ~= ARGV[3] and storyOf(ARGV[1]) == ARGV[3] then
    return storyOf(current)
  end
end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return false`;

/** ARGV: id of the one that takes it along, the article's own id. Gives 1, or the record that is decided, or false. */
export const ADOPT = `${record}
if not current then return false end
if stateOf(current) > 0 then return current end
if storyOf(current) == ARGV[2] then redis.call('SETRANGE', KEYS[1], ${HEADER.story}, ARGV[1]) end
return 1`;

/** ARGV: the article's own id. Decides that a claimed article is an original. */
export const SETTLE = `${record}
if not current then return false end
if stateOf(current) == 0 then
  redis.call('SETRANGE', KEYS[1], ${HEADER.state}, string.char(1))
  redis.call('SETRANGE', KEYS[1], ${HEADER.story}, ARGV[1])
end
return redis.call('GET', KEYS[1])`;

export const POSTING = {
  bucketBytes: 2,
  tagBytes: 3,
  refBytes: 6,
  hourBytes: 3,
  refsMost: 16,
  bucketMost: 512,
} as const;
const { bucketBytes, tagBytes, refBytes, hourBytes, refsMost, bucketMost } = POSTING;
const itemBytes = bucketBytes + tagBytes + refBytes;
const entryBytes = tagBytes + refBytes + hourBytes;
/** Lua's stack takes some 8,000 arguments; even, as fields and values go in pairs. */
const unpackMost = 1000;

/**
 * Looks postings of one shard up, and enters them. ARGV: the hour, hours that an entry counts, items: bucket, tag, ref. A bucket holds
 * entries of tag, ref and hour, the oldest first; what is past is cut off when the bucket is written. Gives for each item how many
 * refs of others were there, and those; of more than {@link POSTING.refsMost} under one tag the oldest goes: what many have says little, and
 * least of it what was there long ago.
 */
export const LOOK_UP = `
local hour, window, items = tonumber(ARGV[1]), tonumber(ARGV[2]), ARGV[3]
local sub, find, byte, char, concat = string.sub, string.find, string.byte, string.char, table.concat
local function hourOf(bucket, from)
  local a, b, c = byte(bucket, from + ${tagBytes + refBytes}, from + ${entryBytes - 1})
  return (a * 256 + b) * 256 + c
end
local stamp = char(math.floor(hour / 65536) % 256, math.floor(hour / 256) % 256, hour % 256)
if redis.call('TYPE', KEYS[1]).ok ~= 'hash' then redis.call('DEL', KEYS[1]) end

-- All buckets are read at once and written at once: each call out of Lua takes as long as the rest of an item.
local fields, buckets, changed = {}, {}, {}
for from = 1, #items, ${itemBytes} do
  local field = sub(items, from, from + ${bucketBytes - 1})
  if not buckets[field] then
    fields[#fields + 1] = field
    buckets[field] = ''
  end
end
for from = 1, #fields, ${unpackMost} do
  local upTo = math.min(from + ${unpackMost - 1}, #fields)
  local values = redis.call('HMGET', KEYS[1], unpack(fields, from, upTo))
  for at = from, upTo do
    local value = values[at - from + 1]
    if value and #value % ${entryBytes} == 0 then buckets[fields[at]] = value end
  end
end

local found, none = {}, char(0)
for from = 1, #items, ${itemBytes} do
  local field = sub(items, from, from + ${bucketBytes - 1})
  local tag = sub(items, from + ${bucketBytes}, from + ${bucketBytes + tagBytes - 1})
  local ref = sub(items, from + ${bucketBytes + tagBytes}, from + ${itemBytes - 1})
  local bucket = buckets[field]
  local answer, isThere, oldest = none, false, nil
  local place = find(bucket, tag, 1, true)
  if place then
    local refs = {}
    while place do
      if place % ${entryBytes} == 1 then
        if hour - hourOf(bucket, place) <= window then
          local other = sub(bucket, place + ${tagBytes}, place + ${tagBytes + refBytes - 1})
          if other == ref then
            isThere = true
          elseif #refs < ${refsMost} then
            oldest = oldest or place
            refs[#refs + 1] = other
          end
        end
        place = place + ${entryBytes}
      else
        place = place + 1
      end
      place = find(bucket, tag, place, true)
    end
    if #refs < ${refsMost} then oldest = nil end
    answer = char(#refs) .. concat(refs)
  end
  if not isThere then
    if oldest then bucket = sub(bucket, 1, oldest - 1) .. sub(bucket, oldest + ${entryBytes}) end
    local keep = 1
    while keep < #bucket and (hour - hourOf(bucket, keep) > window or #bucket - keep >= ${bucketMost * entryBytes}) do
      keep = keep + ${entryBytes}
    end
    if keep > 1 then bucket = sub(bucket, keep) end
    buckets[field] = bucket .. tag .. ref .. stamp
    changed[field] = true
  end
  found[#found + 1] = answer
end

local writes = {}
for field in pairs(changed) do
  writes[#writes + 1] = field
  writes[#writes + 1] = buckets[field]
end
for from = 1, #writes, ${unpackMost} do
  redis.call('HSET', KEYS[1], unpack(writes, from, math.min(from + ${unpackMost - 1}, #writes)))
end
redis.call('EXPIRE', KEYS[1], (window + 1) * 3600)
return table.concat(found)`;

const story = `
local known = redis.pcall('GET', KEYS[1])
local ok, state = pcall(cjson.decode, type(known) == 'string' and known or '')
local function isHead(head)
  return type(head) == 'table' and type(head.uri) == 'string' and type(head.rank) == 'number' and type(head.published) == 'number'
end
if not ok or type(state) ~= 'table' or not isHead(state.head) or type(state.languages) ~= 'table' then state = nil end`;

/**
 * ARGV: the article and the story's first article as JSON, milliseconds to keep it. Gives the story as JSON, or false where the
 * article is refused: a story has one text in a language, and translations are too unsure to bring in another one.
 */
export const JOIN = `${story}
local article, root = cjson.decode(ARGV[1]), cjson.decode(ARGV[2])
if not state then
  state = {head = {uri = root.uri, rank = root.rank, published = root.published}, languages = {[root.language] = root.ref}}
end
local first = state.languages[article.language]
if article.isTranslation and first and first ~= article.ref then return false end
state.languages[article.language] = first or article.ref
local head = state.head
if article.rank > head.rank or (article.rank == head.rank and article.published < head.published) then
  state.head = {uri = article.uri, rank = article.rank, published = article.published}
end
local text = cjson.encode(state)
redis.call('SET', KEYS[1], text, 'PX', ARGV[3])
return text`;

/** ARGV: uri of the canceled article, or nothing where it is not canceled any more; milliseconds to keep it. */
export const KILL_STORY = `${story}
if not state and ARGV[1] == '' then return 0 end
if not state then state = {head = {uri = ARGV[1], rank = 0, published = 0}, languages = {[''] = 0}} end
state.killedBy = ARGV[1] ~= '' and ARGV[1] or nil
redis.call('SET', KEYS[1], cjson.encode(state), 'PX', ARGV[2])
return 1`;
