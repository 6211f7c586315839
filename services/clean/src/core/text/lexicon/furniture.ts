import { wordList } from '../../word-list.ts';

/** Labels of what stands around an article on a page, in the languages of the world's wires. Whole lines, counters aside. */
export const advertLabels = wordList(`
  advertisement, advertisements, advertising, ad, ads, sponsored, sponsored content, promoted,
  advertisement continue reading below, story continues below advertisement, paid content, advertorial,
  anzeige, anzeigen, werbung, gesponsert, publicité, annonce, annonces, sponsorisé,
  publicidad, anuncio, anuncios, patrocinado, contenido patrocinado, publicidade, pubblicità,
  advertentie, reklama, reklam, annons, mainos, реклама, на правах рекламы, на правах реклами,
  quảng cáo, 广告, 廣告, 推广, 広告, スポンサー, 광고, إعلان, إعلانات, اعلان, تبلیغات, विज्ञापन,
  διαφήμιση, διαφημιση, χορηγούμενο, χορηγούμενο περιεχόμενο, פרסומת, מודעה, תוכן שיווקי, תוכן ממומן,
  โฆษณา, พื้นที่โฆษณา, スポンサーリンク, 협찬, 赞助内容, 贊助, تبلیغ, تبلیغات متنی, sponsorlu, sponsorlu içerik,
  materiał sponsorowany, contenuto sponsorizzato, conteúdo patrocinado, patrocinado por, inzerce,
  hirdetés, publicitate, iklan, annonse, ilmoitus, oglas, oglasi, contenu sponsorisé, contenu partenaire,
  inhalt gesponsert, advertisement feature, ad feature,
`);

export const commentLabels = wordList(`
  comment, comments, leave a comment, post a comment, add a comment, join the conversation,
  view comments, show comments, be the first to comment, no comments yet, reply, replies,
  kommentar, kommentare, kommentieren, kommentar schreiben, kommentare anzeigen, jetzt kommentieren,
  commentaire, commentaires, commenter, laisser un commentaire, réagir, réactions,
  comentario, comentarios, comentar, deja un comentario, dejar un comentario, ver comentarios,
  comentários, comentário, commento, commenti, lascia un commento, reacties, komentarze, yorumlar,
  комментарий, комментарии, комментариев, комментария, комментировать, оставить комментарий, обсудить,
  коментар, коментарі, коментарів, коментарі, коментувати, залишити коментар, обговорити,
  bình luận, ý kiến, viết bình luận, gửi bình luận, 评论, 留言, 发表评论, 条评论, 網友評論, コメント, 댓글,
  تعليق, تعليقات, التعليقات, اضف تعليق, اترك تعليقا, شارك برأيك, نظرات,
  σχόλιο, σχόλια, αφήστε σχόλιο, γράψτε σχόλιο, תגובה, תגובות, הוסף תגובה, הוסיפו תגובה, כתוב תגובה,
  ความคิดเห็น, แสดงความคิดเห็น, टिप्पणी, टिप्पणियाँ, टिप्पणियां, टिप्पणी करें, कमेंट, कमेंट करें, コメントする,
  コメントを書く, 댓글 쓰기, 댓글쓰기, 의견, 评论区, 我来说两句, نظر, ارسال نظر, نظر دهید, دیدگاه, دیدگاه ها, yorum, yorum yap,
  yorum yaz, komentarz, skomentuj, dodaj komentarz, comentários dos leitores, deixe um comentário,
  scrivi un commento, komentář, komentáře, hozzászólás, hozzászólások, comentariu, comentarii, komentar,
  komentari, kommentarer, kommentit, reactie, reageer, коментари, нема коментара,
`);

/** Buttons below a comment. */
export const replyLabels = wordList(`
  reply, report, flag, antworten, melden, répondre, signaler, responder, denunciar, rispondi, beantwoorden, odpowiedz, yanıtla, cevapla, svar,
  svara, vastaa, ответить, пожаловаться, відповісти, поскаржитися, trả lời, báo cáo, 回复, 回覆, 举报, 返信, 통보, 답글, 신고, رد, الرد, ابلاغ,
  השב, απάντηση, ตอบกลับ, जवाब दें,
`);

export const shareLabels = wordList(`
  share, share this, share this article, share this story, share on, share via, tweet, copy link,
  print,
  print this article, save, save article, send, email, e mail, send by email, bookmark, follow us,
  like,
  teilen, artikel teilen, auf facebook teilen, drucken, link kopieren, merken, versenden,
  folgen sie uns,
  partager, partager cet article, imprimer, envoyer, copier le lien, enregistrer, suivez nous,
  compartir, comparte, comparte esta noticia, imprimir, enviar, guardar, copiar enlace, síguenos,
  condividi, stampa, compartilhar, compartilhe, delen, udostępnij, paylaş, del, dela,
  поделиться, поделитесь, распечатать, печать, отправить, сохранить, скопировать ссылку,
  поділитися, поділитись, роздрукувати, друк, надіслати, зберегти,
  chia sẻ, in bài, in bài viết, lưu bài viết, sao chép liên kết, gửi, 分享, 分享到, 打印, 收藏, 列印, 転載, 공유,
  مشاركة, شارك, شارك الخبر, طباعة, نسخ الرابط, حفظ, ارسال, تابعنا,
  κοινοποίηση, κοινοποιήστε, μοιραστείτε, μοιραστείτε το, εκτύπωση, αντιγραφή συνδέσμου, שתפו, שתף,
  שיתוף, שתפו כתבה, הדפסה, שלחו לחבר, แชร์, แชร์ข่าวนี้, แชร์บทความ, พิมพ์, คัดลอกลิงก์, शेयर, शेयर करें,
  साझा करें, प्रिंट, प्रिंट करें, シェア, シェアする, ツイート, 印刷, リンクをコピー, 공유하기, 기사 공유, 기사 공유하기, 인쇄, 인쇄하기, 스크랩, 转发,
  複製連結, 复制链接, اشتراک گذاری, به اشتراک بگذارید, چاپ, لینک کوتاه, yazdır, linki kopyala, haberi paylaş,
  podziel się, drukuj, kopiuj link, stampa articolo, copia link, partilhar, partilhe, copiar link,
  sdílet, tisk, megosztás, nyomtatás, distribuie, bagikan, jaa, tulosta, skriv ut, udskriv, kopieer link,
  afdrukken, споделете,
`);

/** How an invitation to follow on a network begins. */
export const followLeads = wordList(`
  follow, join, add us, find us, like us, connect with, folgen sie, folge, folgt, besuchen sie, suivez, rejoignez, retrouvez, sigue, síguenos,
  siga, sigan, únete, seguici, segui, volg, obserwuj, takip, следите, подписывайтесь, подпишитесь, присоединяйтесь, слідкуйте, стежте,
  підписуйтесь, приєднуйтесь, theo dõi, 关注, 關注, フォロー, 팔로우, تابع, تابعوا, تابعونا,
`);

/** How an invitation to share begins. */
export const likedLeads = wordList(`
  like this story, like this article, liked this article, enjoyed this article, did you like this, found this useful,
  gefällt ihnen der artikel, gefällt dir der artikel, hat ihnen der artikel gefallen, vous avez aimé cet article, cet article vous a plu,
  te gustó este artículo, te ha gustado, le gustó este artículo, gostou deste artigo, gostou da matéria, ti è piaciuto,
  понравилась статья, понравился материал, сподобалась стаття, сподобався матеріал, hai apprezzato,
`);

/** Networks and the means of sending, of which a share bar is made up. */
export const networks = new Set(
  wordList(`
  facebook, twitter, x, whatsapp, telegram, linkedin, pinterest, reddit, instagram, xing, pocket,
  tumblr, vk, vkontakte, ok, odnoklassniki, messenger, viber, line, weibo, wechat, youtube, tiktok,
  threads, bluesky, mastodon, flipboard, email, mail, e, rss, zalo, skype, google, plus, signal,
  копировать, вконтакте, одноклассники, твиттер, фейсбук, телеграм, почта, пошта,
  فيسبوك, تويتر, واتساب, واتس, تلغرام, تيليجرام, انستغرام, لينكد, ماسنجر, بريد,
  微信, 微博, 朋友圈, qq, 脸书, 推特, sms, link, url, copy, 카카오톡, 페이스북, 트위터,
  פייסבוק, בפייסבוק, ואטסאפ, וואטסאפ, בוואטסאפ, טוויטר, טלגרם, בטלגרם, เฟซบุ๊ก, ทวิตเตอร์, ไลน์, फेसबुक,
  व्हाट्सएप, ट्विटर, टेलीग्राम, フェイスブック, ツイッター, ライン, はてな, はてなブックマーク, 네이버, 밴드, 카카오스토리, 텔레그램, فیسبوک,
  توییتر, تلگرام, واتساپ, اینستاگرام,
`),
);

export const navigationLabels = wordList(`
  home, back to top, top, menu, search, skip to content, skip to main content, log in, sign in,
  sign up,
  subscribe, subscribe now, next, previous, next article, previous article, read full story, show more,
  load more, close, loading, listen, listen to this article, play video, watch video, gallery,
  see more, show less, read less, watch now, watch live, latest, popular, loading content, expand, collapse, box aufklappen, box zuklappen,
  weniger anzeigen, jetzt ansehen, jetzt anhören, ausklappen, einklappen, aufklappen, zuklappen, lade inhalt,
  startseite, nach oben, zurück, zur startseite, zum inhalt springen, suche, anmelden, abonnieren,
  mehr, mehr anzeigen, artikel anhören, vorlesen, vorherige seite, nächste seite, schließen,
  accueil, haut de page, retour, rechercher, connexion, abonnez vous, écouter, écouter l article,
  fermer,
  inicio, volver, volver arriba, buscar, suscríbete, iniciar sesión, escuchar, cerrar, siguiente,
  главная, наверх, назад, меню, поиск, войти, подписаться, слушать, показать ещё, далее,
  головна, нагору, меню, пошук, увійти, підписатися, слухати, показати ще, далі,
  trang chủ, về đầu trang, tìm kiếm, đăng nhập, đăng ký, nghe bài viết, xem tiếp, đọc tiếp,
  首页, 返回顶部, 返回首页, 登录, 注册, 搜索, 下一页, 上一页, 收听, 朗读, 点击查看, 查看更多, 首頁,
  الرئيسية, الصفحة الرئيسية, بحث, تسجيل الدخول, اشترك, استمع, استمع للمقال, المزيد, اغلاق, عودة,
  menü, ana sayfa, anasayfa, yukarı çık, giriş yap, αρχική, αρχική σελίδα, επιστροφή στην κορυφή,
  σύνδεση, αναζήτηση, μενού, ראשי, דף הבית, חיפוש, תפריט, התחברות, חזרה למעלה, דלג לתוכן, หน้าแรก, ค้นหา,
  เข้าสู่ระบบ, เมนู, กลับขึ้นด้านบน, होम, मुखपृष्ठ, खोजें, मेन्यू, लॉग इन, ホーム, トップ, トップページ, トップへ戻る,
  ページトップへ, メニュー, 検索, ログイン, 次のページ, 前のページ, 続きを読む, 홈, 메뉴, 검색, 로그인, 맨 위로, 다음 페이지, 이전 페이지, 본문 바로가기, صفحه اصلی,
  خانه, جستجو, ورود, بازگشت, بازگشت به بالا, strona główna, szukaj, zaloguj się, do góry,
  przejdź do treści, przejdź do głównej treści, cerca, accedi, torna su, vai al contenuto,
  continua a leggere, início, página inicial, iniciar sessão, voltar ao topo, saltar para o conteúdo,
  ir para o conteúdo, domů, hledat, přihlásit se, nahoru, kezdőlap, keresés, bejelentkezés, acasă,
  căutare, beranda, startsida, hem, sök, logga in, hjem, søk, søg, logg inn, log ind, til toppen,
  etusivu, haku, kirjaudu, naar boven, inloggen, zoeken, aller au contenu, ir al contenido,
  saltar al contenido, перейти к содержанию, перейти к основному содержанию, перейти до вмісту, 跳到主要內容,
  跳转到内容, zum hauptinhalt springen, zum hauptinhalt,
`);
