import type { Config } from '../../config.ts';
import type { Project } from '../../project/project.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** What the checks look at. */
export interface Surroundings {
  readonly env: Environment;
  readonly config: Config;
}

/** The same with the services of a project; none where it is not valid. */
export interface ProjectSurroundings extends Surroundings {
  readonly project: Pick<Project, 'catalogue'>;
}

/** How long a part may take to answer a check, in milliseconds. */
export const patience = 3_000;
