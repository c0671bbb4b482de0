import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sampleAlerts } from './console/alerts.ts';
import { visitor } from './console/who.ts';

export interface SampleConsole {
  /** On this machine alone, at a port of its own: people come through the gate. */
  readonly origin: string;
  close(): Promise<void>;
}

// Servers are built to dist/, what they serve stays in src/.
const folder = new URL('../../src/demo/console/', import.meta.url);

const files: Readonly<Record<string, string>> = {
  '/': 'index.html',
  '/console.css': 'console.css',
  '/console.js': 'console.js',
};

const types: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
};

/**
 * The console of a passive sensor, for the demo: alerts to acknowledge (POST), figures that move
 * (server-sent events). It knows no roles and checks nothing; that is what a gate is for.
 */
export async function startSampleConsole(sensorName: string): Promise<SampleConsole> {
  const alerts = sampleAlerts();
  const started = Date.now();
  const figures = (): string => {
    const seconds = (Date.now() - started) / 1000;
    const rate = 1800 + Math.round(200 * Math.sin(seconds / 7));
    return JSON.stringify({ packets: 4_200_000 + Math.round(seconds * 1800), rate, devices: 143 });
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = 'GET', url = '/' } = request;
    const path = url.split('?')[0] ?? '/';
    const acknowledged = /^\/api\/alerts\/(\d+)\/acknowledge$/u.exec(path)?.[1];
    const reading = method === 'GET' || method === 'HEAD';
    const file = reading ? files[path] : undefined;
    const who = visitor(request.headers);
    if (file !== undefined) {
      const content = await readFile(new URL(file, folder), 'utf8');
      const told =
        who === null ? 'Nobody stands before this console.' : `${who.name}, ${who.role} ·`;
      const words: Record<string, string> = { sensor: sensorName, who: told };
      response.setHeader('content-type', types[file.split('.').at(-1) ?? ''] ?? 'text/plain');
      response.setHeader('cache-control', 'no-cache');
      response.end(content.replaceAll(/\{\{(\w+)\}\}/gu, (_, key: string) => escaped(words[key])));
    } else if (reading && path === '/api/alerts') {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ alerts }));
    } else if (reading && path === '/api/live') {
      stream(response, figures);
    } else if (method === 'POST' && acknowledged !== undefined) {
      const alert = alerts.find(({ id }) => id === acknowledged);
      if (alert !== undefined) alert.acknowledgedBy = who?.name ?? 'somebody';
      response.statusCode = alert === undefined ? 404 : 204;
      response.end();
    } else {
      response.statusCode = 404;
      response.end('There is no such page.\n');
    }
  };

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.close();
      server.closeAllConnections();
      if (server.listening) await once(server, 'close');
    },
  };
}

/** Figures each second, as server-sent events, until whoever listens goes away. */
function stream(response: ServerResponse, figures: () => string): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  const send = (): void => void response.write(`data: ${figures()}\n\n`);
  const timer = setInterval(send, 1000);
  response.once('close', () => clearInterval(timer));
  send();
}

function escaped(text = ''): string {
  return text.replaceAll(/[&<>"']/gu, (character) => `&#${character.codePointAt(0)};`);
}
