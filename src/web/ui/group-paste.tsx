import { Button, Field, makeStyles, Textarea, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import type { GroupReference } from '../../domain/group-mapping.ts';
import { pastedGroupIds } from './pasted-group-ids.ts';

const useStyles = makeStyles({
  paste: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
  actions: { display: 'flex', gap: tokens.spacingHorizontalS },
});

/** Object ids of groups, one a line: the way where the directory can't be searched. */
export function GroupPaste({
  label,
  onAdd,
  onClose,
}: {
  label: string;
  onAdd: (groups: readonly GroupReference[]) => void;
  /** Null: there is no other way to enter groups. */
  onClose: (() => void) | null;
}) {
  const styles = useStyles();
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState<readonly string[]>([]);
  const [empty, setEmpty] = useState(false);

  function add() {
    const pasted = pastedGroupIds(text);
    setWrong(pasted.wrong);
    setEmpty(pasted.groups.length === 0 && pasted.wrong.length === 0);
    onAdd(pasted.groups);
    setText(pasted.wrong.join('\n'));
  }

  const problem =
    wrong.length > 0
      ? `Not an object ID: ${wrong.join(', ')}`
      : empty
        ? 'Paste at least one object ID'
        : undefined;
  return (
    <div className={styles.paste}>
      <Field
        label={`Object IDs of groups for ${label}, one a line`}
        {...(problem === undefined ? {} : { validationMessage: problem })}
      >
        <Textarea
          value={text}
          rows={3}
          resize="vertical"
          spellCheck={false}
          placeholder="6f1c8a52-3b1e-4c3d-9d0e-2a7b51c0f9ee"
          onChange={(_, data) => setText(data.value)}
        />
      </Field>
      <div className={styles.actions}>
        <Button onClick={add}>Add groups</Button>
        {onClose !== null && (
          <Button appearance="subtle" onClick={onClose}>
            Close
          </Button>
        )}
      </div>
    </div>
  );
}
