// The graph view: nodes and edges at the positions from Python, fading, pointer and keyboard.

const GRAPH = { paint: null, spot: new Map(), labels: [], key: '', hover: null, names: EDGES.length <= 600, grow: 1, groups: false, focus: null };
const UNDER = ['located_in', 'reported_by'];  // drawn first, below the edges of statements
const FAINT = Math.max(0.22, Math.min(0.62, Math.sqrt(120 / (EDGES.length + 1))));
const SIDE = 62;

const radius = node => (node.kind === 'event' ? 10 : 7.5) + Math.min(16, 2.4 * Math.sqrt(node.claims.length));

function openGraph() {
  if (!NODES.length) $('#view-graph').replaceChildren(el('div', { class: 'report' }, el('div', { class: 'nothing' }, el('h2', {}, 'Nothing to draw'), el('p', { class: 'hint' }, 'No source, event or place was found in these articles.'))));
  if (GRAPH.paint || !NODES.length) return;
  const box = $('#canvas'), first = NODES.filter(node => !node.later), xs = first.map(node => node.x), ys = first.map(node => node.y);
  const wide = Math.max(...xs) - Math.min(...xs), high = Math.max(...ys) - Math.min(...ys), turned = (box.clientWidth < box.clientHeight) !== (wide < high);
  const [across, down] = axisScale(box, turned ? high : wide, turned ? wide : high);
  const opened = OPENED.flatMap(each => each.added.map(id => [id, each.id]));
  for (const node of first) GRAPH.spot.set(node.id, { x: (turned ? node.y : node.x) * across, y: (turned ? node.x : node.y) * down });
  for (const [id, from] of opened) GRAPH.spot.set(id, GRAPH.spot.get(from) || { x: 0, y: 0 });
  const on = { click: clicked, twice: event => { if (event.node !== undefined) expand(event.node); }, hover, drawn: drawLabels, ink: () => colour('ink'), paper: () => colour('paper'),
    moved(moved) { for (const [id, at] of moved) GRAPH.spot.set(id, { x: at.x, y: at.y }); GRAPH.key = ''; }, settled() { GRAPH.key = ''; if (GRAPH.paint) GRAPH.paint.redraw(); } };
  const spots = [...GRAPH.spot.values()], reach = axis => [Math.min(...spots.map(spot => spot[axis])), Math.max(...spots.map(spot => spot[axis]))];
  GRAPH.paint = typeof Sigma !== 'undefined' && cardDraws() ? webglPainter(box, on, { x: reach('x'), y: reach('y') }) : canvasPainter(box, on);
  grown((frameOf() || { scale: 1 }).scale);
  paintGraph();
  fitGraph();
  for (const [id] of opened) GRAPH.spot.delete(id);
  for (const each of OPENED) seat(each.id, each.added);
  if (OPENED.length) { paintGraph(); fitGraph(); }
  new ResizeObserver(() => { if (box.clientWidth && !CHOSEN.pick) fitGraph(); }).observe(box);
}

/** Returns the scale per axis that makes the graph fill the window. */
function axisScale(box, wide, high) {
  const across = (box.clientWidth - 2 * SIDE) / Math.max(1, wide), down = (box.clientHeight - 2 * SIDE) / Math.max(1, high), most = 1.7;
  return across > down ? [Math.min(most, across / down), 1] : [1, Math.min(most, down / across)];
}

function clicked(event) {
  const frame = windowNow(), x = event.at.x + frame.x, y = event.at.y + frame.y;
  const badge = GRAPH.labels.find(label => label.kind === 'more' && meet({ x, y, w: 0, h: 0 }, label, 2));
  if (badge) { expand(badge.id); pick({ node: badge.id }); } else if (event.node !== undefined) pick({ node: event.node });
  else if (event.edge !== undefined) pick({ edge: event.edge });
  else pick(null);
}

function hover(id) {
  GRAPH.hover = id;
  $('#canvas').classList.toggle('over', id !== null);
  GRAPH.paint.redraw();
}

/** Returns what keeps its full colour: the selected node or edge and its neighbours; null if nothing is selected. */
function inFocus() {
  const chosen = CHOSEN.pick;
  if (!chosen) return null;
  const at = list => new Set(list.map(edge => edge.at)), ends = list => list.flatMap(edge => [edge.from, edge.to]), live = EDGES.filter(edge => LIVE.edges.has(edge.at));
  if (chosen.node !== undefined) {
    const own = live.filter(edge => edge.from === chosen.node || edge.to === chosen.node);
    return { nodes: new Set([chosen.node, ...ends(own)]), edges: at(own) };
  }
  if (chosen.edge !== undefined) {
    const { from, to } = EDGES[chosen.edge];
    return { nodes: new Set([from, to]), edges: at(live.filter(edge => edge.from === from && edge.to === to)) };
  }
  if (chosen.group !== undefined) {
    const nodes = new Set(NODES.filter(node => inGroup(node, chosen.group)).map(node => node.id));
    return { nodes, edges: at(live.filter(edge => nodes.has(edge.from) && nodes.has(edge.to))) };
  }
  const claims = new Set(chosen.list || [chosen.claim]), concerned = thing => thing.claims.some(n => claims.has(n));
  const nodes = new Set(NODES.filter(concerned).map(node => node.id)), edges = at(live.filter(concerned));
  return { nodes, edges };
}

function paintGraph() {
  if (!GRAPH.paint) return;
  const focus = inFocus(), tints = new Map(), tint = name => { if (!tints.has(name)) tints.set(name, colour(name)); return tints.get(name); };
  const marks = NODES.filter(node => LIVE.nodes.has(node.id)).map(node => {
    const own = tint(GRAPH.groups ? groupTint(node.group) : `k-${node.kind}`), chosen = CHOSEN.pick && CHOSEN.pick.node === node.id, unnamed = node.kind === 'unnamed';
    return { id: node.id, ...GRAPH.spot.get(node.id), shape: KINDS[node.kind].shape, size: radius(node) * GRAPH.grow, fill: unnamed ? tint('paper') : own, rim: chosen ? tint('ink') : unnamed ? own : tint('paper'), edge: chosen ? 3 : unnamed ? 2 : 1, dashed: unnamed, faint: Boolean(focus) && !focus.nodes.has(node.id) };
  });
  const lines = EDGES.filter(edge => LIVE.edges.has(edge.at)).sort((a, b) => UNDER.indexOf(b.rel) - UNDER.indexOf(a.rel)).map(edge => {
    const lit = !focus || focus.edges.has(edge.at);
    return { id: edge.at, from: edge.from, to: edge.to, tint: tint(`r-${edge.rel}`), width: 1 + Math.min(3, Math.log2(1 + edge.claims.length) * 0.6), dashed: DASHED.has(edge.rel), share: lit ? (focus ? 0.95 : FAINT) : 0.07 };
  });
  GRAPH.focus = focus;
  GRAPH.key = '';
  GRAPH.paint.put(marks, lines);
  GRAPH.paint.redraw();
  $('#undo').hidden = !OPENED.length;
  drawKey();
}

/** Returns the size of the canvas without the part that the panel covers (in narrow windows). */
function clearBox() {
  const box = $('#canvas').getBoundingClientRect(), panel = $('#panel').getBoundingClientRect(), over = panel.height && panel.left < box.right && panel.top < box.bottom && panel.right > box.left;
  return { w: box.width, h: over ? Math.max(120, panel.top - box.top) : box.height - TOOLS, whole: box.height };
}

/** Returns the centre and scale that show these nodes, or all. */
function frameOf(ids) {
  const box = clearBox(), shown = NODES.filter(node => LIVE.nodes.has(node.id) && (!ids || ids.has(node.id)));
  if (!shown.length || !box.w) return null;
  const at = shown.map(node => GRAPH.spot.get(node.id)), xs = at.map(each => each.x), ys = at.map(each => each.y);
  const left = Math.min(...xs), right = Math.max(...xs), top = Math.min(...ys), bottom = Math.max(...ys);
  const edge = Math.min(SIDE, box.h / 4), scale = Math.min((box.w - 2 * SIDE) / Math.max(1, right - left), (box.h - 2 * edge) / Math.max(1, bottom - top), ids ? 1.1 : 1.5);
  return { centre: { x: (left + right) / 2, y: (top + bottom) / 2 + (box.whole - box.h) / 2 / scale }, scale };
}

function fitGraph(ids) {
  const frame = GRAPH.paint && frameOf(ids);
  if (!frame) return;
  if (!ids && grown(frame.scale)) paintGraph();
  GRAPH.key = '';
  GRAPH.paint.look(frame.centre, frame.scale);
}

/** Enlarges the nodes of a zoomed-out graph so that they can be seen and hit; returns whether their size changed. */
function grown(scale) {
  const before = GRAPH.grow;
  GRAPH.grow = Math.round(Math.min(2.2, Math.max(1, 0.62 / scale)) * 20) / 20;
  return GRAPH.grow !== before;
}

function showInGraph(chosen) {
  if (!GRAPH.paint || !chosen) return;
  const focus = inFocus(), nodes = [...focus.nodes].filter(id => LIVE.nodes.has(id));
  if (!nodes.length) return;
  const frame = { ...windowNow(), h: clearBox().h }, away = nodes.some(id => { const { x, y } = GRAPH.spot.get(id), mark = { x: x * frame.scale - 30, y: y * frame.scale - 30, w: 60, h: 60 }; return mark.x < frame.x || mark.x + 60 > frame.x + frame.w || mark.y < frame.y || mark.y + 60 > frame.y + frame.h; });
  if (away || frame.scale < 0.5) fitGraph(new Set(nodes));
}

/** Arrow keys go to the nearest node in that direction; Enter opens its neighbours, or its words. */
function graphKeys(event) {
  const ways = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] }, way = ways[event.key], at = CHOSEN.pick && CHOSEN.pick.node;
  if (event.key === '+' || event.key === '-') zoom(event.key === '+' ? 1.3 : 1 / 1.3);
  if (event.key === 'Enter' && at !== undefined && at !== null && !expand(at)) $('#panel').focus();
  if (!way) return;
  event.preventDefault();
  const shown = NODES.filter(node => LIVE.nodes.has(node.id)), from = GRAPH.spot.get(at);
  const cost = node => { const { x, y } = GRAPH.spot.get(node.id), along = (x - from.x) * way[0] + (y - from.y) * way[1], aside = Math.abs((x - from.x) * way[1]) + Math.abs((y - from.y) * way[0]); return along <= 0 ? Infinity : along + 2 * aside; };
  const next = from ? shown.filter(node => node.id !== at && cost(node) < Infinity).sort((a, b) => cost(a) - cost(b))[0] : byClaims(shown)[0];
  if (!next) return;
  pick({ node: next.id }, true);
  const more = waiting(next.id).length;
  announce(`${next.name}, ${KINDS[next.kind].one}, ${plural(next.claims.length, 'claim')}${more ? `, ${plural(more, 'neighbour')} not drawn` : ''}`);
}

function zoom(factor) {
  if (GRAPH.paint) GRAPH.paint.look(GRAPH.paint.centre(), Math.min(4, Math.max(0.05, GRAPH.paint.scale() * factor)));
}

function savePicture() {
  if (!GRAPH.paint) return;
  drawLabels();
  const names = $('#names'), dots = devicePixelRatio || 1, strip = keyRows(names.width / dots), copy = el('canvas', { width: names.width, height: names.height + strip.high * dots }), ctx = copy.getContext('2d');
  ctx.fillStyle = colour('paper');
  ctx.fillRect(0, 0, copy.width, copy.height);
  for (const layer of [...GRAPH.paint.layers(), names]) ctx.drawImage(layer, 0, 0, names.width, names.height);
  for (const { x, y, shape, fill, rim, text } of strip.parts) {
    ctx.setTransform(dots, 0, 0, dots, x * dots, names.height + y * dots);
    Object.assign(ctx, { fillStyle: fill, strokeStyle: rim, font: FONT });
    for (const draw of ['fill', 'stroke']) ctx[draw](new Path2D(shape));
    ctx.fillStyle = colour('ink');
    ctx.fillText(text, 20, 11);
  }
  copy.toBlob(blob => { const link = el('a', { href: URL.createObjectURL(blob), download: 'claims.png' }); link.click(); setTimeout(() => URL.revokeObjectURL(link.href), 1000); });
}
