import { wordList } from '../../word-list.ts';

/** How the credit of those begins who worked on an article beside its author. */
export const creditLeads = wordList(`
  reporting by, additional reporting by, with reporting by, with reporting from, writing by, editing by, compiled by, with agencies,
  with files from, with inputs from, with material from, mitarbeit, unter mitarbeit von, redigiert von, bearbeitet von,
  geschrieben von, mit material von, mit material der, mit informationen von, mit informationen der, mit informationen aus,
  mit agenturmaterial, reportage de, édité par, rédigé par, avec les agences, avec l agence, avec afp, avec reuters, avec ap,
  reporte de, reportado por, editado por, con información de, con informaciones de, con agencias, reportagem de, edição de,
  com informações de, com agências, con informazioni di, con fonti di agenzia, met medewerking van, opracowanie,
  по материалам, с использованием материалов, подготовил, подготовила, за матеріалами, підготував, підготувала,
`);

/** What is said of who helped: parts of words. */
export const contributionCues = wordList(`
  contributed to this report, contributed to this story, contributed to this article, contributed reporting,
  an diesem artikel mitgearbeitet, zu diesem bericht beigetragen, a contribué à cet article, ont contribué à cet article,
  contribuyó a este, contribuyeron a este, colaboró en este, contribuiu para est, ha contribuito a questo articolo,
`);
