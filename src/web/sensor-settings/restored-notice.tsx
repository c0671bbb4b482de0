import { Button, MessageBar, MessageBarActions, MessageBarBody } from '@fluentui/react-components';

/** What was entered before a reload or a new sign-in is back; it can be given up. */
export function RestoredNotice({ onDiscard }: { readonly onDiscard: () => void }) {
  return (
    <MessageBar intent="info" layout="multiline">
      <MessageBarBody>
        What you had entered here before is back. Nothing of it is saved yet.
      </MessageBarBody>
      <MessageBarActions>
        <Button onClick={onDiscard}>Discard and start over</Button>
      </MessageBarActions>
    </MessageBar>
  );
}
