import type { JSX } from 'preact';

import type { CorrelationNode } from '../../correlations/nodes.ts';
import type { CorrelationResource } from '../../correlations/correlation-resource.ts';
import { GraphCanvas } from '../graph/graph-canvas.tsx';
import { Breakable } from '../parts/breakable.tsx';
import { Icon } from '../parts/icon.tsx';
import { writeRoute } from '../route.ts';
import { caseNodeNote, nodeIcon, reactionWords } from './case-node.ts';
import { showEntry } from './case-timeline.tsx';

/** Who reacted to what: an event leads to its row in the timeline, a run to its own view. */
export function CaseGraph({ shown }: { readonly shown: CorrelationResource }): JSX.Element {
  return (
    <GraphCanvas
      graph={shown}
      things="events and runs"
      edgeClass={({ kind }) => `edge--${kind}`}
      draw={(node) => <CaseNode node={node} />}
    />
  );
}

function CaseNode({ node }: { readonly node: CorrelationNode }): JSX.Element {
  const { id, kind, title, status, run } = node;
  const icon = nodeIcon(node);
  const note = caseNodeNote(node);
  const words = [title, note, run, reactionWords(node)].filter((part) => part !== null);
  const look = {
    class: `node node--${icon} case-node case-node--${kind}`,
    'data-node': title,
    'data-kind': kind,
    'data-state': status ?? 'event',
    title: words.join('\n'),
    'aria-label': words.join(', '),
  };
  const content = (
    <>
      <Icon name={icon} />
      <span class="node__label">
        <Breakable text={title} />
      </span>
      <span class="node__note">{note}</span>
    </>
  );
  if (run !== null) {
    return (
      <a href={writeRoute({ view: 'run', id: run })} {...look}>
        {content}
      </a>
    );
  }
  return (
    <button
      type="button"
      {...look}
      onClick={() => {
        showEntry(id);
      }}
    >
      {content}
    </button>
  );
}
