import type { Process, Project } from '../project/project.ts';

/**
 * What a developer reads when everything is up: where to look, and a command that works as it stands.
 *
 * @param started seconds: since the command was entered
 */
export function welcomeText(started: {
  url: string;
  uiUrl: string | null;
  project: Project;
  seconds: number;
}): string {
  const { url, uiUrl, project, seconds } = started;
  const process = firstToStart(project);
  const lines = [
    '',
    `Everything is up after ${seconds.toFixed(1)} s.`,
    '',
    `  Page            ${url}/`,
    `  API             ${url}/v1/processes`,
    `  Documentation   ${url}/docs`,
    ...(uiUrl === null ? [] : [`  Temporal        ${uiUrl}`]),
  ];
  if (process !== undefined) {
    const body = JSON.stringify({ id: `first-${process.name}`, input: process.example }).replaceAll(
      "'",
      String.raw`'\''`,
    );
    lines.push(
      '',
      `Start a run of ${process.name}, and wait for its end:`,
      '',
      `  curl -s '${url}/v1/processes/${process.name}/runs?wait=20s' -H 'content-type: application/json' -d '${body}'`,
      '',
      `All runs: curl -s ${url}/v1/runs    Ctrl-C stops everything; runs go on at the next start.`,
    );
  }
  return [...lines, ''].join('\n');
}

/** The first process that people start; those that events start need what the events bring. */
function firstToStart({ processes, events }: Project): Process | undefined {
  const byEvents = Object.values(events.subscriptions).flatMap(({ subscription: { target } }) =>
    target.kind === 'process' ? [target.process] : [],
  );
  const all = Object.values(processes);
  return all.find(({ name }) => !byEvents.includes(name)) ?? all[0];
}
