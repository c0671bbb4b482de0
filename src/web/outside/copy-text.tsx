import { useState } from 'react';

type Outcome = 'none' | 'copied' | 'refused';

/** Copies what is to be quoted or asked for. `what` tells one of several buttons from the others. */
export function CopyText({ text, label, what }: { text: string; label: string; what?: string }) {
  const [outcome, setOutcome] = useState<Outcome>('none');
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setOutcome('copied'),
      // A policy of the browser or the organization may forbid it.
      () => setOutcome('refused'),
    );
  const words = { none: label, copied: 'Copied', refused: 'Couldn’t copy: select the text' }[
    outcome
  ];
  return (
    <>
      <button
        type="button"
        className="outside-small"
        onBlur={() => setOutcome('none')}
        onClick={() => void copy()}
      >
        {words}
        {what !== undefined && <span className="outside-hidden"> {what}</span>}
      </button>
      <output className="outside-hidden">{outcome === 'none' ? '' : words}</output>
    </>
  );
}
