import { useEffect, useSyncExternalStore } from 'react';

const forms = new Set<symbol>();
const listeners = new Set<() => void>();

function tell(): void {
  for (const listener of listeners) listener();
}

/** Has the page be left only after it was asked, while `unsaved` is true. */
export function useUnsaved(unsaved: boolean): void {
  useEffect(() => {
    if (!unsaved) return undefined;
    const form = Symbol('form');
    forms.add(form);
    tell();
    return () => {
      forms.delete(form);
      tell();
    };
  }, [unsaved]);
}

/** What is on the page belongs to something that is gone: it is left without asking. */
export function forgetUnsaved(): void {
  forms.clear();
  tell();
}

export function isAnyUnsaved(): boolean {
  return forms.size > 0;
}

/** Does any form on the page hold something that isn't saved? */
export function useAnyUnsaved(): boolean {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, isAnyUnsaved);
}
