import anyAscii from 'any-ascii';

/**
 * The consonants of a name in seven classes of sound, so that it is one in every script: Trump, Трамп, ترامب and 特朗普 are all
 * `TLNB`. In the manner of Soundex (Russell 1918), over a transliteration to Latin letters. Empty where nothing is left.
 */
export function skeletonOf(name: string): string {
  const known = skeletons.get(name);
  if (known !== undefined) return known;
  const skeleton = makeSkeleton(name);
  if (skeletons.size >= MAX_KEPT) skeletons.clear();
  skeletons.set(name, skeleton);
  return skeleton;
}

/** News names the same people and places all day. */
const skeletons = new Map<string, string>();
const MAX_KEPT = 20_000;

function makeSkeleton(name: string): string {
  const isHan = /\p{Script=Han}/u.test(name);
  const latin = anyAscii(name)
    .toLowerCase()
    .replaceAll(/[^a-z]/g, '');
  const spelt = isHan
    ? latin.replaceAll(/[zcs]h|[jqxzc]/g, 's').replaceAll(/ng(?![aeiou])/g, 'n')
    : spellOut(latin);
  let skeleton = '';
  for (let at = 0; at < spelt.length; at += 1) {
    const sound = SOUNDS[spelt[at] as string] ?? '';
    if (sound !== '' && sound !== skeleton.at(-1)) skeleton += sound;
    else if (at === 0 && sound === '') skeleton = 'A';
  }
  return skeleton;
}

const SOUNDS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries({ B: 'bpfvw', T: 'td', S: 'szj', K: 'kgqc', L: 'lr', N: 'mn' }).flatMap(([sound, letters]) =>
    letters.split('').map((letter) => [letter, sound]),
  ),
);

/** What European spellings write with more than one letter, or otherwise than they say it. */
const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/dzh|tsch|shch|sch|zh|sh|tch|ch|ts|tz|cz|dj/g, 's'],
  [/ph/g, 'f'],
  [/th|dh/g, 't'],
  [/kh|gh|ck|qu/g, 'k'],
  [/x/g, 'ks'],
  [/[cg](?=[eiy])/g, 's'],
  [/ng(?=[^aeiouy]|$)/g, 'n'],
];

const spellOut = (latin: string): string =>
  SPELLINGS.reduce((text, [pattern, sound]) => text.replaceAll(pattern, sound), latin);
