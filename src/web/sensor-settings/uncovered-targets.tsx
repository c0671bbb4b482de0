import { Text } from '@fluentui/react-components';
import { Warning20Filled } from '@fluentui/react-icons';
import type { SsoSettingReview } from '../../contract/sso-settings.ts';
import { targetKey } from '../../domain/target.ts';
import { useSettingStyles } from './setting-styles.ts';
import { targetTitle } from './target-names.ts';

interface UncoveredTargetsProps {
  readonly uncovered: SsoSettingReview['uncovered'];
}

/** R6: targets that are given up, and what wins there then. */
export function UncoveredTargets({ uncovered }: UncoveredTargetsProps) {
  const styles = useSettingStyles();
  if (uncovered.length === 0) return null;
  return (
    <div className={styles.tight}>
      <Text weight="semibold">No longer applies to</Text>
      <ul className={styles.plainList} aria-label="No longer applies to">
        {uncovered.map(({ target, next }) => (
          <li key={targetKey(target)} className={styles.row}>
            {next === null ? (
              <Warning20Filled className={styles.warning} aria-label="Warning" />
            ) : null}
            <span>
              {targetTitle(target)}:{' '}
              {next === null
                ? 'SSO will be off there, and only recovery is left'
                : `“${next.settingName}” of its ${next.level} applies then`}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
