// The picture of a very large graph, by sigma on the graphics card; where that is none, the canvas is faster.

const SOFTWARE = /swiftshader|llvmpipe|softpipe|software|basic render|paravirtual/i;

/** Whether WebGL is there, and is a card's and not a processor's at pains. */
function cardDraws() {
  const gl = el('canvas').getContext('webgl2');
  if (!gl) return false;
  const info = gl.getExtension('WEBGL_debug_renderer_info');
  const name = String(gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  return !SOFTWARE.test(name);
}

const OUTLINES = ['dot', 'diamond', 'square', 'triangle', 'hexagon', 'ring'];

/** How far a point of the mark's square lies outside its outline; the outlines are numbered as in OUTLINES. */
const FRAGMENT = `precision highp float;
varying vec4 v_color; varying vec2 v_diffVector; varying float v_radius; varying float v_shape;
uniform float u_correctionRatio;
float outside(vec2 p) {
  vec2 q = abs(p);
  if (v_shape < 0.5) return length(p) - 1.0;
  if (v_shape < 1.5) return (q.x + q.y - 1.15) * 0.7071;
  if (v_shape < 2.5) return max(q.x, q.y) - 0.85;
  if (v_shape < 3.5) return max(q.x * 0.866 + p.y * 0.5, -p.y) - 0.55;
  if (v_shape < 4.5) return max(q.y, q.x * 0.866 + q.y * 0.5) - 0.87;
  return abs(length(p) - 0.82) - 0.18;
}
void main(void) {
  #ifdef PICKING_MODE
  gl_FragColor = length(v_diffVector) < v_radius ? v_color : vec4(0.0);
  #else
  float soft = u_correctionRatio * 1.5;
  gl_FragColor = mix(v_color, vec4(0.0), smoothstep(-soft, soft, outside(v_diffVector / v_radius) * v_radius));
  #endif
}`;

/** sigma's own mark, a dot, with the outline as one more number. */
function outlinedMark() {
  return class extends Sigma.rendering.NodeCircleProgram {
    getDefinition() {
      const dot = super.getDefinition();
      const vertex = dot.VERTEX_SHADER_SOURCE.replace('attribute float a_angle;', 'attribute float a_angle; attribute float a_shape; varying float v_shape;').replace('v_radius =', 'v_shape = a_shape; v_radius =');
      return { ...dot, VERTEX_SHADER_SOURCE: vertex, FRAGMENT_SHADER_SOURCE: FRAGMENT, ATTRIBUTES: [...dot.ATTRIBUTES, { name: 'a_shape', size: 1, type: WebGLRenderingContext.FLOAT }] };
    }

    processVisibleItem(id, start, mark) {
      super.processVisibleItem(id, start, mark);
      this.array[start + 5] = mark.outline;
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
      for (const mark of marks) graph.mergeNode(mark.id, { x: mark.x, y: -mark.y, size: mark.size, outline: OUTLINES.indexOf(mark.dashed ? 'ring' : mark.shape), color: mix(mark.dashed ? mark.rim : mark.fill, on.paper(), mark.faint ? 0.13 : 1), zIndex: mark.faint ? 0 : 1 });
      for (const line of lines) graph.mergeEdgeWithKey(String(line.id), line.from, line.to, { size: line.width * 0.7, color: mix(line.tint, on.paper(), line.share), zIndex: line.share > 0.5 ? 1 : 0 });
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

/** A colour of that share on paper: what lies under it does not show through, unlike with opacity. */
function mix(tint, paper, share) {
  const parts = text => [1, 3, 5].map(at => parseInt(text.slice(at, at + 2), 16)), under = parts(paper);
  return `#${parts(tint).map((part, at) => Math.round(part * share + under[at] * (1 - share)).toString(16).padStart(2, '0')).join('')}`;
}
