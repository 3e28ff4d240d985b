import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';

import type { StepView } from '../../core/run-state.ts';
import { useWidth } from '../hooks/use-width.ts';
import { Icon } from '../parts/icon.tsx';
import { writeRoute } from '../route.ts';
import { stepNote } from '../run/step-note.ts';
import { layOut, pathThrough } from './graph-layout.ts';
import type { GraphModel, GraphNode } from './graph-model.ts';
import { nodeNote } from './node-note.ts';

/** Placing more steps than so many would take a tenth of a second, and no one could follow them. */
const mostDrawn = 120;

/** Narrower than this, a graph that does not fit is drawn from top to bottom. */
const narrow = 700;

interface GraphViewProps {
  readonly model: GraphModel;
  readonly now: number;
  readonly onSelect: (step: StepView) => void;
}

/**
 * The graph of a run. Every step that has begun leads somewhere: the run of another process to its own view, any other
 * step to its row in the timeline.
 */
export function GraphView(props: GraphViewProps): JSX.Element {
  const { length } = props.model.nodes;
  if (length === 0) return <p class="quiet">No step has begun, and none is declared.</p>;
  if (length <= mostDrawn) return <DrawnGraph {...props} />;
  return <p class="quiet">These are {length} steps, too many to be drawn; the timeline has them all.</p>;
}

function DrawnGraph({ model, now, onSelect }: GraphViewProps): JSX.Element {
  const { ref, width } = useWidth<HTMLDivElement>();
  const shape = JSON.stringify([model.nodes.map(({ id }) => id), model.edges]);
  const across = useMemo(() => layOut(model, 'across'), [shape]);
  const isNarrow = across.width > width && width < narrow;
  const layout = useMemo(() => (isNarrow ? layOut(model, 'down') : across), [across, isNarrow]);
  const states = new Map(model.nodes.map(({ id, state }) => [id, state]));
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
          {layout.edges.map(({ from, to, isInferred, points }) => (
            <path
              key={`${from} → ${to}`}
              class={`edge edge--to-${states.get(to) ?? ''} ${isInferred ? 'edge--inferred' : ''}`}
              d={pathThrough(points)}
              marker-end="url(#arrow)"
            />
          ))}
        </svg>
        <ul class="graph__nodes" aria-label="Steps">
          {model.nodes.map((node) => {
            const { x = 0, y = 0 } = layout.places.get(node.id) ?? {};
            const place = {
              left: `${x}px`,
              top: `${y}px`,
              width: `${layout.node.width}px`,
              height: `${layout.node.height}px`,
            };
            return (
              <li key={node.id} style={place}>
                <NodeBox node={node} now={now} onSelect={onSelect} />
              </li>
            );
          })}
        </ul>
      </div>
    </div>
  );
}

function NodeBox({
  node,
  now,
  onSelect,
}: {
  readonly node: GraphNode;
  readonly now: number;
  readonly onSelect: (step: StepView) => void;
}): JSX.Element {
  const [step] = [...node.undos.filter(({ status }) => status !== 'completed'), ...node.steps];
  const note = nodeNote(node, (view) => stepNote(view, now));
  const hint = [node.label, node.operation, note, node.isDeclared ? null : 'not in the declared graph'];
  const look = {
    class: `node node--${node.state} ${node.isDeclared ? '' : 'node--undeclared'}`,
    'data-node': node.label,
    'data-state': node.state,
    title: hint.filter((part) => part !== null).join('\n'),
  };
  const content = (
    <>
      <Icon name={node.state} />
      <span class="node__label">
        {node.label}
        {node.count > 1 && ` × ${node.count}`}
      </span>
      <span class="node__note">{note}</span>
    </>
  );
  if (step !== undefined && step.run !== null && node.count === 1) {
    return (
      <a href={writeRoute({ view: 'run', id: step.run.id })} {...look}>
        {content}
      </a>
    );
  }
  return (
    <button
      type="button"
      {...look}
      disabled={step === undefined}
      onClick={() => {
        if (step !== undefined) onSelect(step);
      }}
    >
      {content}
    </button>
  );
}
