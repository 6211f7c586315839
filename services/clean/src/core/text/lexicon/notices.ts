import { wordList } from '../../word-list.ts';

/** Parts of words; `_` is the border of a word. Such as name a newsletter, and such as ask the reader to take it; both must be there. */
export const newsletterCues = wordList(`
  newsletter, boletín, boletin, infolettre, lettre d info, рассылк, розсилк, bản tin, nyhetsbrev,
  nieuwsbrief,
  النشرة, نشرتنا, القائمة البريدية, 电子报, 電子報, 新闻通讯, 简报, 通讯, news alert, push alert, ニュースレター, 뉴스레터,
  bülten,
  ενημερωτικό δελτίο, ניוזלטר, דיוור, จดหมายข่าว, न्यूज़लेटर, न्यूजलेटर, メルマガ, メールマガジン, خبرنامه,
  biuletyn, hírlevél, zpravodaj, buletin, uutiskirje, nyhedsbrev, nieuwsbrieven,
`);
export const subscribeCues = wordList(`
  subscribe, sign up, inbox, your email, email address, get the latest, delivered, daily, weekly, _our_,
  abonnieren, anmelden, postfach, e mail, jeden morgen, täglich, kostenlos, _unser_, _unseren_, jetzt,
  abonnez, inscrivez, inscription, recevez, boîte mail, chaque jour, chaque matin, _notre_, _nos_,
  suscríb, suscrib, recibe, recibir, correo, nuestro, cada mañana, regístr, inscreva, receba,
  iscriviti,
  подпи, получайте, почт, наш, ежедневн, підпи, отримуйте, пошт, щоденн, đăng ký, đăng kí, nhận tin,
  hộp thư, của chúng tôi,
  اشترك, بريدك, احصل, سجل, 订阅, 訂閱, 邮箱, 每天, 接收, 登録, 구독, schrijf je in, zapisz się, prenumerera,
  εγγραφείτε, εγγραφή, γραφτείτε, λαμβάνετε, הירשמו, הרשמו, הצטרפו, קבלו, สมัคร, รับข่าวสาร, सब्सक्राइब,
  प्राप्त करें, साइन अप, 購読, 신청, 받아보세요, عضو شوید, مشترک شوید, دریافت کنید, abone ol, kayıt ol, zapisz,
  otrzymuj, subskrybuj, ricevi, subscreva, přihlaste, odebír, iratkoz, abonea, berlangganan, tilaa,
  tilmeld,
`);

/** Words by which a line speaks to its reader, or of who wrote it. */
export const readerCues = wordList(`
  _you_, _your_, _our_, _us_, _we_, sign up, _subscribe_, _get the_, _sie_, _ihr_, _ihre_, _ihrem_, _ihren_, _ihnen_, _du_, _dein, _dich_,
  _unser, _wir_, _jetzt_, abonnieren, anmelden, _vous_, _votre_, _vos_, _nos_, _notre_, abonnez, inscrivez, recevez,
  _su_, _sus_, _tu_, _te_, nuestr, suscríb, suscrib, recibe, regístr, inscreva, receba, _seu_, _sua_, _você_, iscriviti, ricevi, _tua_,
  click here, use the code, get access, hier klicken, cliquez ici, haga clic, clique aqui, clicca qui, нажмите,
  schrijf, zapisz, prenumerera, _вы_, _ваш, _вас_, _наш, подпи, получайте, підпи, отримуйте, bạn, của chúng tôi, đăng ký,
  您, 你, 订阅, 訂閱, 登録, 구독, بريدك, اشترك, احصل, _لك_, _نا_, abone,
`);

/** What is offered to who subscribes. */
export const offerCues = wordList(`
  channel, kanal, chaîne, canal, канал, kênh, 频道, 頻道, قناة, whatsapp, telegram, facebook, instagram, youtube, twitter,
  journalism, journalismus, journalisme, periodismo, giornalismo, e mail, email, inbox, account, konto, compte, cuenta, digital,
  unlimited, premium, _abo_, abonnement, subscription, offer, angebot, access, zugang,
`);

/** How a line begins that asks the reader to take something in. */
export const subscribeLeads = wordList(`
  subscribe, subscribe to, subscribe now, sign up, sign up for, sign up to, already a subscriber, become a subscriber,
  create an account, i would like to be emailed, yes i would like, by signing up you, by subscribing you, ja ich möchte, mit der anmeldung, follow us on, join us on, support our journalism, support independent journalism,
  jetzt abonnieren, abonnieren sie, jetzt anmelden, melden sie sich an, folgen sie uns, unterstützen sie uns,
  abonnez vous, inscrivez vous, recevez, suivez nous, soutenez nous, déjà abonné,
  suscríbete, suscríbase, regístrate, síguenos, apóyanos, assine, inscreva se, cadastre se, siga nos,
  iscriviti, abbonati, seguici, abonneer, schrijf je in, volg ons, zapisz się, abone ol, bizi takip,
  подпишитесь, подписывайтесь, оформите подписку, читайте нас, підпишіться, підписуйтесь, підписуйтеся, стежте за нами,
  đăng ký, theo dõi chúng tôi, 订阅, 訂閱, 关注我们, 關注我們, 登録, 구독, اشترك, اشتركوا, تابعنا, تابعونا,
  εγγραφείτε, ακολουθήστε μας, הירשמו, הצטרפו אלינו, עקבו אחרינו, สมัครสมาชิก, ติดตามเรา, हमें फॉलो करें,
  सब्सक्राइब करें, 購読する, 会員登録, フォローする, 구독하기, در خبرنامه ما عضو شوید, ما را دنبال کنید, subskrybuj,
  obserwuj nas, subscreva, siga nos no, odebírejte, sledujte nás, iratkozzon fel, kövessen minket,
  abonează te, urmărește ne, ikuti kami, berlangganan, följ oss, følg oss, følg os, seuraa meitä,
  tilaa uutiskirje,
  weiterlesen mit, jetzt weiterlesen, dieser artikel ist exklusiv für abonnenten,
  dieser inhalt ist exklusiv für, exklusiv für abonnenten, nur für abonnenten,
  la suite est réservée aux abonnés, la suite de cet article est réservée,
  cet article est réservé aux abonnés, article réservé aux abonnés, contenu réservé aux abonnés,
  contenido exclusivo para suscriptores, este contenido es exclusivo para, exclusivo para suscriptores,
  contenuto riservato agli abbonati, articolo riservato agli abbonati,
  conteúdo exclusivo para assinantes, exclusivo para assinantes, this article is for subscribers,
  this content is for subscribers, for subscribers only, subscribers only,
  материал доступен только подписчикам, доступно только подписчикам, лише для передплатників, 会员专享,
  訂閱會員限定, 有料会員限定, この記事は有料会員限定, この記事は会員限定, 유료회원 전용,
`);

/** What is paid for, by the year or month. */
export const subscriptionCues = wordList(`
  subscri, issues for, _abo_, _abos_, abonnement, abonnier, suscripci, assinatura, abbonament, подписк, підписк, prenumerat, 구독, 订阅,
`);

/** Notices of a player or a browser. */
export const playerCues = wordList(`
  enable javascript, javascript is disabled, html5 video, supports html5, your browser does not support, your browser is not supported,
  javascript aktivieren, ihr browser unterstützt, dein browser unterstützt, activer javascript, votre navigateur ne,
  habilita javascript, habilite javascript, tu navegador no, su navegador no, seu navegador não, abilita javascript,
  включите javascript, ваш браузер не, увімкніть javascript, ваш браузер не, trình duyệt của bạn không, 浏览器不支持, 启用javascript,
`);

/** What rules for comments speak of: the comments, and who looks after them. */
export const commentCues = wordList(`
  _comments_, kommentare, commentaires, comentarios, comentários, commenti, reacties, komentarze, комментари, коментар, bình luận, 评论, 評論, تعليقات,
`);
export const moderationCues = wordList(`
  moderat, moderad, modér, _approved_, freigeschaltet, themenbezogen, netiquette, nettiquette, netiqueta, house rules, community guidelines,
  community standards, aprovad, aprobad, publish all, hinweise zum kommentieren, charte, модерац, модер, правила комментирования,
  kiểm duyệt, 审核, عن رأي,
`);

/** The same for notices of cookies and consent. */
export const cookieCues = wordList(`
  cookie, kakor, файлы куки, куки, ملفات تعريف الارتباط, الكوكيز, 隐私政策, privacy policy,
  datenschutzerklärung,
  gdpr, dsgvo, rgpd, external content, externer inhalt, externe inhalte, terms of use,
  terms of service,
  คุกกี้, कुकी, クッキー, 쿠키, çerez, ciasteczk, süti, کوکی, קובצי cookie, עוגיות,
`);
export const consentCues = wordList(`
  accept, agree, consent, we use, this site, this website, our website, preferences, settings,
  by continuing,
  akzept, zustimm, einverstanden, wir verwenden, wir nutzen, wir setzen, einstellungen, diese website,
  diese seite,
  accept, nous utilisons, ce site, notre site, refuser, paramétrer, aceptar, utilizamos, usamos,
  este sitio, rechazar, configurar,
  принять, принима, соглас, мы используем, используем, погодж, прийняти, ми використовуємо,
  використовуємо,
  chúng tôi sử dụng, đồng ý, chấp nhận, 我们使用, 本网站使用, 同意, 接受, 使用cookie, نستخدم, موافق, اوافق, قبول,
  accetta, utilizziamo, aceitar, akceptuj, używamy,
  χρησιμοποιούμε, αποδοχή, αποδέχομαι, συμφων, συναιν, אנו משתמשים, אנחנו משתמשים, מסכים, אישור, เราใช้,
  ยอมรับ, हम उपयोग, स्वीकार, सहमत, 使用しています, 同意する, 사용합니다, 동의, استفاده می کنیم, می پذیرم, kullanıyoruz,
  kabul, korzystamy, zgadzasz, akceptuję, accetto, acconsent, concorda, aceito, používáme, souhlas,
  használunk, elfogad, folosim, menggunakan, setuju, använder, godkänn, bruker, samtykke, bruger,
  käytämme, hyväksy, gebruiken, akkoord,
`);

/** Reserved rights, and notices that end an article. */
export const copyrightCues = wordList(`
  all rights reserved, alle rechte vorbehalten, tous droits réservés, todos los derechos reservados,
  derechos reservados,
  tutti i diritti riservati, todos os direitos reservados, alle rechten voorbehouden,
  wszelkie prawa zastrzeżone,
  все права защищены, усі права захищені, всі права захищені, bảo lưu mọi quyền, 版权所有, 版權所有, 无断转载,
  無断転載,
  무단전재, 未经授权, 不得转载, جميع الحقوق محفوظة, may not be published broadcast rewritten, her hakkı saklıdır,
  перепечатка запрещена, nachdruck nur mit, reproduction interdite, prohibida su reproducción,
  με την επιφύλαξη παντός δικαιώματος, απαγορεύεται η αναδημοσίευση, כל הזכויות שמורות, สงวนลิขสิทธิ์,
  ห้ามทำซ้ำ, सर्वाधिकार सुरक्षित, 無断複製, 転載を禁じ, 転載禁止, 무단 전재, 재배포 금지, 저작권자, 禁止转载, 禁止轉載, کلیه حقوق,
  تمامی حقوق, tüm hakları saklıdır, riproduzione riservata, reprodução proibida, všechna práva vyhrazena,
  minden jog fenntartva, toate drepturile rezervate, hak cipta dilindungi, alla rättigheter,
  alle rettigheter, alle rettigheder, kaikki oikeudet, toute reproduction,
`);

/** News agencies that stand as initials or a name in a credit. */
export const agencies = new Set(
  wordList(`
  afp, ap, reuters, dpa, apa, sda, ansa, efe, tass, тасс, ria, риа, интерфакс, interfax, unian,
  укринформ, укрінформ, уніан, уніан, ukrinform, xinhua, 新华社, 新華社, 中新社, 路透社, 法新社, 美联社,
  ttxvn, vna, vov, kyodo, 共同, yonhap, 연합뉴스, pti, ani, ians, belga, anp, pap, ctk, čtk, tt, ntb, ritzau,
  lusa, upi, bloomberg, kna, epd, sid, getty, epa, imago, sputnik, anadolu, aa, رويترز, فرانس, سانا,
  واس, وام,
  الأناضول, الاناضول, أسوشيتد, اسوشيتد, europapress, télam, mti, stt, mia, bta, hina, tanjug,
  απε, μπε, רויטרס, สำนักข่าวไทย, पीटीआई, एएनआई, आईएएनएस, 時事通信, 共同通信, ロイター, 中央社, 新华网, 뉴시스, 뉴스1, 로이터,
  ایسنا, ایرنا, تسنیم, iha, dha, agerpres, antara,
`),
);
