// The map: places with their number of claims, on coastlines that are part of the page.

function mapReport(width) {
  const places = new Map();
  for (const claim of liveClaims()) for (const id of unique(claim.events.flatMap(event => event.places))) {
    const at = FACTS.points[id];
    if (!at) continue;
    if (!places.has(id)) places.set(id, { id, lat: at[0], lon: at[1], claims: [] });
    places.get(id).claims.push(claim.n);
  }
  const list = byClaims([...places.values()]);
  if (!list.length) return null;
  const frame = mapFrame(list, width), marks = [svg('rect', { width, height: frame.high, class: 'sea' })];
  const path = ring => ring.map(([lon, lat], at) => `${at ? 'L' : 'M'}${frame.x(lon).toFixed(1)} ${frame.y(lat).toFixed(1)}`).join('') + 'Z';
  marks.push(svg('path', { d: FACTS.outlines.map(path).join(''), class: 'land', 'fill-rule': 'evenodd' }), ...graticule(frame, width));
  const most = list[0].claims.length, dots = list.map(place => ({ ...place, cx: frame.x(place.lon), cy: frame.y(place.lat), r: 4 + 15 * Math.sqrt(place.claims.length / most) }));
  for (const dot of dots) marks.push(press(svg('circle', { cx: dot.cx, cy: dot.cy, r: dot.r, class: 'spot' }), `${nameOf(dot.id)}: ${plural(dot.claims.length, 'claim')}`, NODE.has(dot.id) ? { node: dot.id } : { list: dot.claims, title: nameOf(dot.id) }));
  marks.push(...mapLabels(dots, width, frame.high));
  return section('map', 'Where it is reported to have happened', 'The area of a circle shows how many claims place an event there. Coastlines: Natural Earth, 1:50m, public domain. Borders are left out, because they can be disputed.', svg('svg', { width, height: frame.high, class: 'chart map', role: 'group', 'aria-label': 'Map of places' }, marks));
}

/** Lines of longitude and latitude, for orientation where no coast is near. */
function graticule(frame, width) {
  const span = frame.lon(width) - frame.lon(0), step = [0.5, 1, 2, 5, 10, 20, 30].find(each => span / each <= 9) || 45, lines = [];
  for (let lon = Math.ceil(frame.lon(0) / step) * step; lon < frame.lon(width); lon += step) lines.push(svg('path', { d: `M${frame.x(lon).toFixed(1)} 0V${frame.high}`, class: 'grid' }), svg('text', { x: frame.x(lon) + 3, y: frame.high - 5, class: 'tick' }, document.createTextNode(`${Math.abs(lon)}°${lon < 0 ? 'W' : 'E'}`)));
  for (let lat = Math.ceil(frame.lat(frame.high) / step) * step; lat < frame.lat(0); lat += step) lines.push(svg('path', { d: `M0 ${frame.y(lat).toFixed(1)}H${width}`, class: 'grid' }));
  return lines;
}

function mapFrame(list, width) {
  const lats = list.map(place => place.lat), lons = list.map(place => place.lon), middle = (Math.min(...lats) + Math.max(...lats)) / 2, squeeze = Math.cos((middle * Math.PI) / 180);
  const wide = Math.max(6, (Math.max(...lons) - Math.min(...lons)) * 1.35), tall = Math.max(4, (Math.max(...lats) - Math.min(...lats)) * 1.45), high = Math.round(Math.min(Math.max(260, (width * tall) / (wide * squeeze)), width < 620 ? 360 : 520));
  const scale = Math.min(width / (wide * squeeze), high / tall), centre = (Math.min(...lons) + Math.max(...lons)) / 2;
  return { high, x: lon => width / 2 + (lon - centre) * squeeze * scale, y: lat => high / 2 - (lat - middle) * scale, lon: x => centre + (x - width / 2) / (squeeze * scale), lat: y => middle + (high / 2 - y) / scale };
}

function mapLabels(dots, width, high) {
  const kept = [], spots = dots.map(dot => ({ x: dot.cx - dot.r, y: dot.cy - dot.r, w: 2 * dot.r, h: 2 * dot.r, id: dot.id }));
  for (const dot of dots) {
    const w = textWidth(nameOf(dot.id)) + 4, h = 15, tries = [{ x: dot.cx + dot.r + 4, y: dot.cy - 8 }, { x: dot.cx - dot.r - w - 4, y: dot.cy - 8 }, { x: dot.cx - w / 2, y: dot.cy + dot.r + 2 }, { x: dot.cx - w / 2, y: dot.cy - dot.r - h - 2 }];
    const spot = tries.map(each => ({ ...each, w, h })).find(each => each.x > 2 && each.x + w < width - 2 && each.y > 2 && each.y + h < high - 2 && !kept.some(other => meet(each, other, 3)) && !spots.some(other => other.id !== dot.id && meet(each, other, 1)));
    if (spot) kept.push({ ...spot, name: nameOf(dot.id) });
  }
  return kept.map(label => svg('text', { x: label.x + 2, y: label.y + 12, class: 'halo' }, document.createTextNode(label.name)));
}
