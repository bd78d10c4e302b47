'use strict';
// The data of the page and small helpers. One security rule: text from an article becomes a text node, never markup.

const DATA = JSON.parse(document.getElementById('data').textContent);
const FACTS = DATA.facts, CLAIMS = FACTS.claims_data, NAMES = FACTS.names;
const NODES = DATA.nodes, EDGES = DATA.edges;
const $ = selector => document.querySelector(selector);

const KINDS = {
  actor: { one: 'actor', many: 'Actors', shape: 'dot' },
  unnamed: { one: 'unnamed source', many: 'Unnamed sources', shape: 'dot' },
  event: { one: 'event as reported', many: 'Events', shape: 'diamond' },
  place: { one: 'place', many: 'Places', shape: 'hexagon' },
  channel: { one: 'channel', many: 'Channels', shape: 'triangle' },
  outlet: { one: 'outlet', many: 'Outlets', shape: 'square' },
};
const RELATIONS = {
  claims: 'claims', states: 'states', denies: 'denies', requests: 'requests', promises: 'promises',
  comments_on: 'comments on', located_in: 'located in', reported_by: 'reported by',
};
const BACKWARDS = {
  claims: 'claimed by', states: 'stated by', denies: 'denied by', requests: 'requested by', promises: 'promised by',
  comments_on: 'commented on by', located_in: 'place of', reported_by: 'reports',
};
const DASHED = new Set(['denies', 'requests', 'promises', 'comments_on']);
const LINKS = {
  repeats: ['Repeats', 'Repeated by'], corroborates: ['Corroborates', 'Corroborated by'],
  contradicts: ['Contradicts', 'Contradicts'],
  opposes: ['Opposes', 'Opposes'], revises: ['Revises', 'Revised by'],
  deniesClaim: ['Denies', 'Denied by'], couldNotVerify: ['Could not verify', 'Could not be verified by'],
  notAcknowledged: ['Does not acknowledge', 'Not acknowledged by'],
};
const COMPARATORS = { ge: 'at least', gt: 'more than', le: 'at most', lt: 'fewer than', approx: 'about', vague: 'roughly' };

function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (key === 'class') node.className = value;
    else if (key.startsWith('on')) node.addEventListener(key.slice(2), value);
    else if (key in node && key !== 'list') node[key] = value;
    else node.setAttribute(key, value);
  }
  node.append(...children.flat().filter(child => child !== null && child !== undefined && child !== false));
  return node;
}

function svg(tag, attributes = {}, ...children) {
  const node = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined) continue;
    if (key.startsWith('on')) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value);
  }
  node.append(...children.flat().filter(child => child !== null && child !== undefined));
  return node;
}

const button = (label, action, more = {}) => el('button', { type: 'button', onclick: action, ...more }, label);

const SHAPES = {
  dot: 'M7 1.200a5.800 5.800 0 1 0 .010 0z', diamond: 'M7 0l6.500 7L7 14 .500 7z', square: 'M1.500 1.500h11v11h-11z',
  triangle: 'M7 .800l6.500 11.900H.500z', hexagon: 'M3.600 1h6.800L14 7l-3.600 6H3.600L0 7z',
};

function icon(kind) {
  const path = svg('path', { d: SHAPES[KINDS[kind].shape] });
  return svg('svg', { viewBox: '0 0 14 14', class: `icon k-${kind}`, 'aria-hidden': 'true' }, path);
}

const fold = text => (text || '').normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
const plural = (count, one, many) => `${count.toLocaleString('en')} ${count === 1 ? one : many || one + 's'}`;
const unique = list => [...new Set(list)];
const collate = new Intl.Collator('en').compare;
const colour = name => getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();

const NODE = new Map(NODES.map(node => [node.id, node]));
const DRAWN = new Set(NODES.filter(node => !node.later).map(node => node.id));  // the other nodes are drawn when the user expands a neighbour
EDGES.forEach((edge, at) => { edge.at = at; });
const EDGES_OF = new Map(NODES.map(node => [node.id, []]));
for (const edge of EDGES) { EDGES_OF.get(edge.from).push(edge); if (edge.to !== edge.from) EDGES_OF.get(edge.to).push(edge); }

const nameOf = id => (NODE.has(id) ? NODE.get(id).name : NAMES[id] ? NAMES[id][1] : id ? id.split('/').pop() : '');
const kindOf = id => { if (!id) return 'unnamed'; const kind = NODE.has(id) ? NODE.get(id).kind : NAMES[id] ? NAMES[id][0] : 'actor'; return kind in KINDS ? kind : 'actor'; };

CLAIMS.forEach((claim, at) => {
  claim.n = at;
  claim.back = [];
  claim.channels = claim.way.filter(id => kindOf(id) !== 'actor' && kindOf(id) !== 'unnamed');
});
for (const claim of CLAIMS) for (const link of claim.links) CLAIMS[link.n].back.push({ rel: link.rel, n: claim.n, basis: link.basis });

/** Returns the URL if it is http or https, else null: an article could name any scheme. */
function webAddress(address) {
  try { const url = new URL(address); return /^https?:$/.test(url.protocol) ? url.href : null; } catch { return null; }
}
