import { useSearchParams } from 'react-router-dom';

/** A list's filter, as the address has it, and what changes one part of it; empty takes it out. */
export function useAddressFilter<Filter>(
  read: (address: URLSearchParams) => Filter,
): [filter: Filter, change: (name: string, value: string) => void] {
  const [address, setAddress] = useSearchParams();
  const change = (name: string, value: string) => {
    const next = new URLSearchParams(address);
    if (value === '') next.delete(name);
    else next.set(name, value);
    setAddress(next, { replace: true });
  };
  return [read(address), change];
}
