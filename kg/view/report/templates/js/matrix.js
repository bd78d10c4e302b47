// The matrix of sources and happenings: how many claims, and of what kind (says, denies, asks, withholds). Darker means more.

const WAYS = { denial: 'denies', directive: 'asks', commitment: 'promises', opinion: 'judges', 'non statement': 'withholds', 'verification statement': 'checks', relay: 'relays' };

function matrixReport(width) {
  const columns = happenings().slice(0, Math.max(2, Math.min(8, Math.floor((width - 190) / 128)))), rows = new Map();
  for (const column of columns) for (const n of column.claims) {
    const who = CLAIMS[n].who;
    if (!who) continue;
    if (!rows.has(who)) rows.set(who, { id: who, claims: [], cells: new Map() });
    const row = rows.get(who);
    row.claims.push(n);
    row.cells.set(column.id, [...(row.cells.get(column.id) || []), n]);
  }
  const shown = byClaims([...rows.values()]).slice(0, 16);
  if (shown.length < 2 || !columns.length) return null;
  const most = Math.max(...shown.flatMap(row => [...row.cells.values()].map(cell => cell.length)));
  const head = el('tr', {}, el('th', { scope: 'col' }, el('span', { class: 'sr' }, 'Source')), columns.map(column => el('th', { scope: 'col' }, button(eventName(column.id), () => pick(NODE.has(column.id) ? { node: column.id } : { list: column.claims, title: eventName(column.id) }), { class: 'link' }))));
  const body = shown.map(row => el('tr', {}, el('th', { scope: 'row' }, button([icon(kindOf(row.id)), nameOf(row.id)], () => pick(NODE.has(row.id) ? { node: row.id } : { list: row.claims, title: nameOf(row.id) }), { class: 'link name' })), columns.map(column => cell(row, column, most))));
  const rest = rows.size - shown.length;
  return section('matrix', 'Who says what', `Claims by source and event; darker is more. “With doubt”: someone verified it, could not verify it, or does not acknowledge it.${rest > 0 ? ` ${plural(rest, 'source')} with fewer claims left out.` : ''}`, el('div', { class: 'scroll' }, el('table', { class: 'matrix' }, el('thead', {}, head), el('tbody', {}, body))));
}

function cell(row, column, most) {
  const claims = row.cells.get(column.id) || [];
  if (!claims.length) return el('td', {}, el('span', { class: 'none', 'aria-label': 'nothing' }, '·'));
  const ways = count(claims, n => WAYS[CLAIMS[n].kind] || 'says'), doubted = claims.filter(n => CLAIMS[n].doubts.length).length;
  const label = [...ways].map(([way, times]) => (times > 1 ? `${way} ×${times}` : way)).join(', ');
  const box = el('button', { type: 'button', class: 'cell', onclick: () => pick({ list: claims, title: `${nameOf(row.id)} on ${eventName(column.id)}` }) }, label, doubted ? el('span', { class: 'doubted' }, 'with doubt') : null);
  box.style.setProperty('--share', `${Math.round(10 + (36 * claims.length) / most)}%`);
  return el('td', {}, box);
}
