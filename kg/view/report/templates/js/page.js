// The state of the page: drawing it, and keeping it in the URL.

const VIEWS = { report: drawReport, graph: openGraph, claims: drawClaims };

/** Selects what the panel shows; `stay` keeps the keyboard focus where it is. */
function pick(chosen, stay = false) {
  if (chosen && chosen.node !== undefined && !DRAWN.has(chosen.node)) { reveal(chosen.node); drawFilters(); drawTally(); }
  CHOSEN.pick = chosen;
  $('#hits').hidden = true;
  drawPanel();
  if (CHOSEN.view === 'graph') { paintGraph(); showInGraph(chosen); }
  for (const row of document.querySelectorAll('.row button')) row.toggleAttribute('aria-current', Boolean(chosen) && Number(row.dataset.n) === chosen.claim);
  if (chosen && !stay) $('#panel').focus({ preventScroll: true });
  remember();
}

function changed() {
  sift();
  drawFilters();
  drawPanel();
  drawTally();
  if (CHOSEN.view === 'claims') drawClaims();
  if (CHOSEN.view === 'report' && !$('#view-report').hidden) drawReport();
  if (CHOSEN.view === 'graph') paintGraph();
  remember();
}

function drawTally() {
  const nodes = LIVE.nodes.size === DRAWN.size ? plural(DRAWN.size, 'node') : `${LIVE.nodes.size.toLocaleString('en')} of ${plural(DRAWN.size, 'node')}`;
  const claims = LIVE.claims.size === CLAIMS.length ? plural(CLAIMS.length, 'claim') : `${LIVE.claims.size.toLocaleString('en')} of ${plural(CLAIMS.length, 'claim')}`;
  $('#tally').textContent = `${nodes} · ${claims}`;
}

function drawNotice() {
  const parts = [], first = NODES.filter(node => !node.later).length, later = NODES.length - first;
  if (first < FACTS.nodes) parts.push(`showing ${first.toLocaleString('en')} of ${FACTS.nodes.toLocaleString('en')} nodes`);
  if (FACTS.focus) parts.push(`around ${NODE.has(FACTS.focus) ? nameOf(FACTS.focus) : FACTS.focus}`);
  else if (parts.length) parts.push('the most contested, most reported and best linked');
  if (later) parts.push(`${later.toLocaleString('en')} more can be opened in the graph${first + later < FACTS.nodes ? ' (the limit of this page)' : ''}`);
  const lines = EDGES.filter(edge => !NODE.get(edge.from).later && !NODE.get(edge.to).later).length;
  if (lines < FACTS.lines) parts.push(`${lines.toLocaleString('en')} of ${FACTS.lines.toLocaleString('en')} edges between them`);
  const fewer = CLAIMS.length < FACTS.claims;
  if (fewer) parts.push(`${CLAIMS.length.toLocaleString('en')} of ${FACTS.claims.toLocaleString('en')} claims`);
  if (fewer && FACTS.contested) {
    const pairs = CLAIMS.reduce((sum, claim) => sum + claim.links.filter(link => link.rel === 'contradicts').length, 0);
    if (pairs < FACTS.contested) parts.push(`${pairs.toLocaleString('en')} of ${plural(FACTS.contested, 'contradiction')}`);
  }
  if (parts.length && !FACTS.focus && (fewer || first + later < FACTS.nodes)) parts.push(FACTS.live ? 'select a node and show its whole neighbourhood to see the rest' : 'kg render --focus NAME writes the neighbourhood of a node, kg serve shows any part');
  $('#notice').hidden = !parts.length;
  $('#notice').textContent = parts.length ? parts.join(' · ').replace(/^./, first => first.toUpperCase()) + '.' : '';
}

function show(view) {
  CHOSEN.view = view in VIEWS ? view : Object.keys(VIEWS)[0];
  for (const tab of document.querySelectorAll('[data-view]')) {
    if (tab.dataset.view === CHOSEN.view) tab.setAttribute('aria-current', 'page'); else tab.removeAttribute('aria-current');
  }
  for (const section of document.querySelectorAll('.view')) section.hidden = section.id !== `view-${CHOSEN.view}`;
  VIEWS[CHOSEN.view]();
  if (CHOSEN.view === 'graph') { paintGraph(); showInGraph(CHOSEN.pick); }
  remember();
}

// ------------------------------------------------------------------------------------------------ the permalink

function remember() {
  const params = new URLSearchParams({ view: CHOSEN.view });
  const chosen = CHOSEN.pick;
  if (chosen && chosen.node !== undefined) params.set('node', chosen.node);
  if (chosen && chosen.edge !== undefined) { const edge = EDGES[chosen.edge]; params.set('edge', [edge.from, edge.rel, edge.to].join(' ')); }
  if (chosen && chosen.claim !== undefined) params.set('claim', CLAIMS[chosen.claim].id);
  for (const key of ['from', 'to']) if (CHOSEN[key]) params.set(key, CHOSEN[key]);
  if (chosen && chosen.group !== undefined) params.set('group', chosen.group);
  for (const { id } of OPENED) params.append('open', id);
  if (!CHOSEN.undated) params.set('undated', 'no');
  for (const key of ['hidden', 'rels', ...Object.keys(FACETS)]) for (const value of [...CHOSEN[key]].sort()) params.append(key, value);
  const hash = `#${params}`;
  if (hash !== location.hash) { try { history.replaceState(null, '', hash); } catch { location.hash = hash; } }
}

function recall() {
  const params = new URLSearchParams(location.hash.slice(1));
  const day = value => (/^\d{4}-\d\d-\d\d$/.test(value || '') ? value : '');
  Object.assign(CHOSEN, { from: day(params.get('from')), to: day(params.get('to')), undated: params.get('undated') !== 'no', pick: null });
  for (const key of ['hidden', 'rels', ...Object.keys(FACETS)]) CHOSEN[key] = new Set(params.getAll(key));
  const [from, rel, to] = (params.get('edge') || '').split(' ');
  const edge = EDGES.find(each => each.from === from && each.rel === rel && each.to === to), claim = CLAIMS.find(each => each.id === params.get('claim'));
  while (collapse());
  for (const id of params.getAll('open')) if (NODE.has(id)) expand(id);
  const node = params.get('node'), group = params.get('group');
  if (NODE.has(node)) { if (!DRAWN.has(node)) reveal(node); CHOSEN.pick = { node }; }
  else if (edge) CHOSEN.pick = { edge: edge.at };
  else if (claim) CHOSEN.pick = { claim: claim.n };
  else if (/^\d$/.test(group)) { CHOSEN.pick = { group: Number(group) }; colourGroups(true); }
  changed();
  show(params.get('view') || '');
}

// ------------------------------------------------------------------------------------------------ theme, keys, start

function theme(dark) {
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
  $('#theme').setAttribute('aria-pressed', String(dark));
  $('#theme').textContent = dark ? 'Light' : 'Dark';
  paintGraph();
}

function keys(event) {
  const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName) && document.activeElement.type !== 'checkbox';
  if (event.key === '/' && !typing) { event.preventDefault(); $('#q').focus(); $('#q').select(); }
  if (event.key !== 'Escape') return;
  if (document.body.classList.contains('filters-open')) openFilters(false);
  else if ($('#q').value) { $('#q').value = ''; drawHits(); }
  else if (OPENED.length && (!CHOSEN.pick || CHOSEN.pick.node === OPENED[OPENED.length - 1].id)) collapse();
  else pick(null);
}

/** Announces a change of the graph to screen readers. */
function announce(words) {
  $('#said').textContent = words;
}

function colourGroups(on) {
  if (GRAPH.groups === on) return;
  GRAPH.groups = on;
  $('#groups').setAttribute('aria-pressed', String(on));
  paintGraph();
}

function start() {
  for (const tab of document.querySelectorAll('[data-view]')) tab.addEventListener('click', () => show(tab.dataset.view));
  $('#q').addEventListener('input', drawHits);
  $('#q').addEventListener('focus', drawHits);
  $('#q').addEventListener('keydown', event => {
    if (event.key === 'Enter') $('#hits button')?.click();
    if (event.key === 'ArrowDown') { event.preventDefault(); $('#hits button')?.focus(); }
  });
  $('#hits').addEventListener('keydown', event => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    const rows = [...document.querySelectorAll('#hits button')], at = rows.indexOf(document.activeElement) + (event.key === 'ArrowDown' ? 1 : -1);
    (rows[at] || $('#q')).focus();
  });
  document.addEventListener('click', event => { if (!event.target.closest('.search')) $('#hits').hidden = true; });
  $('#skip').addEventListener('click', () => { show('claims'); document.querySelector('.row button')?.focus(); });
  $('#open-filters').addEventListener('click', () => openFilters(!document.body.classList.contains('filters-open')));
  $('#theme').addEventListener('click', () => theme(document.documentElement.dataset.theme !== 'dark'));
  $('#zoom-in').addEventListener('click', () => zoom(1.3));
  $('#zoom-out').addEventListener('click', () => zoom(1 / 1.3));
  $('#fit').addEventListener('click', () => fitGraph());
  $('#png').addEventListener('click', savePicture);
  $('#groups').addEventListener('click', () => { if (CHOSEN.pick && CHOSEN.pick.group !== undefined) pick(null, true); colourGroups(!GRAPH.groups); });
  $('#undo').addEventListener('click', () => collapse());
  $('#canvas').addEventListener('keydown', graphKeys);
  $('#edge-names').setAttribute('aria-pressed', String(GRAPH.names));
  $('#edge-names').addEventListener('click', () => { GRAPH.names = !GRAPH.names; GRAPH.key = ''; $('#edge-names').setAttribute('aria-pressed', String(GRAPH.names)); if (GRAPH.paint) GRAPH.paint.redraw(); });
  document.addEventListener('keydown', keys);
  addEventListener('hashchange', recall);
  addEventListener('resize', () => { if (CHOSEN.view === 'report' && $('#view-report').clientWidth !== REPORT.width) drawReport(); });
  drawNotice();
  theme(matchMedia('(prefers-color-scheme: dark)').matches);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', event => theme(event.matches));
  recall();
  document.documentElement.dataset.ready = 'yes';
}

start();
