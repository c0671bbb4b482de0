import { createContext } from 'react';
import type { Me } from '../../contract/me.ts';

/** Who is signed in, with what they may do. */
export const MeContext = createContext<Me | null>(null);
