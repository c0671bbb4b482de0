import {
  Button,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  Subtitle2,
  Tag,
  TagGroup,
  Text,
} from '@fluentui/react-components';
import type { NamedTarget } from '../../contract/target.ts';
import { targetKey } from '../../domain/target.ts';
import { useSettingStyles } from './setting-styles.ts';
import { scopeSummary, targetTitle } from './target-names.ts';

/** More than these are counted, not listed. */
const shownAtMost = 60;

interface ChosenTargetsProps {
  readonly targets: readonly NamedTarget[];
  /** Those of sites outside of the chosen subscription. */
  readonly outside: readonly NamedTarget[];
  readonly onChange: (targets: readonly NamedTarget[]) => void;
}

/** Everything that is chosen, also what the list above doesn't show at the moment. */
export function ChosenTargets({ targets, outside, onChange }: ChosenTargetsProps) {
  const styles = useSettingStyles();
  const without = (keys: ReadonlySet<string>) =>
    onChange(targets.filter((target) => !keys.has(targetKey(target))));
  const hidden = targets.length - shownAtMost;
  return (
    <section className={styles.tight} aria-labelledby="chosen-targets">
      <Subtitle2 as="h3" id="chosen-targets" className={styles.heading}>
        Chosen
      </Subtitle2>
      <output>{scopeSummary(targets)}</output>
      {outside.length === 0 ? null : (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            {`Not of the chosen subscription: ${outside.map(targetTitle).join(', ')}.`}
          </MessageBarBody>
          <MessageBarActions>
            <Button onClick={() => without(new Set(outside.map(targetKey)))}>Remove them</Button>
          </MessageBarActions>
        </MessageBar>
      )}
      {targets.length === 0 ? null : (
        <TagGroup
          className={styles.row}
          aria-label="Chosen sites, zones and sensors"
          onDismiss={(_, data) => without(new Set([data.value]))}
        >
          {targets.slice(0, shownAtMost).map((target) => (
            <Tag
              key={targetKey(target)}
              value={targetKey(target)}
              dismissible
              size="small"
              appearance="brand"
              dismissIcon={{ 'aria-label': 'Remove' }}
            >
              {targetTitle(target)}
            </Tag>
          ))}
        </TagGroup>
      )}
      {hidden > 0 ? <Text>{`and ${hidden} more`}</Text> : null}
    </section>
  );
}
