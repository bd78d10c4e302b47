// The selection, the filters, and what passes them. A filter without a selection passes everything.

const DATES = CLAIMS.map(claim => claim.date).filter(Boolean).sort();
const CHOSEN = {
  view: 'report', pick: null, hidden: new Set(), rels: new Set(), who: new Set(), outlet: new Set(), channel: new Set(), doubt: new Set(),
  from: '', to: '', undated: true,
};
const FACETS = {
  who: { title: 'Actor', of: claim => [claim.who] },
  outlet: { title: 'Outlet', of: claim => [claim.article.outlet] },
  channel: { title: 'Channel', of: claim => claim.channels },
  doubt: { title: 'Doubt', of: claim => claim.doubts.map(doubtName), words: true },
};
const doubtName = doubt => CLAIMS[doubt.n].outcome || (doubt.bond === 'checks' ? 'checked' : 'not acknowledged or not said');
const LIVE = { claims: new Set(), nodes: new Set(), edges: new Set(), found: new Map() };

/** Caches a result until the filters change; callers must not modify it. */
const once = find => () => { if (!LIVE.found.has(find)) LIVE.found.set(find, find()); return LIVE.found.get(find); };

const claimFilters = () => Boolean(CHOSEN.who.size || CHOSEN.outlet.size || CHOSEN.channel.size || CHOSEN.doubt.size || CHOSEN.from || CHOSEN.to || !CHOSEN.undated);

function passes(claim, except) {
  for (const facet of Object.keys(FACETS)) {
    if (facet !== except && CHOSEN[facet].size && !FACETS[facet].of(claim).some(id => CHOSEN[facet].has(id))) return false;
  }
  if (except === 'date') return true;
  if (!claim.date) return CHOSEN.undated;
  return !(CHOSEN.from && claim.date < CHOSEN.from) && !(CHOSEN.to && claim.date > CHOSEN.to);
}

function sift() {
  LIVE.found.clear();
  LIVE.claims = new Set(CLAIMS.filter(claim => passes(claim)).map(claim => claim.n));
  const narrowed = claimFilters();
  const alive = thing => !narrowed || thing.claims.some(n => LIVE.claims.has(n));
  const kept = new Set(NODES.filter(node => DRAWN.has(node.id) && !CHOSEN.hidden.has(node.kind) && alive(node)).map(node => node.id));
  LIVE.edges = new Set(EDGES.filter(edge => !CHOSEN.rels.has(edge.rel) && kept.has(edge.from) && kept.has(edge.to) && alive(edge)).map(edge => edge.at));
  const linked = new Set(EDGES.filter(edge => LIVE.edges.has(edge.at)).flatMap(edge => [edge.from, edge.to]));
  LIVE.nodes = CHOSEN.rels.size || narrowed ? new Set([...kept].filter(id => linked.has(id))) : kept;
}

const count = (list, key) => list.reduce((all, each) => all.set(key(each), (all.get(key(each)) || 0) + 1), new Map());

function check(label, checked, change, more) {
  const box = el('input', { type: 'checkbox', checked, onchange: () => { change(box.checked); changed(); } });
  return el('label', { class: 'check' }, box, more && more.icon, el('span', { class: 'name' }, label), more && more.count !== undefined ? el('span', { class: 'count' }, String(more.count)) : null);
}

function group(title, ...children) {
  return el('fieldset', {}, el('legend', {}, title), ...children);
}

function toggle(set, value, on) {
  if (on) set.add(value); else set.delete(value);
}

function drawFilters() {
  const kinds = count(NODES.filter(node => DRAWN.has(node.id)), node => node.kind), rels = count(EDGES.filter(edge => DRAWN.has(edge.from) && DRAWN.has(edge.to)), edge => edge.rel);
  const boxes = Object.keys(KINDS).filter(kind => kinds.has(kind)).map(kind =>
    check(KINDS[kind].many, !CHOSEN.hidden.has(kind), on => toggle(CHOSEN.hidden, kind, !on), { icon: icon(kind), count: kinds.get(kind) }));
  const lines = Object.keys(RELATIONS).filter(rel => rels.has(rel)).map(rel =>
    check(RELATIONS[rel], !CHOSEN.rels.has(rel), on => toggle(CHOSEN.rels, rel, !on), { icon: line(rel), count: rels.get(rel) }));
  const close = button('Close', () => openFilters(false), { class: 'close narrow' });
  const clear = button('Clear filters', clearFilters, { class: 'quiet', id: 'clear', hidden: !(claimFilters() || CHOSEN.hidden.size || CHOSEN.rels.size) });
  const open = unique([...document.querySelectorAll('#filters details[open]')].map(each => each.dataset.facet));
  const parts = [close, boxes.length ? group('Shapes', ...boxes) : null, lines.length ? group('Relations', ...lines) : null, dateFilter(), ...Object.keys(FACETS).map(facet => facetFilter(facet, open)), clear];
  $('#filters').replaceChildren(...parts.filter(Boolean));
}

function line(rel) {
  return svg('svg', { viewBox: '0 0 22 8', class: `line r-${rel}`, 'aria-hidden': 'true' }, svg('path', { d: 'M0 4H15', 'stroke-dasharray': DASHED.has(rel) ? '4 3' : null }), svg('path', { d: 'M15 .800L22 4l-7 3.200z', class: 'tip' }));
}

function facetFilter(facet, open) {
  const tally = new Map();
  for (const claim of CLAIMS) if (passes(claim, facet)) for (const id of unique(FACETS[facet].of(claim))) if (id) tally.set(id, (tally.get(id) || 0) + 1);
  for (const id of CHOSEN[facet]) if (!tally.has(id)) tally.set(id, 0);
  const names = new Map([...tally.keys()].map(id => [id, FACETS[facet].words ? id : nameOf(id)])), named = id => names.get(id);
  const ids = [...tally.keys()].sort((a, b) => CHOSEN[facet].has(b) - CHOSEN[facet].has(a) || tally.get(b) - tally.get(a) || collate(named(a), named(b)));
  if (!ids.length) return null;
  const rows = ids.slice(0, 200).map(id => check(named(id), CHOSEN[facet].has(id), on => toggle(CHOSEN[facet], id, on), { icon: FACETS[facet].words ? null : icon(kindOf(id)), count: tally.get(id) }));
  const title = el('summary', {}, FACETS[facet].title, el('span', { class: 'count' }, CHOSEN[facet].size ? `${CHOSEN[facet].size} of ${ids.length}` : String(ids.length)));
  return el('details', { open: open.includes(facet) || CHOSEN[facet].size > 0, 'data-facet': facet, class: 'facet' }, title, el('div', { class: 'rows' }, rows));
}

function dateFilter() {
  if (!DATES.length) return null;
  if (DATES[0] === DATES[DATES.length - 1] && DATES.length === CLAIMS.length) return group('Date said or published', el('p', { class: 'hint' }, dayName(DATES[0])));
  const input = (key, label) => el('label', { class: 'date' }, label, el('input', { type: 'date', id: `date-${key}`, min: DATES[0], max: DATES[DATES.length - 1], value: CHOSEN[key], onchange: event => { CHOSEN[key] = event.target.value; changed(); } }));
  const undated = CLAIMS.length - DATES.length;
  return group('Date said or published', histogram(), el('div', { class: 'dates' }, input('from', 'From'), input('to', 'To')),
    undated ? check('Undated', CHOSEN.undated, on => { CHOSEN.undated = on; }, { count: undated }) : null);
}

function histogram() {
  const first = Date.parse(DATES[0]), days = Math.max(1, Math.round((Date.parse(DATES[DATES.length - 1]) - first) / 864e5) + 1), bins = Math.min(days, 40);
  const tally = new Array(bins).fill(0), live = new Array(bins).fill(0);
  for (const claim of CLAIMS) {
    if (!claim.date) continue;
    const bin = Math.min(bins - 1, Math.floor(((Date.parse(claim.date) - first) / 864e5) * bins / days));
    tally[bin] += 1;
    if (LIVE.claims.has(claim.n)) live[bin] += 1;
  }
  const top = Math.max(...tally), bar = (value, at, name) => svg('rect', { x: at + 0.1, width: 0.8, y: 10 - (9.5 * value) / top, height: (9.5 * value) / top, class: name });
  return svg('svg', { viewBox: `0 0 ${bins} 10`, preserveAspectRatio: 'none', class: 'histogram', role: 'img', 'aria-label': `Claims by day, ${DATES[0]} to ${DATES[DATES.length - 1]}` },
    tally.map((value, at) => bar(value, at, 'all')), live.map((value, at) => bar(value, at, 'live')));
}

function clearFilters() {
  for (const key of ['hidden', 'rels', 'who', 'outlet', 'channel', 'doubt']) CHOSEN[key].clear();
  Object.assign(CHOSEN, { from: '', to: '', undated: true });
  changed();
}

function openFilters(open) {
  document.body.classList.toggle('filters-open', open);
  $('#open-filters').setAttribute('aria-expanded', String(open));
}
