// The list of claims (everything in the graph is reachable from it), and the search over names and words.

const PAGE = 60;

/** The search index, built at the first search: it is slow with thousands of claims, and many readers never search. */
let searched = null;
const entries = () => searched ??= [
  ...NODES.map(node => ({ node: node.id, text: fold([node.name, ...node.also, KINDS[node.kind].one].join(' ')), weight: node.claims.length })),
  ...CLAIMS.map(claim => ({ claim: claim.n, text: fold([claim.runs.map(run => run[0]).join(''), claim.words, nameOf(claim.who), claim.article.title, nameOf(claim.article.outlet), ...claim.way.map(nameOf)].join(' ')), weight: 0 })),
];

function matches(query) {
  const parts = fold(query).split(/\s+/).filter(Boolean);
  return parts.length ? entries().filter(entry => parts.every(part => entry.text.includes(part))) : [];
}

function drawHits() {
  const query = $('#q').value.trim(), list = $('#hits');
  list.hidden = !query;
  if (!query) { list.replaceChildren(); return; }
  const found = matches(query);
  const near = hit => { const name = fold(nameOf(hit.node)), asked = fold(query); return name === asked ? 2 : name.startsWith(asked) ? 1 : 0; };
  const nodes = found.filter(hit => hit.node !== undefined).sort((a, b) => near(b) - near(a) || b.weight - a.weight).slice(0, 10);
  const claims = found.filter(hit => hit.claim !== undefined);
  const rows = [
    ...nodes.map(hit => el('li', {}, button([icon(kindOf(hit.node)), el('span', {}, nameOf(hit.node)), el('span', { class: 'count' }, KINDS[kindOf(hit.node)].one)], () => pick({ node: hit.node })))),
    ...claims.slice(0, 8).map(hit => { const claim = CLAIMS[hit.claim]; return el('li', {}, button([el('span', { class: 'says' }, el('strong', {}, nameOf(claim.who) || 'no source named'), ' ', short(claim.words, 90))], () => pick({ claim: hit.claim }))); }),
  ];
  if (claims.length > 8) rows.push(el('li', {}, button(`All ${claims.length} claims with these words`, () => pick({ list: claims.map(hit => hit.claim), title: `“${query}”` }), { class: 'quiet' })));
  if (!rows.length) rows.push(el('li', { class: 'hint' }, 'Nothing found.'));
  list.replaceChildren(...rows);
}

function drawClaims() {
  const live = CLAIMS.filter(claim => LIVE.claims.has(claim.n)), list = el('ol', { class: 'claims' });
  const more = button('', () => next(), { class: 'quiet more' });
  let at = 0, day = null;
  const next = () => {
    for (const claim of live.slice(at, at + PAGE)) {
      if ((claim.date || 'undated') !== day) { day = claim.date || 'undated'; list.append(el('li', { class: 'day' }, el('h3', {}, dayName(day)))); }
      list.append(claimRow(claim));
    }
    at = Math.min(live.length, at + PAGE);
    more.hidden = at >= live.length;
    more.textContent = `Show ${Math.min(PAGE, live.length - at)} more of ${live.length.toLocaleString('en')}`;
  };
  next();
  if (!live.length) list.append(el('li', { class: 'nothing' }, CLAIMS.length ? 'No claim passes the filters.' : 'These articles attribute nothing to anyone.'));
  $('#view-claims').replaceChildren(el('div', { class: 'column' }, el('h2', {}, 'All claims'), el('p', { class: 'hint' }, `${plural(live.length, 'claim')}, by the date of the statement or, if unknown, of publication. Select a claim to read it in its sentence.`), list, more));
}

function claimRow(claim) {
  const chosen = CHOSEN.pick && CHOSEN.pick.claim === claim.n;
  const notes = unique(claim.doubts.map(doubtName));
  return el('li', { class: 'row' }, el('button', { type: 'button', 'aria-current': chosen ? 'true' : null, 'data-n': claim.n, onclick: () => pick({ claim: claim.n }) },
    el('span', { class: 'row-head' }, icon(kindOf(claim.who)), el('strong', {}, nameOf(claim.who) || 'no source named'), ' ', el('span', { class: 'p-cue' }, claim.cue || inWords(SAYINGS, claim.kind)),
      claim.article.outlet && claim.article.outlet !== claim.who ? el('span', { class: 'basis' }, ` in ${nameOf(claim.article.outlet)}`) : null, notes.map(note => el('span', { class: 'note' }, note))),
    el('span', { class: 'row-words' }, short(claim.words, 220)), claim.figures.length ? el('span', { class: 'row-figures' }, claim.figures.slice(0, 4).map(figure => el('mark', {}, figure.words))) : null));
}
