// A process that listens for a stop and goes on: it tells what it was asked, and each signal that it outlived. Its clock
// moves on by a fixed step at every look at it, so that no test waits.
import { listenForStop } from '../../src/cli/stop-signal.ts';

const step = Number(process.argv[2]);
let now = 0;
performance.now = () => (now += step);

const { requested } = listenForStop();
void requested.then((signal) => {
  console.log(`asked by ${signal}`);
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    console.log(`outlived ${signal}`);
  });
}
process.stdin.resume();
console.log('listening');
