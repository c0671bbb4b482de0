import { Field, makeStyles, Textarea, tokens } from '@fluentui/react-components';
import { ChooseFile } from '../ui/choose-file.tsx';

const useStyles = makeStyles({
  field: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXS },
  text: { fontFamily: tokens.fontFamilyMonospace },
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
        <ChooseFile
          text={`Choose a file: ${label}`}
          what={`File with the ${label}`}
          accept={accept}
          size="small"
          onFile={(file) => void file.text().then(onChange)}
        />
      </div>
    </div>
  );
}
