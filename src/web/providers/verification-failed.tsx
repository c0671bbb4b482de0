import {
  makeStyles,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  tokens,
} from '@fluentui/react-components';
import { explainAadsts } from '../../domain/aadsts.ts';
import { paths } from '../paths.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { PageLink } from '../ui/links.tsx';

const useStyles = makeStyles({
  paragraph: { margin: `${tokens.spacingVerticalXS} 0` },
  quote: { fontSize: tokens.fontSizeBase200, overflowWrap: 'anywhere' },
});

interface VerificationFailedProps {
  readonly title: string;
  /** What to do where Entra gave no code. */
  readonly advice: string;
  readonly aadsts: number | null;
  /** The explanation of the code stands beside it already. */
  readonly explainedAbove?: boolean;
  /** Identifiers to quote, such as the correlation ID. */
  readonly quote: readonly string[];
}

/** Why it wasn’t verified: Entra’s code explained, and what to quote. */
export function VerificationFailed(props: VerificationFailedProps) {
  const { title, advice, aadsts, explainedAbove = false, quote } = props;
  const styles = useStyles();
  const explained = aadsts === null || explainedAbove ? null : explainAadsts(aadsts);
  const code = aadsts === null ? null : `AADSTS${aadsts}`;
  const quoted = [...(code === null ? [] : [code]), ...quote];
  return (
    <MessageBar intent="error" layout="multiline" role="alert">
      <MessageBarBody>
        <MessageBarTitle>{title}</MessageBarTitle>
        <p className={styles.paragraph}>
          {explained === null ? advice : `${explained.meaning} ${explained.fix}`}
        </p>
        {quoted.length > 0 && (
          <div className={styles.quote}>
            {quoted.join(', ')} <CopyButton value={quoted.join('\n')} what="these details" />
          </div>
        )}
        {code !== null && (
          <PageLink to={`${paths.troubleshooting()}?code=${code}`}>
            {`${code} in Troubleshooting`}
          </PageLink>
        )}
      </MessageBarBody>
    </MessageBar>
  );
}
