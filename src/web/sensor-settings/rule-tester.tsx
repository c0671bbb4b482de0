import { Field, Input, makeStyles, Select, Text, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import {
  consoleMethods,
  limitedRoles,
  type ConsoleMethod,
  type ConsoleRules,
  type LimitedRole,
} from '../../domain/console-rules.ts';
import { roleLabels } from '../../domain/role.ts';
import { methodLabel } from '../ui/console-rules-words.ts';
import { ruleVerdict, type RuleVerdict } from './rule-verdict.ts';
import { useSettingStyles } from './setting-styles.ts';

const useStyles = makeStyles({
  fields: {
    display: 'grid',
    gridTemplateColumns: '160px 130px minmax(120px, 1fr)',
    gap: tokens.spacingHorizontalS,
    '@media (max-width: 640px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  control: { minWidth: 0, width: '100%' },
});

/** Tries the rules as they stand: may this role do that? Nothing of it is saved. */
export function RuleTester({ rules }: { readonly rules: ConsoleRules }) {
  const own = useStyles();
  const styles = useSettingStyles();
  const [role, setRole] = useState<LimitedRole>('readOnly');
  const [method, setMethod] = useState<ConsoleMethod>('POST');
  const [path, setPath] = useState('');
  return (
    <fieldset className={styles.tight} style={{ border: 0, margin: 0, padding: 0, minWidth: 0 }}>
      <legend style={{ padding: 0 }}>
        <Text weight="semibold">Try the rules</Text>
      </legend>
      <div className={own.fields}>
        <Field label="May">
          <Select
            className={own.control}
            value={role}
            onChange={(_, { value }) =>
              setRole(limitedRoles.find((one) => one === value) ?? 'readOnly')
            }
          >
            {limitedRoles.map((one) => (
              <option key={one} value={one}>
                {roleLabels[one]}
              </option>
            ))}
          </Select>
        </Field>
        <Field label="use">
          <Select
            className={own.control}
            value={method}
            onChange={(_, { value }) =>
              setMethod(consoleMethods.find((one) => one === value) ?? 'GET')
            }
          >
            {consoleMethods.map((one) => (
              <option key={one} value={one}>
                {methodLabel(one)}
              </option>
            ))}
          </Select>
        </Field>
        <Field label="on the path">
          <Input
            className={own.control}
            value={path}
            placeholder="/api/x"
            autoComplete="off"
            spellCheck={false}
            onChange={(_, { value }) => setPath(value)}
          />
        </Field>
      </div>
      <output>
        {path === '' ? (
          <Text className={styles.muted}>Type a path to see.</Text>
        ) : path.startsWith('/') ? (
          verdictText(ruleVerdict(role, method, path, rules))
        ) : (
          <Text className={styles.muted}>A path begins with a slash.</Text>
        )}
      </output>
    </fieldset>
  );
}

function verdictText({ allowed, by, ambiguous }: RuleVerdict): string {
  const why = by === null ? 'no rule matches' : `rule ${by + 1} decides`;
  const path = ambiguous
    ? ' Consoles read such a path differently, so only a rule for everything allows it.'
    : '';
  return `${allowed ? 'Yes' : 'No'}: ${why}.${path}`;
}
