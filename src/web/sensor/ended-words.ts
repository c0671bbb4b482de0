import type { Ended } from './sensor-state.ts';

interface EndedWords {
  readonly title: string;
  readonly text: string;
}

const words: Readonly<Record<Ended, EndedWords>> = {
  idle: {
    title: 'Your session ended because nothing happened for a while.',
    text: 'That keeps a screen that was left alone from being used by others. Sign in to go on.',
  },
  total: {
    title: 'Your session reached its longest duration.',
    text: 'Everybody signs in anew after that time, however busy they are. Sign in to go on.',
  },
  revoked: {
    title: 'Your session was ended by an administrator.',
    text: 'If nobody told you why, ask whoever administers Gatehouse before you sign in again.',
  },
  roleLost: {
    title: 'Your role at this sensor was taken away.',
    text: 'The groups that give roles here were changed, or the setting was. If you sign in again and have no role, the page says what to ask for.',
  },
  signedOut: {
    title: 'Your last session was signed out.',
    text: 'That was done in another tab, or a new sign-in took its place. Sign in to go on.',
  },
  unknown: {
    title: 'Your last session is over.',
    text: 'This gate doesn’t know it any more, for instance because it was restarted or set up anew. Sign in to go on.',
  },
};

/** Why a session is over. A gate newer than the page may give a reason that the page doesn't know. */
export function endedWords(ended: string): EndedWords {
  return Object.hasOwn(words, ended) ? words[ended as Ended] : words.unknown;
}
