import { MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import { CopyField } from '../ui/copy-field.tsx';

/** The signing secret, once. */
export function WebhookSecret({ secret }: { secret: string }) {
  return (
    <>
      <MessageBar intent="warning" layout="multiline">
        <MessageBarBody>
          <MessageBarTitle>The signing secret is shown only now</MessageBarTitle> Enter it at the
          receiver, which checks by it that a message is Gatehouse’s. If there was one before,
          messages are signed with that as well for a day.
        </MessageBarBody>
      </MessageBar>
      <CopyField label="Signing secret" value={secret} what="the signing secret" />
    </>
  );
}
