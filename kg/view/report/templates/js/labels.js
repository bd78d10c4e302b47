// Labels of nodes and edges, on a separate canvas above the graph. Labels never overlap, so not all are shown.

const FONT = '12.5px system-ui, "Segoe UI", "DejaVu Sans", sans-serif', SMALL = '11px system-ui, "Segoe UI", "DejaVu Sans", sans-serif';
const LINE = 15, TOOLS = 34;  // line height; height of the buttons at the lower edge
const MANY = 220;  // labels at once: more are not readable

const meet = (a, b, gap) => a.x < b.x + b.w + gap && b.x < a.x + a.w + gap && a.y < b.y + b.h + gap && b.y < a.y + a.h + gap;

/** Spatial index of boxes in grid cells: an overlap test looks only at nearby cells. */
function boxIndex() {
  const cells = new Map(), side = 90;
  const over = (box, gap) => {
    const keys = [];
    for (let x = Math.floor((box.x - gap) / side); x <= Math.floor((box.x + box.w + gap) / side); x += 1) for (let y = Math.floor((box.y - gap) / side); y <= Math.floor((box.y + box.h + gap) / side); y += 1) keys.push(`${x} ${y}`);
    return keys;
  };
  return {
    add(box) { for (const key of over(box, 0)) { if (!cells.has(key)) cells.set(key, []); cells.get(key).push(box); } return box; },
    meets: (box, gap, counts = () => true) => over(box, gap).some(key => (cells.get(key) || []).some(other => counts(other) && meet(box, other, gap))),
  };
}

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

const rowsOf = node => wrap(node.name, node.kind === 'event' ? 22 : 18, node.kind === 'event' ? 3 : 2);

/** Returns the visible part of the layout in pixels. */
function windowNow() {
  const box = $('#canvas'), scale = GRAPH.paint.scale(), view = GRAPH.paint.centre();
  return { scale, x: view.x * scale - box.clientWidth / 2, y: view.y * scale - box.clientHeight / 2, w: box.clientWidth, h: box.clientHeight };
}

function markBox(node, scale) {
  const { x, y } = GRAPH.spot.get(node.id), r = radius(node) * GRAPH.grow * scale;
  return { id: node.id, x: x * scale - r, y: y * scale - r, w: 2 * r, h: 2 * r };
}

/** Places labels by rank: below, above, right or left of the node, whichever is free first; else the label is left out. */
function placeLabels(ctx) {
  const frame = windowNow(), focus = GRAPH.focus;
  const shown = NODES.filter(node => LIVE.nodes.has(node.id) && (!focus || focus.nodes.has(node.id) || node.id === GRAPH.hover));
  const marks = new Map(), taken = boxIndex(), inWindow = [];
  for (const node of shown) {
    const mark = markBox(node, frame.scale);
    if (!meet(mark, frame, 0)) continue;
    marks.set(node.id, taken.add(mark));
    inWindow.push(node);
  }
  const rank = node => (node.id === GRAPH.hover ? 1e6 : 0) + (CHOSEN.pick && CHOSEN.pick.node === node.id ? 5e5 : 0) + (node.kind === 'event' ? 8 : 0) + node.claims.length;
  const ranked = inWindow.sort((a, b) => rank(b) - rank(a) || (a.id < b.id ? -1 : 1));
  const heavy = new Set(ranked.slice(0, Math.min(24, Math.round((frame.w * frame.h) / 30000))).map(node => node.id));  // their labels may cover nodes with fewer claims
  const seen = each => each.x >= frame.x + 2 && each.x + each.w <= frame.x + frame.w - 2 && each.y >= frame.y + 2 && each.y + each.h <= frame.y + frame.h - TOOLS - 12;
  const labels = [];
  for (const node of ranked) {
    if (labels.length >= MANY) break;
    const strong = node.kind === 'event' || node.id === GRAPH.hover;
    ctx.font = strong ? '600 ' + FONT : FONT;
    const rows = rowsOf(node), w = Math.max(...rows.map(row => ctx.measureText(row).width)) + 4, h = rows.length * LINE, blocks = other => other.kind || (other.id !== node.id && (!heavy.has(node.id) || heavy.has(other.id)));
    const mark = marks.get(node.id), cx = mark.x + mark.w / 2, cy = mark.y + mark.h / 2;
    const spots = [{ x: cx - w / 2, y: mark.y + mark.h + 3 }, { x: cx - w / 2, y: mark.y - h - 3 }, { x: mark.x + mark.w + 4, y: cy - h / 2 }, { x: mark.x - w - 4, y: cy - h / 2 }];
    const spot = spots.map(each => ({ ...each, w, h })).find(each => seen(each) && !taken.meets(each, 2, blocks));
    if (spot) labels.push(taken.add({ ...spot, rows, id: node.id, kind: 'node', strong }));
  }
  if (focus || GRAPH.hover !== null || GRAPH.names) labels.push(...edgeLabels(ctx, frame.scale, focus, taken));
  return [...labels, ...badges(ctx, ranked, marks, taken, seen)];
}

function edgeLabels(ctx, scale, focus, taken) {
  const found = [], seen = new Set();
  ctx.font = SMALL;
  for (const edge of EDGES) {
    const near = edge.from === GRAPH.hover || edge.to === GRAPH.hover;
    if (!LIVE.edges.has(edge.at) || (focus ? !focus.edges.has(edge.at) : !GRAPH.names && !near)) continue;
    const pair = `${edge.from} ${edge.to}`;
    if (seen.has(pair)) continue;
    seen.add(pair);
    const text = unique(EDGES_OF.get(edge.from).filter(each => each.to === edge.to && each.from === edge.from && LIVE.edges.has(each.at)).map(each => RELATIONS[each.rel])).join(' · ');
    const a = GRAPH.spot.get(edge.from), b = GRAPH.spot.get(edge.to), w = ctx.measureText(text).width + 4, h = 13;
    const long = Math.hypot(a.x - b.x, a.y - b.y) * scale;
    if (long < w * 0.8 + 26) continue;
    for (const share of [0.5, 0.38, 0.62]) {
      const box = { x: (a.x + (b.x - a.x) * share) * scale - w / 2, y: (a.y + (b.y - a.y) * share) * scale - h / 2, w, h };
      if (taken.meets(box, 3)) continue;
      found.push(taken.add({ ...box, rows: [text], id: edge.at, kind: 'edge' }));
      break;
    }
  }
  return found;
}

/** Places the badges "+3": the number of neighbours that are not drawn; a click shows them. */
function badges(ctx, ranked, marks, taken, seen) {
  const found = [];
  ctx.font = SMALL;
  for (const node of ranked) {
    if (found.length >= 40) break;
    const more = waiting(node.id).length;
    if (!more) continue;
    const text = `+${more}`, w = ctx.measureText(text).width + 9, h = 14, { x, y, w: wide, h: high } = marks.get(node.id), lift = high * 0.15;
    const corners = [{ x: x + wide - lift, y: y - h + lift }, { x: x - w + lift, y: y - h + lift }, { x: x + wide - lift, y: y + high - lift }, { x: x - w + lift, y: y + high - lift }];
    const spot = corners.map(each => ({ ...each, w, h })).find(each => seen(each) && !taken.meets(each, 1, other => other.id !== node.id || other.kind));
    if (spot) found.push(taken.add({ ...spot, rows: [text], id: node.id, kind: 'more' }));
  }
  return found;
}

/** Draws the labels; their positions are computed again only when the scale or the hovered node changes. */
function drawLabels() {
  const layer = $('#names'), box = $('#canvas'), dots = devicePixelRatio || 1, ctx = layer.getContext('2d');
  if (layer.width !== Math.round(box.clientWidth * dots) || layer.height !== Math.round(box.clientHeight * dots)) Object.assign(layer, { width: Math.round(box.clientWidth * dots), height: Math.round(box.clientHeight * dots) });
  const frame = windowNow(), key = `${frame.scale.toFixed(4)} ${GRAPH.hover}`;
  if (key !== GRAPH.key) { GRAPH.labels = placeLabels(ctx); GRAPH.key = key; }
  const tints = { ink: colour('ink'), mute: colour('mute'), paper: colour('paper'), accent: colour('accent'), panel: colour('panel') };
  ctx.setTransform(dots, 0, 0, dots, 0, 0);
  ctx.clearRect(0, 0, box.clientWidth, box.clientHeight);
  Object.assign(ctx, { textAlign: 'center', textBaseline: 'middle', lineJoin: 'round' });
  for (const label of GRAPH.labels) drawLabel(ctx, label, frame, tints);
}

function drawLabel(ctx, label, frame, tints) {
  const left = label.x - frame.x, top = label.y - frame.y, high = label.h / label.rows.length;
  ctx.font = label.kind !== 'node' ? SMALL : label.strong ? '600 ' + FONT : FONT;
  if (label.kind === 'more') {
    ctx.beginPath();
    ctx.roundRect(left, top, label.w, label.h, 7);
    Object.assign(ctx, { fillStyle: tints.panel, strokeStyle: tints.accent, lineWidth: 1 });
    ctx.fill();
    ctx.stroke();
  }
  label.rows.forEach((row, at) => {
    const x = left + label.w / 2, y = top + high * (at + 0.5);
    Object.assign(ctx, { lineWidth: 4, strokeStyle: tints.paper, fillStyle: { node: tints.ink, edge: tints.mute, more: tints.accent }[label.kind] });
    if (label.kind !== 'more') ctx.strokeText(row, x, y);
    ctx.fillText(row, x, y);
  });
}

/** Returns the boxes of all drawn labels and badges, in page pixels. */
function labelBoxes() {
  const frame = windowNow(), corner = $('#canvas').getBoundingClientRect();
  return GRAPH.labels.map(label => ({ x: label.x - frame.x + corner.x, y: label.y - frame.y + corner.y, w: label.w, h: label.h, text: label.rows.join(' '), id: label.id, kind: label.kind }));
}
