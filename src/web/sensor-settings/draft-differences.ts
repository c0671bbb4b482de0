import { limitedRoles } from '../../domain/console-rules.ts';
import type { GroupReference } from '../../domain/group-mapping.ts';
import { roles } from '../../domain/role.ts';
import { targetKey } from '../../domain/target.ts';
import { ruleText, rulesKey } from '../ui/console-rules-words.ts';
import { targetPath } from './target-names.ts';
import type { SettingDraft } from './setting-draft.ts';
import {
  consoleRulesField,
  permissionsField,
  settingFields,
  type SettingField,
} from './setting-fields.ts';

/** One field that two people filled in differently, as both would read it. */
export interface DraftDifference {
  readonly field: SettingField;
  readonly label: string;
  readonly yours: readonly string[];
  readonly theirs: readonly string[];
}

function groupNames(groups: readonly GroupReference[]): string[] {
  return groups.map((group) => group.displayName ?? group.id);
}

interface Shown {
  readonly field: SettingField;
  /** What decides whether they differ; order doesn't count. */
  readonly keys: readonly string[];
  readonly lines: readonly string[];
}

function shownFields(draft: SettingDraft): Shown[] {
  const texts = ['subscriptionName', 'name', 'description', 'clientId', 'tenantId'] as const;
  return [
    ...texts.map((field): Shown => {
      const text = draft[field].trim();
      return { field, keys: [text], lines: text === '' ? [] : [text] };
    }),
    ...roles.map((role): Shown => ({
      field: permissionsField(role),
      keys: draft.permissions[role].map((group) => group.id.toLowerCase()),
      lines: groupNames(draft.permissions[role]),
    })),
    ...limitedRoles.map((role): Shown => ({
      field: consoleRulesField(role),
      // One key for the whole list: among rules the order counts.
      keys: [rulesKey(draft.consoleRules[role])],
      lines: draft.consoleRules[role].map((rule, index) => `${index + 1}. ${ruleText(rule)}`),
    })),
    {
      field: 'targets',
      keys: draft.targets.map(targetKey),
      lines: draft.targets.map(targetPath),
    },
  ];
}

function sameKeys(a: readonly string[], b: readonly string[]): boolean {
  const keys = new Set(b);
  return a.length === b.length && a.every((key) => keys.has(key));
}

/** What differs between one's own draft and another state of the setting, field by field. */
export function draftDifferences(yours: SettingDraft, theirs: SettingDraft): DraftDifference[] {
  const other = shownFields(theirs);
  return shownFields(yours).flatMap((mine, index): DraftDifference[] => {
    const their = other[index];
    if (their === undefined || sameKeys(mine.keys, their.keys)) return [];
    const { label } = settingFields[mine.field];
    return [{ field: mine.field, label, yours: mine.lines, theirs: their.lines }];
  });
}

/** Is there anything to keep for a reload? */
export function isChanged(draft: SettingDraft, start: SettingDraft): boolean {
  return (
    draftDifferences(draft, start).length > 0 ||
    draft.reason.trim() !== start.reason.trim() ||
    draft.allowRulesConfirmed !== start.allowRulesConfirmed
  );
}

/**
 * Has the person changed anything worth asking about before it is left? A subscription alone isn't:
 * where there is only one, the wizard chooses it.
 */
export function isEdited(draft: SettingDraft, start: SettingDraft): boolean {
  const chosenFirst = start.subscriptionName === '';
  return isChanged(
    chosenFirst ? { ...draft, subscriptionName: start.subscriptionName } : draft,
    start,
  );
}
