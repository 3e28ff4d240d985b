import type { JSX } from 'preact';
import { useLayoutEffect, useMemo } from 'preact/hooks';

import { useWidth } from '../hooks/use-width.ts';
import { type Edge, firstOf, layOut, pathThrough } from './graph-layout.ts';

/** Placing more nodes than so many would take a tenth of a second, and no one could follow them. */
const mostDrawn = 120;

/** Narrower than this, a graph that does not fit is drawn from top to bottom. */
const narrow = 700;

interface GraphCanvasProps<Node extends { readonly id: string }, E extends Edge> {
  readonly graph: { readonly nodes: readonly Node[]; readonly edges: readonly E[] };
  /** What its nodes are, for those who do not see it. */
  readonly things: string;
  readonly edgeClass: (edge: E) => string;
  readonly draw: (node: Node) => JSX.Element;
}

/** Nodes as boxes, placed by what leads from one to another. */
export function GraphCanvas<Node extends { readonly id: string }, E extends Edge>(
  props: GraphCanvasProps<Node, E>,
): JSX.Element {
  const { length } = props.graph.nodes;
  if (length <= mostDrawn) return <DrawnGraph {...props} />;
  return (
    <p class="quiet">
      These are {length} {props.things}, too many to be drawn; the timeline has them all.
    </p>
  );
}

function DrawnGraph<Node extends { readonly id: string }, E extends Edge>({
  graph,
  things,
  edgeClass,
  draw,
}: GraphCanvasProps<Node, E>): JSX.Element {
  const { ref, width } = useWidth<HTMLDivElement>();
  const shape = JSON.stringify([graph.nodes.map(({ id }) => id), graph.edges]);
  const across = useMemo(() => layOut(graph, 'across'), [shape]);
  const isNarrow = across.width > width && width < narrow;
  const layout = useMemo(() => (isNarrow ? layOut(graph, 'down') : across), [across, isNarrow]);
  // Drawn from top to bottom, the first node stands above the middle of all that follow: out of sight where those are many.
  useLayoutEffect(() => {
    const begins = isNarrow ? firstOf(layout) : 0;
    ref.current?.scrollTo({ left: begins - width / 2 });
  }, [isNarrow, width]);
  return (
    <div class="graph" ref={ref} tabIndex={-1}>
      <div class="graph__canvas" style={{ width: `${layout.width}px`, height: `${layout.height}px` }}>
        <svg class="graph__edges" width={layout.width} height={layout.height} aria-hidden="true">
          <defs>
            <marker
              id="arrow"
              viewBox="0 0 8 8"
              refX="7"
              refY="4"
              markerWidth="7"
              markerHeight="7"
              orient="auto"
            >
              <path d="M0 0 8 4 0 8Z" />
            </marker>
          </defs>
          {layout.edges.map((edge) => (
            <path
              key={`${edge.from} → ${edge.to}`}
              class={`edge ${edgeClass(edge)}`}
              d={pathThrough(edge.points)}
              marker-end="url(#arrow)"
            />
          ))}
        </svg>
        <ul class="graph__nodes" aria-label={`${things.charAt(0).toUpperCase()}${things.slice(1)}`}>
          {graph.nodes.map((node) => {
            const { x = 0, y = 0 } = layout.places.get(node.id) ?? {};
            const place = {
              left: `${x}px`,
              top: `${y}px`,
              width: `${layout.node.width}px`,
              height: `${layout.node.height}px`,
            };
            return (
              <li key={node.id} style={place}>
                {draw(node)}
              </li>
            );
          })}
        </ul>
      </div>
    </div>
  );
}
