import { createHmac, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface ReceivedMessage {
  readonly id: string;
  readonly timestamp: number;
  readonly signature: string;
  readonly body: string;
  readonly payload: { readonly type: string; readonly timestamp: string; readonly data: unknown };
}

export type Answer = (message: ReceivedMessage, response: ServerResponse) => void;

export interface WebhookReceiver {
  readonly url: string;
  readonly messages: readonly ReceivedMessage[];
  /** What the next ones are answered: 204 at first. */
  readonly answerBy: (answer: Answer) => void;
  readonly close: () => Promise<void>;
}

/** Somebody's own server, which the portal tells of secrets that expire. */
export async function startWebhookReceiver(): Promise<WebhookReceiver> {
  const messages: ReceivedMessage[] = [];
  let answer: Answer = (_message, response) => void response.writeHead(204).end();
  const server = createServer((request, response) => {
    void read(request).then((message) => {
      messages.push(message);
      answer(message, response);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/hook`,
    messages,
    answerBy: (next) => void (answer = next),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function read(request: IncomingMessage): Promise<ReceivedMessage> {
  const body = await text(request);
  const header = (name: string): string => String(request.headers[name]);
  return {
    id: header('webhook-id'),
    timestamp: Number(header('webhook-timestamp')),
    signature: header('webhook-signature'),
    body,
    payload: JSON.parse(body) as ReceivedMessage['payload'],
  };
}

/** As docs/guides/secrets.md tells receivers to do it. */
export function isSignedBy(message: ReceivedMessage, secret: string): boolean {
  const key = Buffer.from(secret.replace(/^whsec_/u, ''), 'base64');
  const { id, timestamp, body, signature } = message;
  const expected = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest();
  return signature.split(' ').some((each) => {
    const [version, mac = ''] = each.split(',');
    const given = Buffer.from(mac, 'base64');
    return version === 'v1' && given.length === expected.length && timingSafeEqual(given, expected);
  });
}
