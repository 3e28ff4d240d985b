import type { JSX } from 'preact';

import type { RunResource } from '../../core/run-resource.ts';
import { writeRoute } from '../route.ts';

interface StartAnewProps {
  readonly run: Pick<RunResource, 'id' | 'process'>;
  /** There is nothing else to do with the run. */
  readonly isOnlyWay?: boolean;
}

/** Leads to the start form with what the run was started with, so that it can be mended before it is sent. */
export function StartAnew({ run: { id, process }, isOnlyWay = false }: StartAnewProps): JSX.Element {
  return (
    <a
      class={`button ${isOnlyWay ? 'primary' : ''}`}
      title="Opens the start form with the input and the business key of this run."
      href={writeRoute({ view: 'start', process, from: id })}
    >
      Start anew
    </a>
  );
}
