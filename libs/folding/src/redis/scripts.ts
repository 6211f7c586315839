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

const headers = `
local function headerOf(key)
  local header = redis.pcall('GETRANGE', key, 0, ${HEADER.size - 1})
  if type(header) ~= 'string' or #header < ${HEADER.size} or string.byte(header, 1) ~= 1 then return nil end
  return header
end
local function stateOf(header) return string.byte(header, ${at(HEADER.state)}) end
local answers = {}`;

/** ARGV: lease in milliseconds, a record for each key. Gives for each the record that is there; writes only where there is none. */
export const CLAIM = `${headers}
for place, key in ipairs(KEYS) do
  if headerOf(key) then
    answers[place] = redis.call('GET', key)
  else
    redis.call('SET', key, ARGV[place + 1], 'PX', ARGV[1])
    answers[place] = ''
  end
end
return answers`;

/**
 * ARGV: for each key the header of the claimed original. Decides what nobody has had a say about, and gives 1 for it, else 0.
 */
export const DECIDE_ALONE = `${headers}
for place, key in ipairs(KEYS) do
  answers[place] = 0
  if headerOf(key) == ARGV[place] then
    redis.call('SETRANGE', key, ${HEADER.state}, string.char(1))
    answers[place] = 1
  end
end
return answers`;

/**
 * ARGV: milliseconds to keep them, for each key the header of the decided record. Keeps what is there as it was decided, and gives 1
 * for it, else 0.
 */
export const CONFIRM = `${headers}
for place, key in ipairs(KEYS) do
  answers[place] = 0
  local header = headerOf(key)
  local decided = ARGV[place + 1]
  if header and stateOf(header) > 0 and string.sub(header, ${at(HEADER.story)}) == string.sub(decided, ${at(HEADER.story)}) then
    redis.call('SETRANGE', key, ${HEADER.state}, string.char(2))
    redis.call('PEXPIRE', key, ARGV[1])
    answers[place] = 1
  end
end
return answers`;

/**
 * ARGV: record, lease in milliseconds, the article's own id. What was confirmed once stays so. Gives false where it was written, the id of the one that took the
 * article along, or the record that another decided.
 */
export const DECIDE = `${record}
if current then
  if stateOf(current) > 0 then
    local isSame = storyOf(current) == storyOf(ARGV[1]) and relationOf(current) == relationOf(ARGV[1])
    if contentOf(current) == contentOf(ARGV[1]) and not isSame then return current end
    if stateOf(current) == 2 then
      local confirmed = string.sub(ARGV[1], 1, 1) .. string.char(2) .. string.sub(ARGV[1], 3)
      redis.call('SET', KEYS[1], confirmed, 'KEEPTTL')
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
  /** Tag, ref and hour. */
  entryBytes: 12,
  /** Under a run of words: those that came first, so that of all that come at one moment each sees them. */
  runRefsMost: 16,
  /** Under an anchor, which many may have. */
  anchorRefsMost: 8,
  /** Of those the first, which stay. */
  firstRefs: 4,
  bucketMost: 512,
} as const;
const { bucketBytes, tagBytes, refBytes, entryBytes, runRefsMost, anchorRefsMost, firstRefs, bucketMost } =
  POSTING;
/** Of an item of {@link LOOK_UP}. */
export const ITEM_BYTES = bucketBytes + tagBytes + refBytes;
/** Lua's stack takes some 8,000 arguments; even, as fields and values go in pairs. */
const unpackMost = 1000;
const firstBytes = firstRefs * entryBytes;

/**
 * Looks postings of one shard up, and enters them. ARGV: the hour, hours that an entry counts, items: bucket, tag, ref; bytes of them
 * that are runs of words, which stand before the anchors. A bucket holds
 * entries of tag, ref and hour; those of one tag stand together, the oldest first, and the run that was added to last stands last. So what is
 * past is at the beginning, and is cut off there, but for what shares a tag with what is not: the reader looks at the hour.
 *
 * Gives for each item how many entries were there, and those, its own among them. More than {@link POSTING.anchorRefsMost} under one
 * anchor say little, and least of it what was there long ago: the first stay, and of the others the oldest goes.
 */
export const LOOK_UP = `
local hour, window, items, runs = tonumber(ARGV[1]), tonumber(ARGV[2]), ARGV[3], tonumber(ARGV[4])
local sub, find, byte, char, concat = string.sub, string.find, string.byte, string.char, table.concat
local function hourOf(bucket, from)
  local a, b, c = byte(bucket, from + ${tagBytes + refBytes}, from + ${entryBytes - 1})
  return (a * 256 + b) * 256 + c
end
local function trimmed(bucket)
  local keep = 1
  while keep < #bucket and (hour - hourOf(bucket, keep) > window or #bucket - keep >= ${bucketMost * entryBytes}) do
    keep = keep + ${entryBytes}
  end
  return keep > 1 and sub(bucket, keep) or bucket
end
local stamp = char(math.floor(hour / 65536) % 256, math.floor(hour / 256) % 256, hour % 256)
if redis.call('TYPE', KEYS[1]).ok ~= 'hash' then redis.call('DEL', KEYS[1]) end

-- All buckets are read at once and written at once: each call out of Lua takes as long as the rest of an item.
local fields, buckets, changed = {}, {}, {}
for from = 1, #items, ${ITEM_BYTES} do
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
    if value and #value % ${entryBytes} == 0 then buckets[fields[at]] = trimmed(value) end
  end
end

local found, none, counts = {}, char(0), {}
for count = 1, ${runRefsMost} do counts[count] = char(count) end
for from = 1, #items, ${ITEM_BYTES} do
  local field = sub(items, from, from + ${bucketBytes - 1})
  local entry = sub(items, from + ${bucketBytes}, from + ${ITEM_BYTES - 1})
  local tag = sub(entry, 1, ${tagBytes})
  local bucket = buckets[field]
  local answer, isThere = none, false
  local place = find(bucket, tag, 1, true)
  while place and place % ${entryBytes} ~= 1 do place = find(bucket, tag, place + 1, true) end
  local mostBytes = (from <= runs and ${runRefsMost} or ${anchorRefsMost}) * ${entryBytes}
  if place then
    local stop = place + ${entryBytes}
    while stop < place + mostBytes and sub(bucket, stop, stop + ${tagBytes - 1}) == tag do stop = stop + ${entryBytes} end
    local run = sub(bucket, place, stop - 1)
    answer = counts[#run / ${entryBytes}] .. run
    local known = find(run, entry, 1, true)
    isThere = known and known % ${entryBytes} == 1
    if not isThere then
      while #run > 0 and hour - hourOf(run, 1) > window do run = sub(run, ${at(entryBytes)}) end
      if #run < mostBytes then
        bucket = sub(bucket, 1, place - 1) .. sub(bucket, stop) .. run
      elseif from <= runs then
        isThere = true
      else
        bucket = sub(bucket, 1, place - 1) .. sub(bucket, stop) .. sub(run, 1, ${firstBytes}) .. sub(run, ${at(firstBytes + entryBytes)})
      end
    end
  end
  if not isThere then
    buckets[field] = bucket .. entry .. stamp
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
 * article is refused: what is unsure brings no second text in a language into a story.
 */
export const JOIN = `${story}
local article, root = cjson.decode(ARGV[1]), cjson.decode(ARGV[2])
if not state then
  state = {head = {uri = root.uri, rank = root.rank, published = root.published}, languages = {[root.language] = root.ref}}
end
local first = state.languages[article.language]
if article.isUnsure and first and first ~= article.ref then return false end
state.languages[article.language] = first or article.ref
local head = state.head
-- Of equals the one that came first stays: a head changes for a reason, as a kill goes by it.
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
