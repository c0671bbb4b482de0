import { createContext } from 'react';

/** Signs out, for notices to people who aren’t let in; null where that makes no sense. */
export const SignOutContext = createContext<(() => void) | null>(null);
