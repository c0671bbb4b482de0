import type { ProviderType } from '../../domain/provider.ts';

const kinds: Readonly<Record<ProviderType, string>> = {
  spa: 'Microsoft (single-page application)',
  web: 'Microsoft (web application)',
};

/** The name that a new provider is proposed: one that no other has, so that the sign-in page tells them apart. */
export function proposedName(type: ProviderType, names: readonly string[]): string {
  for (const name of ['Microsoft', kinds[type]]) {
    if (!isTaken(name, names)) return name;
  }
  let number = 2;
  while (isTaken(`Microsoft ${number}`, names)) number += 1;
  return `Microsoft ${number}`;
}

/** Does another provider have this name, as people read it? */
export function isTaken(name: string, names: readonly string[]): boolean {
  const read = name.trim().toLowerCase();
  return names.some((other) => other.trim().toLowerCase() === read);
}
