import { Button, makeStyles, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { PageButton } from '../ui/links.tsx';

const useStyles = makeStyles({
  bar: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: tokens.spacingHorizontalS,
    paddingTop: tokens.spacingVerticalM,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
  },
});

export interface WizardBarProps {
  /** Null at the first step. */
  readonly onBack: (() => void) | null;
  /** Where Cancel leads. */
  readonly cancelTo: string;
  /** Next, Create or Save. */
  readonly children: ReactNode;
}

/** The buttons under every step: Back, the step's own, Cancel. */
export function WizardBar({ onBack, cancelTo, children }: WizardBarProps) {
  return (
    <div className={useStyles().bar}>
      {onBack === null ? null : <Button onClick={onBack}>Back</Button>}
      {children}
      <PageButton appearance="subtle" to={cancelTo}>
        Cancel
      </PageButton>
    </div>
  );
}
