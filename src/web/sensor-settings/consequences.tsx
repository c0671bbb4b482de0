import { Badge, Subtitle2, Text } from '@fluentui/react-components';
import { Warning20Filled } from '@fluentui/react-icons';
import type { ReactNode } from 'react';
import type { SsoSettingReview } from '../../contract/sso-settings.ts';
import { firstVersionWithSso } from '../../domain/sensor-version.ts';
import { targetKey } from '../../domain/target.ts';
import { LockoutRisks } from './lockout-risks.tsx';
import { useSettingStyles } from './setting-styles.ts';
import { targetTitle } from './target-names.ts';
import { UncoveredTargets } from './uncovered-targets.tsx';

interface ConsequencesProps {
  readonly review: SsoSettingReview;
  /** Create was selected while risks aren't acknowledged. */
  readonly mustAcknowledge: boolean;
}

/** What the setting does when it is created or saved. */
export function Consequences({ review, mustAcknowledge }: ConsequencesProps) {
  const styles = useSettingStyles();
  const plural = review.sensors === 1 ? 'sensor' : 'sensors';
  return (
    <section className={styles.card} aria-label="What this changes">
      <Subtitle2 as="h3" className={styles.heading}>
        What this changes
      </Subtitle2>
      <div className={styles.row}>
        <Text>{`It reaches ${review.sensors} ${plural}.`}</Text>
        {review.sensorsUnsupported === 0 ? null : (
          <Badge appearance="tint" color="warning">
            {`${review.sensorsUnsupported} too old for SSO (needs ${firstVersionWithSso})`}
          </Badge>
        )}
      </div>
      {review.replacements.length === 0 ? (
        <Text className={styles.muted}>It replaces no other setting.</Text>
      ) : (
        <Block title="Replaces">
          {review.replacements.map(({ target, settingName }) => (
            <li key={targetKey(target)} className={styles.row}>
              <Warning20Filled className={styles.warning} aria-label="Warning" />
              <span>
                {targetTitle(target)}: replaces <strong>{settingName}</strong>
              </span>
            </li>
          ))}
        </Block>
      )}
      {review.exceptions.length === 0 ? null : (
        <Block title="Keep a setting of their own">
          {review.exceptions.map(({ target, settingName }) => (
            <li key={targetKey(target)}>
              {targetTitle(target)}: keeps <strong>{settingName}</strong>
            </li>
          ))}
        </Block>
      )}
      <UncoveredTargets uncovered={review.uncovered} />
      <LockoutRisks risks={review.lockoutRisks} mustAcknowledge={mustAcknowledge} />
    </section>
  );
}

function Block({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const styles = useSettingStyles();
  return (
    <div className={styles.tight}>
      <Text weight="semibold">{title}</Text>
      <ul className={styles.plainList} aria-label={title}>
        {children}
      </ul>
    </div>
  );
}
