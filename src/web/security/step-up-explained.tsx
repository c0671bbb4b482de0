import { makeStyles, Text, tokens } from '@fluentui/react-components';

const useStyles = makeStyles({
  list: { margin: 0, paddingInlineStart: tokens.spacingHorizontalXL },
});

/** What an authentication context does, and what it needs in Entra. */
export function StepUpExplained() {
  const styles = useStyles();
  return (
    <>
      <Text>
        Before changes of settings, providers, access, users, gates and security, Gatehouse asks
        Microsoft Entra ID for a stronger sign-in, such as MFA a moment ago. A window opens for it;
        the change then goes on where it was. Looking needs nothing more, and recovery sessions are
        exempt.
      </Text>
      <Text>
        What it is that Entra asks for stands there, under Protection › Conditional Access:
      </Text>
      <ol className={styles.list}>
        <li>Authentication contexts: add one (c1 to c99) and publish it to apps.</li>
        <li>
          Policies: a policy whose target resource is this authentication context, with what it
          needs, such as MFA and a sign-in frequency of “every time”. Without a policy Entra asks
          for nothing more.
        </li>
      </ol>
    </>
  );
}
