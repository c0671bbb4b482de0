import {
  Button,
  Dropdown,
  Field,
  Input,
  makeStyles,
  Option,
  Select,
  tokens,
  Tooltip,
} from '@fluentui/react-components';
import { ArrowDownRegular, ArrowUpRegular, DeleteRegular } from '@fluentui/react-icons';
import type { ReactElement } from 'react';
import {
  consoleMethods,
  consolePathProblem,
  type ConsoleRule,
} from '../../domain/console-rules.ts';
import { methodLabel, methodsText } from '../ui/console-rules-words.ts';
import { orderedMethods } from './rule-edits.ts';

const useStyles = makeStyles({
  row: {
    display: 'grid',
    gridTemplateColumns: '110px minmax(120px, 170px) minmax(120px, 1fr) auto',
    alignItems: 'start',
    gap: tokens.spacingHorizontalS,
    '@media (max-width: 640px)': { gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr)' },
  },
  control: { minWidth: 0, width: '100%' },
  path: { '@media (max-width: 640px)': { gridColumn: '1 / -1' } },
  buttons: {
    display: 'flex',
    '@media (max-width: 640px)': { gridColumn: '1 / -1', justifyContent: 'flex-end' },
  },
});

/** Controls of a row that the focus can be sent to. */
export type RuleControl = 'path' | 'up' | 'down' | 'remove';

interface RuleRowProps {
  readonly rule: ConsoleRule;
  readonly index: number;
  readonly count: number;
  /** Say that a path is missing, too: one that was only just added isn't blamed for it. */
  readonly showsProblem: boolean;
  /** Index of an earlier rule that decides all that this one could. */
  readonly hiddenBy: number | null;
  readonly onChange: (change: Partial<ConsoleRule>) => void;
  readonly onMove: (by: -1 | 1) => void;
  readonly onRemove: () => void;
}

/** One rule: allow or refuse, which methods, which path. */
export function RuleRow({ rule, index, count, showsProblem, ...props }: RuleRowProps) {
  const styles = useStyles();
  const problem = consolePathProblem(rule.path.trim());
  const name = `Rule ${index + 1}`;
  const methods = methodsText(rule.methods);
  return (
    <li className={styles.row}>
      <Select
        aria-label={`${name}: allow or refuse`}
        className={styles.control}
        value={rule.effect}
        onChange={(_, { value }) =>
          props.onChange({ effect: value === 'refuse' ? 'refuse' : 'allow' })
        }
      >
        <option value="allow">Allow</option>
        <option value="refuse">Refuse</option>
      </Select>
      <Dropdown
        multiselect
        aria-label={`${name}: methods`}
        className={styles.control}
        placeholder="Every method"
        value={rule.methods.length === 0 ? '' : methods}
        selectedOptions={[...rule.methods]}
        onOptionSelect={(_, { selectedOptions }) =>
          props.onChange({ methods: orderedMethods(selectedOptions) })
        }
      >
        {consoleMethods.map((method) => (
          <Option key={method} value={method}>
            {methodLabel(method)}
          </Option>
        ))}
      </Dropdown>
      <Field
        className={styles.path}
        {...remark(
          problem !== null && (rule.path !== '' || showsProblem) ? problem : null,
          props.hiddenBy,
        )}
      >
        <Input
          data-control="path"
          aria-label={`${name}: path`}
          className={styles.control}
          value={rule.path}
          placeholder="/api/**"
          maxLength={500}
          autoComplete="off"
          spellCheck={false}
          onChange={(_, { value }) => props.onChange({ path: value })}
        />
      </Field>
      <div className={styles.buttons}>
        <RowButton
          control="up"
          label={`Move rule ${index + 1} up`}
          icon={<ArrowUpRegular />}
          disabled={index === 0}
          onClick={() => props.onMove(-1)}
        />
        <RowButton
          control="down"
          label={`Move rule ${index + 1} down`}
          icon={<ArrowDownRegular />}
          disabled={index === count - 1}
          onClick={() => props.onMove(1)}
        />
        <RowButton
          control="remove"
          label={`Remove rule ${index + 1}`}
          icon={<DeleteRegular />}
          disabled={false}
          onClick={props.onRemove}
        />
      </div>
    </li>
  );
}

function remark(problem: string | null, hiddenBy: number | null) {
  if (problem !== null) return { validationMessage: `The path ${problem}.` };
  if (hiddenBy === null) return {};
  const validationMessage = `Never asked: rule ${hiddenBy + 1} decides before. Move it up.`;
  return { validationMessage, validationState: 'warning' as const };
}

interface RowButtonProps {
  readonly control: RuleControl;
  readonly label: string;
  readonly icon: ReactElement;
  readonly disabled: boolean;
  readonly onClick: () => void;
}

function RowButton({ control, label, icon, disabled, onClick }: RowButtonProps) {
  return (
    <Tooltip content={label} relationship="label">
      <Button
        data-control={control}
        appearance="subtle"
        icon={icon}
        disabledFocusable={disabled}
        onClick={onClick}
      />
    </Tooltip>
  );
}
