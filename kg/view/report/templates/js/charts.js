// The report: what is in dispute, who says what, since when, by which way it came, where. Every mark leads to its words.

const REPORT = { sections: [], width: 0 };

const liveClaims = once(() => CLAIMS.filter(claim => LIVE.claims.has(claim.n)));
const lean = value => Number(value.toPrecision(12)).toLocaleString('en', { maximumFractionDigits: 2 });

/** The most told of first, then by name. */
function byClaims(list) {
  const named = list.map(each => ({ each, name: nameOf(each.id) }));
  return named.sort((a, b) => b.each.claims.length - a.each.claims.length || (a.name < b.name ? -1 : 1)).map(({ each }) => each);
}

/** Happenings with the claims that tell of them, the most told of first. */
const happenings = once(() => {
  const found = new Map();
  for (const claim of liveClaims()) for (const node of unique(claim.told.map(event => event.node))) {
    if (!found.has(node)) found.set(node, { id: node, claims: [] });
    found.get(node).claims.push(claim.n);
  }
  return byClaims([...found.values()]);
});

const TYPES = new Map(CLAIMS.flatMap(claim => claim.told.map(event => [event.node, event.type])));
const eventName = id => (NODE.has(id) || NAMES[id] ? nameOf(id) : TYPES.get(id) || 'event');
const title = claim => nameOf(claim.who) || 'no source named';

function section(id, heading, hint, ...body) {
  return el('section', { class: 'panel', id: `report-${id}`, 'aria-labelledby': `head-${id}` }, el('h2', { id: `head-${id}` }, heading), hint ? el('p', { class: 'hint' }, hint) : null, ...body);
}

function drawReport() {
  const box = $('#view-report'), width = Math.min(1060, box.clientWidth - (box.clientWidth < 700 ? 24 : 48));
  REPORT.width = box.clientWidth;
  const parts = [lead(), glance(), figuresReport(), matrixReport(width), timelineReport(width), travelReport(width), mapReport(width)].filter(Boolean);
  const empty = el('div', { class: 'nothing' }, el('h2', {}, CLAIMS.length ? 'No claim passes the filters' : 'Nobody is told to have said anything here'),
    CLAIMS.length ? button('Clear filters', clearFilters) : el('p', { class: 'hint' }, 'The articles that were read attribute nothing to anyone, or none were read. `kg build` tells what it found in each.'));
  box.replaceChildren(el('div', { class: 'report' }, liveClaims().length ? [...parts, absent()].filter(Boolean) : empty));
}

/** What a reader may look for and will not find, and why. */
function absent() {
  const live = liveClaims(), events = live.some(claim => claim.told.length), parts = [
    live.some(claim => claim.figures.length) ? null : 'figures', events ? null : 'events', live.some(claim => claim.told.some(event => event.places.some(id => FACTS.points[id]))) ? null : 'places on a map', live.some(claim => claim.date) ? null : 'days',
  ].filter(Boolean), list = parts.length > 1 ? `${parts.slice(0, -1).join(', ')} or ${parts[parts.length - 1]}` : parts[0];
  return parts.length ? section('absent', 'Not here', null, el('p', { class: 'nothing' }, `These claims tell of no ${list}, so there is no picture of them.`)) : null;
}

/** What there is, in a sentence. */
function lead() {
  const live = liveClaims(), days = live.map(claim => claim.date).filter(Boolean).sort(), first = days[0], last = days[days.length - 1];
  const sources = unique(live.map(claim => claim.who).filter(Boolean)).length, outlets = unique(live.map(claim => claim.article.outlet).filter(Boolean)).length, articles = unique(live.map(claim => `${claim.article.title}\u0000${claim.article.outlet}\u0000${claim.article.date}`)).length;
  const when = !first ? 'no day told' : first === last ? dayName(first) : first.slice(0, 4) === last.slice(0, 4) ? `${dayName(first).replace(/ \d{4}$/, '')} to ${dayName(last)}` : `${dayName(first)} to ${dayName(last)}`;
  return el('p', { class: 'lead' }, el('strong', {}, plural(live.length, 'claim')), ` by ${plural(sources, 'source')}, in ${plural(articles, 'article')} of ${plural(outlets, 'outlet')}, ${when}. Each mark leads to the words behind it; none says who is right.`);
}

/** What a reader would ask first, each with its count and its claims. */
function glance() {
  const live = liveClaims();
  if (!live.length) return null;
  const told = happenings(), disputes = disputed().filter(each => each.bond === 'contradicts'), party = claim => (NODE.has(claim.who) ? NODE.get(claim.who).party : null);
  const kinds = kind => live.filter(claim => claim.kind === kind).map(claim => claim.n), doubted = bond => live.filter(claim => claim.doubts.some(doubt => doubt.bond === bond)).map(claim => claim.n);
  const checks = kinds('verification statement'), withheld = kinds('non statement');
  const lone = told.filter(each => { const sides = each.claims.map(n => (CLAIMS[n].kind === 'narrator claim' ? 'narrator' : party(CLAIMS[n]) || 'none')); return unique(sides).length === 1 && !['none', 'narrator'].includes(sides[0]); });
  const rows = [
    [disputes.length, 'figure in dispute', 'figures in dispute', disputes.flatMap(each => each.claims)],
    [kinds('denial').length, 'denial', 'denials', kinds('denial')],
    [checks.length, 'note on verification', 'notes on verification', [...checks, ...doubted('checks')]],
    [withheld.length, 'thing not said or not acknowledged', 'things not said or not acknowledged', [...withheld, ...doubted('concerns')]],
    [lone.length, 'event told by one side only', 'events told by one side only', lone.flatMap(each => each.claims)],
    [live.filter(claim => !claim.date).length, 'undated claim', 'undated claims', live.filter(claim => !claim.date).map(claim => claim.n)],
  ].filter(row => row[0]);
  if (!rows.length) return null;
  return el('ul', { class: 'glance', 'aria-label': 'At a glance' }, rows.map(([count, one, many, list]) => el('li', {}, el('button', { type: 'button', onclick: () => pick({ list: unique(list), title: plural(count, one, many).replace(/^./, first => first.toUpperCase()) }) }, el('strong', {}, count.toLocaleString('en')), ' ', count === 1 ? one : many))));
}

/** Labels that may not touch: each is kept only where it is clear of those before it. */
function keepApart(boxes, gap = 3) {
  const kept = [];
  for (const box of boxes) if (!kept.some(other => meet(box, other, gap))) kept.push(box);
  return kept;
}

let ruler = null;
function textWidth(text, font = '12px system-ui, "Segoe UI", "DejaVu Sans", sans-serif') {
  ruler = ruler || el('canvas').getContext('2d');
  ruler.font = font;
  return ruler.measureText(text).width;
}

function fitText(text, width, font) {
  if (textWidth(text, font) <= width) return text;
  let at = text.length;
  while (at > 1 && textWidth(text.slice(0, at) + '…', font) > width) at -= 1;
  return text.slice(0, at).trimEnd() + '…';
}

/** At most two lines of a text, as wide as that. */
function fitLines(text, width, font) {
  const words = text.split(' ');
  let at = words.length;
  while (at > 1 && textWidth(words.slice(0, at).join(' '), font) > width) at -= 1;
  return [words.slice(0, at), words.slice(at)].filter(part => part.length).map(part => fitText(part.join(' '), width, font));
}

/** A mark in a picture that can be pressed and reached by the keyboard. */
function press(node, label, chosen) {
  node.classList.add('press');
  for (const [key, value] of Object.entries({ tabindex: 0, role: 'button', 'aria-label': label })) node.setAttribute(key, value);
  node.append(svg('title', {}, document.createTextNode(label)));
  node.addEventListener('click', () => pick(chosen));
  node.addEventListener('keydown', event => { if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); pick(chosen); } });
  return node;
}
