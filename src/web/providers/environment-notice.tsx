import { MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';

/** Why this one can’t be changed here, and where it can. */
export function EnvironmentNotice() {
  return (
    <MessageBar intent="info" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>Set by the server’s environment</MessageBarTitle> The variables
        GATEHOUSE_ENTRA_* of the server name this provider. To change it, change them there and
        restart the server. Others can be added beside it.
      </MessageBarBody>
    </MessageBar>
  );
}
