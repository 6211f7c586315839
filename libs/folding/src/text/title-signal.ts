import { foldCase } from './words.ts';

/** What a title says of its article: that it mends, or goes on from, an earlier one. */
export type TitleSignal = 'update' | 'correction';

/**
 * In the languages of the wires; without accents and in lower case. A sign or the end has to follow: «Lead in the water» is no lead.
 */
const CORRECTIONS =
  /^[^\p{L}\p{N}]*(?:correct(?:ed|ion|ing|s)?|berichtigung|korrektur|korrigiert|corrige|rectificati(?:f|on)|erratum|correccion|corregid[ao]|rectificacion|fe de errores|correzione|rettifica|errata|correcao|исправлен(?:ие|о)|уточнение|поправка|виправлення|уточнення|[dđ]inh chinh|sua loi|تصحيح|تصويب|更正|勘误|訂正|정정)(?=\s*\d{0,2}\s*(?:[^\p{L}\p{N}\s]|$))/u;
const UPDATES =
  /^[^\p{L}\p{N}]*(?:\d+(?:st|nd|rd|th)\s+)?(?:update[ds]?|(?:\d+-)?writethru|lead|recast[s]?|aktualisi(?:ert|erung)|eil(?:meldung)?|neufassung|zusammenfassung|mise a jour|actualis(?:e|ation)|maj|actualiza(?:cion|do|da)|ampliacion|aggiornamento|aggiornat[oa]|atualiza(?:cao|do|da)|обновлен(?:ие|о)|дополн(?:ение|ено)|оновлено|cap nhat|محدث|تحديث|更新|最新|速報|업데이트)(?=\s*\d{0,2}\s*(?:[^\p{L}\p{N}\s]|$))/u;

/** What a title says of its article at its beginning, as in `UPDATE 2-`, `CORRECTED:` or `Korrektur:`. */
export function titleSignal(title: string): TitleSignal | undefined {
  // Composed again, as Hangul is written here.
  const folded = foldCase(title).normalize('NFC');
  if (CORRECTIONS.test(folded)) return 'correction';
  return UPDATES.test(folded) ? 'update' : undefined;
}
