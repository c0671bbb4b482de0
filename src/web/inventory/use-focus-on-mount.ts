import { useEffect, useRef, type RefObject } from 'react';

/** Moves the focus to what replaces the control that was just used. The element needs `tabIndex={-1}`. */
export function useFocusOnMount<E extends HTMLElement>(): RefObject<E | null> {
  const element = useRef<E>(null);
  useEffect(() => element.current?.focus({ preventScroll: true }), []);
  return element;
}
