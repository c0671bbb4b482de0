import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { CheckmarkCircle20Filled, ErrorCircle20Filled } from '@fluentui/react-icons';
import { Link } from 'react-router-dom';
import { settingSteps, type SettingStep } from './setting-steps.ts';

const useStyles = makeStyles({
  list: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: tokens.spacingHorizontalS,
    margin: 0,
    padding: 0,
    listStyleType: 'none',
  },
  item: { flex: '1 1 150px' },
  link: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalXS}`,
    borderBottom: `3px solid ${tokens.colorNeutralStroke2}`,
    color: tokens.colorNeutralForeground2,
    textDecorationLine: 'none',
    ':hover': { color: tokens.colorNeutralForeground1 },
    ':focus-visible': {
      outline: `2px solid ${tokens.colorStrokeFocus2}`,
      borderRadius: tokens.borderRadiusMedium,
    },
  },
  current: {
    borderBottomColor: tokens.colorCompoundBrandStroke,
    color: tokens.colorNeutralForeground1,
    fontWeight: tokens.fontWeightSemibold,
  },
  number: {
    display: 'inline-flex',
    alignItems: 'center',
    justifyContent: 'center',
    width: '20px',
    height: '20px',
    flexShrink: 0,
    borderRadius: tokens.borderRadiusCircular,
    backgroundColor: tokens.colorNeutralBackground5,
    fontSize: tokens.fontSizeBase200,
  },
  numberCurrent: {
    backgroundColor: tokens.colorBrandBackground,
    color: tokens.colorNeutralForegroundOnBrand,
  },
  done: { color: tokens.colorStatusSuccessForeground1, flexShrink: 0 },
  wrong: { color: tokens.colorStatusDangerForeground1, flexShrink: 0 },
});

export type StepState = 'open' | 'done' | 'wrong';

const stateWords = { open: '', done: ', complete', wrong: ', needs correcting' } as const;

interface StepIndicatorProps {
  readonly current: SettingStep;
  readonly states: Readonly<Record<SettingStep, StepState>>;
}

/** The steps, each with its address; the one that is shown is the current one. */
export function StepIndicator({ current, states }: StepIndicatorProps) {
  const styles = useStyles();
  return (
    <nav aria-label="Steps">
      <ol className={styles.list}>
        {settingSteps.map(({ id, label }, index) => (
          <li key={id} className={styles.item}>
            <Link
              to={`?step=${id}`}
              className={mergeClasses(styles.link, id === current && styles.current)}
              aria-current={id === current ? 'step' : undefined}
              aria-label={`${index + 1}. ${label}${stateWords[states[id]]}`}
            >
              <StepMark number={index + 1} state={states[id]} current={id === current} />
              {label}
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}

interface StepMarkProps {
  readonly number: number;
  readonly state: StepState;
  readonly current: boolean;
}

function StepMark({ number, state, current }: StepMarkProps) {
  const styles = useStyles();
  if (state === 'wrong') return <ErrorCircle20Filled className={styles.wrong} aria-hidden />;
  if (state === 'done' && !current) {
    return <CheckmarkCircle20Filled className={styles.done} aria-hidden />;
  }
  return (
    <span className={mergeClasses(styles.number, current && styles.numberCurrent)} aria-hidden>
      {number}
    </span>
  );
}
