// Communities: groups of nodes with more edges among themselves than to the rest. Colours, legend, members.

const GROUPS = 8;  // the largest communities have their own colour
const groupTint = number => (number < GROUPS ? `g-${number}` : 'g-rest');

/** Maps a community's number to its drawn nodes, most claims first; the first one names the community. */
function groups() {
  const found = new Map();
  for (const node of NODES) if (LIVE.nodes.has(node.id)) { if (!found.has(node.group)) found.set(node.group, []); found.get(node.group).push(node); }
  for (const members of found.values()) members.sort((a, b) => b.claims.length - a.claims.length || (a.id < b.id ? -1 : 1));
  return new Map([...found].sort((a, b) => a[0] - b[0]));
}

/** Draws the legend: communities if they are coloured, else shapes (for windows without the filter column). */
function drawKey() {
  const key = $('#graph-key');
  if (!GRAPH.groups) {
    const kinds = count(NODES.filter(node => DRAWN.has(node.id)), node => node.kind);
    key.className = 'shapes';
    key.replaceChildren(...Object.keys(KINDS).filter(kind => kinds.has(kind)).map(kind => el('li', {}, icon(kind), KINDS[kind].many)));
    return;
  }
  const found = [...groups()], own = found.filter(([number]) => number < GROUPS), rest = found.filter(([number]) => number >= GROUPS).flatMap(each => each[1]);
  const row = (number, name, size) => el('li', {}, el('button', { type: 'button', 'aria-pressed': String(Boolean(CHOSEN.pick) && CHOSEN.pick.group === number), onclick: () => pick(CHOSEN.pick && CHOSEN.pick.group === number ? null : { group: number }) }, svg('svg', { viewBox: '0 0 10 10', class: 'swatch', 'aria-hidden': 'true' }, svg('circle', { cx: 5, cy: 5, r: 5, class: `fill-${groupTint(number)}` })), el('span', { class: 'name' }, name), el('span', { class: 'count' }, String(size))));
  key.className = 'groups';
  key.replaceChildren(el('li', { class: 'hint' }, 'Communities, named by their top node'), ...own.map(([number, members]) => row(number, members[0].name, members.length)), ...(rest.length ? [row(GROUPS, plural(found.length - own.length, 'smaller community', 'smaller communities'), rest.length)] : []));
}

/** Returns the legend as rows below a saved picture: position, shape, colour and text of each entry. */
function keyRows(wide) {
  const kinds = Object.keys(KINDS).filter(kind => NODES.some(node => node.kind === kind && LIVE.nodes.has(node.id)));
  const all = GRAPH.groups ? [...groups()].filter(([number]) => number < GROUPS).map(([number, members]) => ({ shape: SHAPES.dot, fill: colour(groupTint(number)), rim: colour('paper'), text: `around ${short(members[0].name, 34)} (${members.length})` }))
    : kinds.map(kind => ({ shape: SHAPES[KINDS[kind].shape], fill: kind === 'unnamed' ? colour('paper') : colour(`k-${kind}`), rim: kind === 'unnamed' ? colour('k-unnamed') : colour('paper'), text: KINDS[kind].many }));
  let x = 16, y = 8;
  const parts = all.map(part => {
    const long = textWidth(part.text, FONT) + 42;
    if (x > 16 && x + long > wide) { x = 16; y += 22; }
    x += long;
    return { ...part, x: x - long, y };
  });
  return { parts, high: parts.length ? y + 26 : 0 };
}

const inGroup = (node, number) => (number < GROUPS ? node.group === number : node.group >= GROUPS);

function groupPanel(box, number) {
  const members = NODES.filter(node => inGroup(node, number) && LIVE.nodes.has(node.id)).sort((a, b) => b.claims.length - a.claims.length || (a.id < b.id ? -1 : 1));
  box.append(el('p', { class: 'eyebrow' }, 'community'), el('h2', {}, number < GROUPS ? `Around ${members.length ? members[0].name : 'nothing visible'}` : 'Smaller communities'),
    el('p', { class: 'hint' }, `${plural(members.length, 'node')} with more edges among themselves than to the rest of the graph. This shows who is named together, not who agrees.`),
    el('ul', { class: 'plain' }, members.slice(0, 60).map(node => el('li', {}, chip(node.id), el('span', { class: 'count' }, plural(node.claims.length, 'claim'))))));
}
