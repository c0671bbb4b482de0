import { Button, Field, makeStyles, Textarea, tokens } from '@fluentui/react-components';
import { useRef } from 'react';

const useStyles = makeStyles({
  field: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXS },
  text: { fontFamily: tokens.fontFamilyMonospace },
  input: { display: 'none' },
});

interface PemFieldProps {
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly message: string | undefined;
  readonly accept: string;
  readonly onChange: (text: string) => void;
}

/** A PEM text, pasted or read from a file. The file doesn't leave the browser before it is saved. */
export function PemField({ label, hint, value, message, accept, onChange }: PemFieldProps) {
  const styles = useStyles();
  const file = useRef<HTMLInputElement>(null);
  return (
    <div className={styles.field}>
      <Field
        label={label}
        required
        hint={hint}
        {...(message === undefined ? {} : { validationMessage: message })}
      >
        <Textarea
          value={value}
          rows={4}
          resize="vertical"
          spellCheck={false}
          autoComplete="off"
          textarea={{ className: styles.text }}
          onChange={(_, data) => onChange(data.value)}
        />
      </Field>
      <div>
        <Button size="small" onClick={() => file.current?.click()}>
          {`Choose a file: ${label}`}
        </Button>
        <input
          ref={file}
          className={styles.input}
          type="file"
          accept={accept}
          aria-label={`File with the ${label}`}
          onChange={(event) => {
            const [chosen] = event.currentTarget.files ?? [];
            // The same file can be chosen again after it was corrected.
            event.currentTarget.value = '';
            void chosen?.text().then(onChange);
          }}
        />
      </div>
    </div>
  );
}
