import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSampleConsole, type SampleConsole } from './sample-console.ts';

let sample: SampleConsole;
beforeAll(async () => {
  sample = await startSampleConsole('ANT-<TF>-01');
});
afterAll(() => sample.close());

const get = (path: string, init?: RequestInit) => fetch(`${sample.origin}${path}`, init);

describe('the sample console', () => {
  it('shows its sensor, and who the gate says is asking', async () => {
    const alone = await (await get('/')).text();
    expect(alone).toContain('<h1>ANT-&#60;TF&#62;-01</h1>');
    expect(alone).toContain('Nobody stands before this console.');
    const headers = { 'x-gatehouse-name': 'Chlo%C3%A9 <b>', 'x-gatehouse-role': 'readOnly' };
    expect(await (await get('/', { headers })).text()).toContain('Chloé &#60;b&#62;, Read only');
  });

  it('lets anybody acknowledge an alert: it knows no roles', async () => {
    const headers = { 'x-gatehouse-name': 'Dries', 'x-gatehouse-role': 'readOnly' };
    const sent = await get('/api/alerts/2/acknowledge', { method: 'POST', headers });
    expect(sent.status).toBe(204);
    const answer = (await (await get('/api/alerts')).json()) as { alerts: object[] };
    expect(answer.alerts[1]).toMatchObject({ id: '2', acknowledgedBy: 'Dries' });
    expect((await get('/api/alerts/99/acknowledge', { method: 'POST' })).status).toBe(404);
    expect((await get('/nothing')).status).toBe(404);
  });

  it('sends figures as they come', async () => {
    const live = await get('/api/live');
    expect(live.headers.get('content-type')).toBe('text/event-stream');
    const { value } = (await live.body?.getReader().read()) ?? {};
    expect(new TextDecoder().decode(value)).toMatch(/^data: \{"packets":\d+/u);
  });

  it('serves its script and style', async () => {
    for (const [path, type] of [
      ['/console.js', 'text/javascript'],
      ['/console.css', 'text/css'],
    ] as const) {
      expect((await get(path)).headers.get('content-type')).toContain(type);
    }
  });
});
