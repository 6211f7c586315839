import { wordList } from '../word-list.ts';
import type { Parts, Sign } from './sign.ts';

/** That something was translated by a machine; parts of words. */
const CUE = new RegExp(
  wordList(`
  machine translated, machine-translated, automatically translated, auto-translated, auto translated,
  translated automatically, translated by ai, translated by google, translated by deepl, translated by machine,
  translated by a machine, translated with google, translated with deepl, translated with the help of ai, translated with ai,
  translated using ai, translated using google, translated using deepl, translated using artificial intelligence,
  translated using machine, machine translation, automatic translation, automated translation, ai translation, ai-translated,
  automatisch übersetz, maschinell übersetz, maschinell erstellte übersetzung, maschinelle übersetzung,
  automatische übersetzung, mit google übersetz, mit deepl übersetz, mit hilfe von ki übersetz, mithilfe von ki übersetz,
  mit ki übersetz, ki-übersetz,
  traduit automatiquement, traduite automatiquement, traduction automatique, traduit par une machine, traduit par google,
  traduit par deepl, traduit avec deepl, traduit par l'ia, traduit à l'aide de l'ia, traduit par une intelligence artificielle,
  traducido automáticamente, traducida automáticamente, traducción automática, traducido por ia, traducido con ia,
  traducido por google, traducido con google, traducido con deepl, traducido mediante inteligencia artificial,
  traduzido automaticamente, traduzida automaticamente, tradução automática, traduzido por ia, traduzido com ia,
  traduzido pelo google,
  tradotto automaticamente, tradotta automaticamente, traduzione automatica, tradotto con google, tradotto con deepl,
  tradotto con l'ia,
  automatisch vertaald, machinaal vertaald, automatische vertaling, machinevertaling, vertaald met ai, vertaald door google,
  переведено автоматически, переведена автоматически, переведен автоматически, переведён автоматически, машинный перевод,
  машинного перевода, автоматический перевод, автоматически переведен, переведено с помощью ии, переведено нейросетью,
  перекладено автоматично, автоматично переклад, машинний переклад, автоматичний переклад, перекладено за допомогою ші,
  przetłumaczono automatycznie, przetłumaczony automatycznie, przetłumaczony maszynowo, tłumaczenie maszynowe,
  tłumaczenie automatyczne, strojově přelož, strojový překlad, automaticky přelož, automatický překlad,
  maskinöversatt, automatiskt översatt, maskinoversat, automatisk oversat, maskinoversatt, automatisk oversatt, konekäännö,
  otomatik olarak çevril, makine çevirisi, otomatik çeviri, yapay zeka ile çevril, géppel fordít, gépi fordítás, tradus automat,
  traducere automată, αυτόματη μετάφραση, μεταφράστηκε αυτόματα, dịch tự động, dịch bằng máy, dịch máy, được dịch bởi google,
  diterjemahkan secara otomatis, terjemahan mesin, terjemahan otomatis,
  机器翻译, 機器翻譯, 自动翻译, 自動翻譯, 机翻, ai翻译, ai翻譯, 由谷歌翻译, 機械翻訳, 自動翻訳, ai翻訳, 기계 번역, 기계번역, 자동 번역,
  자동번역, ai 번역,
  ترجمة آلية, ترجمة الية, الترجمة الآلية, تمت ترجمته آليا, ترجم آليا, مترجم آليا, مترجمة آليا, ترجمه ماشینی, תרגום אוטומטי,
  תרגום מכונה, תורגם אוטומטית, मशीनी अनुवाद, स्वचालित अनुवाद,
`).join('|'),
);

/** Words for the very text that the reader has before him; `_` is the border of a word. */
const ownText = wordList(`
  _this article_, _this text_, _this story_, _this page_, _this content_, _this post_, _this report_, _this translation_,
  _this version_, _this is a machine translation_, _this is an automatic translation_, _the article above_, _article was_,
  _dieser artikel_, _dieser text_, _dieser beitrag_, _dieser inhalt_, _diese seite_, _diese meldung_, _diese übersetzung_,
  _dieses dokument_, _dies ist eine maschinelle übersetzung_, _dies ist eine automatische übersetzung_, _diesen artikel_, _diesen text_, _artikel wurde_,
  _cet article_, _ce texte_, _cette page_, _ce contenu_, _cette traduction_, _article a été_,
  _este artículo_, _este texto_, _esta página_, _esta noticia_, _este contenido_, _esta traducción_, _artículo ha sido_,
  _este artigo_, _esta notícia_, _este conteúdo_, _esta tradução_, _questo articolo_, _questo testo_, _questa pagina_,
  _questa traduzione_, _dit artikel_, _deze tekst_, _dit bericht_, _deze pagina_, _deze vertaling_,
  _эта статья_, _этот текст_, _эта страница_, _этот материал_, _данный текст_, _данный материал_, _данная статья_, _текст переведен_,
  _статья переведена_, _материал переведен_, _ця стаття_, _цей текст_, _цей матеріал_, _ця сторінка_, _статтю перекладено_,
  _ten artykuł_, _ten tekst_, _artykuł został_, _tento článek_, _tento text_, _článek byl_, _den här artikeln_,
  _artikeln är_, _denne artikel_, _denne artikkelen_, _tämä artikkeli_, _bu makale_, _bu haber_, _bu metin_, _bu içerik_, _ez a cikk_,
  _acest articol_, _αυτό το άρθρο_, _bài viết này_, _bài này_, _bản dịch này_, _artikel ini_, _berita ini_,
  本文, 本页, 本頁, 此文, 该文, 這篇文章, 这篇文章, 本稿, この記事, 本記事, 이 기사, 본 기사, 이 글,
  هذا المقال, هذه المقالة, هذا النص, هذا الخبر, هذه الصفحة, این مقاله, מאמר זה, כתבה זו, यह लेख,
`).map((words) => words.replaceAll('_', ' '));

/** Before the cue: it says that no machine did it. */
const DENIED =
  /(?:(?:^|[^\p{L}])(?:not|nicht|keine|pas|no|non|niet|не|nie|inte|ikke)[^\p{L}]|n't |不是|并非|並非)[^.!?]{0,30}$/u;
const HAS_LETTER = /\p{L}/u;

/**
 * The publisher's own word that a machine translated the article. A story about machine translation has the same words: in its
 * own paragraphs they must speak of "this text"; a line that was cut from it may also begin with them.
 */
export function notices({ edges, residue }: Parts): Sign[] {
  const cut = new Set(residue);
  const line = edges.find((edge) => isNotice(edge, cut.has(edge)));
  if (line === undefined) return [];
  return [{ sign: 'notice', reason: 'a notice of machine translation', text: line, weight: 0.95 }];
}

function isNotice(line: string, wasCut: boolean): boolean {
  const lower = line.toLowerCase().replaceAll('’', "'");
  const cue = CUE.exec(lower);
  if (!cue || DENIED.test(lower.slice(0, cue.index))) return false;
  const words = ` ${lower.replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')} `;
  if (ownText.some((own) => words.includes(own))) return true;
  return wasCut && !HAS_LETTER.test(lower.slice(0, cue.index));
}
