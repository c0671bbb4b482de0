import { Text } from '@fluentui/react-components';
import { Panel } from '../ui/panel.tsx';

/** What changes ask for, to those who don’t change it. */
export function StepUpFacts({ context }: { context: string | null }) {
  return (
    <Panel title="Step-up before changes" narrow>
      <Text>
        {context === null
          ? 'Off: changes ask for no stronger sign-in.'
          : `Changes ask for the authentication context ${context} of Entra ID.`}
      </Text>
      <Text>Only an Admin of the portal may change this.</Text>
    </Panel>
  );
}
