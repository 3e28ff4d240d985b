import { examine } from '../doctor/examine.ts';
import { checksText } from '../render/checks-text.ts';
import { openTerminal } from '../terminal.ts';

/** `baton doctor`: tells what is missing, and how to get it. */
export async function doctorCommand({ project, json }: { project: string; json: boolean }): Promise<void> {
  const terminal = openTerminal();
  const checks = await examine(project, process.env);
  terminal.print(json ? JSON.stringify({ checks }) : checksText(checks, terminal.paint));
  if (checks.some(({ status }) => status === 'fail')) process.exitCode = 1;
}
