import { randomInt, randomUUID } from 'node:crypto';
import type { Person } from '../demo/directory-types.ts';

export type PromptState = 'pending' | 'approved' | 'denied' | 'timedOut';

/** A request for approval on someone's phone, with the number that the sign-in page shows. */
export interface Prompt {
  id: string;
  oid: string;
  application: string;
  /** Two digits. */
  number: string;
  sentAt: number;
}

/** Everyone's authenticator app. */
export interface Phones {
  ask: (person: Person, application: string) => Prompt;
  find: (id: string | undefined) => Prompt | undefined;
  state: (id: string | undefined) => PromptState;
  pending: () => Prompt[];
  /** A wrong number counts as a denial, as it does on a real phone. False where nothing waits. */
  approve: (id: string, number: string) => boolean;
  deny: (id: string) => void;
}

const promptLifetime = 60_000;
/** How long the phone of someone who always declines takes to do so. */
const declineAfter = 1500;

export function createPhones(now: () => number): Phones {
  const prompts = new Map<string, Prompt & { declines: boolean; answer?: 'approved' | 'denied' }>();
  const state = (id = ''): PromptState => {
    const prompt = prompts.get(id);
    if (prompt === undefined) return 'timedOut';
    if (prompt.answer !== undefined) return prompt.answer;
    if (prompt.declines && now() >= prompt.sentAt + declineAfter) return 'denied';
    return now() >= prompt.sentAt + promptLifetime ? 'timedOut' : 'pending';
  };
  const answer = (id: string, value: 'approved' | 'denied'): void => {
    const prompt = prompts.get(id);
    if (prompt !== undefined && state(id) === 'pending') prompt.answer = value;
  };

  return {
    ask({ oid, mfa }, application) {
      for (const [id, { sentAt }] of prompts) {
        if (now() >= sentAt + 10 * promptLifetime) prompts.delete(id);
      }
      const number = String(randomInt(10, 100));
      const prompt = { id: randomUUID(), oid, application, number, sentAt: now() };
      prompts.set(prompt.id, { ...prompt, declines: mfa === 'declined' });
      return prompt;
    },
    find: (id = '') => prompts.get(id),
    state,
    pending: () => [...prompts.values()].filter(({ id }) => state(id) === 'pending'),
    approve(id, number) {
      const prompt = prompts.get(id);
      if (prompt === undefined || state(id) !== 'pending') return false;
      const right = prompt.number === number.trim() && !prompt.declines;
      answer(id, right ? 'approved' : 'denied');
      return state(id) === 'approved';
    },
    deny: (id) => answer(id, 'denied'),
  };
}
