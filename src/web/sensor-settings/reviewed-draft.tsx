import { Button, Subtitle2, Text } from '@fluentui/react-components';
import { EditRegular } from '@fluentui/react-icons';
import type { ReactNode } from 'react';
import type { SsoSetting } from '../../contract/sso-settings.ts';
import { roleLabels, roles } from '../../domain/role.ts';
import { targetKey } from '../../domain/target.ts';
import { ConsoleRulesView } from '../ui/console-rules-view.tsx';
import { GroupList } from '../ui/group-list.tsx';
import { Fact, Facts } from '../ui/facts.tsx';
import { RuleChanges } from './rule-changes.tsx';
import type { SettingDraft } from './setting-draft.ts';
import { stepLabel, type SettingStep } from './setting-steps.ts';
import { useSettingStyles } from './setting-styles.ts';
import { scopeSummary, targetTitle } from './target-names.ts';

/** More targets than these are counted, not listed. */
const shownAtMost = 100;

interface ReviewedDraftProps {
  readonly draft: SettingDraft;
  /** The setting that is edited; null: a new one. */
  readonly original: SsoSetting | null;
  readonly onStep: (step: SettingStep) => void;
}

/** Everything that was chosen, step by step, with the way back to each. */
export function ReviewedDraft({ draft, original, onStep }: ReviewedDraftProps) {
  const styles = useSettingStyles();
  const hidden = draft.targets.length - shownAtMost;
  return (
    <>
      <StepCard step="basics" onStep={onStep}>
        <Facts>
          <Fact term="Subscription">{draft.subscriptionName || '–'}</Fact>
          <Fact term="Type">Single sign-on</Fact>
          <Fact term="Name">{draft.name || '–'}</Fact>
          <Fact term="Description">{draft.description || '–'}</Fact>
        </Facts>
      </StepCard>
      <StepCard step="settings" onStep={onStep}>
        <Facts>
          <Fact term="Application name">{draft.clientId || '–'}</Fact>
          <Fact term="Tenant">{draft.tenantId || '–'}</Fact>
          <Fact term="Outbound allow rules">
            {draft.allowRulesConfirmed ? 'Confirmed' : 'Not confirmed'}
          </Fact>
          {roles.map((role) => (
            <Fact key={role} term={roleLabels[role]}>
              <GroupList groups={draft.permissions[role]} showIds empty="No groups" />
            </Fact>
          ))}
        </Facts>
        <Text weight="semibold">Console rules</Text>
        <ConsoleRulesView rules={draft.consoleRules} />
        {original === null ? null : (
          <RuleChanges before={original.consoleRules} after={draft.consoleRules} />
        )}
      </StepCard>
      <StepCard step="apply" onStep={onStep}>
        <Facts>
          <Fact term="Applies to">{scopeSummary(draft.targets)}</Fact>
        </Facts>
        <ul className={styles.list}>
          {draft.targets.slice(0, shownAtMost).map((target) => (
            <li key={targetKey(target)}>{targetTitle(target)}</li>
          ))}
          {hidden > 0 ? <li>{`and ${hidden} more`}</li> : null}
        </ul>
      </StepCard>
    </>
  );
}

interface StepCardProps {
  readonly step: SettingStep;
  readonly onStep: (step: SettingStep) => void;
  readonly children: ReactNode;
}

function StepCard({ step, onStep, children }: StepCardProps) {
  const styles = useSettingStyles();
  const label = stepLabel(step);
  return (
    <section className={styles.card} aria-label={label}>
      <div className={styles.spread}>
        <Subtitle2 as="h3" className={styles.heading}>
          {label}
        </Subtitle2>
        <Button
          size="small"
          appearance="subtle"
          icon={<EditRegular />}
          aria-label={`Edit ${label}`}
          onClick={() => onStep(step)}
        >
          Edit
        </Button>
      </div>
      {children}
    </section>
  );
}
