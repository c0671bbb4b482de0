import type { ReactNode } from 'react';
import { useSettingStyles } from './setting-styles.ts';

/** Names and values of one thing. */
export function Facts({ children }: { readonly children: ReactNode }) {
  return <dl className={useSettingStyles().facts}>{children}</dl>;
}

export function Fact({ term, children }: { readonly term: string; readonly children: ReactNode }) {
  const styles = useSettingStyles();
  return (
    <div>
      <dt className={styles.term}>{term}</dt>
      <dd className={styles.fact}>{children}</dd>
    </div>
  );
}
