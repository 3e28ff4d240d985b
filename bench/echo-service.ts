import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A service that answers at once with what it was sent, in a process of its own; tells its port to its parent. */
const server = createServer((request, response) => {
  response.setHeader('content-type', 'application/json');
  request.pipe(response);
});
server.listen(0, '127.0.0.1', () => {
  process.send?.((server.address() as AddressInfo).port);
});
process.once('disconnect', () => {
  process.exit();
});
