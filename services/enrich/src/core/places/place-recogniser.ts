import type { Entity } from '@wirefold/contracts';
import { blocksOf } from '../blocks.ts';
import { createBoundedCache } from '../bounded-cache.ts';
import type { Recogniser } from '../recogniser.ts';
import { CandidateFinder, type NamesOfLanguage } from './candidate-finder.ts';
import { type Candidate, choosePlace } from './choose-place.ts';
import { contextWords } from './context-words.ts';
import { inflectedForms } from './inflection.ts';
import { NameTrie } from './name-trie.ts';
import type { Gazetteer, Place } from './place-names.ts';
import { isUnspaced, UnspacedNames } from './unspaced-names.ts';

const BLOCK_CHARACTERS = 4_000;
const BLOCKS_BETWEEN_CHECKPOINTS = 16;
/** At about 1 MB each. */
const LANGUAGES_LOADED = 64;

/**
 * Countries and cities by the names of a gazetteer, in time linear in the text. Names of a language are loaded when its
 * first article comes.
 *
 * @param maxMentions in one article; the rest of its text is not looked at
 */
export function createPlaceRecogniser(gazetteer: Gazetteer, maxMentions: number): Recogniser {
  let cities: NameTrie | undefined;
  const namesIn = createBoundedCache(LANGUAGES_LOADED, (language) => loadNames(gazetteer, language));

  return {
    name: 'places',
    recognise: async ({ body, language }, { checkpoint }) => {
      cities ??= trieOf(gazetteer);
      const finder = new CandidateFinder(cities, namesIn(language), contextWords(language));
      let blocks = 0;
      for (const block of blocksOf(body, BLOCK_CHARACTERS)) {
        blocks += 1;
        if (blocks % BLOCKS_BETWEEN_CHECKPOINTS === 0) await checkpoint();
        finder.read(block);
        if (finder.candidates.length >= maxMentions) break;
      }
      const evidence = finder.evidence();
      return finder.candidates.slice(0, maxMentions).flatMap((candidate) => {
        const place = choosePlace(candidate, evidence);
        return place === undefined ? [] : [entityOf(body, candidate, place)];
      });
    },
  };
}

function trieOf(gazetteer: Gazetteer): NameTrie {
  const trie = new NameTrie();
  for (const name of gazetteer.cities()) trie.add(name);
  return trie;
}

function loadNames(gazetteer: Gazetteer, language: string): NamesOfLanguage {
  const names: NamesOfLanguage = { words: new NameTrie(), unspaced: new UnspacedNames() };
  for (const { name, place } of gazetteer.namesIn(language)) {
    if (isUnspaced(name)) {
      names.unspaced.add({ name, place });
      continue;
    }
    for (const form of [name, ...inflectedForms(name, language)]) names.words.add({ name: form, place });
  }
  return names;
}

function entityOf(body: string, { start, end }: Candidate, { id, name, location, country }: Place): Entity {
  return { type: 'place', text: body.slice(start, end), start, end, id, name, location, country };
}
