import { Button, Tooltip } from '@fluentui/react-components';
import { CheckmarkRegular, CopyRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import { Announcement } from './announcement.tsx';

/** Copies a value. `what` completes "Copy …", such as `the client ID`. */
export function CopyButton({
  value,
  what,
  appearance = 'transparent',
}: {
  value: string;
  what: string;
  appearance?: 'transparent' | 'secondary';
}) {
  const [outcome, setOutcome] = useState<'none' | 'copied' | 'refused'>('none');
  const copied = outcome === 'copied';
  const label = {
    none: `Copy ${what}`,
    copied: 'Copied',
    refused: 'Couldn’t copy: select the text instead',
  }[outcome];
  return (
    <>
      <Tooltip content={label} relationship="label">
        <Button
          size="small"
          appearance={appearance}
          icon={copied ? <CheckmarkRegular /> : <CopyRegular />}
          onClick={() => {
            void navigator.clipboard.writeText(value).then(
              () => setOutcome('copied'),
              // A policy of the browser or the organization may forbid it.
              () => setOutcome('refused'),
            );
          }}
          onBlur={() => setOutcome('none')}
        />
      </Tooltip>
      <Announcement text={outcome === 'none' ? '' : label} />
    </>
  );
}
