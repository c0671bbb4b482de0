import { makeStyles, mergeClasses, Subtitle2, tokens } from '@fluentui/react-components';
import { useId, type ReactNode } from 'react';

const useStyles = makeStyles({
  panel: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalM,
    minWidth: 0,
    boxSizing: 'border-box',
    padding: tokens.spacingHorizontalXL,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusXLarge,
  },
  narrow: { maxWidth: '760px' },
  head: {
    display: 'flex',
    alignItems: 'baseline',
    justifyContent: 'space-between',
    gap: tokens.spacingHorizontalM,
  },
});

/** A titled part of a page. */
export function Panel({
  title,
  aside,
  narrow = false,
  children,
}: {
  title: string;
  /** Beside the title, such as a link to the whole list. */
  aside?: ReactNode;
  /** No wider than a form. */
  narrow?: boolean;
  children: ReactNode;
}) {
  const styles = useStyles();
  const id = useId();
  return (
    <section aria-labelledby={id} className={mergeClasses(styles.panel, narrow && styles.narrow)}>
      <div className={styles.head}>
        {/* Takes the focus where what had it in the panel is gone. */}
        <Subtitle2 as="h2" id={id} tabIndex={-1} style={{ margin: 0 }}>
          {title}
        </Subtitle2>
        {aside}
      </div>
      {children}
    </section>
  );
}
