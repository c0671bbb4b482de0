import { describe, expect, it } from 'vitest';
import { ApiError, OfflineError, PartMissingError, SessionEndedError } from '../failures.ts';
import { failureWords } from './failure-words.ts';

function refusal(parts: Partial<ConstructorParameters<typeof ApiError>[0]>): ApiError {
  return new ApiError({
    type: '',
    title: 'Invalid',
    status: 400,
    code: 'invalid_request',
    detail: 'Two fields.',
    reference: 'r-1',
    ...parts,
  });
}

describe('failureWords', () => {
  it('names the fields that are wrong, and what to quote', () => {
    const errors = [{ path: '/permissions/admin/0/id', message: 'must be a GUID' }];
    expect(failureWords(refusal({ errors }))).toMatchObject({
      detail: 'Two fields.',
      fields: [{ name: 'permissions › admin › 1 › id', message: 'must be a GUID' }],
      reference: 'r-1',
      mayRetry: false,
    });
  });

  it('says once what title and detail say both', () => {
    const detail = 'Your account in Gatehouse was disabled. Ask an Admin to enable it again.';
    expect(failureWords(refusal({ code: 'user_disabled', status: 403, detail }))).toMatchObject({
      title: 'Your account in Gatehouse was disabled',
      detail: 'Ask an Admin to enable it again.',
    });
  });

  it.each([
    [['/name', '/groups'], 'Check the fields that are marked.'],
    [['/name'], 'Something in it needs correcting'],
  ])('leaves to fields (%j) what they show themselves', (atFields, title) => {
    const errors = [
      { path: '/name', message: 'is required' },
      { path: '/groups/0', message: 'must be a GUID' },
    ];
    expect(failureWords(refusal({ errors }), atFields).title).toBe(title);
  });

  it.each([
    ['is Ada, who is a portal user already', 'Check the fields that are marked.'],
    ['is somebody’s already', 'That address is somebody’s already'],
  ])('leaves to a field what the detail has of it: it %s', (message, title) => {
    const error = refusal({
      status: 409,
      code: 'address_in_use',
      detail: 'ada@contoso.example is Ada, who is a portal user already.',
      errors: [{ path: '/email', message }],
    });
    expect(failureWords(error, ['/email']).title).toBe(title);
  });

  it.each([
    new OfflineError(),
    new SessionEndedError(),
    new PartMissingError(),
    new Error('odd'),
    'odd',
  ])('has a title and a reason for %s', (error) => {
    const words = failureWords(error);
    expect(words.title).not.toBe('');
    expect(words.detail).not.toBe('');
    expect(words.reference).toBeNull();
  });
});
