import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { createGateEnrolment, getSensorGate, type Gate } from '../../contract/gates.ts';
import { endpointKey, useChange } from '../api/hooks.ts';
import { checkAddress } from './enrolment-address.ts';
import {
  enrolmentState,
  tokenLifetime,
  type EnrolmentState,
  type IssuedToken,
} from './enrolment-state.ts';

export interface Enrolment {
  readonly state: EnrolmentState;
  /** Is its window shown? */
  readonly isOpen: boolean;
  /** What is typed as the address of the gate; at first that of the gate that is there. */
  readonly address: string;
  /** What is wrong with it, once it was sent. */
  readonly addressProblem: string | null;
  readonly setAddress: (address: string) => void;
  readonly open: () => void;
  /** Makes a token where the address is right; one that was made before counts no more. */
  readonly make: () => void;
  /** Puts what is over aside; a token that is waited for stays. */
  readonly close: () => void;
}

/** The enrolment of a sensor's gate. The token outlives the window that shows it, not the page. */
export function useEnrolment(sensorId: string, gate: Gate | null): Enrolment {
  const queries = useQueryClient();
  const change = useChange(createGateEnrolment, { invalidates: false });
  const [issued, setIssued] = useState<IssuedToken | null>(null);
  const [isOpen, setOpen] = useState(false);
  const [over, setOver] = useState(false);
  const [typed, setTyped] = useState<string | null>(null);
  const [addressProblem, setAddressProblem] = useState<string | null>(null);
  const address = typed ?? gate?.origin ?? '';
  const endsAt = issued?.endsAt ?? null;

  useEffect(() => {
    if (endsAt === null) return undefined;
    const timer = setTimeout(() => setOver(true), endsAt - Date.now());
    return () => clearTimeout(timer);
  }, [endsAt]);

  function make() {
    const checked = checkAddress(address);
    if ('message' in checked) {
      setAddressProblem(checked.message);
      return;
    }
    const { origin } = checked;
    // A gate that comes in the meantime has an address of its own.
    setTyped(address);
    change.mutate(
      { params: { sensorId }, body: { replaces: gate?.id ?? null, origin } },
      {
        onSuccess: ({ value }) => {
          setOver(false);
          setIssued({ token: value, origin, before: gate, endsAt: Date.now() + tokenLifetime });
        },
        // Another gate than the one that was seen may be there by now.
        onError: () =>
          void queries.invalidateQueries({
            queryKey: endpointKey(getSensorGate.path, { sensorId }),
          }),
      },
    );
  }

  const state: EnrolmentState = change.isPending
    ? { kind: 'making' }
    : change.error !== null
      ? { kind: 'failed', error: change.error }
      : enrolmentState(issued, gate, over);
  return {
    state,
    isOpen,
    address,
    addressProblem,
    setAddress: (text) => {
      setTyped(text);
      setAddressProblem(null);
    },
    open: () => setOpen(true),
    make,
    close: () => {
      setOpen(false);
      change.reset();
      setAddressProblem(null);
      if (state.kind === 'done') setTyped(null);
      if (state.kind !== 'waiting') setIssued(null);
    },
  };
}
