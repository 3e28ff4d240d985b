import { Graph, layout } from '@dagrejs/dagre';

/** `across`: from left to right; `down`: from top to bottom, for narrow windows. */
export type Direction = 'across' | 'down';

/** Six in a row fit a window of 1280 pixels, two abreast one of 360. */
const nodeSizes = { across: { width: 170, height: 62 }, down: { width: 146, height: 68 } };

interface Point {
  readonly x: number;
  readonly y: number;
}

/** What leads from one node to another. */
export interface Edge {
  readonly from: string;
  readonly to: string;
}

/** What is to be placed. Between two nodes there is one edge in each direction at most. */
export interface Placeable<E extends Edge> {
  readonly nodes: readonly { readonly id: string }[];
  readonly edges: readonly E[];
}

/** Where everything is, in pixels from the left upper corner. */
export interface GraphLayout<E extends Edge> {
  readonly node: { readonly width: number; readonly height: number };
  readonly width: number;
  readonly height: number;
  /** The left upper corners of the nodes, by id. */
  readonly places: ReadonlyMap<string, Point>;
  readonly edges: readonly (E & { readonly points: readonly Point[] })[];
}

const margin = 6;

export function layOut<E extends Edge>({ nodes, edges }: Placeable<E>, direction: Direction): GraphLayout<E> {
  const size = nodeSizes[direction];
  const graph = new Graph();
  graph.setGraph({
    rankdir: direction === 'across' ? 'LR' : 'TB',
    nodesep: 12,
    ranksep: 26,
    marginx: margin,
    marginy: margin,
  });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id } of nodes) graph.setNode(id, { ...size });
  for (const { from, to } of edges) graph.setEdge(from, to);
  if (nodes.length > 0) layout(graph);

  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
  const centres = nodes.map(({ id }) => asPoint(graph.node(id) as Partial<Point>));
  const turn = isAgainstOrder(centres, direction) ? mirror({ width, height }, direction) : keep;
  const places = new Map(
    nodes.map(({ id }, index) => {
      const { x, y } = turn(centres[index] ?? asPoint({}));
      return [id, { x: x - size.width / 2, y: y - size.height / 2 }];
    }),
  );
  return {
    node: size,
    width,
    height,
    places,
    edges: edges.map((edge) => {
      const { points = [] } = graph.edge(edge.from, edge.to) as { points?: readonly Point[] };
      return { ...edge, points: points.map(turn) };
    }),
  };
}

/** The middle, from the left, of the node that is nearest to the top. */
export function firstOf<E extends Edge>({ places, node }: GraphLayout<E>): number {
  const [top] = [...places.values()].toSorted((one, other) => one.y - other.y);
  return (top?.x ?? 0) + node.width / 2;
}

function asPoint({ x = 0, y = 0 }: Partial<Point>): Point {
  return { x, y };
}

const keep = (point: Point): Point => point;

/**
 * Whether more nodes of a rank stand against the order in which they were given than with it. A picture and its mirror image
 * are equally good for what places the nodes, but not for who reads that order as one of time.
 */
function isAgainstOrder(centres: readonly Point[], direction: Direction): boolean {
  const [along, abreast] = direction === 'across' ? (['x', 'y'] as const) : (['y', 'x'] as const);
  const signs = centres.flatMap((one, index) =>
    centres
      .slice(index + 1)
      .filter((later) => later[along] === one[along])
      .map((later) => Math.sign(later[abreast] - one[abreast])),
  );
  return signs.reduce((sum, sign) => sum + sign, 0) < 0;
}

function mirror(
  { width, height }: { readonly width: number; readonly height: number },
  direction: Direction,
): (point: Point) => Point {
  return direction === 'across' ? ({ x, y }) => ({ x, y: height - y }) : ({ x, y }) => ({ x: width - x, y });
}

/** The path of an edge for SVG: through its points, in one smooth line. */
export function pathThrough(points: readonly Point[]): string {
  const [first, ...rest] = points.map(({ x, y }) => ({ x: round(x), y: round(y) }));
  if (first === undefined) return '';
  const curves = rest.map((to, index) => {
    const next = rest[index + 1];
    if (next === undefined) return `L${to.x} ${to.y}`;
    return `Q${to.x} ${to.y} ${round((to.x + next.x) / 2)} ${round((to.y + next.y) / 2)}`;
  });
  return [`M${first.x} ${first.y}`, ...curves].join(' ');
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
