// Draws very large graphs with sigma on the graphics card; without a card, the canvas is faster.

const SOFTWARE = /swiftshader|llvmpipe|softpipe|software|basic render|paravirtual/i;

/** Returns whether WebGL exists and is not a software renderer. */
function cardDraws() {
  const gl = el('canvas').getContext('webgl2');
  if (!gl) return false;
  const info = gl.getExtension('WEBGL_debug_renderer_info');
  const name = String(gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  return !SOFTWARE.test(name);
}

const OUTLINES = ['dot', 'diamond', 'square', 'triangle', 'hexagon'];

/** Fragment shader of a node: distance of a point from the outline (numbered as in OUTLINES), fill and rim. */
const FRAGMENT = `precision highp float;
varying vec4 v_color; varying vec4 v_rim; varying vec2 v_diffVector; varying float v_radius; varying float v_shape; varying float v_edge;
uniform float u_correctionRatio;
float outside(vec2 p) {
  vec2 q = abs(p);
  if (v_shape < 0.5) return length(p) - 1.0;
  if (v_shape < 1.5) return (q.x + q.y - 1.25) * 0.7071;
  if (v_shape < 2.5) return max(q.x, q.y) - 0.9;
  if (v_shape < 3.5) return max(q.x * 0.866 + p.y * 0.5, -p.y) - 0.62;
  return max(q.y, q.x * 0.866 + q.y * 0.5) - 0.95;
}
void main(void) {
  #ifdef PICKING_MODE
  gl_FragColor = length(v_diffVector) < v_radius * 0.85 ? v_color : vec4(0.0);
  #else
  float soft = u_correctionRatio * 1.5, far = outside(v_diffVector / v_radius * 1.3) * v_radius / 1.3, rim = v_edge * v_radius / 1.3;
  gl_FragColor = mix(mix(v_color, v_rim, smoothstep(-soft, soft, far + rim)), vec4(0.0), smoothstep(-soft, soft, far));
  #endif
}`;

/** sigma's circle program, enlarged to make room for corners, with attributes for outline, rim and rim width. */
function outlinedMark() {
  const { FLOAT, UNSIGNED_BYTE } = WebGLRenderingContext;
  return class extends Sigma.rendering.NodeCircleProgram {
    getDefinition() {
      const dot = super.getDefinition(), more = [['a_shape', FLOAT, 1], ['a_edge', FLOAT, 1], ['a_rim', UNSIGNED_BYTE, 4]];
      const vertex = dot.VERTEX_SHADER_SOURCE.replace('attribute float a_angle;', 'attribute float a_angle; attribute float a_shape; attribute float a_edge; attribute vec4 a_rim; varying float v_shape; varying float v_edge; varying vec4 v_rim;')
        .replace('float size = a_size', 'v_shape = a_shape; v_edge = a_edge; v_rim = a_rim; v_rim.a *= bias; float size = 1.3 * a_size');
      return { ...dot, VERTEX_SHADER_SOURCE: vertex, FRAGMENT_SHADER_SOURCE: FRAGMENT, ATTRIBUTES: [...dot.ATTRIBUTES, ...more.map(([name, type, size]) => ({ name, type, size, normalized: type === UNSIGNED_BYTE }))] };
    }

    processVisibleItem(id, start, mark) {
      super.processVisibleItem(id, start, mark);
      this.array.set([mark.outline, mark.edge, Sigma.utils.floatColor(mark.rim)], start + 5);
    }
  };
}

function webglPainter(box, on, corners) {
  const graph = new graphology.MultiDirectedGraph();
  const sigma = new Sigma(graph, box, {
    allowInvalidContainer: true, renderLabels: false, defaultDrawNodeHover: () => {}, itemSizesReference: 'positions', zoomToSizeRatioFunction: ratio => ratio,
    nodeProgramClasses: { mark: outlinedMark() }, defaultNodeType: 'mark', defaultEdgeType: 'arrow', enableEdgeEvents: true, hideEdgesOnMove: EDGES.length > 20000, zIndex: true, minEdgeThickness: 0.6, doubleClickZoomingRatio: 1,
  });
  sigma.setCustomBBox({ x: corners.x, y: [-corners.y[1], -corners.y[0]] });
  const spot = event => ({ x: event.event.x, y: event.event.y });
  sigma.on('clickNode', event => on.click({ node: event.node, at: spot(event) }));
  sigma.on('clickEdge', event => on.click({ edge: Number(event.edge), at: spot(event) }));
  sigma.on('clickStage', event => on.click({ at: spot(event) }));
  sigma.on('doubleClickNode', event => { event.preventSigmaDefault(); on.twice({ node: event.node, at: spot(event) }); });
  sigma.on('enterNode', event => on.hover(event.node));
  sigma.on('leaveNode', () => on.hover(null));
  sigma.on('afterRender', () => on.drawn());
  sigma.on('resize', () => on.settled());
  sigma.getMouseCaptor().on('mouseup', () => on.settled());
  const onPage = point => sigma.graphToViewport({ x: point.x, y: -point.y });
  const scale = () => (onPage({ x: 1000, y: 0 }).x - onPage({ x: 0, y: 0 }).x) / 1000;
  const keep = (now, each, drop) => { const gone = []; each(id => { if (!now.has(id)) gone.push(id); }); gone.forEach(drop); };
  return {
    name: 'webgl',
    put(marks, lines) {
      keep(new Set(lines.map(line => String(line.id))), use => graph.forEachEdge(use), id => graph.dropEdge(id));
      keep(new Set(marks.map(mark => mark.id)), use => graph.forEachNode(use), id => graph.dropNode(id));
      for (const mark of marks) graph.mergeNode(mark.id, { x: mark.x, y: -mark.y, size: mark.size, outline: OUTLINES.indexOf(mark.shape), edge: (1.5 * mark.edge) / mark.size, color: mix(mark.fill, on.paper(), mark.faint ? 0.13 : 1), rim: mix(mark.rim, on.paper(), mark.faint ? 0.13 : 1), zIndex: mark.faint ? 0 : 1 });
      for (const line of lines) graph.mergeEdgeWithKey(String(line.id), line.from, line.to, { size: line.width * (line.share > 0.7 ? 3 : 0.7), color: mix(line.tint, on.paper(), line.share), zIndex: line.share > 0.5 ? 1 : 0 });
    },
    scale,
    centre: () => { const { x, y } = sigma.viewportToGraph({ x: box.clientWidth / 2, y: box.clientHeight / 2 }); return { x, y: -y }; },
    look(centre, wished) {
      const camera = sigma.getCamera(), { x, y } = sigma.viewportToFramedGraph(onPage(centre));
      camera.setState({ x, y, ratio: (camera.getState().ratio * scale()) / wished });
    },
    toPage: onPage,
    redraw: () => sigma.scheduleRender(),
    layers: () => { sigma.refresh({ schedule: false }); return ['edges', 'nodes'].map(name => sigma.getCanvases()[name]); },
  };
}

/** Mixes a colour with the background: unlike opacity, nothing below shows through. */
function mix(tint, paper, share) {
  const parts = text => [1, 3, 5].map(at => parseInt(text.slice(at, at + 2), 16)), under = parts(paper);
  return `#${parts(tint).map((part, at) => Math.round(part * share + under[at] * (1 - share)).toString(16).padStart(2, '0')).join('')}`;
}
