import { Button, makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components';
import { AddRegular, CheckmarkCircleFilled, CircleRegular } from '@fluentui/react-icons';
import { useEffect, useRef, useState } from 'react';
import type { Provider, ProviderCredential } from '../../contract/sign-in-providers.ts';
import { AddCredential } from './add-credential.tsx';
import { credentialTitle } from './credential-title.ts';
import { PromoteCredential } from './promote-credential.tsx';
import { RetireCredential } from './retire-credential.tsx';
import { rotationStep, rotationSteps, type RotationStep } from './rotation.ts';
import { needsVerification } from './to-verify.ts';

const useStyles = makeStyles({
  guide: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'flex-start',
    gap: tokens.spacingVerticalM,
  },
  steps: {
    listStyleType: 'none',
    display: 'flex',
    flexWrap: 'wrap',
    columnGap: tokens.spacingHorizontalXL,
    rowGap: tokens.spacingVerticalXS,
    margin: 0,
    padding: 0,
    '& > li': { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalXS },
  },
  now: { fontWeight: tokens.fontWeightSemibold },
  later: { color: tokens.colorNeutralForeground3 },
  done: { color: tokens.colorStatusSuccessForeground1 },
});

interface RotationGuideProps {
  readonly provider: Provider;
  readonly onVerify: (credentialId: string) => void;
}

const labels: Readonly<Record<RotationStep['step'], string>> = {
  add: 'Add a second secret',
  verify: 'Verify it',
  promote: 'Promote it',
  retire: 'Retire the old one',
};

const addLabels = ['Add a secret', 'Add a second secret'];

/** Replaces a secret without a gap, one step after the other; each can be left and gone on with later. */
export function RotationGuide({ provider, onVerify }: RotationGuideProps) {
  const styles = useStyles();
  const [adding, setAdding] = useState(false);
  const guide = useRef<HTMLDivElement>(null);
  const wasAdding = useRef(false);
  // The form takes the button’s place; afterwards the focus is where it was before.
  useEffect(() => {
    if (wasAdding.current && !adding) {
      guide.current?.querySelector<HTMLElement>(':scope > button:last-child')?.focus();
    }
    wasAdding.current = adding;
  }, [adding]);
  const next = rotationStep(provider.credentials);
  const at = next === null ? -1 : rotationSteps.indexOf(next.step);
  if (adding) {
    return <AddCredential provider={provider} onClose={() => setAdding(false)} />;
  }
  return (
    <div ref={guide} className={styles.guide}>
      {next !== null && next.step !== 'add' && (
        <>
          <Text as="h3" weight="semibold" style={{ margin: 0 }}>
            Replace it without a gap
          </Text>
          <ol className={styles.steps}>
            {rotationSteps.map((step, index) => (
              <li
                key={step}
                className={mergeClasses(index === at && styles.now, index > at && styles.later)}
                {...(index === at ? { 'aria-current': 'step' } : {})}
              >
                {index < at ? (
                  <CheckmarkCircleFilled className={styles.done} aria-label="Done" />
                ) : (
                  <CircleRegular aria-hidden />
                )}
                {labels[step]}
              </li>
            ))}
          </ol>
          <NextStep provider={provider} next={next} onVerify={onVerify} />
        </>
      )}
      <Button icon={<AddRegular />} onClick={() => setAdding(true)}>
        {addLabels[provider.credentials.length] ?? 'Add another secret'}
      </Button>
    </div>
  );
}

interface NextStepProps extends RotationGuideProps {
  readonly next: RotationStep & { readonly step: 'verify' | 'promote' | 'retire' };
}

function NextStep({ provider, next: { step, credential }, onVerify }: NextStepProps) {
  if (step === 'retire') {
    return <RetireCredential provider={provider} credential={credential} appearance="primary" />;
  }
  if (step === 'promote') return <Promote provider={provider} credential={credential} />;
  if (needsVerification(provider)) {
    return <Text>Verify it together with what waits above: choose it under “Verify with”.</Text>;
  }
  return (
    <Button appearance="primary" onClick={() => onVerify(credential.id)}>
      {`Verify ${credentialTitle(credential, provider.credentials)}`}
    </Button>
  );
}

function Promote({ provider, credential }: { provider: Provider; credential: ProviderCredential }) {
  return (
    <>
      <Text>
        It was accepted. Once it is promoted, the next sign-in uses it, and the one before stands
        by.
      </Text>
      <PromoteCredential provider={provider} credential={credential} appearance="primary" />
    </>
  );
}
