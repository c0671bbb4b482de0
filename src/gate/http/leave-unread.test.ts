import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { leaveUnread } from './leave-unread.ts';

it('answers one request after another over a connection, without an end of any body', async () => {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(request.url ?? '');
    request.on('end', () => seen.push('end'));
    leaveUnread(request);
    response.end('answered');
  }).listen(0, '127.0.0.1');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await once(server, 'listening');
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  let received = '';
  socket.setEncoding('latin1');
  const answers = async (count: number) => {
    while (received.split('answered').length <= count) {
      const [text] = (await once(socket, 'data')) as [string];
      received += text;
    }
  };
  const get = (path: string) => `GET ${path} HTTP/1.1\r\nHost: gate\r\n\r\n`;
  // Two at once, as proxies may send them, and one when both are answered.
  socket.write(get('/1') + get('/2'));
  await answers(2);
  socket.write(get('/3'));
  await answers(3);
  expect(seen).toEqual(['/1', '/2', '/3']);
});
