import { Button, Field, Input, Tooltip } from '@fluentui/react-components';
import { EyeOffRegular, EyeRegular } from '@fluentui/react-icons';
import { useRef, useState, type ReactElement } from 'react';
import { Announcement } from '../ui/announcement.tsx';
import { enteredText } from './entered-text.ts';

interface PastedInputProps {
  readonly label: string;
  readonly hint?: string;
  readonly required?: boolean;
  readonly value: string;
  readonly message?: string | undefined;
  /** What it may well be, and yet is worth another look. */
  readonly warning?: string | undefined;
  /** A secret is hidden until the person wants to see it. */
  readonly secret?: boolean;
  readonly onChange: (text: string) => void;
}

const removed = 'Spaces around it were removed.';

/** A line that is usually pasted: what came along with it is taken off, and that is said. */
export function PastedInput(props: PastedInputProps) {
  const {
    label,
    hint,
    required = false,
    value,
    message,
    warning,
    secret = false,
    onChange,
  } = props;
  const [trimmed, setTrimmed] = useState(false);
  const [shown, setShown] = useState(!secret);
  const pasted = useRef<string | null>(null);
  const change = (text: string) => {
    const entered = pasted.current === null ? null : enteredText(text);
    // The browser itself drops line ends of what is pasted into a line.
    const came = pasted.current !== null && enteredText(pasted.current).trimmed;
    pasted.current = null;
    setTrimmed(entered !== null && (entered.trimmed || came));
    onChange(entered?.text ?? text);
  };
  const leave = () => {
    const entered = enteredText(value);
    if (!entered.trimmed) return;
    setTrimmed(true);
    onChange(entered.text);
  };
  return (
    <>
      <Field
        label={label}
        required={required}
        {...(hint === undefined ? {} : { hint })}
        {...validation(message, warning, trimmed)}
      >
        <Input
          value={value}
          type={shown ? 'text' : 'password'}
          spellCheck={false}
          autoComplete={secret ? 'new-password' : 'off'}
          onPaste={(event) => {
            pasted.current = event.clipboardData.getData('text');
          }}
          onChange={(_, data) => change(data.value)}
          onBlur={leave}
          {...(secret
            ? { contentAfter: <Eye open={shown} onToggle={() => setShown(!shown)} /> }
            : {})}
        />
      </Field>
      <Announcement text={trimmed ? `${label}: ${removed}` : ''} />
    </>
  );
}

function validation(message: string | undefined, warning: string | undefined, trimmed: boolean) {
  if (message !== undefined) return { validationMessage: message };
  if (warning !== undefined) {
    return { validationState: 'warning' as const, validationMessage: warning };
  }
  return trimmed ? { validationState: 'none' as const, validationMessage: removed } : {};
}

function Eye({ open, onToggle }: { open: boolean; onToggle: () => void }): ReactElement {
  const label = open ? 'Hide what is entered' : 'Show what is entered';
  return (
    <Tooltip content={label} relationship="label">
      <Button
        size="small"
        appearance="transparent"
        icon={open ? <EyeOffRegular /> : <EyeRegular />}
        onClick={onToggle}
      />
    </Tooltip>
  );
}
