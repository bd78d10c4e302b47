// The picture: vis-network draws marks and lines where Python put them; the labels are ours, since none may touch another.

const GRAPH = { net: null, nodes: null, edges: null, labels: [], key: '', hover: null, names: EDGES.length <= 600, turned: false, grow: 1, groups: false };
const FONT = '12.5px system-ui, "Segoe UI", "DejaVu Sans", sans-serif', SMALL = '11px system-ui, "Segoe UI", "DejaVu Sans", sans-serif';
const UNDER = ['located_in', 'reported_by'];  // drawn first, below what people are told to have said
const FAINT = Math.max(0.22, Math.min(0.62, Math.sqrt(120 / (EDGES.length + 1))));
const GROUPS = 8;  // communities with a colour of their own, the largest
const LINE = 15, SIDE = 62, TOOLS = 34;  // the buttons stand at the lower edge

const radius = node => (node.kind === 'event' ? 10 : 7.5) + Math.min(16, 2.4 * Math.sqrt(node.claims.length));

function openGraph() {
  if (GRAPH.net) return;
  const box = $('#canvas'), xs = NODES.map(node => node.x), ys = NODES.map(node => node.y);
  const wide = Math.max(...xs) - Math.min(...xs), high = Math.max(...ys) - Math.min(...ys);
  GRAPH.turned = (box.clientWidth < box.clientHeight) !== (wide < high);
  const [across, down] = stretch(box, GRAPH.turned ? high : wide, GRAPH.turned ? wide : high);
  GRAPH.nodes = new vis.DataSet(NODES.map(node => ({ id: node.id, x: (GRAPH.turned ? node.y : node.x) * across, y: (GRAPH.turned ? node.x : node.y) * down, shape: KINDS[node.kind].shape, size: radius(node), borderWidth: node.kind === 'unnamed' ? 2 : 1, shapeProperties: { borderDashes: node.kind === 'unnamed' ? [3, 2] : false } })));
  GRAPH.edges = new vis.DataSet([...EDGES].sort((a, b) => UNDER.indexOf(b.rel) - UNDER.indexOf(a.rel)).map(edge => ({ id: edge.at, from: edge.from, to: edge.to, dashes: DASHED.has(edge.rel) ? [5, 4] : false, width: 1 + Math.min(3, Math.log2(1 + edge.claims.length) * 0.6), arrows: { to: { enabled: true, scaleFactor: EDGES.length > 600 ? 0.3 : 0.45 } } })));
  const options = { physics: { enabled: false }, layout: { improvedLayout: false }, edges: { smooth: false, selectionWidth: 1.5, hoverWidth: 0.5 }, nodes: { chosen: false }, interaction: { hover: true, selectConnectedEdges: false, hideEdgesOnDrag: EDGES.length > 2500, keyboard: false } };
  GRAPH.net = new vis.Network(box, { nodes: GRAPH.nodes, edges: GRAPH.edges }, options);
  GRAPH.net.on('click', event => clicked(event));
  GRAPH.net.on('hoverNode', event => hover(event.node));
  GRAPH.net.on('blurNode', () => hover(null));
  GRAPH.net.on('afterDrawing', drawLabels);
  GRAPH.net.on('dragEnd', () => { GRAPH.key = ''; });
  GRAPH.net.on('resize', () => { GRAPH.key = ''; });
  new ResizeObserver(() => { if (box.clientWidth && !CHOSEN.pick) fitGraph(); }).observe(box);
  paintGraph();
  fitGraph();
}

/** How much to draw each direction out, so that the picture fills a window of this form. */
function stretch(box, wide, high) {
  const across = (box.clientWidth - 2 * SIDE) / Math.max(1, wide), down = (box.clientHeight - 2 * SIDE) / Math.max(1, high), most = 1.7;
  return across > down ? [Math.min(most, across / down), 1] : [1, Math.min(most, down / across)];
}

function clicked(event) {
  if (event.nodes.length) pick({ node: event.nodes[0] });
  else if (event.edges.length) pick({ edge: event.edges[0] });
  else pick(null);
}

function hover(id) {
  GRAPH.hover = id;
  $('#canvas').classList.toggle('over', id !== null);
  GRAPH.net.redraw();
}

/** What stays in full colour: the chosen node or line, and what it touches. Null where all does. */
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
  const claims = new Set(chosen.list || [chosen.claim]), told = thing => thing.claims.some(n => claims.has(n));
  const nodes = new Set(NODES.filter(told).map(node => node.id)), edges = at(live.filter(told));
  return { nodes, edges };
}

function paintGraph() {
  if (!GRAPH.net) return;
  const focus = inFocus(), paper = colour('paper'), ink = colour('ink');
  GRAPH.nodes.update(NODES.map(node => {
    const tint = colour(GRAPH.groups ? (node.group < GROUPS ? `g-${node.group}` : 'g-rest') : `k-${node.kind}`), chosen = CHOSEN.pick && CHOSEN.pick.node === node.id, filled = node.kind === 'unnamed' ? paper : tint;
    return { id: node.id, hidden: !LIVE.nodes.has(node.id), opacity: !focus || focus.nodes.has(node.id) ? 1 : 0.13, size: radius(node) * GRAPH.grow, borderWidth: chosen ? 3 : node.kind === 'unnamed' ? 2 : 1,
      color: { background: filled, border: chosen ? ink : node.kind === 'unnamed' ? tint : paper, hover: { background: filled, border: ink }, highlight: { background: filled, border: ink } } };
  }));
  GRAPH.edges.update(EDGES.map(edge => {
    const lit = !focus || focus.edges.has(edge.at), tint = colour(`r-${edge.rel}`);
    return { id: edge.at, hidden: !LIVE.edges.has(edge.at), color: { color: tint, hover: tint, highlight: tint, opacity: lit ? (focus ? 0.95 : FAINT) : 0.07 } };
  }));
  GRAPH.focus = focus;
  GRAPH.key = '';
  GRAPH.net.redraw();
}

function fitGraph(ids) {
  const box = $('#canvas'), shown = NODES.filter(node => LIVE.nodes.has(node.id) && (!ids || ids.has(node.id)));
  if (!shown.length || !box.clientWidth) return;
  const at = shown.map(node => GRAPH.nodes.get(node.id)), xs = at.map(each => each.x), ys = at.map(each => each.y);
  const left = Math.min(...xs), right = Math.max(...xs), top = Math.min(...ys), bottom = Math.max(...ys);
  const scale = Math.min((box.clientWidth - 2 * SIDE) / Math.max(1, right - left), (box.clientHeight - 2 * SIDE - TOOLS) / Math.max(1, bottom - top), ids ? 1.1 : 1.5);
  if (!ids) grow(scale);
  GRAPH.key = '';
  GRAPH.net.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 + TOOLS / 2 / scale }, scale });
}

/** A large graph is drawn small: its marks keep a size that can be seen and hit. */
function grow(scale) {
  const wished = Math.min(2.2, Math.max(1, 0.62 / scale));
  if (Math.abs(wished - GRAPH.grow) < 0.02) return;
  GRAPH.grow = wished;
  GRAPH.nodes.update(NODES.map(node => ({ id: node.id, size: radius(node) * wished })));
}

function showInGraph(chosen) {
  if (!GRAPH.net || !chosen) return;
  const focus = inFocus();
  if (!focus || !focus.nodes.size) return;
  const centre = GRAPH.net.getViewPosition(), scale = GRAPH.net.getScale(), box = $('#canvas');
  const away = [...focus.nodes].some(id => { const at = GRAPH.nodes.get(id); return Math.abs(at.x - centre.x) * scale > box.clientWidth / 2 - 30 || Math.abs(at.y - centre.y) * scale > box.clientHeight / 2 - 30; });
  if (away || scale < 0.5) fitGraph(focus.nodes);
}

// ------------------------------------------------------------------------------------------------ labels

function wrap(text, most, lines) {
  const rows = [''];
  for (const word of text.split(/\s+/)) {
    const row = rows[rows.length - 1];
    if (!row || (row + ' ' + word).length <= most) rows[rows.length - 1] = row ? row + ' ' + word : word;
    else if (rows.length < lines) rows.push(word);
    else { rows[rows.length - 1] = row.slice(0, most - 1) + '…'; break; }
  }
  return rows.map(row => (row.length > most + 6 ? row.slice(0, most + 4) + '…' : row));
}

const meet = (a, b, gap) => a.x < b.x + b.w + gap && b.x < a.x + a.w + gap && a.y < b.y + b.h + gap && b.y < a.y + a.h + gap;

/** Labels by rank, each where it first fits: below, above, right or left of its mark; left out where it fits nowhere. */
function placeLabels(ctx) {
  const scale = GRAPH.net.getScale(), focus = GRAPH.focus, at = id => GRAPH.nodes.get(id);
  const shown = NODES.filter(node => LIVE.nodes.has(node.id) && (!focus || focus.nodes.has(node.id) || node.id === GRAPH.hover));
  const marks = new Map(shown.map(node => { const { x, y } = at(node.id), r = radius(node) * GRAPH.grow * scale; return [node.id, { id: node.id, x: x * scale - r, y: y * scale - r, w: 2 * r, h: 2 * r }]; }));
  const obstacles = [...marks.values()], labels = [];
  const rank = node => (node.id === GRAPH.hover ? 1e6 : 0) + (CHOSEN.pick && CHOSEN.pick.node === node.id ? 5e5 : 0) + (node.kind === 'event' ? 8 : 0) + node.claims.length;
  const box = $('#canvas'), many = Math.min(24, Math.round((box.clientWidth * box.clientHeight) / 30000));
  const heavy = new Set([...shown].sort((a, b) => rank(b) - rank(a)).slice(0, many).map(node => node.id));  // these may cover lighter marks
  const view = GRAPH.net.getViewPosition(), left = view.x * scale - box.clientWidth / 2, top = view.y * scale - box.clientHeight / 2;
  const seen = each => each.x >= left + 2 && each.x + each.w <= left + box.clientWidth - 2 && each.y >= top + 2 && each.y + each.h <= top + box.clientHeight - TOOLS - 12;
  for (const node of [...shown].sort((a, b) => rank(b) - rank(a) || (a.id < b.id ? -1 : 1))) {
    const strong = node.kind === 'event' || node.id === GRAPH.hover;
    ctx.font = strong ? '600 ' + FONT : FONT;
    const rows = wrap(node.name, node.kind === 'event' ? 22 : 18, node.kind === 'event' ? 3 : 2), w = Math.max(...rows.map(row => ctx.measureText(row).width)) + 4, h = rows.length * LINE;
    const mark = marks.get(node.id), cx = mark.x + mark.w / 2, cy = mark.y + mark.h / 2;
    const spots = [{ x: cx - w / 2, y: mark.y + mark.h + 3 }, { x: cx - w / 2, y: mark.y - h - 3 }, { x: mark.x + mark.w + 4, y: cy - h / 2 }, { x: mark.x - w - 4, y: cy - h / 2 }];
    const spot = spots.map(each => ({ ...each, w, h })).find(each => seen(each) && !labels.some(other => meet(each, other, 3)) && !obstacles.some(other => other.id !== node.id && (!heavy.has(node.id) || heavy.has(other.id)) && meet(each, other, 1)));
    if (spot) labels.push({ ...spot, rows, id: node.id, kind: 'node', strong });
  }
  if (GRAPH.names || focus || GRAPH.hover !== null) labels.push(...edgeLabels(ctx, scale, focus, labels, obstacles));
  return labels;
}

function edgeLabels(ctx, scale, focus, taken, obstacles) {
  const found = [], seen = new Set();
  ctx.font = SMALL;
  for (const edge of EDGES) {
    const near = edge.from === GRAPH.hover || edge.to === GRAPH.hover;
    if (!LIVE.edges.has(edge.at) || (focus ? !focus.edges.has(edge.at) : !GRAPH.names && !near)) continue;
    const pair = `${edge.from} ${edge.to}`;
    if (seen.has(pair)) continue;
    seen.add(pair);
    const text = unique(EDGES_OF.get(edge.from).filter(each => each.to === edge.to && each.from === edge.from && LIVE.edges.has(each.at)).map(each => RELATIONS[each.rel])).join(' · ');
    const a = GRAPH.nodes.get(edge.from), b = GRAPH.nodes.get(edge.to), w = ctx.measureText(text).width + 4, h = 13;
    const long = Math.hypot(a.x - b.x, a.y - b.y) * scale;
    if (long < w * 0.8 + 26) continue;
    for (const share of [0.5, 0.38, 0.62]) {
      const box = { x: (a.x + (b.x - a.x) * share) * scale - w / 2, y: (a.y + (b.y - a.y) * share) * scale - h / 2, w, h };
      if ([...taken, ...found].some(other => meet(box, other, 3)) || obstacles.some(other => meet(box, other, 2))) continue;
      found.push({ ...box, rows: [text], id: edge.at, kind: 'edge' });
      break;
    }
  }
  return found;
}

function drawLabels(ctx) {
  const scale = GRAPH.net.getScale(), key = `${scale.toFixed(4)} ${GRAPH.hover}`;
  if (key !== GRAPH.key) { GRAPH.labels = placeLabels(ctx); GRAPH.key = key; }
  const ink = colour('ink'), mute = colour('mute'), paper = colour('paper');
  ctx.save();
  ctx.scale(1 / scale, 1 / scale);
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  ctx.lineJoin = 'round';
  for (const label of GRAPH.labels) {
    const edge = label.kind === 'edge', high = label.h / label.rows.length;
    ctx.font = edge ? SMALL : label.strong ? '600 ' + FONT : FONT;
    label.rows.forEach((row, at) => {
      const x = label.x + label.w / 2, y = label.y + high * (at + 0.5);
      ctx.lineWidth = 4;
      ctx.strokeStyle = paper;
      ctx.strokeText(row, x, y);
      ctx.fillStyle = edge ? mute : ink;
      ctx.fillText(row, x, y);
    });
  }
  ctx.restore();
}

/** The boxes of all labels that are drawn now, in pixels of the page: what the tests measure. */
function labelBoxes() {
  const scale = GRAPH.net.getScale(), corner = $('#canvas').getBoundingClientRect();
  return GRAPH.labels.map(label => {
    const { x, y } = GRAPH.net.canvasToDOM({ x: label.x / scale, y: label.y / scale });
    return { x: x + corner.x, y: y + corner.y, w: label.w, h: label.h, text: label.rows.join(' ') };
  });
}

function zoom(factor) {
  GRAPH.net.moveTo({ scale: Math.min(4, Math.max(0.05, GRAPH.net.getScale() * factor)) });
}

function savePicture() {
  const from = $('#canvas canvas'), copy = el('canvas', { width: from.width, height: from.height }), ctx = copy.getContext('2d');
  ctx.fillStyle = colour('paper');
  ctx.fillRect(0, 0, copy.width, copy.height);
  ctx.drawImage(from, 0, 0);
  copy.toBlob(blob => { const link = el('a', { href: URL.createObjectURL(blob), download: 'claims.png' }); link.click(); setTimeout(() => URL.revokeObjectURL(link.href), 1000); });
}
