import { makeStyles, tokens } from '@fluentui/react-components';
import { ErrorCircle12Filled } from '@fluentui/react-icons';

const useStyles = makeStyles({
  message: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalXS,
    color: tokens.colorStatusDangerForeground1,
    fontSize: tokens.fontSizeBase200,
  },
});

/** What is wrong with a choice of many controls. Fluent's Field would give all of them one id. */
export function ChoiceMessage({ message }: { readonly message: string | undefined }) {
  const styles = useStyles();
  if (message === undefined) return null;
  return (
    <div role="alert" className={styles.message}>
      <ErrorCircle12Filled aria-hidden />
      {message}
    </div>
  );
}
