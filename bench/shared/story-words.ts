/** What generated stories are made of, in one language. Written for the benchmarks; `{name}` is a place for a word. */
export interface StoryWords {
  readonly language: string;
  readonly people: readonly string[];
  readonly places: readonly string[];
  readonly bodies: readonly string[];
  readonly things: readonly string[];
  readonly months: readonly string[];
  readonly sentences: readonly string[];
  readonly headlines: readonly string[];
}

const people = [
  'Imke Janssen',
  'Carla Fuentes',
  'Tomasz Wilk',
  'Amadou Keita',
  'Lena Hoffmann',
  'Pierre Lambert',
  'Sofia Marques',
  'Henrik Dahl',
  'Nadia Rahimi',
  'Oliver Grant',
  'Mei Tanaka',
  'Jonas Becker',
];

const german: StoryWords = {
  language: 'de',
  people,
  places: ['Hamburg', 'Leipzig', 'Rostock', 'Wien', 'Zürich', 'Bremen', 'Dresden', 'Frankreich', 'Polen'],
  bodies: ['der Stadtrat', 'das Ministerium', 'die Reederei', 'der Verband', 'die Universität', 'die Kammer'],
  things: [
    'Brücke',
    'Fähre',
    'Steuer',
    'Klinik',
    'Bahnlinie',
    'Schule',
    'Messe',
    'Anlage',
    'Werft',
    'Reform',
  ],
  months: ['Januar', 'Februar', 'März', 'April', 'Mai', 'Juni', 'Juli', 'August', 'September', 'Oktober'],
  headlines: [
    'Neue {thing} in {place} kostet {number} Millionen Euro',
    '{person} stellt Pläne für die {thing} vor',
    'Streit um die {thing} in {place} geht weiter',
  ],
  sentences: [
    'Am {day}. {month} hat {body} in {place} über die {thing} entschieden.',
    'Nach Angaben von {person} sind dafür {number} Millionen Euro vorgesehen.',
    '„Wir haben lange auf diesen Tag gewartet“, sagte {person} am Rande der Sitzung.',
    'In {place} hatten zuletzt mehr als {number} Menschen gegen die {thing} protestiert.',
    'Die Bauarbeiten sollen im {month} beginnen und rund {number} Wochen dauern.',
    'Kritik kam aus {place}, wo eine ähnliche {thing} vor {number} Jahren gescheitert war.',
    'Ein Gutachten hatte {body} schon im {month} vorgelegt, ohne dass daraus Folgen entstanden.',
    '{person} verwies darauf, dass die {thing} in {place} bereits {number} Arbeitsplätze gebracht habe.',
    'Ob die {thing} wirklich kommt, hängt nun von einem Beschluss in {place} ab.',
    'Die Opposition nannte den Plan unausgereift und verlangte bis {month} neue Zahlen.',
    'Auf der Strecke nach {place} fielen deshalb am {day}. {month} insgesamt {number} Züge aus.',
    'Anwohner klagen seit Monaten über Lärm, Staub und {number} gesperrte Parkplätze an der {thing}.',
    'Eine Sprecherin erklärte, {body} werde die Unterlagen in den nächsten Tagen veröffentlichen.',
    'Damit endet ein Verfahren, das {person} vor {number} Jahren angestoßen hatte.',
  ],
};

const english: StoryWords = {
  language: 'en',
  people,
  places: ['London', 'Chicago', 'Dublin', 'Toronto', 'Sydney', 'Glasgow', 'Kenya', 'Japan', 'Boston'],
  bodies: [
    'the council',
    'the ministry',
    'the port authority',
    'the union',
    'the university',
    'the regulator',
  ],
  things: [
    'bridge',
    'ferry',
    'levy',
    'clinic',
    'railway',
    'school',
    'stadium',
    'plant',
    'shipyard',
    'reform',
  ],
  months: ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October'],
  headlines: [
    'New {thing} in {place} to cost {number} million',
    '{person} sets out plans for the {thing}',
    'Dispute over the {thing} in {place} drags on',
  ],
  sentences: [
    'On {day} {month} {body} in {place} voted on the future of the {thing}.',
    'According to {person}, some {number} million has been set aside for it.',
    '"We have waited a long time for this day," {person} said after the meeting.',
    'More than {number} people had marched against the {thing} in {place} a week earlier.',
    'Work is due to begin in {month} and is expected to take about {number} weeks.',
    'Critics pointed to {place}, where a similar {thing} was abandoned {number} years ago.',
    'A report that {body} published in {month} had warned of delays and rising costs.',
    '{person} noted that the {thing} had already brought {number} jobs to {place}.',
    'Whether the {thing} will be built now depends on a decision expected in {place}.',
    'Opponents called the proposal half-baked and asked for new figures by {month}.',
    'As a result, {number} trains to {place} were cancelled on {day} {month}.',
    'Residents have complained for months about noise, dust and {number} lost parking spaces.',
    'A spokeswoman said {body} would publish the documents within the next few days.',
    'That ends a process which {person} had set in motion {number} years before.',
  ],
};

const spanish: StoryWords = {
  language: 'es',
  people,
  places: ['Madrid', 'Sevilla', 'Bogotá', 'Lima', 'Valencia', 'Quito', 'Argentina', 'México', 'Bilbao'],
  bodies: ['el ayuntamiento', 'el ministerio', 'la naviera', 'el sindicato', 'la universidad', 'la comisión'],
  things: ['obra', 'línea', 'clínica', 'escuela', 'planta', 'reforma', 'estación', 'terminal', 'vía', 'tasa'],
  months: ['enero', 'febrero', 'marzo', 'abril', 'mayo', 'junio', 'julio', 'agosto', 'septiembre', 'octubre'],
  headlines: [
    'La nueva {thing} de {place} costará {number} millones',
    '{person} presenta los planes para la {thing}',
    'Sigue la disputa por la {thing} en {place}',
  ],
  sentences: [
    'El {day} de {month} {body} votó en {place} sobre el futuro de la {thing}.',
    'Según {person}, se han reservado unos {number} millones para el proyecto.',
    '«Hemos esperado mucho este día», dijo {person} al terminar la reunión.',
    'Más de {number} personas habían protestado en {place} contra la {thing}.',
    'Los trabajos comenzarán en {month} y durarán alrededor de {number} semanas.',
    'Los críticos recordaron que en {place} una {thing} parecida fracasó hace {number} años.',
    'Un informe que {body} publicó en {month} ya advertía de retrasos y sobrecostes.',
    '{person} señaló que la {thing} ha traído {number} puestos de trabajo a {place}.',
    'Que la {thing} se construya depende ahora de una decisión que se espera en {place}.',
    'La oposición calificó la propuesta de improvisada y pidió nuevas cifras antes de {month}.',
    'Por ello, el {day} de {month} se cancelaron {number} trenes hacia {place}.',
    'Los vecinos se quejan desde hace meses del ruido, del polvo y de {number} plazas perdidas.',
    'Una portavoz dijo que {body} publicará los documentos en los próximos días.',
    'Así termina un proceso que {person} había iniciado hace {number} años.',
  ],
};

const french: StoryWords = {
  language: 'fr',
  people,
  places: ['Paris', 'Lyon', 'Nantes', 'Genève', 'Dakar', 'Québec', 'Bordeaux', 'Belgique', 'Lille'],
  bodies: ['le conseil', 'le ministère', 'la compagnie', 'le syndicat', "l'université", 'la commission'],
  things: ['ligne', 'clinique', 'usine', 'réforme', 'gare', 'taxe', 'route', 'centrale', 'halle', 'digue'],
  months: ['janvier', 'février', 'mars', 'avril', 'mai', 'juin', 'juillet', 'août', 'septembre', 'octobre'],
  headlines: [
    'La nouvelle {thing} de {place} coûtera {number} millions',
    '{person} présente les plans de la {thing}',
    'Le conflit sur la {thing} de {place} continue',
  ],
  sentences: [
    "Le {day} {month}, {body} s'est prononcé à {place} sur l'avenir de la {thing}.",
    'Selon {person}, environ {number} millions ont été réservés pour ce projet.',
    '« Nous attendions ce jour depuis longtemps », a déclaré {person} après la réunion.',
    'Plus de {number} personnes avaient manifesté à {place} contre la {thing}.',
    'Les travaux doivent commencer en {month} et durer près de {number} semaines.',
    'Les critiques rappellent que, à {place}, une {thing} semblable a échoué il y a {number} ans.',
    'Un rapport publié par {body} en {month} annonçait déjà des retards et des surcoûts.',
    '{person} a souligné que la {thing} avait apporté {number} emplois à {place}.',
    "La construction de la {thing} dépend désormais d'une décision attendue à {place}.",
    "L'opposition juge le projet bâclé et demande de nouveaux chiffres avant {month}.",
    'En conséquence, {number} trains vers {place} ont été supprimés le {day} {month}.',
    'Les riverains se plaignent depuis des mois du bruit et de la perte de {number} places.',
    'Une porte-parole a indiqué que {body} publierait les documents dans les prochains jours.',
    "Ainsi s'achève une procédure que {person} avait lancée il y a {number} ans.",
  ],
};

export const storyLanguages: readonly StoryWords[] = [german, english, spanish, french];
