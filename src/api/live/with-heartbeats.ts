/** A comment, which readers pass over (https://html.spec.whatwg.org/multipage/server-sent-events.html). */
const heartbeat = ':\n\n';

/** A proxy between cuts a connection that is silent for much longer, in milliseconds. */
const heartbeatAfter = 15_000;

/** Server-Sent Events as they come, and a comment where none came for a while. Nothing is asked for before it is taken. */
export async function* withHeartbeats(events: AsyncGenerator<string, void>): AsyncGenerator<string, void> {
  try {
    for (let next = events.next(); ;) {
      const result = await orHeartbeat(next);
      if (result === heartbeat) {
        yield heartbeat;
        continue;
      }
      if (result.done === true) return;
      yield result.value;
      next = events.next();
    }
  } finally {
    await events.return();
  }
}

async function orHeartbeat<T>(next: Promise<T>): Promise<T | typeof heartbeat> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<typeof heartbeat>((resolve) => {
    timer = setTimeout(resolve, heartbeatAfter, heartbeat);
  });
  try {
    return await Promise.race([next, silence]);
  } finally {
    clearTimeout(timer);
  }
}
