import { Button, makeStyles, type ButtonProps } from '@fluentui/react-components';
import { useRef } from 'react';

const useStyles = makeStyles({ input: { display: 'none' } });

interface ChooseFileProps extends Pick<ButtonProps, 'appearance' | 'size'> {
  /** Of the button. */
  readonly text: string;
  /** What the file is, for who doesn’t see the button. */
  readonly what: string;
  /** As of `<input type="file">`. */
  readonly accept: string;
  readonly disabled?: boolean;
  readonly onFile: (file: File) => void;
}

/** A button that asks for a file of this machine. */
export function ChooseFile(props: ChooseFileProps) {
  const { text, what, accept, disabled = false, onFile, ...look } = props;
  const styles = useStyles();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button {...look} disabled={disabled} onClick={() => input.current?.click()}>
        {text}
      </Button>
      <input
        ref={input}
        className={styles.input}
        type="file"
        accept={accept}
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
