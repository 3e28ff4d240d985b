import type { JSX } from 'preact';

import type { StepView } from '../../core/run-state.ts';
import { Icon } from '../parts/icon.tsx';
import { writeRoute } from '../route.ts';
import { stepNote } from '../run/step-note.ts';
import { GraphCanvas } from './graph-canvas.tsx';
import type { GraphModel, GraphNode } from './graph-model.ts';
import { nodeNote } from './node-note.ts';

interface GraphViewProps {
  readonly model: GraphModel;
  readonly now: number;
  readonly onSelect: (step: StepView) => void;
}

/**
 * The graph of a run. Every step that has begun leads somewhere: the run of another process to its own view, any other
 * step to its row in the timeline.
 */
export function GraphView({ model, now, onSelect }: GraphViewProps): JSX.Element {
  if (model.nodes.length === 0) return <p class="quiet">No step has begun, and none is declared.</p>;
  const states = new Map(model.nodes.map(({ id, state }) => [id, state]));
  return (
    <GraphCanvas
      graph={model}
      things="steps"
      edgeClass={({ to, isInferred }) =>
        `edge--to-${states.get(to) ?? ''} ${isInferred ? 'edge--inferred' : ''}`
      }
      draw={(node) => <NodeBox node={node} now={now} onSelect={onSelect} />}
    />
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
