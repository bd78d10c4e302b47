// The paths of claims: source, channel, relay, outlet. Wide windows: bands as thick as their number of claims. Narrow: a list.

const routes = once(() => {
  const found = new Map();
  for (const claim of liveClaims()) {
    if (claim.kind === 'relay') continue;
    const hops = unique([claim.who, ...claim.way, claim.article.outlet].filter(Boolean));
    if (hops.length < 2) continue;
    const key = hops.join('\u0000');
    if (!found.has(key)) found.set(key, { hops, claims: [] });
    found.get(key).claims.push(claim.n);
  }
  return [...found.values()].sort((a, b) => b.hops.length - a.hops.length || b.claims.length - a.claims.length || (a.hops.join() < b.hops.join() ? -1 : 1));
});

function travelReport(width) {
  const all = routes();
  if (!all.length) return null;
  const longest = all.slice(0, width < 700 ? 8 : 6), list = el('ul', { class: 'routes' }, longest.map(route => el('li', {}, el('span', { class: 'way' }, route.hops.map(id => el('span', { class: 'hop' }, chip(id)))), button(plural(route.claims.length, 'claim'), () => pick({ list: route.claims, title: route.hops.map(nameOf).join(' → ') }), { class: 'link' }))));
  const bands = width < 700 || all.length < 4 ? null : travelBands(all, width);
  return section('travel', 'How it travelled', bands ? 'From source to channel to relay to outlet; the width of a band is its number of claims. Below: the longest paths.' : 'The longest paths from a source to an outlet.', bands, list);
}

function travelBands(all, width) {
  const flow = count(all.flatMap(route => route.claims.map(() => route.hops[0])), id => id), top = new Set([...flow].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, 14).map(each => each[0]));
  const marks = new Map(), bands = new Map();
  const mark = (column, id) => { const key = `${column} ${id}`; if (!marks.has(key)) marks.set(key, { key, column, id, size: 0, into: [], out: [] }); return marks.get(key); };
  for (const route of all.filter(each => top.has(each.hops[0]))) {
    const last = route.hops.length - 1, steps = route.hops.map((id, at) => mark(at === 0 ? 0 : at === last ? 3 : kindOf(id) === 'channel' ? 1 : 2, id));
    for (const step of steps) step.size += route.claims.length;
    for (let at = 0; at < last; at += 1) {
      const key = `${steps[at].key}\u0000${steps[at + 1].key}`;
      if (!bands.has(key)) bands.set(key, { from: steps[at], to: steps[at + 1], claims: [] });
      bands.get(key).claims.push(...route.claims);
    }
  }
  for (const band of bands.values()) { band.from.out.push(band); band.to.into.push(band); }
  const columns = [0, 1, 2, 3].map(at => [...marks.values()].filter(each => each.column === at)).filter(column => column.length);
  if (columns.length < 2) return null;
  return drawBands(columns, [...bands.values()], width);
}

function drawBands(columns, bands, width) {
  const total = Math.max(...columns.map(column => column.reduce((sum, each) => sum + each.size, 0))), rows = Math.max(...columns.map(column => column.length)), high = Math.max(rows * 24, 120), unit = Math.max(0.35, Math.min(11, (high - rows * 9) / total)), thin = 11, slot = 20;
  const roomAt = 150, gap = (width - roomAt * 2 - thin) / (columns.length - 1);
  columns.forEach((column, c) => {
    const centre = each => { const near = each.into.length ? each.into : []; return near.length ? near.reduce((sum, band) => sum + band.from.y * band.claims.length, 0) / near.reduce((sum, band) => sum + band.claims.length, 0) : -each.size; };
    column.sort((a, b) => centre(a) - centre(b) || (a.id < b.id ? -1 : 1));
    const heights = column.map(each => Math.max(slot, each.size * unit + 6)), sum = heights.reduce((a, b) => a + b, 0);
    let y = Math.max(0, (high - sum) / 2);
    column.forEach((each, at) => { Object.assign(each, { x: roomAt + c * gap, y: y + heights[at] / 2, h: each.size * unit }); y += heights[at]; });
  });
  const bottom = Math.max(high, ...columns.flat().map(each => each.y + Math.max(slot, each.h) / 2)) + 6, drawn = [];
  for (const each of columns.flat()) for (const [side, end] of [['out', 'to'], ['into', 'from']]) {
    let at = each.y - each.h / 2;
    for (const band of each[side].sort((a, b) => a[end].y - b[end].y)) { band[side === 'out' ? 'y0' : 'y1'] = at + (band.claims.length * unit) / 2; at += band.claims.length * unit; }
  }
  for (const band of bands) {
    const x0 = band.from.x + thin, x1 = band.to.x, bend = (x0 + x1) / 2;
    drawn.push(press(svg('path', { d: `M${x0} ${band.y0}C${bend} ${band.y0} ${bend} ${band.y1} ${x1} ${band.y1}`, 'stroke-width': Math.max(1, band.claims.length * unit), class: 'band' }), `${nameOf(band.from.id)} to ${nameOf(band.to.id)}: ${plural(unique(band.claims).length, 'claim')}`, { list: unique(band.claims), title: `${nameOf(band.from.id)} → ${nameOf(band.to.id)}` }));
  }
  columns.forEach((column, c) => column.forEach(each => {
    const before = c === 0, room = before ? roomAt - 8 : c === columns.length - 1 ? roomAt - 8 : gap - thin - 18, text = fitText(nameOf(each.id), room);
    drawn.push(svg('rect', { x: each.x, y: each.y - each.h / 2, width: thin, height: Math.max(2, each.h), class: `k-${kindOf(each.id)}` }), press(svg('text', { x: before ? each.x - 7 : each.x + thin + 6, y: each.y + 4, 'text-anchor': before ? 'end' : 'start', class: 'halo' }, document.createTextNode(text)), nameOf(each.id), NODE.has(each.id) ? { node: each.id } : null));
  }));
  return svg('svg', { width, height: bottom, class: 'chart', role: 'group', 'aria-label': 'How claims travelled' }, drawn);
}
