import type { ReactNode } from 'react';
import { CopyText } from './copy-text.tsx';
import { OutsidePage } from './outside-page.tsx';
import type { RefusalWords } from './explained-refusal.ts';

/** A refusal is a page like any other: what happened, why, who can mend it, what to ask for. */
export function Refusal({
  words: { title, why, mender, ask },
  facts,
  before,
  after,
  children,
}: {
  words: RefusalWords;
  /** What to quote, by name. */
  facts: readonly (readonly [name: string, value: string])[];
  /** What to know before the reason. */
  before?: ReactNode;
  after?: ReactNode;
  /** What can be done here: buttons and links. */
  children: ReactNode;
}) {
  const quote = facts.map(([name, value]) => `${name}: ${value}`).join('\n');
  return (
    <OutsidePage title={title} focusTitle>
      {before}
      <p>{why}</p>
      <h2>Who can mend it</h2>
      <p>{mender}</p>
      {ask !== null && (
        <>
          <h2>What to ask for</h2>
          <pre className="outside-ask">{ask}</pre>
          <CopyText label="Copy this request" text={`${ask}\n\n${quote}`} />
        </>
      )}
      <div className="outside-actions">{children}</div>
      <dl className="outside-facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <CopyText label="Copy these details" text={quote} />
      {after}
    </OutsidePage>
  );
}
