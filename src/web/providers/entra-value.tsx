import { makeStyles, tokens } from '@fluentui/react-components';
import { CopyButton } from '../ui/copy-button.tsx';

const useStyles = makeStyles({
  // Its button stays with it at the end of a line.
  copied: { display: 'inline-flex', alignItems: 'center', maxWidth: '100%' },
  value: {
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    padding: `1px ${tokens.spacingHorizontalXS}`,
    borderRadius: tokens.borderRadiusSmall,
    backgroundColor: tokens.colorNeutralBackground3,
    overflowWrap: 'anywhere',
  },
});

/** A value to enter in Entra. `what` completes "Copy …". */
export function EntraValue({ text, what }: { text: string; what: string }) {
  const styles = useStyles();
  return (
    <span className={styles.copied}>
      <code className={styles.value}>{text}</code>
      <CopyButton value={text} what={what} />
    </span>
  );
}

/** Several of one kind. A claim and a permission can have the same name: their buttons don’t. */
export function EntraValues({
  texts,
  kind,
}: {
  texts: readonly string[];
  kind: 'claim' | 'permission';
}) {
  return texts.map((text, index) => (
    <span key={text}>
      {index > 0 && ' '}
      <EntraValue text={text} what={`the ${kind} ${text}`} />
    </span>
  ));
}
