import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { createGateEnrolment, getSensorGate, type Gate } from '../../contract/gates.ts';
import { endpointKey, useChange } from '../api/hooks.ts';
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
  /** A first enrolment begins at once, another asks before. */
  readonly open: () => void;
  /** Makes a token; one that was made before counts no more. */
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
  const endsAt = issued?.endsAt ?? null;

  useEffect(() => {
    if (endsAt === null) return undefined;
    const timer = setTimeout(() => setOver(true), endsAt - Date.now());
    return () => clearTimeout(timer);
  }, [endsAt]);

  function make() {
    change.mutate(
      { params: { sensorId }, body: { replaces: gate?.id ?? null } },
      {
        onSuccess: ({ value }) => {
          setOver(false);
          setIssued({ token: value, before: gate, endsAt: Date.now() + tokenLifetime });
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
    open: () => {
      setOpen(true);
      if (gate === null && state.kind === 'none') make();
    },
    make,
    close: () => {
      setOpen(false);
      change.reset();
      if (state.kind !== 'waiting') setIssued(null);
    },
  };
}
