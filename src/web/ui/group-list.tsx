import { makeStyles, Text, tokens } from '@fluentui/react-components';
import type { GroupReference } from '../../domain/group-mapping.ts';

const useStyles = makeStyles({
  list: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalXS,
  },
  empty: { color: tokens.colorNeutralForeground3 },
  id: { color: tokens.colorNeutralForeground3, fontFamily: tokens.fontFamilyMonospace },
});

/** Groups by name, with their object ids: the ids decide, the names are only shown. */
export function GroupList({
  groups,
  showIds = false,
  empty = 'None',
}: {
  groups: readonly GroupReference[];
  showIds?: boolean;
  empty?: string;
}) {
  const styles = useStyles();
  if (groups.length === 0) return <Text className={styles.empty}>{empty}</Text>;
  return (
    <ul className={styles.list}>
      {groups.map((group) => (
        <li key={group.id}>
          {group.displayName !== null && <span>{group.displayName} </span>}
          {(showIds || group.displayName === null) && (
            <Text size={200} className={styles.id}>
              {group.id}
            </Text>
          )}
        </li>
      ))}
    </ul>
  );
}
