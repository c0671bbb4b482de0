import { useSyncExternalStore } from 'react';
import { remember, remembered } from './api/browser-memory.ts';

export const themeChoices = ['system', 'light', 'dark'] as const;
export type ThemeChoice = (typeof themeChoices)[number];

const systemIsDark = matchMedia('(prefers-color-scheme: dark)');
const listeners = new Set<() => void>();
let choice: ThemeChoice = themeChoices.find((one) => one === remembered('theme')) ?? 'system';

/** Sets the theme on the document, for the style sheet and for the browser's own controls. */
export function applyTheme(): void {
  document.documentElement.dataset['theme'] = shownTheme();
}

function shownTheme(): 'light' | 'dark' {
  if (choice !== 'system') return choice;
  return systemIsDark.matches ? 'dark' : 'light';
}

export function chooseTheme(next: ThemeChoice): void {
  choice = next;
  remember('theme', next === 'system' ? null : next);
  announce();
}

function announce(): void {
  applyTheme();
  for (const listener of listeners) listener();
}

systemIsDark.addEventListener('change', announce);

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** What was chosen, and what that comes to now. */
export function useTheme(): { choice: ThemeChoice; shown: 'light' | 'dark' } {
  return {
    choice: useSyncExternalStore(subscribe, () => choice),
    shown: useSyncExternalStore(subscribe, shownTheme),
  };
}
