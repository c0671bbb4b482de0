import {
  makeStyles,
  tokens,
  TreeItem,
  TreeItemLayout,
  type TreeItemProps,
} from '@fluentui/react-components';
import type { ReactElement, ReactNode } from 'react';
import type { NamedTarget } from '../../contract/target.ts';
import { targetKey } from '../../domain/target.ts';
import type { TargetChoiceProps } from './site-choice.tsx';
import { StandingBadge } from './standing-badge.tsx';
import { targetKindLabels } from './target-names.ts';
import { isChosen } from './target-selection.ts';
import { targetStanding } from './target-standing.ts';

const useStyles = makeStyles({
  aside: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
    paddingInlineEnd: tokens.spacingHorizontalS,
  },
});

type TreeRowProps = Omit<TargetChoiceProps, 'sites'> & {
  readonly itemType: NonNullable<TreeItemProps['itemType']>;
  readonly target: NamedTarget;
  readonly heldBy: { readonly settingId: string; readonly settingName: string } | null;
  readonly inherits: 'zone' | 'site' | null;
  readonly maySet: boolean;
  /** Why it may not be set, where it may not. */
  readonly reason: string;
  readonly icon: ReactElement;
  readonly note?: string | null;
  readonly children?: ReactNode;
};

/** One row of the tree: its checkbox, what it holds, and why it can't be chosen where it can't. */
export function TreeRow(props: TreeRowProps) {
  const { target, heldBy, inherits, maySet, itemType, note = null } = props;
  const styles = useStyles();
  const chosen = isChosen(props.targets, target);
  const standing = targetStanding({ heldBy, chosen, inherits, settingId: props.settingId });
  const disabled = !maySet && !chosen;
  const words = [
    `${targetKindLabels[target.kind]} ${target.name}`,
    standing.text,
    note,
    maySet ? null : props.reason,
  ].filter((word) => word !== null);
  return (
    <TreeItem
      itemType={itemType}
      value={targetKey(target)}
      aria-label={words.join(', ')}
      onChange={(event) => {
        // The tree's own way to check also hears changes of the rows below.
        event.stopPropagation();
        if (!disabled) props.onChoose(target, !chosen);
      }}
    >
      <TreeItemLayout
        iconBefore={props.icon}
        selector={{ disabled }}
        aside={
          <span className={styles.aside}>
            <StandingBadge standing={standing} />
            {note}
            {maySet ? null : <span>{props.reason}</span>}
          </span>
        }
      >
        {target.name}
      </TreeItemLayout>
      {props.children}
    </TreeItem>
  );
}
