import { describe, expect, it } from 'vitest';
import { newWebhookSecret, webhookHeaders } from './webhook-signature.ts';

const body = '{"test": 2432232314}';
const id = 'msg_p5jXN8AQM9LWM0D4loKWxJek';
const at = new Date(1_614_265_330_500);
const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

describe('webhookHeaders', () => {
  it('signs as the libraries of Standard Webhooks verify', () => {
    expect(webhookHeaders({ id, at, body }, [secret])).toEqual({
      'webhook-id': id,
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  it('signs with each secret, divided by spaces', () => {
    const other = newWebhookSecret();
    expect(other).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/u);
    const { 'webhook-signature': both } = webhookHeaders({ id, at, body }, [other, secret]);
    expect(both).toMatch(/^v1,\S{44} v1,g0hM9SsE\S{36}$/u);
  });
});
