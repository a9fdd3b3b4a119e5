/** Words that keep their dot wherever they stand, in lower case, without the dot. */
export const abbreviations: ReadonlySet<string> = new Set(
  (
    'mr mrs ms dr prof rev hon sr jr st ste mt ft gen col maj capt cmdr lt sgt cpl adm gov sen rep reps sens pres supt det insp messrs mme mlle ' +
    'inc corp co ltd llc bros assn dept univ est attn ext tel approx vs etc cf al viz ibid op fig figs eq vol vols ed eds no nos pp pt pts ' +
    'jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri ' +
    'ave blvd rd hwy pkwy sq ala ariz calif colo conn del fla ind kan mass mich minn miss mo neb nev okla ore pa tenn tex vt wash wis wyo ' +
    "esq ph md arr arrv dep incl drs pvt sts max min misc avg orig temp ass't govt"
  ).split(' '),
);

/** Abbreviations after which a name, a number or the rest of a title follows, so that they end no sentence. */
export const neverLast: ReadonlySet<string> = new Set(
  (
    'mr mrs ms dr prof rev hon st ste mt ft gen col maj capt cmdr lt sgt cpl adm gov sen rep reps sens pres supt messrs mme mlle vs cf viz fig figs ' +
    'eq vol vols nos pp attn ext approx e.g i.e p.s ps pvt drs'
  ).split(' '),
);

/** Abbreviations that are also words: they keep the dot only where a word or number follows that fits. */
export const abbreviationsBeforeNumbers: ReadonlySet<string> = new Set([
  'no',
  'nos',
  'pp',
  'fig',
  'figs',
  'eq',
  'vol',
  'op',
  'art',
  'ed',
  'pt',
  'ca',
]);

/** Abbreviations that may end a sentence: they do where one of `sentenceStarters` follows. */
export const mayBeLast: ReadonlySet<string> = new Set(
  (
    'inc corp co ltd llc bros jr sr esq etc ave blvd rd sq dept univ assn no jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri ' +
    'u.s u.k u.n e.u u.s.a d.c l.a n.y a.m p.m b.c a.d ph.d m.d b.a m.a'
  ).split(' '),
);

/** Words in capital that rarely stand inside a name, so that after an abbreviation they begin a sentence. */
export const sentenceStarters: ReadonlySet<string> = new Set(
  (
    'the a an he she it they we you i this that these those there here in on at by for from with to of as if when while where why how what who which ' +
    'but and or so yet nor because since although though after before during until once then also however meanwhile moreover therefore thus still even only ' +
    'his her its their our my your one two some most many few all both each every another other no not yes please thanks his is are was were do does did have has had can could will would should may might let'
  ).split(' '),
);

/** First parts of a hyphenated word from which the hyphen takes nothing apart (`e-mail`, `non-human`), by the usage of UD English EWT. */
export const boundPrefixes: ReadonlySet<string> = new Set(
  (
    'e a co ex mid non pre post anti semi multi pro re un sub over inter intra extra micro mini counter mis ultra trans vice wi psycho neo quasi ' +
    'bi tri poly mega hyper macro meta para pseudo super tele uber uh mm'
  ).split(' '),
);

/** Words written as one that the corpus takes apart, as the length of their first part. */
export const fusedWords: ReadonlyMap<string, number> = new Map([
  ['cannot', 3],
  ['gonna', 3],
  ['gotta', 3],
  ['wanna', 3],
  ['lemme', 3],
  ['gimme', 3],
  ['dunno', 2],
  ['whatcha', 4],
]);
