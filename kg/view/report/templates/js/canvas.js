// Draws the graph on a canvas with vis-network, at the positions computed in Python; no layout happens here.
// A painter, here and in webgl.js, takes nodes { id, x, y, shape, size, fill, rim, edge, dashed, faint } and edges
// { id, from, to, tint, width, dashed, share }; coordinates are those of the layout, y downwards.

function canvasPainter(box, on) {
  const nodes = new vis.DataSet(), edges = new vis.DataSet();
  const interaction = { hover: true, selectConnectedEdges: false, hideEdgesOnDrag: EDGES.length > 2500, keyboard: false };
  const net = new vis.Network(box, { nodes, edges }, {
    physics: { enabled: false }, layout: { improvedLayout: false }, nodes: { chosen: false },
    edges: { smooth: false, selectionWidth: 1.5, hoverWidth: 0.5, arrows: { to: { enabled: true, scaleFactor: EDGES.length > 600 ? 0.3 : 0.45 } } }, interaction,
  });
  const place = event => ({ node: event.nodes[0], edge: event.edges[0], at: event.pointer.DOM });
  net.on('click', event => on.click(place(event)));
  net.on('doubleClick', event => on.twice(place(event)));
  net.on('hoverNode', event => on.hover(event.node));
  net.on('blurNode', () => on.hover(null));
  net.on('afterDrawing', () => on.drawn());
  net.on('dragging', event => on.moved(Object.entries(net.getPositions(event.nodes))));
  net.on('dragEnd', () => on.settled());
  net.on('resize', () => on.settled());
  const known = new Map([[nodes, new Map()], [edges, new Map()]]);
  const keep = (set, items) => {  // update only changed items: vis-network redraws all edges of a changed node
    const before = known.get(set), now = new Map(items.map(item => [item.id, JSON.stringify(item)]));
    set.remove([...before.keys()].filter(id => !now.has(id)));
    set.update(items.filter(item => before.get(item.id) !== now.get(item.id)));
    known.set(set, now);
  };
  return {
    name: 'canvas',
    put(marks, lines) {
      keep(nodes, marks.map(mark => ({ id: mark.id, x: mark.x, y: mark.y, shape: mark.shape, size: mark.size, borderWidth: mark.edge, shapeProperties: { borderDashes: mark.dashed ? [3, 2] : false }, opacity: mark.faint ? 0.13 : 1,
        color: { background: mark.fill, border: mark.rim, hover: { background: mark.fill, border: on.ink() }, highlight: { background: mark.fill, border: on.ink() } } })));
      keep(edges, lines.map(line => ({ id: line.id, from: line.from, to: line.to, width: line.width, dashes: line.dashed ? [5, 4] : false, color: { color: line.tint, hover: line.tint, highlight: line.tint, opacity: line.share } })));
    },
    scale: () => net.getScale(),
    centre: () => net.getViewPosition(),
    look: (centre, scale) => net.moveTo({ position: centre, scale }),
    toPage: point => net.canvasToDOM(point),
    redraw: () => net.redraw(),
    layers: () => { net.redraw(); return [...box.querySelectorAll('.vis-network > canvas')]; },
  };
}
