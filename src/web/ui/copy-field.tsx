import { Field, Input, makeStyles, tokens } from '@fluentui/react-components';
import { useEffect, useRef } from 'react';
import { CopyButton } from './copy-button.tsx';

const useStyles = makeStyles({
  row: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalS },
  input: { flexGrow: 1, minWidth: 0 },
});

interface CopyFieldProps {
  readonly label: string;
  readonly value: string;
  /** Completes "Copy …". */
  readonly what: string;
  /** What was used to make it is gone: the focus comes here, ready to copy. */
  readonly takesFocus?: boolean;
}

/** A text that is too long to read, to be taken along. */
export function CopyField({ label, value, what, takesFocus = false }: CopyFieldProps) {
  const styles = useStyles();
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!takesFocus) return;
    const input = row.current?.querySelector('input');
    input?.focus();
    input?.select();
  }, [takesFocus]);
  return (
    <Field label={label}>
      {(field) => (
        <div ref={row} className={styles.row}>
          <Input {...field} className={styles.input} readOnly value={value} />
          <CopyButton value={value} what={what} appearance="secondary" />
        </div>
      )}
    </Field>
  );
}
