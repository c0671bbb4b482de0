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
  const [copied, setCopied] = useState(false);
  const label = copied ? 'Copied' : `Copy ${what}`;
  return (
    <>
      <Tooltip content={label} relationship="label">
        <Button
          size="small"
          appearance={appearance}
          icon={copied ? <CheckmarkRegular /> : <CopyRegular />}
          onClick={() => {
            void navigator.clipboard.writeText(value).then(() => setCopied(true));
          }}
          onBlur={() => setCopied(false)}
        />
      </Tooltip>
      <Announcement text={copied ? 'Copied' : ''} />
    </>
  );
}
