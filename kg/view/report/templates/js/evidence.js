// The evidence panel: the words of a claim, its path to the article, figures, doubts, relations, and the article.

const CARDS = 25;

function chip(id) {
  if (!id) return null;
  const body = [icon(kindOf(id)), nameOf(id)];
  return NODE.has(id) ? el('button', { type: 'button', class: 'chip', onclick: () => pick({ node: id }) }, body) : el('span', { class: 'chip' }, body);
}

/** The sentence of a claim, with source, cue, channel, content and figures highlighted. */
function quotation(claim) {
  const runs = claim.runs.length ? claim.runs : [[claim.words, 'content']];
  return el('blockquote', { class: 'words' }, runs.map(([words, role]) => (role === 'figure' ? el('mark', {}, words) : role ? el('span', { class: `p-${role}` }, words) : words)));
}

function way(claim) {
  const hops = unique([claim.who, ...claim.way, claim.article.outlet].filter(Boolean));
  return el('ol', { class: 'way', 'aria-label': 'Path of the claim' }, hops.map(id => el('li', {}, chip(id))));
}

function figureText(figure) {
  const number = value => (value === null ? null : Number(value.toFixed(2)).toLocaleString('en'));
  const low = number(figure.min), high = number(figure.max);
  const bounds = low !== null && high !== null ? (low === high ? low : `${low} to ${high}`) : low !== null ? `${low} or more` : high !== null ? `${high} or fewer` : 'no number given';
  const unit = figure.unit === 'count' ? '' : ` ${figure.unit}`;
  return [`${bounds}${unit}` === figure.words ? '' : `${bounds}${unit}`, figure.measure, figure.scope ? `in ${nameOf(figure.scope)}` : '', figure.of ? `part of “${figure.of}”` : ''].filter(Boolean).join(' · ');
}

function figures(claim) {
  if (!claim.figures.length) return null;
  return el('ul', { class: 'figures' }, claim.figures.map(figure => el('li', {}, el('mark', {}, figure.words), ' ', el('span', {}, figureText(figure)))));
}

function doubts(claim) {
  return claim.doubts.map(doubt => {
    const by = CLAIMS[doubt.n], label = doubt.bond === 'checks' ? 'Verification' : 'Not acknowledged or not said';
    return el('p', { class: 'doubt' }, el('strong', {}, label), ' ', button(`${nameOf(by.who) || 'The article'}: “${by.cue || by.act}”`, () => pick({ claim: doubt.n }), { class: 'link' }));
  });
}

function links(claim) {
  const rows = [...claim.links.map(link => [LINKS[link.rel]?.[0] || link.rel, link]), ...claim.back.map(link => [LINKS[link.rel]?.[1] || link.rel, link])];
  const seen = new Set();
  const fresh = rows.filter(([label, link]) => !seen.has(label + link.n) && seen.add(label + link.n));
  if (!fresh.length) return null;
  return el('ul', { class: 'links' }, fresh.slice(0, 12).map(([label, link]) => {
    const other = CLAIMS[link.n];
    return el('li', {}, el('span', { class: 'rel' }, label), ' ', button(`${nameOf(other.who) || 'no source named'}: ${short(other.words, 70)}`, () => pick({ claim: link.n }), { class: 'link' }), link.basis ? el('span', { class: 'basis' }, inWords(BASES, link.basis)) : null);
  }), fresh.length > 12 ? el('li', { class: 'basis' }, `and ${fresh.length - 12} more`) : null);
}

function judged(list) {
  return list.map(each => el('p', { class: 'judged' }, el('strong', {}, 'Analyst’s assessment'), ' ',
    [each.actuality, each.reliability && `source ${each.reliability}`, each.credibility && `information ${each.credibility}`, each.note, [each.by, each.on].filter(Boolean).join(', ')].filter(Boolean).join(' · ')));
}

function articleLine(claim) {
  const address = webAddress(claim.article.url);
  const title = address ? el('a', { href: address, target: '_blank', rel: 'noopener noreferrer nofollow' }, claim.article.title) : el('span', {}, claim.article.title);
  return el('p', { class: 'article' }, title, ' ', el('span', { class: 'basis' }, [claim.article.date ? `published ${dayName(claim.article.date)}` : 'undated', claim.at.length ? `characters ${claim.at.map(span => span.replace(',', '–')).join(', ')}` : ''].filter(Boolean).join(' · ')));
}

const short = (text, most) => (text.length <= most ? text : text.slice(0, text.lastIndexOf(' ', most) > most / 2 ? text.lastIndexOf(' ', most) : most) + '…');

function card(claim) {
  const who = claim.who ? nameOf(claim.who) : 'no source named';
  const head = el('header', {}, el('span', { class: 'kind' }, inWords(SAYINGS, claim.kind)), el('strong', {}, who), claim.role ? el('span', { class: 'basis' }, `, ${claim.role}`) : null,
    claim.other ? el('span', { class: 'basis' }, ` (or ${nameOf(claim.other)})`) : null, el('time', {}, claim.said || dayName(claim.date) || 'undated'));
  const events = claim.events.map(event => el('li', {}, NODE.has(event.node) ? chip(event.node) : el('span', { class: 'chip' }, icon('event'), event.type), event.when ? el('span', { class: 'basis' }, ` ${event.when}`) : null));
  const small = [claim.confidence === null ? '' : `extraction confidence ${claim.confidence.toFixed(2)} (that the text says this, not that it is true)`, claim.certainty && claim.certainty !== 'certain' ? inWords(CERTAINTIES, claim.certainty) : '', claim.resolution ? `source: ${inWords(NAMED_BY, claim.resolution)}` : ''];
  return el('article', { class: 'card', 'data-claim': claim.id, tabindex: -1 }, head, quotation(claim), figures(claim), ...doubts(claim), ...judged(claim.judged),
    way(claim), events.length ? el('ul', { class: 'events', 'aria-label': 'Events' }, events) : null, links(claim), articleLine(claim), el('p', { class: 'small' }, small.filter(Boolean).join(' · ')));
}

function cards(numbers, box) {
  const live = numbers.filter(n => LIVE.claims.has(n)), rest = numbers.length - live.length;
  const list = el('div', { class: 'cards' });
  let at = 0;
  const more = button('', () => next(), { class: 'quiet more' });
  const next = () => {
    list.append(...live.slice(at, at + CARDS).map(n => card(CLAIMS[n])));
    at = Math.min(live.length, at + CARDS);
    more.hidden = at >= live.length;
    more.textContent = `Show ${Math.min(CARDS, live.length - at)} more of ${live.length}`;
  };
  next();
  box.append(list, more);
  if (rest) box.append(el('p', { class: 'hint' }, `${plural(rest, 'claim')} hidden by the filters`));
}

function drawPanel() {
  const panel = $('#panel'), pickd = CHOSEN.pick, box = el('div', { class: 'inner' });
  document.body.classList.toggle('panel-open', Boolean(pickd));
  if (!pickd) box.append(...emptyPanel());
  else {
    box.append(button('Close', () => pick(null), { class: 'close', 'aria-label': 'Close the evidence' }));
    if (pickd.node !== undefined) nodePanel(box, NODE.get(pickd.node));
    else if (pickd.edge !== undefined) edgePanel(box, EDGES[pickd.edge]);
    else if (pickd.group !== undefined) groupPanel(box, pickd.group);
    else if (pickd.claim !== undefined) { box.append(el('h2', {}, 'Claim')); box.append(el('div', { class: 'cards' }, card(CLAIMS[pickd.claim]))); }
    else { box.append(el('h2', {}, pickd.title), pickd.hint ? el('p', { class: 'hint' }, pickd.hint) : ''); cards(pickd.list, box); }
    box.append(key());
  }
  panel.replaceChildren(box);
  panel.scrollTop = 0;
}

function emptyPanel() {
  const top = [...NODES].filter(node => node.kind === 'event' && LIVE.nodes.has(node.id)).sort((a, b) => b.claims.length - a.claims.length || collate(a.name, b.name)).slice(0, 6);
  return [el('h2', {}, 'Evidence'), el('p', { class: 'hint' }, 'Select a node or edge to read the exact words behind it. Nothing here says what happened, only who is reported to have said it.'),
    top.length ? el('h3', {}, 'Most reported events') : null, el('ul', { class: 'plain' }, top.map(node => el('li', {}, chip(node.id), el('span', { class: 'count' }, plural(node.claims.length, 'claim'))))), key()].filter(Boolean);
}

function key() {
  return el('p', { class: 'key' }, 'Legend: ', el('span', { class: 'p-source' }, 'source'), ' ', el('span', { class: 'p-cue' }, 'cue'), ' ', el('span', { class: 'p-channel' }, 'channel'), ' ', el('span', { class: 'p-content' }, 'content'), ' ', el('mark', {}, 'figure'));
}

function nodePanel(box, node) {
  const live = node.claims.filter(n => LIVE.claims.has(n)), outlets = unique(live.map(n => CLAIMS[n].article.outlet).filter(Boolean));
  box.append(el('p', { class: 'eyebrow' }, icon(node.kind), KINDS[node.kind].one), el('h2', {}, node.name));
  const also = [node.also.length ? `also ${node.also.join(', ')}` : '', node.party ? `party: ${node.party}` : ''].filter(Boolean).join(' · ');
  if (also) box.append(el('p', { class: 'hint' }, also));
  box.append(el('p', { class: 'hint' }, `${plural(live.length, 'claim')} in ${plural(outlets.length, 'outlet')}`), ...judged(node.judged));
  box.append(...[opening(node)].filter(Boolean));
  const edges = EDGES_OF.get(node.id).filter(edge => LIVE.edges.has(edge.at));
  if (edges.length) box.append(el('details', { class: 'bonds' }, el('summary', {}, 'Connected', el('span', { class: 'count' }, String(edges.length))),
    el('ul', { class: 'plain' }, edges.slice(0, 60).map(edge => el('li', {}, button(edge.from === node.id ? RELATIONS[edge.rel] : BACKWARDS[edge.rel], () => pick({ edge: edge.at }), { class: 'link rel' }), ' ', chip(edge.from === node.id ? edge.to : edge.from))))));
  cards(node.claims, box);
}

function edgePanel(box, edge) {
  const both = EDGES.filter(each => each.from === edge.from && each.to === edge.to && LIVE.edges.has(each.at));
  box.append(el('p', { class: 'eyebrow' }, 'relation'), el('h2', { class: 'triple' }, chip(edge.from), el('span', { class: 'rel' }, unique([edge, ...both].map(each => RELATIONS[each.rel])).join(' · ')), chip(edge.to)));
  cards(unique([edge, ...both].flatMap(each => each.claims)).sort((a, b) => a - b), box);
}
