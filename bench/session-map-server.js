// The floor of forward authentication: a bare node route that only looks a cookie up in a Map.
import { createServer } from 'node:http';

const [port, cookie] = process.argv.slice(2);
const sessions = new Map();
for (let other = 0; other < 1_000; other += 1) sessions.set(`another-${other}`, 'somebody else');
sessions.set(cookie, 'bench@example.com');

const server = createServer((request, response) => {
  const [, value] = /(?:^|;\s*)session=([^;]*)/.exec(request.headers.cookie ?? '') ?? [];
  const user = sessions.get(value);
  if (user === undefined) response.writeHead(401);
  else response.writeHead(200, { 'x-user': user, 'content-length': 0 });
  response.end();
});
server.listen(Number(port), '127.0.0.1');
process.on('SIGTERM', () => {
  server.close(() => process.exit(0));
  server.closeAllConnections();
});
