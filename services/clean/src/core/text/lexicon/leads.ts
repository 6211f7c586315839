import { wordList } from '../../word-list.ts';

/** How links to other stories begin. Those of one word need a colon or stand alone. */
export const relatedLeads = wordList(`
  read also, also read, read more, read next, see also, related, related articles, related stories,
  related news, related topics, more on this, more on this story, more on this topic, more stories,
  you may also like, you might also like, you may be interested in, recommended, recommended for you,
  don t miss,
  watch, watch also, watch more, more from, most read, editor s picks, trending, in pictures, up next,
  lesen sie auch, lesen sie mehr, lesen sie hier, lesen sie dazu, lesen sie hierzu, lies auch,
  lesen sie weiter,
  mehr zum thema, mehr zu, mehr dazu, mehr lesen, auch interessant, das könnte sie auch interessieren,
  das könnte dich auch interessieren, passend dazu, weitere artikel, weiterlesen, siehe auch,
  meistgelesen,
  lire aussi, à lire aussi, à lire, lire également, à lire également, lire la suite, sur le même sujet,
  voir aussi,
  à voir aussi, en savoir plus, dans la même rubrique, à découvrir, notre dossier, les plus lus,
  lea también, lea más, leer más, lee también, lee más, te puede interesar, le puede interesar,
  más información,
  también te puede interesar, ver también, vea también, noticias relacionadas, relacionado,
  más noticias,
  leia também, leia mais, veja também, saiba mais, leggi anche, leggi di più, potrebbe interessarti,
  lees ook, lees meer, czytaj także, czytaj też, zobacz też, ayrıca okuyun, ilgili haberler, läs också,
  les også,
  читайте также, читать также, читайте далее, читать далее, читайте ещё, смотрите также, по теме,
  подробнее,
  материалы по теме, новости по теме, ещё по теме, вам может быть интересно, рекомендуем,
  самое читаемое,
  читайте також, читати також, читати далі, дивіться також, за темою, матеріали по темі,
  новини по темі,
  вам може бути цікаво, рекомендуємо, докладніше, детальніше,
  xem thêm, đọc thêm, tin liên quan, bài liên quan, bài viết liên quan, có thể bạn quan tâm,
  tin cùng chuyên mục,
  tin mới, đọc nhiều, mời độc giả xem thêm, mời quý độc giả xem thêm,
  延伸阅读, 相关阅读, 相关新闻, 相关报道, 推荐阅读, 更多报道, 更多新闻, 阅读更多, 另请阅读, 另見, 延伸閱讀, 相關新聞,
  関連記事, 関連ニュース, あわせて読みたい, 관련기사, 관련 기사,
  اقرأ أيضا, إقرأ أيضا, اقرأ المزيد, للمزيد, شاهد أيضا, مواضيع ذات صلة, مقالات ذات صلة, أخبار ذات صلة,
  قد يهمك, قد يعجبك, الأكثر قراءة, اقرأ ايضا, موضوعات متعلقة, بیشتر بخوانید, यह भी पढ़ें,
`);

/** Words that name a source before a colon, or alone at the end. */
export const sourceLabels = wordList(`
  source, sources, quelle, quellen, fuente, fuentes, fonte, fonti, bron, źródło, kaynak, källa,
  источник, источники, джерело, джерела, nguồn, theo, 来源, 來源, 出处, 文章来源, 稿源, 出典, 출처,
  المصدر, مصدر, المصادر, منبع, स्रोत, via, original, originally published, zuerst erschienen,
`);

/** Whole lines that announce the caption on the next line. */
export const captionLabels = wordList(`
  image caption, media caption, video caption, open this photo in gallery, caption, captions, legende, bildunterschrift,
  bildlegende, légende, pie de foto, leyenda, legenda, didascalia, bijschrift, podpis pod zdjęciem, підпис до фото,
  подпись к фото, chú thích ảnh, 图片说明, 圖片說明, キャプション, 사진 설명, تعليق الصورة, شرح الصورة,
`);

/** Words that name a picture or who made it, before a colon, `by` or an oblique. */
export const pictureLabels = wordList(`
  image copyright, copyright,
  photo, photos, photo by, photograph, photograph by, photo credit, picture, pictures, picture by,
  image,
  images, image credit, image source, credit, credits, file photo, file, file image, file picture,
  graphic,
  illustration, video, courtesy, courtesy of, screenshot, screengrab, getty images, getty,
  shutterstock,
  foto, fotos, bild, bilder, archivbild, symbolbild, symbolfoto, archivfoto, grafik, karte, bildquelle,
  photographie, crédit, crédits, crédit photo, crédits photo, photo d archives, photo archives,
  infographie,
  imagen, imágenes, fotografía, foto de archivo, foto archivo, ilustración, crédito, imagem, immagine,
  zdjęcie, fot, fotoğraf, beeld, kuva, фото, фотография, снимок, иллюстрация, фото из архива,
  світлина, ілюстрація, фото з архіву, ảnh, hình, hình ảnh, ảnh minh họa, ảnh tư liệu, đồ họa,
  图, 图片, 圖, 圖片, 图源, 图片来源, 摄影, 攝影, 资料图, 資料圖片, 配图, 写真, 사진, 画像,
  صورة, الصورة, صور, تصوير, صورة أرشيفية, أرشيف, عکس, फोटो,
`);

/** Words before the author's name. Those of a common preposition need a name after them. */
export const bylineLeads = wordList(`
  by, written by, reported by, reporting by, additional reporting by, editing by, story by, author,
  authors,
  von, autor, autorin, autoren, text, par, propos recueillis par, auteur, por, escrito por,
  redactado por,
  di, a cura di, door, av, af, kirjoittanut, przez, yazan, автор, авторы, текст, автори, подготовил,
  подготовила, підготував, підготувала, tác giả, bài, bài và ảnh, thực hiện, biên tập, 记者, 作者, 撰文, 文,
  编辑, 编译, 责任编辑, 责编, 記者, 編輯, 文章作者, 取材, 기자, بقلم, كتب, كتبت, إعداد, تحرير, المحرر,
`);
/** Whole lines that open a box about the author. */
export const authorBoxLabels = wordList(`
  about the author, about the authors, about the writer, meet the author, more about the author,
  über den autor, über die autorin, zur person, der autor, die autorin, zum autor, zur autorin,
  à propos de l auteur, l auteur, sobre el autor, sobre la autora, acerca del autor, sobre o autor, sobre a autora,
  l autore, l autrice, informazioni sull autore, over de auteur, o autorze, yazar hakkında, om författaren, om forfatteren,
  об авторе, автор статьи, про автора, về tác giả, 关于作者, 作者简介, 關於作者, 著者について, 글쓴이, عن الكاتب, نبذة عن الكاتب,
`);

/** Whole lines in the place of a name. */
export const deskLabels = wordList(`
  newsroom, news desk, web desk, staff, staff reporter, staff writer, our correspondent,
  editorial staff,
  redaktion, onlineredaktion, la rédaction, rédaction, redacción, redacção, redazione, redactie,
  редакция,
  редакція, ban biên tập, btv, phóng viên, pv, 本报记者, 本报讯, 编辑部, فريق التحرير, هيئة التحرير, وكالات,
`);

/** Labels of the time that reading takes. */
export const readingTimeLabels = wordList(`
  min read, minute read, minutes read, reading time, read time, lesedauer, lesezeit, min lesezeit, minuten lesezeit,
  temps de lecture, min de lecture, tiempo de lectura, min de lectura, minutos de lectura, tempo de leitura, min de leitura,
  tempo di lettura, min di lettura, leestijd, min leestijd, czas czytania, okuma süresi, lästid, lesetid,
  время чтения, мин чтения, час читання, хв читання, 阅读时间, 読了時間, مدة القراءة, دقائق قراءة,
`);

export const tagLeads = wordList(`
  tags, tag, topics, topic, keywords, filed under, categories, category, schlagwörter, schlagworte,
  themen, stichwörter, mots clés, étiquettes, thèmes, sujets, etiquetas, temas, palabras clave, tagi,
  argomenti, trefwoorden, etiketler, теги, метки, ключевые слова, темы, рубрика, мітки, ключові слова,
  теми, từ khóa, từ khoá, thẻ, chủ đề, chuyên mục, 标签, 關鍵字, 关键词, 标签, 主题, タグ, キーワード, 태그,
  الوسوم, وسوم, الكلمات المفتاحية, كلمات دلالية, الكلمات الدلالية, مواضيع, تصنيفات, برچسب ها,
`);

export const timeLeads = wordList(`
  published, published on, published at, posted, posted on, updated, last updated, last modified, date,
  first published, created, stand, aktualisiert, zuletzt aktualisiert, veröffentlicht,
  veröffentlicht am, datum,
  erstellt, publié le, publié, mis à jour le, mis à jour, mise à jour, modifié le, publicado,
  publicado el,
  actualizado, actualizado el, última actualización, fecha, publicado em, atualizado em, pubblicato,
  aggiornato,
  gepubliceerd, bijgewerkt, opublikowano, aktualizacja, yayınlanma, güncelleme, опубликовано,
  обновлено,
  дата, дата публикации, опубліковано, оновлено, дата публікації, cập nhật, cập nhật lúc, đăng lúc,
  ngày đăng,
  xuất bản, thứ, 发布时间, 发表时间, 更新时间, 发布于, 更新于, 發布時間, 更新時間, 公開日, 更新, 입력, 수정,
  نشر, نشر في, نشرت في, تاريخ النشر, آخر تحديث, تم التحديث, تحديث, منتشر شده,
`);
