import { useEffect, type RefObject } from 'react';

/** Moves the focus to the first field that is wrong, whenever `reason` is another one than before. */
export function useFirstInvalid(form: RefObject<HTMLElement | null>, reason: object | null): void {
  useEffect(() => {
    if (reason === null) return;
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [form, reason]);
}
