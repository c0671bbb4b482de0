import { Button } from '@fluentui/react-components';
import { useEffect, useRef, useState } from 'react';
import { FormProvider } from 'react-hook-form';
import { useSearchParams } from 'react-router-dom';
import type { SsoSetting } from '../../contract/sso-settings.ts';
import { paths } from '../paths.ts';
import { ApplyStep } from './apply-step.tsx';
import { BasicsStep } from './basics-step.tsx';
import { ConflictNotice } from './conflict-notice.tsx';
import type { KeptDraft } from './draft-storage.ts';
import { LeaveDialog } from './leave-dialog.tsx';
import { RestoredNotice } from './restored-notice.tsx';
import { ReviewStep } from './review-step.tsx';
import type { SettingDraft } from './setting-draft.ts';
import { stepBeside, stepFrom, stepLabel, type SettingStep } from './setting-steps.ts';
import { useSettingStyles } from './setting-styles.ts';
import { SettingsStep } from './settings-step.tsx';
import { StepIndicator } from './step-indicator.tsx';
import { WizardBar } from './wizard-bar.tsx';
import { useWizardDraft } from './use-wizard-draft.ts';

interface SettingWizardProps {
  /** The setting as it was opened; null: a new one. */
  readonly original: SsoSetting | null;
  readonly start: SettingDraft;
  /** What was entered in this tab before a reload or a new sign-in. */
  readonly kept: KeptDraft | null;
  readonly storageKey: string;
}

/** Basics, Settings, Apply, Review and create: one form over four addresses. */
export function SettingWizard({ original, start, kept, storageKey }: SettingWizardProps) {
  const shared = useSettingStyles();
  const [address, setAddress] = useSearchParams();
  const step = stepFrom(address.get('step'));
  const draft = useWizardDraft({ original, start, kept, storageKey });
  const [openedAt] = useState(step);

  const go = (to: SettingStep) => setAddress({ step: to });
  const next = stepBeside(step, 1);
  const back = stepBeside(step, -1);
  const bar = {
    onBack: back === null ? null : () => go(back),
    cancelTo:
      original === null ? paths.sensorSettings() : paths.sensorSetting({ settingId: original.id }),
  };
  return (
    <FormProvider {...draft.form}>
      <div className={shared.stack}>
        {draft.restored && step === openedAt ? (
          <RestoredNotice onDiscard={draft.startOver} />
        ) : null}
        <StepIndicator current={step} states={draft.stepStates} />
        <StepHeading step={step} />
        {draft.conflict === null ? null : (
          <ConflictNotice
            key={draft.conflict.revision}
            yours={draft.values}
            theirs={draft.conflict}
            onKeepMine={draft.keepMine}
            onTakeTheirs={draft.takeTheirs}
          />
        )}
        {step === 'basics' ? <BasicsStep /> : null}
        {step === 'settings' ? <SettingsStep /> : null}
        {step === 'apply' ? <ApplyStep settingId={original?.id ?? null} /> : null}
        {step === 'review' ? (
          <ReviewStep draft={draft} original={original} bar={bar} onStep={go} />
        ) : null}
        {next === null ? null : (
          <WizardBar {...bar}>
            <Button
              appearance="primary"
              onClick={() => {
                if (draft.checkStep(step)) go(next);
              }}
            >
              Next
            </Button>
          </WizardBar>
        )}
      </div>
      <LeaveDialog edited={draft.mustAsk} onDiscard={draft.discard} />
    </FormProvider>
  );
}

/** Takes the focus when the step changes, so that a screen reader begins to read there. */
function StepHeading({ step }: { readonly step: SettingStep }) {
  const styles = useSettingStyles();
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = useRef(step);
  useEffect(() => {
    if (shown.current === step) return;
    shown.current = step;
    heading.current?.focus();
  }, [step]);
  return (
    <h2 ref={heading} tabIndex={-1} className={styles.stepHeading}>
      {stepLabel(step)}
    </h2>
  );
}
