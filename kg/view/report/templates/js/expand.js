// Nodes that are in the page but not drawn at first: neighbours of a node can be shown and hidden again.

const STEP = 24;  // neighbours per click
const OPENED = [];  // { id, added }, in the order of opening

const around = id => unique(EDGES_OF.get(id).map(edge => (edge.from === id ? edge.to : edge.from))).filter(other => other !== id);
const waiting = id => around(id).filter(other => !DRAWN.has(other));

/** Draws the neighbours of a node that are not drawn yet, those with most claims first; returns whether there were any. */
function expand(id) {
  const fresh = waiting(id).sort((a, b) => NODE.get(b).claims.length - NODE.get(a).claims.length || (a < b ? -1 : 1)).slice(0, STEP);
  if (!fresh.length || !DRAWN.has(id)) return false;
  bring(id, fresh);
  changed();
  if (GRAPH.paint) fitGraph(new Set([id, ...around(id).filter(other => LIVE.nodes.has(other))]));
  announce(`${plural(fresh.length, 'neighbour')} of ${nameOf(id)} drawn`);
  return true;
}

function bring(id, added) {
  OPENED.push({ id, added });
  for (const other of added) DRAWN.add(other);
  if (GRAPH.paint) seat(id, added);
}

/** Hides what was opened last, or what was opened from ``id`` and later; returns whether there was anything. */
function collapse(id) {
  const from = id === undefined ? OPENED.length - 1 : OPENED.findIndex(each => each.id === id);
  if (from < 0) return false;
  const gone = OPENED.splice(from).flatMap(each => each.added);
  for (const other of gone) { DRAWN.delete(other); GRAPH.spot.delete(other); }
  if (CHOSEN.pick && gone.includes(CHOSEN.pick.node)) CHOSEN.pick = null;
  changed();
  announce(`${plural(gone.length, 'node')} hidden`);
  return true;
}

/** Draws a node that is not drawn yet, with the shortest path to a drawn node. */
function reveal(id) {
  const before = new Map([[id, null]]), line = [id];
  while (line.length) {
    const at = line.shift();
    if (DRAWN.has(at)) {
      for (let from = at, to = before.get(at); to; from = to, to = before.get(to)) bring(from, [to]);
      return sift();
    }
    for (const other of around(at)) if (!before.has(other)) { before.set(other, at); line.push(other); }
  }
  DRAWN.add(id);  // its neighbours are not in this page at all
  if (GRAPH.paint) seat(null, [id]);
  return sift();
}

/** Finds positions near a parent, ring by ring, where node and label overlap no other node or label. */
function seat(parent, ids) {
  const scale = Math.max(0.35, GRAPH.paint.scale()), taken = boxIndex();
  const room = node => { const rows = rowsOf(node), r = radius(node) * GRAPH.grow * scale; return { r, w: Math.max(2 * r, ...rows.map(row => textWidth(row, '600 ' + FONT))) + 8, h: 2 * r + rows.length * LINE + 10 }; };
  const boxAt = (node, x, y) => { const { r, w, h } = room(node); return { x: x - w / 2, y: y - r - 3, w, h }; };
  for (const [id, { x, y }] of GRAPH.spot) if (!ids.includes(id)) taken.add(boxAt(NODE.get(id), x * scale, y * scale));
  const middle = parent ? GRAPH.spot.get(parent) : { x: 0, y: 0 }, away = Math.atan2(middle.y, middle.x);
  for (const id of ids) {
    const node = NODE.get(id);
    let found = null;
    for (let ring = 0; !found && ring < 60; ring += 1) {
      const far = 70 + ring * 26, turns = 8 + ring * 4;
      for (let at = 0; !found && at < turns; at += 1) {
        const angle = away + ((at % 2 ? 1 : -1) * Math.ceil(at / 2) * 2 * Math.PI) / turns, x = middle.x * scale + Math.cos(angle) * far * 1.25, y = middle.y * scale + Math.sin(angle) * far;
        const box = boxAt(node, x, y);
        if (!taken.meets(box, 2)) { found = { x: x / scale, y: y / scale }; taken.add(box); }
      }
    }
    GRAPH.spot.set(id, found || { x: middle.x, y: middle.y });
  }
}

/** The panel's part about neighbours: how many can be shown, and how many are not in this page. */
function opening(node) {
  const wait = waiting(node.id).length, gone = node.links - around(node.id).length, opened = OPENED.some(each => each.id === node.id);
  const parts = [
    wait ? button(wait > STEP ? `Show ${STEP} of ${wait} more neighbours` : `Show ${plural(wait, 'more neighbour')}`, () => { expand(node.id); drawPanel(); }, { id: 'expand' }) : null,
    opened ? button('Hide them', () => { collapse(node.id); drawPanel(); }, { class: 'quiet', id: 'collapse' }) : null,
    gone > 0 ? el('p', { class: 'hint' }, `${plural(gone, 'neighbour')} ${gone === 1 ? 'is' : 'are'} not in this page. `, FACTS.live ? el('a', { class: 'link', href: `/?${new URLSearchParams({ focus: node.id })}#${new URLSearchParams({ view: 'graph', node: node.id })}` }, 'Show its whole neighbourhood') : el('span', {}, 'To get a page of them: ', el('code', {}, `kg render --focus "${node.id}"`))) : null,
  ].filter(Boolean);
  return parts.length ? el('div', { class: 'opening' }, parts) : null;
}
