import {
  Button,
  makeStyles,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
} from '@fluentui/react-components';
import { useEffect } from 'react';
import { endRecovery } from '../api/end-recovery.ts';
import { useMe } from '../api/hooks.ts';
import { leaveRecovery } from '../api/session.ts';

const useStyles = makeStyles({ bar: { borderRadius: 0 } });

const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });

/** R17: throughout a recovery session, with the time that it ends. */
export function RecoveryBanner() {
  const styles = useStyles();
  const { kind, sessionEndsAt } = useMe();

  useEffect(() => {
    if (kind !== 'recovery' || sessionEndsAt === null) return undefined;
    const timer = setTimeout(leaveRecovery, Math.max(0, Date.parse(sessionEndsAt) - Date.now()));
    return () => clearTimeout(timer);
  }, [kind, sessionEndsAt]);

  if (kind !== 'recovery') return null;
  return (
    <MessageBar intent="warning" className={styles.bar}>
      <MessageBarBody>
        <MessageBarTitle>Recovery session</MessageBarTitle>
        You are Admin without an account. Everything you do is audited.
        {sessionEndsAt !== null && (
          <>
            {' '}
            It ends at <time dateTime={sessionEndsAt}>{clock.format(new Date(sessionEndsAt))}</time>
            .
          </>
        )}
      </MessageBarBody>
      <MessageBarActions>
        <Button size="small" onClick={() => void endRecovery()}>
          End now
        </Button>
      </MessageBarActions>
    </MessageBar>
  );
}
