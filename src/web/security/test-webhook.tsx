import { Button, MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import { testNotification } from '../../contract/notifications.ts';
import { useChange } from '../api/hooks.ts';
import { ProblemNotice } from '../ui/problem-notice.tsx';

/** Sends a test event now, and says how it went. */
export function TestWebhook() {
  const test = useChange(testNotification);
  const answer = test.data?.value;
  return (
    <>
      <Button disabledFocusable={test.isPending} onClick={() => test.mutate({})}>
        {test.isPending ? 'Sending…' : 'Send a test event'}
      </Button>
      {answer !== undefined && (
        <MessageBar intent={answer.delivered ? 'success' : 'error'} layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>
              {answer.delivered ? 'The receiver took it' : 'The receiver didn’t take it'}
            </MessageBarTitle>{' '}
            {answer.detail}
          </MessageBarBody>
        </MessageBar>
      )}
      {test.error !== null && <ProblemNotice error={test.error} />}
    </>
  );
}
