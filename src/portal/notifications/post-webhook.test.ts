import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { startWebhookReceiver, type WebhookReceiver } from '../../testing/webhook-receiver.ts';
import { postWebhook } from './post-webhook.ts';

const open: { close(): Promise<void> | Server }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

async function receiver(): Promise<WebhookReceiver> {
  const started = await startWebhookReceiver();
  open.push(started);
  return started;
}

const post = (address: string, more: { signal?: AbortSignal; patience?: number } = {}) => {
  const { signal } = new AbortController();
  return postWebhook({ address, headers: {}, body: '{}', signal, ...more }, () => new Date());
};

describe('postWebhook', () => {
  it('takes any 2xx for delivered, and tells any other status', async () => {
    const { url, answerBy } = await receiver();
    expect(await post(url)).toMatchObject({ delivered: true, detail: 'It answered 204.' });
    answerBy((_message, response) => void response.writeHead(500).end('a stack trace'));
    expect(await post(url)).toEqual({
      delivered: false,
      detail: 'It answered 500.',
      gone: false,
      retryAfter: null,
    });
    answerBy((_message, response) => void response.writeHead(410).end());
    expect(await post(url)).toMatchObject({ delivered: false, gone: true });
    answerBy((_message, response) => void response.writeHead(503, { 'retry-after': '90' }).end());
    expect(await post(url)).toMatchObject({ detail: 'It answered 503.', retryAfter: 90_000 });
  });

  it('follows no redirect', async () => {
    const other = await receiver();
    const { url, answerBy } = await receiver();
    answerBy((_message, response) => void response.writeHead(307, { location: other.url }).end());
    expect(await post(url)).toMatchObject({
      delivered: false,
      detail: 'It answered 307: redirects aren’t followed.',
    });
    expect(other.messages).toEqual([]);
  });

  it('takes no more than 4 kB of an answer', async () => {
    const { url, answerBy } = await receiver();
    const cut = new Promise<void>((resolve) => {
      answerBy((_message, response) => {
        response.writeHead(200);
        const chunk = Buffer.alloc(16_384);
        const write = (): void => {
          if (!response.destroyed) response.write(chunk, () => setImmediate(write));
        };
        response.on('close', resolve);
        write();
      });
    });
    expect(await post(url)).toMatchObject({ delivered: true });
    await cut;
  });

  it('gives up on a slow receiver', async () => {
    const { url, answerBy } = await receiver();
    answerBy(() => undefined);
    expect(await post(url, { patience: 500 })).toMatchObject({
      delivered: false,
      detail: 'No answer came within 0.5 seconds.',
    });
  });

  it('says in words why no answer came', async () => {
    const server = createServer((request) => request.socket.destroy());
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const address = `http://127.0.0.1:${port}/`;
    expect(await post(address)).toMatchObject({ detail: 'The connection was cut.' });
    server.close();
    await once(server, 'close');
    expect(await post(address)).toMatchObject({ detail: 'Nothing listens there.' });
    expect(await post('https://169.254.169.254/latest')).toMatchObject({
      detail: 'Gatehouse sends nothing to this address.',
    });
    expect(await post('https://[::ffff:169.254.169.254]/')).toMatchObject({
      detail: 'Gatehouse sends nothing to this address.',
    });
    expect(await post('https://nowhere.invalid/')).toMatchObject({ delivered: false });
  });

  it('ends with the portal', async () => {
    const { url, answerBy } = await receiver();
    const ending = new AbortController();
    answerBy(() => ending.abort());
    await expect(post(url, { signal: ending.signal })).rejects.toThrow(/abort/u);
  });
});
