import { createHash } from 'node:crypto';
import { chmod, mkdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

import { execa } from 'execa';

import { BatonError } from '../core/errors.ts';

/** The account that a server runs as which refuses to run as root. */
export interface ServerAccount {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  /** Folder for what it must reach and cannot where it is. */
  readonly stateDir: string;
}

/** Asked for in this order. The second is there on every Unix; to create an account would be too much for a dev tool. */
const candidates = ['postgres', 'nobody'];

/**
 * Root's own place for state that outlives a start. A home folder or a clone below `/root` is closed to other accounts,
 * and what is in a folder for temporary files may be swept away.
 */
const rootStateDir = '/var/lib/baton';

/**
 * The account for servers that refuse to run as root.
 *
 * @returns `null` when this process is not root: the server then runs as whoever runs it
 * @throws BatonError `internal` when there is none
 */
export async function findServerAccount(): Promise<ServerAccount | null> {
  if (process.getuid?.() !== 0) return null;
  for (const name of candidates) {
    const [uid, gid] = await Promise.all([readId('-u', name), readId('-g', name)]);
    if (uid !== null && gid !== null) return { name, uid, gid, stateDir: rootStateDir };
  }
  const message = `PostgreSQL does not run as root, and there is no other account to run it as. Create one (useradd --system postgres), start Baton as another user, or set DATABASE_URL.`;
  throw new BatonError('internal', message);
}

async function readId(flag: '-u' | '-g', name: string): Promise<number | null> {
  const { exitCode, stdout } = await execa('id', [flag, name], { reject: false });
  return exitCode === 0 ? Number(stdout) : null;
}

/** Whether an account may go to a path; of one that is not there yet, to the folder that it would be made in. */
export async function canReach(account: ServerAccount, path: string): Promise<boolean> {
  const { uid, gid } = account;
  const asked = async (test: string): Promise<boolean> =>
    (await execa('test', [test, path], { uid, gid, cwd: '/', reject: false })).exitCode === 0;
  if (await asked('-x')) return true;
  // "Not there" and "not to be seen" look the same from that account, but not from ours.
  const { exitCode } = await execa('test', ['-e', path], { reject: false });
  return exitCode !== 0 && path !== dirname(path) && canReach(account, dirname(path));
}

/**
 * The folder for a server's data: the wanted one where the account can reach it, else one of its own below
 * {@link ServerAccount.stateDir} that belongs to the wanted one's path.
 */
export async function reachableDataDir(account: ServerAccount, wanted: string): Promise<string> {
  if (await canReach(account, wanted)) return wanted;
  await mkdir(account.stateDir, { recursive: true });
  await chmod(account.stateDir, 0o755);
  const key = createHash('sha256').update(wanted).digest('hex').slice(0, 16);
  return join(account.stateDir, `${basename(wanted)}-${key}`);
}
