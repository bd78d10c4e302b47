// The report view: disputes, who says what, when, through which channels, where. Every mark links to its words.

const REPORT = { sections: [], width: 0 };

const liveClaims = once(() => CLAIMS.filter(claim => LIVE.claims.has(claim.n)));
const lean = value => Number(value.toPrecision(12)).toLocaleString('en', { maximumFractionDigits: 2 });

/** Sorts by number of claims, then by name. */
function byClaims(list) {
  const named = list.map(each => ({ each, name: nameOf(each.id) }));
  return named.sort((a, b) => b.each.claims.length - a.each.claims.length || (a.name < b.name ? -1 : 1)).map(({ each }) => each);
}

/** Happenings with their claims, the most reported first. */
const happenings = once(() => {
  const found = new Map();
  for (const claim of liveClaims()) for (const node of unique(claim.events.map(event => event.node))) {
    if (!found.has(node)) found.set(node, { id: node, claims: [] });
    found.get(node).claims.push(claim.n);
  }
  return byClaims([...found.values()]);
});

const TYPES = new Map(CLAIMS.flatMap(claim => claim.events.map(event => [event.node, event.type])));
const eventName = id => (NODE.has(id) || NAMES[id] ? nameOf(id) : TYPES.get(id) || 'event');
const title = claim => nameOf(claim.who) || 'no source named';

function section(id, heading, hint, ...body) {
  return el('section', { class: 'panel', id: `report-${id}`, 'aria-labelledby': `head-${id}` }, el('h2', { id: `head-${id}` }, heading), hint ? el('p', { class: 'hint' }, hint) : null, ...body);
}

function drawReport() {
  const box = $('#view-report'), width = Math.min(1060, box.clientWidth - (box.clientWidth < 700 ? 24 : 48));
  REPORT.width = box.clientWidth;
  const parts = [lead(), glance(), figuresReport(), matrixReport(width), timelineReport(width), travelReport(width), mapReport(width)].filter(Boolean);
  const empty = el('div', { class: 'nothing' }, el('h2', {}, CLAIMS.length ? 'No claim passes the filters' : 'No claims'),
    CLAIMS.length ? button('Clear filters', clearFilters) : el('p', { class: 'hint' }, 'The store has no articles, or they attribute nothing to anyone. `kg build` prints what it found.'));
  box.replaceChildren(el('div', { class: 'report' }, liveClaims().length ? [...parts, absent()].filter(Boolean) : empty));
}

/** Lists the sections that are missing, and why. */
function absent() {
  const live = liveClaims(), events = live.some(claim => claim.events.length), parts = [
    live.some(claim => claim.figures.length) ? null : 'figures', events ? null : 'events', live.some(claim => claim.events.some(event => event.places.some(id => FACTS.points[id]))) ? null : 'places on a map', live.some(claim => claim.date) ? null : 'days',
  ].filter(Boolean), list = parts.length > 1 ? `${parts.slice(0, -1).join(', ')} or ${parts[parts.length - 1]}` : parts[0];
  return parts.length ? section('absent', 'Not shown', null, el('p', { class: 'nothing' }, `These claims have no ${list}.`)) : null;
}

/** The summary sentence: "42 claims by 12 sources, in 14 articles of 10 outlets, ...". */
function lead() {
  const live = liveClaims(), days = live.map(claim => claim.date).filter(Boolean).sort(), first = days[0], last = days[days.length - 1];
  const sources = unique(live.map(claim => claim.who).filter(Boolean)).length, outlets = unique(live.map(claim => claim.article.outlet).filter(Boolean)).length, articles = unique(live.map(claim => `${claim.article.title}\u0000${claim.article.outlet}\u0000${claim.article.date}`)).length;
  const when = !first ? 'without dates' : first === last ? dayName(first) : first.slice(0, 4) === last.slice(0, 4) ? `${dayName(first).replace(/ \d{4}$/, '')} to ${dayName(last)}` : `${dayName(first)} to ${dayName(last)}`;
  return el('p', { class: 'lead' }, el('strong', {}, plural(live.length, 'claim')), ` by ${plural(sources, 'source')}, in ${plural(articles, 'article')} of ${plural(outlets, 'outlet')}, ${when}. Select anything to read the words behind it. Nothing here says who is right.`);
}

/** The headline counts, each with the list of its claims. */
function glance() {
  const live = liveClaims();
  if (!live.length) return null;
  const reported = happenings(), disputes = disputed().filter(each => each.bond === 'contradicts'), party = claim => (NODE.has(claim.who) ? NODE.get(claim.who).party : null);
  const kinds = kind => live.filter(claim => claim.kind === kind).map(claim => claim.n), doubted = bond => live.filter(claim => claim.doubts.some(doubt => doubt.bond === bond)).map(claim => claim.n);
  const checks = kinds('verification statement'), withheld = kinds('non statement');
  const lone = reported.filter(each => { const sides = each.claims.map(n => (CLAIMS[n].kind === 'narrator claim' ? 'narrator' : party(CLAIMS[n]) || 'none')); return unique(sides).length === 1 && !['none', 'narrator'].includes(sides[0]); });
  const rows = [
    [disputes.length, 'figure in dispute', 'figures in dispute', disputes.flatMap(each => each.claims)],
    [kinds('denial').length, 'denial', 'denials', kinds('denial')],
    [checks.length, 'verification statement', 'verification statements', [...checks, ...doubted('checks')]],
    [withheld.length, 'non-statement (not said, not acknowledged)', 'non-statements (not said, not acknowledged)', [...withheld, ...doubted('concerns')]],
    [lone.length, 'event reported by one side only', 'events reported by one side only', lone.flatMap(each => each.claims)],
    [live.filter(claim => !claim.date).length, 'undated claim', 'undated claims', live.filter(claim => !claim.date).map(claim => claim.n)],
  ].filter(row => row[0]);
  if (!rows.length) return null;
  return el('ul', { class: 'glance', 'aria-label': 'At a glance' }, rows.map(([count, one, many, list]) => el('li', {}, el('button', { type: 'button', onclick: () => pick({ list: unique(list), title: plural(count, one, many).replace(/^./, first => first.toUpperCase()) }) }, el('strong', {}, count.toLocaleString('en')), ' ', count === 1 ? one : many))));
}

/** Keeps each label that does not overlap an earlier one. */
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

/** Breaks a text into at most two lines of the given width. */
function fitLines(text, width, font) {
  const words = text.split(' ');
  let at = words.length;
  while (at > 1 && textWidth(words.slice(0, at).join(' '), font) > width) at -= 1;
  return [words.slice(0, at), words.slice(at)].filter(part => part.length).map(part => fitText(part.join(' '), width, font));
}

/** Makes an SVG element a button: click, keyboard focus, accessible name. */
function press(node, label, chosen) {
  node.classList.add('press');
  for (const [key, value] of Object.entries({ tabindex: 0, role: 'button', 'aria-label': label })) node.setAttribute(key, value);
  node.append(svg('title', {}, document.createTextNode(label)));
  node.addEventListener('click', () => pick(chosen));
  node.addEventListener('keydown', event => { if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); pick(chosen); } });
  return node;
}
