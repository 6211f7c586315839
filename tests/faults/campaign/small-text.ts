import type { Random } from '../../../bench/shared/random.ts';

/** Sentences for small stories; written for this. */
const sentences: readonly string[] = [
  'Der Rat der Stadt hat am Montag den Bau einer neuen Brücke beschlossen.',
  'Die Fähre nach Norden fährt wegen des Sturms erst am Mittwoch wieder.',
  'Nach Angaben der Polizei wurde bei dem Unfall niemand verletzt.',
  'Die Ministerin reist in der nächsten Woche nach Warschau und Prag.',
  'The harbour was closed for two days after the storm on Friday.',
  'Officials in Nairobi said the new line would open in September.',
  'The council will vote on the budget next week.',
  'Prices rose by three per cent, the bank said in its report.',
  'El puerto volverá a abrir el lunes por la mañana.',
  'La ministra anunció nuevas ayudas para los agricultores.',
  'Le conseil municipal a voté la construction de deux écoles.',
  'Les trains circulent à nouveau normalement depuis mardi.',
];

/** Two to four sentences and a number, so that few texts are the same. */
export function smallText(random: Random): string {
  const parts = Array.from({ length: 2 + random.below(3) }, () => random.pick(sentences));
  return `${parts.join(' ')} ${random.below(1_000_000)}.`;
}
