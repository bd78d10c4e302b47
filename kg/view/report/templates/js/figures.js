// Figures by happening and measure: each source's figure as the interval that its words allow ("at least 30" is 30 or more).

/** Groups all figures by happening and measure. A figure without a place takes the place of the group, if there is only one. */
const counted = once(() => {
  const groups = new Map(), places = new Map();
  const all = liveClaims().flatMap(claim => claim.figures.filter(figure => figure.node && (figure.min !== null || figure.max !== null)).map(figure => ({ claim, figure, of: [figure.node, figure.measure, figure.unit].join('\u0000') })));
  for (const { figure, of } of all) if (figure.scope) places.set(of, (places.get(of) || new Set()).add(figure.scope));
  for (const { claim, figure, of } of all) {
    const scope = figure.scope || (places.has(of) && places.get(of).size === 1 ? [...places.get(of)][0] : null), key = `${of}\u0000${scope}`;
    if (!groups.has(key)) groups.set(key, { key, node: figure.node, measure: figure.measure, unit: figure.unit, scope, rows: new Map(), claims: [] });
    const group = groups.get(key), row = `${claim.who}\u0000${figure.min}\u0000${figure.max}`;
    group.claims.push(claim.n);
    if (!group.rows.has(row)) group.rows.set(row, { who: claim.who, name: nameOf(claim.who), figure, claims: [] });
    group.rows.get(row).claims.push(claim.n);
  }
  const middle = figure => figure.value ?? figure.min ?? figure.max, order = (a, b) => middle(a.figure) - middle(b.figure) || (a.name < b.name ? -1 : 1);
  return [...groups.values()].map(group => ({ ...group, rows: [...group.rows.values()].sort(order) }));
});

/** Groups whose figures differ between sources, or were revised. ``bond`` is the relation in the graph between two of them. */
const disputed = once(() => {
  const rank = ['contradicts', 'revises', ''];
  const found = counted().filter(group => group.rows.length > 1).map(group => ({ ...group, bond: bondOf(group.rows) })).filter(group => group.bond || unique(group.rows.map(row => row.who)).length > 1);
  return found.sort((a, b) => rank.indexOf(a.bond) - rank.indexOf(b.bond) || b.claims.length - a.claims.length || (a.node + a.measure < b.node + b.measure ? -1 : 1));
});

/** Returns "contradicts" or "revises" if the graph has that relation between two rows whose intervals do not overlap. */
function bondOf(rows) {
  const low = figure => (figure.min === null ? -Infinity : figure.min), high = figure => (figure.max === null ? Infinity : figure.max);
  const disjoint = (a, b) => high(a.figure) < low(b.figure) || high(b.figure) < low(a.figure), bonds = new Set(), rowsBy = new Map();
  for (const row of rows) for (const n of row.claims) rowsBy.set(n, [...(rowsBy.get(n) || []), row]);
  for (const [n, own] of rowsBy) for (const link of CLAIMS[n].links) if ((rowsBy.get(link.n) || []).some(other => own.some(row => disjoint(row, other)))) bonds.add(link.rel);
  return ['contradicts', 'revises'].find(rel => bonds.has(rel)) || '';
}

function figuresReport() {
  const groups = disputed(), differ = new Set(groups.map(group => group.key)), lone = counted().filter(group => !differ.has(group.key)).sort((a, b) => b.claims.length - a.claims.length || (a.node + a.measure < b.node + b.measure ? -1 : 1));
  if (!groups.length && !lone.length) return null;
  const hint = 'What each source’s words allow: a dot is a number, a bar a range, a dotted line an open end (“at least”). Only figures of the same place and event are compared.';
  const kept = rel => groups.filter(group => group.bond === rel), opposed = kept('contradicts'), revised = kept('revises'), rest = kept('');
  const fold = (list, name) => (list.length ? el('details', { class: 'fold' }, el('summary', {}, `${name} (${list.length})`), list.slice(0, 40).map(figureGroup)) : null);
  const first = opposed.length ? opposed : revised.length ? revised : rest, heading = opposed.length ? 'Figures in dispute' : revised.length ? 'Revised figures' : rest.length ? 'Figures that differ' : 'Figures';
  const none = first.length ? null : el('p', { class: 'nothing' }, 'No two sources give different figures for the same thing. Figures of single sources:');
  return section('figures', heading, hint, none, first.slice(0, 6).map(figureGroup), first.length ? null : lone.slice(0, 4).map(figureGroup), fold(first.slice(6), 'More'),
    first === opposed ? fold(revised, 'Revised by their own source') : null, first === rest ? null : fold(rest, 'Compatible figures'), fold(first.length ? lone : lone.slice(4), 'Figures nobody disputes'));
}

/** Returns about ``many`` round numbers from ``from`` to ``to``. */
function ticks(from, to, many) {
  const rough = (to - from) / many, power = 10 ** Math.floor(Math.log10(rough)), step = [1, 2, 5, 10].map(each => each * power).find(each => each >= rough), found = [];
  for (let at = Math.ceil(from / step) * step; at <= to; at += step) found.push(at);
  return found;
}

function figureGroup(group) {
  const numbers = group.rows.flatMap(row => [row.figure.min, row.figure.max, row.figure.value]).filter(value => value !== null), top = Math.max(...numbers), bottom = Math.min(...numbers);
  const pad = (top - bottom || top || 1) * 0.12, from = bottom >= 0 ? Math.max(0, bottom - pad) : bottom - pad, to = top + pad, at = value => `${(2 + (96 * (value - from)) / (to - from)).toFixed(2)}%`;
  const marks = ticks(from, to, 4).filter(value => !(group.unit === 'count' && value % 1));
  const place = group.scope ? ` in ${nameOf(group.scope)}` : '', unit = group.unit && group.unit !== 'count' ? ` (${group.unit})` : '';
  const head = el('h3', {}, button(eventName(group.node), () => pick(NODE.has(group.node) ? { node: group.node } : { list: unique(group.claims), title: eventName(group.node) }), { class: 'link' }), el('span', { class: 'basis' }, ` · ${group.measure}${unit}${place}`));
  const rows = group.rows.map(row => el('button', { type: 'button', class: 'figure-row', onclick: () => pick({ list: row.claims, title: `${nameOf(row.who) || 'No source named'}: ${row.figure.words} ${group.measure}` }) },
    el('span', { class: 'who' }, icon(kindOf(row.who)), nameOf(row.who) || 'no source named'), track(row, at, marks), el('span', { class: 'said' }, el('mark', {}, row.figure.words), row.claims.length > 1 ? el('span', { class: 'count' }, ` ×${row.claims.length}`) : null)));
  const axis = el('div', { class: 'figure-axis', 'aria-hidden': 'true' }, svg('svg', { class: 'track', height: 18 }, marks.map(value => svg('text', { x: at(value), y: 12, class: 'tick' }, document.createTextNode(lean(value))))));
  return el('div', { class: 'figure-group' }, head, rows, axis);
}

function track(row, at, ticks) {
  const { min, max, value, comparator } = row.figure, tint = `k-${kindOf(row.who)}`, marks = [...ticks.map(value => svg('line', { x1: at(value), x2: at(value), y1: -2, y2: 26, class: 'grid' })), svg('line', { x1: '0', x2: '100%', y1: 11, y2: 11, class: 'rail' })];
  if (min !== null && max !== null && min !== max) marks.push(svg('line', { x1: at(min), x2: at(max), y1: 11, y2: 11, class: `bar ${tint}` }));
  if (min === null) marks.push(svg('line', { x1: '0', x2: at(max), y1: 11, y2: 11, class: `bar open ${tint}` }));
  if (max === null) marks.push(svg('line', { x1: at(min), x2: '100%', y1: 11, y2: 11, class: `bar open ${tint}` }));
  const point = value ?? (min === max ? min : min ?? max), strict = comparator === 'gt' || comparator === 'lt';
  if (point !== null) marks.push(svg('circle', { cx: at(point), cy: 11, r: 5.5, class: `point ${tint}${strict ? ' hollow' : ''}` }));
  return svg('svg', { class: 'track', height: 22, 'aria-hidden': 'true' }, marks);
}
