import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

import type { ShownProblem } from '../api/shown-problem.ts';
import { fieldFor } from './field-faults.ts';
import { fieldId } from './field-props.ts';

/** What the API refused, with a way to each field that it points to. It takes the focus when it comes. */
export function FaultSummary({ problem }: { readonly problem: ShownProblem }): JSX.Element {
  const summary = useRef<HTMLDivElement>(null);
  useEffect(() => {
    summary.current?.focus();
  }, [problem]);
  return (
    <div class="notice notice--problem" role="alert" tabIndex={-1} ref={summary}>
      <strong>{problem.title}</strong>
      {problem.errors.length === 0 ? (
        <p>{problem.detail}</p>
      ) : (
        <ul>
          {problem.errors.map(({ pointer, message }) => (
            <li key={`${pointer} ${message}`}>
              <button
                type="button"
                class="link"
                onClick={() => {
                  goTo(pointer);
                }}
              >
                {message}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function goTo(pointer: string): void {
  const place = fieldFor(pointer, (candidate) => document.getElementById(fieldId(candidate)) !== null);
  if (place === null) return;
  const element = document.getElementById(fieldId(place));
  element?.scrollIntoView({ block: 'center' });
  element?.focus({ preventScroll: true });
}
