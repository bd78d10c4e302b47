// The timeline: one lane per happening, one mark per claim, on the date of the statement or, if unknown, of publication.

const LANE = '600 12.5px system-ui, "Segoe UI", "DejaVu Sans", sans-serif';

function timelineReport(width) {
  const lanes = happenings().slice(0, 9).map(lane => ({ ...lane, dated: lane.claims.filter(n => CLAIMS[n].date) })).filter(lane => lane.dated.length);
  if (!lanes.length) return null;
  const days = lanes.flatMap(lane => lane.dated.map(n => CLAIMS[n].date)).sort(), first = Date.parse(days[0]), span = Math.max(1, (Date.parse(days[days.length - 1]) - first) / 864e5);
  if (days[0] === days[days.length - 1]) return null;
  const narrow = width < 620, left = narrow ? 4 : Math.min(250, Math.round(width * 0.3)), right = 10, slot = (width - left - right) / (span + 1), x = day => left + slot * ((Date.parse(day) - first) / 864e5 + 0.5);
  const step = slot < 9 ? Math.max(3, slot) : 12, columns = Math.max(1, Math.floor((slot * 0.8) / step)), parts = [];
  let y = 0;
  for (const lane of lanes) {
    const stacks = new Map();
    for (const n of lane.dated) stacks.set(CLAIMS[n].date, [...(stacks.get(CLAIMS[n].date) || []), n]);
    const rows = Math.min(8, Math.ceil(Math.max(...[...stacks.values()].map(stack => stack.length)) / columns)), base = y + (narrow ? 18 : 8) + Math.max(narrow ? 22 : 34, rows * step + 8);
    const lines = narrow ? [fitText(eventName(lane.id), width - 20, LANE)] : fitLines(eventName(lane.id), left - 16, LANE), across = narrow ? left : left - 12;
    const label = svg('text', { x: across, y: narrow ? y + 16 : base - 4 - 15 * (lines.length - 1), 'text-anchor': narrow ? 'start' : 'end', class: 'lane' }, lines.map((line, at) => svg('tspan', { x: across, dy: at ? 15 : 0 }, document.createTextNode(line))));
    parts.push(press(label, `${eventName(lane.id)}: ${plural(lane.claims.length, 'claim')}`, NODE.has(lane.id) ? { node: lane.id } : { list: lane.claims, title: eventName(lane.id) }), svg('line', { x1: left, x2: width - right, y1: base + 3, y2: base + 3, class: 'rail' }));
    for (const [day, stack] of stacks) {
      const wide = Math.min(columns, stack.length);
      stack.slice(0, columns * 8).forEach((n, at) => parts.push(press(timeMark(x(day) + ((at % columns) - (wide - 1) / 2) * step, base - 5 - Math.floor(at / columns) * step, CLAIMS[n], Math.min(5, step / 2 - 0.5)), `${dayName(day)}, ${title(CLAIMS[n])}: ${short(CLAIMS[n].words, 90)}`, { claim: n })));
    }
    y = base + 6;
  }
  parts.push(...timeTicks(days[0], days[days.length - 1], x, y, width));
  const undated = liveClaims().filter(claim => !claim.date && claim.events.length).map(claim => claim.n);
  const note = undated.length ? button(`${plural(undated.length, 'undated claim')}`, () => pick({ list: undated, title: 'Undated claims' }), { class: 'quiet' }) : null;
  return section('timeline', 'When it was said', 'One mark per claim. Round: said by a source. Square: the article’s own voice. Ring: a denial.', svg('svg', { width, height: y + 24, class: 'chart', role: 'group', 'aria-label': 'Timeline of claims' }, parts), note);
}

function timeMark(x, y, claim, r) {
  const tint = `k-${kindOf(claim.who)}`;
  if (claim.kind === 'narrator claim') return svg('rect', { x: x - r + 0.5, y: y - r + 0.5, width: 2 * r - 1, height: 2 * r - 1, class: tint });
  return svg('circle', { cx: x, cy: y, r: claim.kind === 'denial' ? r - 1 : r, class: claim.kind === 'denial' ? `ring ${tint}` : tint });
}

function timeTicks(from, to, x, y, width) {
  const days = [], last = Date.parse(to), step = Math.max(1, Math.ceil((last - Date.parse(from)) / 864e5 / 10));
  for (let at = Date.parse(from); at <= last; at += step * 864e5) days.push(new Date(at).toISOString().slice(0, 10));
  const boxes = [to, ...days].map(day => ({ day: dayName(day, from.slice(0, 4) === to.slice(0, 4)), at: x(day) })).map(({ day, at }) => ({ day, w: textWidth(day), h: 14, x: Math.min(at - textWidth(day) / 2, width - textWidth(day) - 2), y }));
  return keepApart(boxes, 8).map(box => svg('text', { x: Math.max(0, box.x), y: y + 16, class: 'tick' }, document.createTextNode(box.day)));
}
