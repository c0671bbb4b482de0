import { Badge, makeStyles, Subtitle2, Text, tokens } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons';
import { useId } from 'react';
import type { ProviderType } from '../../domain/provider.ts';
import { paths } from '../paths.ts';
import { PageButton } from '../ui/links.tsx';
import { Panel } from '../ui/panel.tsx';
import { typeLabels } from '../ui/provider-labels.ts';

const useStyles = makeStyles({
  kinds: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 300px), 1fr))',
    gap: tokens.spacingHorizontalL,
  },
  kind: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'flex-start',
    gap: tokens.spacingVerticalS,
    padding: tokens.spacingHorizontalL,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
  },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
  },
  text: { flexGrow: 1, color: tokens.colorNeutralForeground2 },
});

const descriptions: Readonly<Record<ProviderType, string>> = {
  spa: 'For one tenant. The page signs people in itself; there is no secret that could leak or expire.',
  web: 'For one tenant or several. The server signs people in with a secret or a certificate; no token reaches the browser.',
};

/** The kinds of providers that there are, each to be added. */
export function MicrosoftCard() {
  const styles = useStyles();
  return (
    <Panel title="Microsoft">
      <div className={styles.kinds}>
        <Kind type="spa" />
        <Kind type="web" />
      </div>
    </Panel>
  );
}

function Kind({ type }: { type: ProviderType }) {
  const styles = useStyles();
  const id = useId();
  return (
    <section aria-labelledby={id} className={styles.kind}>
      <div className={styles.head}>
        <Subtitle2 as="h3" id={id} style={{ margin: 0 }}>
          {typeLabels[type]}
        </Subtitle2>
        {type === 'spa' && (
          <Badge appearance="tint" color="brand">
            Recommended
          </Badge>
        )}
      </div>
      <Text className={styles.text}>{descriptions[type]}</Text>
      <PageButton
        to={paths.newProvider({ type })}
        appearance={type === 'spa' ? 'primary' : 'secondary'}
        icon={<AddRegular />}
        label={`Add ${typeLabels[type]}`}
      >
        Add
      </PageButton>
    </section>
  );
}
