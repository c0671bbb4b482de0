import { createContext } from 'react';
import type { GroupReference } from '../../domain/group-mapping.ts';

export type GroupSearchResult =
  | { readonly kind: 'found'; readonly groups: readonly GroupReference[] }
  /** The directory may be searched once the person (or their administrator) has agreed. */
  | { readonly kind: 'needsConsent' }
  /** There is no directory to search, as in a recovery session. */
  | { readonly kind: 'unavailable' };

/** How a group picker finds groups; passed in, as controls know nothing of Graph. */
export interface GroupSearch {
  search(text: string, signal: AbortSignal): Promise<GroupSearchResult>;
  /** Asks the person to agree to searching the directory. False where that didn't happen. */
  allow(): Promise<boolean>;
}

export const GroupSearchContext = createContext<GroupSearch | null>(null);
