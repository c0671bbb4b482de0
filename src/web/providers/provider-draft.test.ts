import { describe, expect, it } from 'vitest';
import { checkDraft, draftOfRegistration, newDraft, refusedFields } from './provider-draft.ts';

const id = '7c1f0d52-3a64-4b8e-9d17-0e5b6a2c4f10';
const other = '3a000000-0000-4000-8000-000000000003';

describe('checkDraft', () => {
  it('takes the client ID for the API’s where that is empty', () => {
    const draft = { ...newDraft('spa'), tenantId: ` ${id}`, clientId: `${other}\n` };
    expect(checkDraft(draft).registration).toEqual({
      type: 'spa',
      name: 'Microsoft',
      tenantId: id,
      clientId: other,
      apiClientId: other,
    });
  });

  it('leaves the tenant of a multitenant application to the verification', () => {
    const draft = { ...newDraft('web'), multitenant: true, clientId: other };
    expect(checkDraft(draft).registration).toMatchObject({ tenantId: null, multitenant: true });
    expect(checkDraft({ ...draft, tenantId: id }).registration).toMatchObject({ tenantId: id });
  });

  it('names each field that is missing or wrong', () => {
    const { messages } = checkDraft({ ...newDraft('spa'), name: ' ', apiClientId: 'api://x' });
    expect(messages).toEqual({
      name: 'Say what the sign-in page calls it.',
      tenantId: 'Enter it as Entra shows it.',
      clientId: 'Enter it as Entra shows it.',
      apiClientId: expect.stringContaining('must be a GUID') as string,
    });
  });

  it('says once that the client ID is wrong', () => {
    const { messages } = checkDraft({ ...newDraft('spa'), tenantId: id, clientId: 'contoso' });
    expect(Object.keys(messages ?? {})).toEqual(['clientId']);
  });
});

describe('draftOfRegistration', () => {
  it('reads what checkDraft makes of it', () => {
    const web = {
      type: 'web' as const,
      name: 'Contoso',
      tenantId: null,
      multitenant: true,
      clientId: other,
      usesGroups: false,
    };
    expect(checkDraft(draftOfRegistration(web)).registration).toEqual(web);
    const spa = {
      type: 'spa' as const,
      name: 'Contoso',
      tenantId: id,
      clientId: other,
      apiClientId: id,
    };
    expect(checkDraft(draftOfRegistration(spa)).registration).toEqual(spa);
  });
});

describe('refusedFields', () => {
  it('puts the server’s words at their fields', () => {
    const errors = [{ path: '/registration/clientId', message: 'is taken already' }];
    expect(refusedFields(errors)).toEqual({ clientId: 'It is taken already.' });
  });
});
