import { useState } from 'react';

type Outcome = 'none' | 'copied' | 'refused';

/** Copies what is to be quoted or asked for. */
export function CopyText({ text, label }: { text: string; label: string }) {
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
      </button>
      <output className="outside-hidden">{outcome === 'none' ? '' : words}</output>
    </>
  );
}
