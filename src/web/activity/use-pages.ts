import { useSearchParams } from 'react-router-dom';

/** Which part of a list is on, kept in the address as `before`. */
export function usePages(): {
  query: { before?: string };
  newest: (() => void) | null;
  older: (next: string | null | undefined) => (() => void) | null;
} {
  const [address, setAddress] = useSearchParams();
  const before = address.get('before');
  return {
    query: before === null ? {} : { before },
    newest: before === null ? null : () => setAddress({}),
    older: (next) =>
      next === null || next === undefined ? null : () => setAddress({ before: next }),
  };
}
