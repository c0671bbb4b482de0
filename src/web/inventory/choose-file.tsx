import { Button, makeStyles, type ButtonProps } from '@fluentui/react-components';
import { useRef } from 'react';

const useStyles = makeStyles({ input: { display: 'none' } });

interface ChooseFileProps {
  /** Of the button. */
  readonly text: string;
  /** What the file is, for who doesn’t see the button. */
  readonly what: string;
  readonly appearance: NonNullable<ButtonProps['appearance']>;
  readonly disabled: boolean;
  readonly onFile: (file: File) => void;
}

/** A button that asks for a CSV file of this machine. */
export function ChooseFile({ text, what, appearance, disabled, onFile }: ChooseFileProps) {
  const styles = useStyles();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button appearance={appearance} disabled={disabled} onClick={() => input.current?.click()}>
        {text}
      </Button>
      <input
        ref={input}
        className={styles.input}
        type="file"
        accept=".csv,text/csv"
        aria-label={what}
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0];
          // The same file can be chosen again after it was corrected.
          currentTarget.value = '';
          if (file !== undefined && !disabled) onFile(file);
        }}
      />
    </>
  );
}
