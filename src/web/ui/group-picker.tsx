import {
  Button,
  Combobox,
  Field,
  Link,
  makeStyles,
  Option,
  Text,
  tokens,
} from '@fluentui/react-components';
import { DismissRegular, PeopleTeamRegular } from '@fluentui/react-icons';
import { use, useState } from 'react';
import type { GroupReference } from '../../domain/group-mapping.ts';
import { GroupPaste } from './group-paste.tsx';
import { GroupSearchContext } from './group-search.ts';
import { withGroups } from './pasted-group-ids.ts';
import { useGroupSearch, type GroupSearchState } from './use-group-search.ts';

const useStyles = makeStyles({
  picker: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
  chosen: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalXS,
  },
  group: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    padding: `${tokens.spacingVerticalXXS} ${tokens.spacingHorizontalS}`,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground3,
  },
  words: { flexGrow: 1, minWidth: 0, overflowWrap: 'anywhere' },
  id: { display: 'block', color: tokens.colorNeutralForeground2 },
  icon: { fontSize: '20px', color: tokens.colorNeutralForeground2, flexShrink: 0 },
});

/** Groups of Entra ID: found by name in the directory, or pasted as object ids. */
export function GroupPicker({
  label,
  hint,
  value,
  onChange,
  error,
  required = false,
}: {
  label: string;
  hint?: string;
  value: readonly GroupReference[];
  onChange: (groups: GroupReference[]) => void;
  error?: string | undefined;
  required?: boolean;
}) {
  const styles = useStyles();
  const directory = use(GroupSearchContext);
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const [pasting, setPasting] = useState(directory === null);
  const found = useGroupSearch(text, attempt);
  const add = (groups: readonly GroupReference[]) => onChange(withGroups(value, groups));

  return (
    <fieldset
      aria-label={label}
      className={styles.picker}
      style={{ border: 0, margin: 0, padding: 0, minWidth: 0 }}
    >
      {directory === null ? (
        <NoDirectory label={label} required={required} error={error} />
      ) : (
        <Field
          label={label}
          required={required}
          {...(hint === undefined ? {} : { hint })}
          {...(error === undefined ? {} : { validationMessage: error })}
        >
          <Combobox
            freeform
            // What is required are chosen groups: the browser would ask for text in the search.
            required={false}
            aria-required={required}
            placeholder="Search groups by name"
            value={text}
            selectedOptions={[]}
            open={open}
            onOpenChange={(_, data) => setOpen(data.open)}
            onChange={(event) => {
              setText(event.target.value);
              // Text that was pasted or filled in comes without the keys that open the list.
              setOpen(true);
            }}
            onOptionSelect={(_, { optionValue }) => {
              if (found.kind !== 'found') return;
              add(found.groups.filter((group) => group.id === optionValue));
              setText('');
            }}
          >
            <Found state={found} />
          </Combobox>
        </Field>
      )}
      {found.kind === 'needsConsent' && (
        <Text size={200}>
          Searching needs your permission to read groups.{' '}
          <Link
            as="button"
            onClick={() => {
              void directory?.allow().then((allowed) => {
                if (allowed) setAttempt((count) => count + 1);
                else setPasting(true);
              });
            }}
          >
            Allow searching groups
          </Link>
        </Text>
      )}
      {value.length > 0 && (
        <ul className={styles.chosen} aria-label={`${label}: chosen groups`}>
          {value.map((group) => (
            <li key={group.id} className={styles.group}>
              <PeopleTeamRegular className={styles.icon} />
              <span className={styles.words}>
                {group.displayName ?? 'Group'}
                <Text size={200} font="monospace" className={styles.id}>
                  {group.id}
                </Text>
              </span>
              <Button
                appearance="subtle"
                size="small"
                icon={<DismissRegular />}
                aria-label={`Remove ${group.displayName ?? group.id}`}
                onClick={() => onChange(value.filter((one) => one.id !== group.id))}
              />
            </li>
          ))}
        </ul>
      )}
      {pasting ? (
        <GroupPaste
          label={label}
          onAdd={add}
          onClose={directory === null ? null : () => setPasting(false)}
        />
      ) : (
        <div>
          <Link as="button" onClick={() => setPasting(true)}>
            Paste object IDs instead
          </Link>
        </div>
      )}
    </fieldset>
  );
}

/** Without a directory only ids can be entered: the field says what for, and what is wrong. */
function NoDirectory({
  label,
  required,
  error,
}: {
  label: string;
  required: boolean;
  error: string | undefined;
}) {
  return (
    <Field {...(error === undefined ? {} : { validationMessage: error })}>
      <Text weight="semibold">
        {label}
        {required && ' (required)'}
      </Text>
    </Field>
  );
}

const words: Record<Exclude<GroupSearchState['kind'], 'found'>, string> = {
  idle: 'Type at least two letters of the group’s name',
  searching: 'Searching…',
  needsConsent: 'Searching needs your permission: see below',
  unavailable: 'The directory can’t be searched here. Paste object IDs instead',
  failed: 'The directory didn’t answer. Try again, or paste object IDs',
};

function Found({ state }: { state: GroupSearchState }) {
  const styles = useStyles();
  if (state.kind === 'found' && state.groups.length > 0) {
    return state.groups.map((group) => (
      <Option key={group.id} value={group.id} text={group.displayName ?? group.id}>
        <span className={styles.words}>
          {group.displayName ?? group.id}
          <Text size={200} font="monospace" className={styles.id}>
            {group.id}
          </Text>
        </span>
      </Option>
    ));
  }
  return (
    <Option disabled value="" text="">
      {state.kind === 'found' ? 'No group has such a name' : words[state.kind]}
    </Option>
  );
}
